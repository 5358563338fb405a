"""Attestations de don en nature: what one would say, to issue it under the next number, to cancel it.

What it says is what article 84 B of annexe III of the French tax code asks for (docs/attestations.md).
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from donations.arrivals import check_giver
from donations.enums import CancelReason
from donations.models import Attestation, AttestedGift, Donation
from donations.partners.gifts import Gift, gifts
from network.models import House, Organisation, Site
from stock.ledger import KeyConflict
from web.errors import Refused


@dataclass(frozen=True)
class Subject:
    """What an attestation is asked for: what a partner gave on some days of one year, or one donation."""

    house: House
    partner: Organisation
    first_day: date
    last_day: date
    donation: Donation | None = None

    @classmethod
    def of_donation(cls, donation: Donation) -> "Subject":
        if donation.partner is None:
            raise Refused(_("Only what a partner gave is attested: the public is never named."))
        day = donation.received_on
        return cls(donation.house, donation.partner, day, day, donation)

    def gifts(self) -> list[Gift]:
        """What it would be about: what stands, and no other attestation names."""
        only = {"donation": self.donation.pk} if self.donation else {}
        return gifts(self.house, self.partner, self.first_day, self.last_day, attested=None, **only)


def missing(subject: Subject) -> Iterator[str]:
    """What has to be written down before: a sentence for each. The law asks for names, addresses and the object."""
    if not subject.house.seat_address:
        yield str(
            _("The address of the association’s seat is not written down: an administrator does so, under House.")
        )
    if not subject.house.purpose:
        yield str(_("The object of the association is not written down: an administrator does so, under House."))
    if not (subject.partner.address and subject.partner.city):
        yield str(_("%(partner)s has no address or no city yet.") % {"partner": subject.partner})


def issue(*, subject: Subject, actor: User, key: str) -> Attestation:
    """Issue the attestation under the next number of its house and year; the same `key` again is the same one.

    Raises Refused where something is missing, for days of two years or days to come, and where nothing was given that
    is not attested yet. The house's row is the lock: numbers follow each other and none is left out.
    """
    first = Attestation.objects.filter(key=key).first()
    if first:
        return _the_same(first, subject)
    check_giver(subject.partner, subject.house.pk)
    _check_days(subject)
    try:
        with transaction.atomic():
            subject = _locked(subject)
            return _issue(subject, actor, key)
    except IntegrityError:
        first = Attestation.objects.filter(key=key).first()
        if first is None:
            raise
    return _the_same(first, subject)


def cancel(*, attestation: Attestation, reason: CancelReason, actor: User) -> Attestation:
    """Make it count no more: its number stays used, its gifts may be attested anew. Again changes nothing."""
    with transaction.atomic():
        attestation = Attestation.objects.select_for_update().get(pk=attestation.pk)
        if attestation.is_cancelled:
            return attestation
        attestation.cancelled_on, attestation.cancelled_by = timezone.localdate(), actor
        attestation.cancel_reason = reason
        attestation.save(update_fields=["cancelled_on", "cancelled_by", "cancel_reason"])
        attestation.gifts.all().delete()
    return attestation


def forget_attestations(place: Site | Organisation, former: str) -> None:
    """Erase what attestations say of a partner that became confidential; their numbers stay used."""
    del former
    if not isinstance(place, Organisation):
        return
    issued = Attestation.objects.filter(partner=place)
    AttestedGift.objects.filter(attestation__in=issued).delete()
    issued.standing().update(cancelled_on=timezone.localdate(), cancel_reason=CancelReason.HIDDEN)
    issued.update(content=None, digest="")


def erase_past_attestations() -> int:
    """Erase what attestations say once their six years are over, and answer how many that were.

    Their numbers stay used, and their gifts attested.
    """
    return Attestation.objects.past_their_term().update(content=None, digest="")


def digest_of(content: dict[str, Any]) -> str:
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _locked(subject: Subject) -> Subject:
    """The subject as it is once nobody else can issue: the house and the partner are read behind the lock."""
    house = House.objects.select_for_update().get(pk=subject.house.pk)
    partner = Organisation.objects.get(pk=subject.partner.pk)
    check_giver(partner, house.pk)
    return Subject(house, partner, subject.first_day, subject.last_day, subject.donation)


def _issue(subject: Subject, actor: User, key: str) -> Attestation:
    given = subject.gifts()
    for sentence in missing(subject):
        raise Refused(sentence)
    if not given:
        raise Refused(
            _("Nothing is left to attest: nothing was given on these days, or an attestation names it already.")
        )
    today = timezone.localdate()
    numbers = Attestation.objects.filter(house=subject.house, year=today.year).order_by()
    number = (numbers.aggregate(last=Max("number"))["last"] or 0) + 1
    content = content_of(subject, given, number=f"{today.year}-{number:03}", today=today)
    attestation = Attestation.objects.create(
        house=subject.house,
        year=today.year,
        number=number,
        partner=subject.partner,
        first_day=subject.first_day,
        last_day=subject.last_day,
        content=content,
        digest=digest_of(content),
        key=key,
        issued_on=today,
        issued_by=actor,
    )
    sources = {tuple(gift.source.items()): gift.source for gift in given}.values()
    AttestedGift.objects.bulk_create(AttestedGift(attestation=attestation, **source) for source in sources)
    return attestation


def content_of(subject: Subject, given: Sequence[Gift], *, number: str, today: date) -> dict[str, Any]:
    """All that the paper says, in French words, days as YYYY-MM-DD."""
    house, partner = subject.house, subject.partner
    with translation.override("fr"):
        lines = [{**gift.in_words, "day": gift.day.isoformat(), "donation": gift.donation} for gift in given]
    return {
        "number": number,
        "issued_on": today.isoformat(),
        "house": {
            "name": house.registered_name,
            "address": house.seat_address,
            "siren": house.siren,
            "purpose": house.purpose,
            "decree_number": house.decree_number,
            "decree_on": house.decree_on.isoformat() if house.decree_on else "",
        },
        "partner": {"name": partner.name, "address": f"{partner.address}, {partner.city}", "siren": partner.siren},
        "first_day": subject.first_day.isoformat(),
        "last_day": subject.last_day.isoformat(),
        "lines": lines,
    }


def _check_days(subject: Subject) -> None:
    if subject.last_day < subject.first_day:
        raise Refused(_("The last day comes after the first."), field="last_day")
    if subject.first_day.year != subject.last_day.year:
        raise Refused(
            _("An attestation is of days of one calendar year (CGI, annexe III, article 84 B)."), field="last_day"
        )
    if subject.first_day > timezone.localdate():
        raise Refused(_("These days are still to come."), field="first_day")


def _the_same(first: Attestation, subject: Subject) -> Attestation:
    asked = (subject.house.pk, subject.partner.pk, subject.first_day, subject.last_day)
    if (first.house_id, first.partner_id, first.first_day, first.last_day) != asked:
        raise KeyConflict(_("This form was already sent for another attestation. Nothing was changed: open it anew."))
    return first
