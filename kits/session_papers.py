"""The papers of an assembly session, as printing knows them: its pick list, and a card for each station."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from kits.enums import STILL_TO_COME
from kits.models import AssemblySession
from kits.pick_lists import session_pick_list, still_to_make
from kits.stations import stations
from network.papers import acting_now, theirs
from network.perms import HANDLES_GOODS
from printing.internal import chunks, render_internal
from printing.papers import Arguments, NotYours, Paper, Told, Work

PICK_LIST, STATION_CARDS = "session pick list", "station cards"
ROWS_A_SHEET = 18


def _session(user: User, about: Arguments) -> AssemblySession:
    acting = acting_now(user, about["house"], *HANDLES_GOODS)
    sessions = AssemblySession.objects.visible_to(acting).select_related("house", "place__site")
    return theirs(sessions, about["session"])


def _unfinished(user: User, about: Arguments) -> AssemblySession:
    """The session, while something may still be made in it."""
    session = _session(user, about)
    if session.state not in STILL_TO_COME:
        raise NotYours
    return session


def _pick_list(user: User, about: Arguments) -> Work:
    session = _unfinished(user, about)
    found = session_pick_list(session)
    rows = sum(len(shelf.rows) for shelf in [*found.to_bring, *found.there]) + len(found.missing)
    context = {"session": session, "found": found, "house": session.house, "printed_at": timezone.now()}

    def make(told: Told) -> bytes:
        return render_internal("kits/session_pick_list.html", [context], title=str(session), told=told)

    return Work(1 + rows // ROWS_A_SHEET, make)


def _station_cards(user: User, about: Arguments) -> Work:
    session = _unfinished(user, about)
    cards = stations(session, still_to_make(session))
    if not cards:
        raise NotYours
    always = {"session": session, "house": session.house, "last": len(cards)}

    def make(told: Told) -> bytes:
        contexts = ({**always, "cards": some} for some in chunks(cards))
        return render_internal("kits/station_cards.html", contexts, title=str(session), told=told)

    return Work(len(cards), make)


def _back(about: Arguments) -> str:
    return reverse("kits:session_detail", args=[about["session"]])


def _named(kind: str, about: Arguments) -> str:
    """By the day of the session: what it is called may name a place."""
    starts = AssemblySession.objects.values_list("starts_at", flat=True).get(pk=about["session"])
    return f"{kind} {timezone.localdate(starts):%Y-%m-%d}"


PAPERS = {
    PICK_LIST: Paper(
        _("Pick list of a session"), _pick_list, _back, _session, lambda about: _named(gettext("Pick list"), about)
    ),
    STATION_CARDS: Paper(
        _("Station cards"), _station_cards, _back, _session, lambda about: _named(gettext("Station cards"), about)
    ),
}
