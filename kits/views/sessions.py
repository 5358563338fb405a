"""Assembly sessions: opened, packed in, closed. Planning them is in planning.py."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kits.closing import close_session, expected_at
from kits.enums import STILL_TO_COME, SessionState
from kits.filters import SessionFilter
from kits.forms import CountsForm, PackForm
from kits.models import AssemblySession, Kit, Pack, TemplateVersion
from kits.operations import pack
from kits.perms import PACKS, can_unpack
from kits.plans import MixRow, free_articles, made_in, session_mix
from kits.sessions import open_session
from network.perms import COORDINATES, HANDLES_GOODS, requires
from network.requests import Request
from stock.ledger import MovedOn
from stock.models import Item, Movement
from web.errors import Refused, attach
from web.lists import list_page
from web.messages import succeed
from web.numbers import grouped

LAST_PACKS = 10


@requires(*HANDLES_GOODS)
def session_list(request: Request) -> HttpResponse:
    return list_page(request, "kits/session_list.html", sessions_of(request).with_figures(), SessionFilter)


@requires(*HANDLES_GOODS)
def session_detail(request: Request, pk: int) -> HttpResponse:
    session = get_object_or_404(sessions_of(request), pk=pk)
    mix = _mix(session)
    context = {
        "session": session,
        "mix": mix,
        "is_to_come": session.state in STILL_TO_COME,
        "to_make": session.state in STILL_TO_COME and any(row.remaining for row in mix),
        "cancelling": _cancelling(session),
        "is_corrected": bool(session.closing_id) and Movement.objects.filter(operation=session.closing_id).exists(),
        "packs": _last_packs(request, session),
        "can_pack": request.acting.has_role(*PACKS),
        "has_kits": Kit.objects.visible_to(request.acting).filter(lot__pack__session=session).exists(),
    }
    return render(request, "kits/session_detail.html", context)


@requires(*COORDINATES)
def session_open(request: Request, pk: int) -> HttpResponse:
    session = get_object_or_404(sessions_of(request), pk=pk)
    refusal = None
    if request.method == "POST":
        try:
            open_session(session=session, actor=request.user)
        except Refused as refused:
            refusal = refused
        else:
            succeed(request, _("“%(session)s” is open: kits can be packed.") % {"session": session})
            return redirect("kits:session_detail", session.pk)
    return render(request, "kits/session_open.html", {"session": session, "refusal": refusal})


@requires(*COORDINATES)
def session_close(request: Request, pk: int) -> HttpResponse:
    """Count what is left and close; what nobody counted stays as the recipes left it."""
    session = get_object_or_404(sessions_of(request), pk=pk)
    expected = _expected(request, session)
    form = CountsForm(request.POST or None, expected=expected)
    if request.method == "POST" and form.is_valid():
        try:
            operation = close_session(
                session=session, counts=form.counts, actor=request.user, key=str(form.cleaned_data["key"])
            )
        except Refused as refused:
            form.attach(refused)
            if isinstance(refused, MovedOn):
                form.expect(expected)
        else:
            undo = reverse("stock:operation_reverse", args=[operation.pk])
            succeed(request, _("“%(session)s” is closed.") % {"session": session}, undo=undo)
            return redirect("kits:session_detail", session.pk)
    rows = [(item, quantity, form.number_field(item), form.expected_field(item)) for item, quantity in expected.items()]
    return render(request, "kits/session_close.html", {"session": session, "form": form, "rows": rows})


@requires(*PACKS)
def session_pack(request: Request, pk: int) -> HttpResponse:
    """The tablet at the end of the table: which kit, how many more, the last ten packs."""
    session = get_object_or_404(sessions_of(request), pk=pk)
    versions = TemplateVersion.objects.packable_in(session).filter(template__house=request.acting.house).with_contents()
    form = PackForm(request.POST or None, versions=versions)
    if request.method == "POST" and form.is_valid():
        version, count = form.cleaned_data["version"], form.cleaned_data["count"]
        try:
            operation = pack(
                version=version,
                count=count,
                place=session.place,
                session=session,
                actor=request.user,
                key=str(form.cleaned_data["key"]),
            )
        except Refused as refused:
            attach(form, None, refused)
        else:
            said = ngettext("%(count)s × %(kit)s packed.", "%(count)s × %(kit)s packed.", count)
            undo = reverse("kits:pack_undo", args=[operation.pack.pk])
            succeed(request, said % {"count": grouped(count), "kit": version.item}, undo=undo)
            again = {"version": version.pk, "add": request.POST.get("add", "")}
            return redirect(f"{reverse('kits:session_pack', args=[session.pk])}?{urlencode(again)}")
    context = {"session": session, "form": form, **_line(request, session, versions, form)}
    return render(request, "kits/session_pack.html", context)


def _expected(request: Request, session: AssemblySession) -> dict[Item, int]:
    """What stock says of each article there, and 0 of what the form was sent about that is there no more."""
    expected: dict[Item, int] = {}
    for balance in expected_at(session):
        expected[balance.lot.item] = expected.get(balance.lot.item, 0) + balance.on_hand
    sent = [name.removeprefix("quantity_") for name in request.POST if request.POST.get(name, "").strip()]
    pks = [int(pk) for pk in sent if pk.isdecimal() and len(pk) < 19]
    gone = Item.objects.visible_to(request.acting).loose().filter(pk__in=pks) if pks else ()
    expected |= {item: 0 for item in gone if item not in expected}
    return dict(sorted(expected.items(), key=lambda row: (row[0].category, str(row[0]))))


def sessions_of(request: Request):
    sessions = AssemblySession.objects.visible_to(request.acting)
    return sessions.select_related("house", "drive__house", "place__house", "place__site")


def _cancelling(session: AssemblySession):
    """Who cancelled the session and when, as its history keeps it."""
    if session.state != SessionState.CANCELLED:
        return None
    return session.history.filter(state=SessionState.CANCELLED).select_related("history_user").latest()


def _mix(session: AssemblySession) -> Sequence[MixRow]:
    mix = list(session.mix.select_related("version__template", "version__item"))
    free = free_articles(session.house, session.place) if session.state in STILL_TO_COME else {}
    return session_mix(mix, made_in(session), free)


def _last_packs(request: Request, session: AssemblySession) -> list[tuple[Pack, bool]]:
    packs = session.packs.for_display()[:LAST_PACKS]
    return [(made, can_unpack(request.acting, made) and not made.is_undone) for made in packs]


def _line(request: Request, session: AssemblySession, versions, form: PackForm) -> dict[str, object]:
    """What the tablet shows: the kits of the plan first, the chosen one, how far the session is."""
    mix = _mix(session)
    planned = [row.version for row in mix]
    chosen = str(form.data.get("version") or request.GET.get("version") or "")
    kits = [*mix, *(version for version in versions if version not in planned)]
    return {
        "mix": mix,
        "others": kits[len(mix) :],
        "chosen": chosen,
        "packs": _last_packs(request, session),
        "made": sum(row.made for row in mix),
        "planned": sum(row.planned for row in mix),
        "is_open": session.state == SessionState.OPEN,
    }
