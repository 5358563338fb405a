"""Letters to partners: a person decides on each, a worker sends it once, to the address that the partner has then."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from donations.enums import LetterKind, LetterState
from donations.models import Donation, Letter, Pledge
from donations.partners.tasks import send_letter
from network.models import House, Organisation
from network.querysets import OrganisationQuerySet
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
        letters = _remind([partner], actor)
        if not letters:
            raise Refused(_("%(partner)s is late with nothing.") % {"partner": partner})
    return letters[0]


def to_remind(late: Collection[int]) -> OrganisationQuerySet:
    """Those of the partners `late`, by their ids, that have a mailbox and were not reminded for seven days."""
    recent = Letter.objects.filter(partner__in=late).reminders().recent().values("partner")
    partners = Organisation.objects.filter(pk__in=late, is_confidential=False).exclude(contact_email="")
    return partners.exclude(pk__in=recent)


def remind_all(*, house: House, actor: User) -> list[Letter]:
    """Remind all that are late and `to_remind`, each in a letter of its own; six statements, besides the sending."""
    with transaction.atomic():
        late = {row["partner"] for row in Pledge.objects.of_house(house).late().by_partner()}
        partners = Organisation.objects.filter(pk__in=late).order_by("pk")
        locked = [partner.pk for partner in partners.select_for_update()]
        return _remind(to_remind(locked), actor)  # asked now: somebody may have just done it


def _remind(partners: Iterable[Organisation], actor: User) -> list[Letter]:
    """Write to those of `partners` that are late; whoever asks has locked them."""
    partners = list(partners)
    late: dict[int, list[Pledge]] = defaultdict(list)
    for pledge in Pledge.objects.filter(partner__in=partners).late():
        late[pledge.partner_id].append(pledge)
    asked = {"kind": LetterKind.REMINDER, "asked_by": actor, "asked_at": timezone.now()}
    letters = Letter.objects.bulk_create(
        Letter(house_id=partner.house_id, partner=partner, **asked) for partner in partners if partner.pk in late
    )
    named = Letter.pledges.through
    named.objects.bulk_create(
        named(letter=letter, pledge=pledge) for letter in letters for pledge in late[letter.partner_id]
    )
    for letter in letters:
        _send_after_commit(letter)
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
