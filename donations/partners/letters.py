"""Letters to partners: a person decides on each, a worker sends it once, to the address that the partner has then."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from donations.enums import LetterKind, LetterState
from donations.models import Donation, Letter, Pledge
from donations.partners.tasks import send_letter
from network.models import House, Organisation
from web.errors import Refused


def has_mailbox(partner: Organisation | None) -> bool:
    """Whether it may be written to: never a confidential place, and nobody without an address."""
    return partner is not None and not partner.is_confidential and bool(partner.contact_email)


def thank(*, donation: Donation, actor: User) -> Letter:
    """Confirm a delivery to the partner who made it; again answers the first letter.

    Raises Refused for a donation of the public or one that was taken back, and for a partner without a mailbox.
    """
    if not has_mailbox(donation.partner):
        raise Refused(_("No e-mail address of this partner is written down."))
    if donation.is_reversed:
        raise Refused(_("This donation was taken back: there is nothing to confirm."))
    fields = {"house": donation.house, "partner": donation.partner, "kind": LetterKind.DELIVERY, "donation": donation}
    try:
        with transaction.atomic():
            return _ask(Letter(**fields), actor)
    except IntegrityError:
        first = Letter.objects.filter(donation=donation).first()
        if first is None:
            raise
    return first


def remind(*, partner: Organisation, actor: User) -> Letter:
    """Remind a partner of all that it promised and is late, in one letter, at most once in seven days.

    Raises Refused where nothing is late, for a partner without a mailbox, and within the seven days.
    """
    with transaction.atomic():
        partner = Organisation.objects.select_for_update().get(pk=partner.pk)
        if not has_mailbox(partner):
            raise Refused(_("No e-mail address of %(partner)s is written down.") % {"partner": partner})
        if partner.letters.reminders().recent().exists():
            raise Refused(_("%(partner)s was reminded less than seven days ago.") % {"partner": partner})
        late = list(Pledge.objects.filter(partner=partner).late())
        if not late:
            raise Refused(_("%(partner)s is late with nothing.") % {"partner": partner})
        letter = _ask(Letter(house_id=partner.house_id, partner=partner, kind=LetterKind.REMINDER), actor)
        letter.pledges.set(late)
    return letter


def remind_all(*, house: House, actor: User) -> list[Letter]:
    """Remind every partner that is late, has a mailbox and was not reminded for seven days."""
    late = Pledge.objects.of_house(house).late().order_by().values("partner")
    recent = Letter.objects.of_house(house).reminders().recent().values("partner")
    letters = []
    for partner in Organisation.objects.filter(pk__in=late).exclude(pk__in=recent):
        try:
            letters.append(remind(partner=partner, actor=actor))
        except Refused:  # no mailbox, or somebody else has just done it
            continue
    return letters


def try_again(*, letter: Letter) -> bool:
    """Have a letter sent anew that failed; answers whether there was something to do."""
    with transaction.atomic():
        letter = Letter.objects.select_for_update().get(pk=letter.pk)
        if not letter.can_be_tried:
            return False
        letter.state = LetterState.WAITING
        letter.save(update_fields=["state"])
        _send_after_commit(letter)
    return True


def _ask(letter: Letter, actor: User) -> Letter:
    letter.asked_by, letter.asked_at = actor, timezone.now()
    letter.save()
    _send_after_commit(letter)
    return letter


def _send_after_commit(letter: Letter) -> None:
    transaction.on_commit(lambda: send_letter.enqueue(letter.pk))
