"""Attestations de don en nature: what they say, how they are numbered, and that they stay what they were."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from donations.enums import CancelReason
from donations.models import Attestation, AttestedGift
from donations.operations import reverse_arrival
from donations.partners.attestations import Subject, cancel, missing
from donations.partners.checks import check_attestations
from network.models import Region
from network.operations import change_organisation, make_organisation_confidential
from stock.ledger import KeyConflict
from tests.cast import a_coordinator, a_key, a_site, an_item, an_organisation, the_house
from tests.donations.partners_stage import (
    HOUSE_SIREN,
    PARTNER_SIREN,
    a_delivery,
    a_house_on_paper,
    issued,
    the_pharmacy,
    the_year,
)
from web import tidy
from web.errors import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_paper():
    a_house_on_paper()


def taken_back(donation) -> None:
    reverse_arrival(operation=donation.operation, actor=a_coordinator(), key=a_key())


def test_it_says_who_gave_what_to_whom_and_when():
    a_delivery(12, number="L7")
    said = issued().content
    assert (said["house"]["siren"], said["partner"]["siren"]) == (HOUSE_SIREN, PARTNER_SIREN)
    assert said["partner"]["address"] == "8 quai du Canal, 75019 Paris"
    [line] = said["lines"]
    assert (line["article"], line["quantity"], line["unit"], line["condition"]) == ("Savon", 12, "pièce", "neuf")
    assert (line["day"], line["lot"]) == (timezone.localdate().isoformat(), "L7")


def test_one_donation_alone_is_attested_too():
    first, second = a_delivery(12), a_delivery(3, item=an_item("Peigne"))
    one = issued(Subject.of_donation(second))
    assert [line["article"] for line in one.lines] == ["Peigne"]
    assert [line["article"] for line in issued().lines] == ["Savon"]
    assert {gift.donation for gift in AttestedGift.objects.all()} == {first, second}


def test_numbers_follow_each_other_and_a_cancelled_one_stays_used():
    numbers = []
    for name in ("Savon", "Peigne", "Brosse"):
        a_delivery(1, item=an_item(name))
        attestation = issued()
        numbers.append(attestation.full_number)
        cancel(attestation=attestation, reason=CancelReason.LINES, actor=a_coordinator())
    year = timezone.localdate().year
    assert numbers == [f"{year}-001", f"{year}-002", f"{year}-003"]
    assert len(issued().lines) == 3
    assert not list(check_attestations())


def test_the_same_form_twice_is_one_attestation_and_for_something_else_it_is_refused():
    a_delivery()
    key = a_key()
    assert issued(key=key) == issued(key=key)
    with pytest.raises(KeyConflict):
        issued(replace(the_year(), first_day=timezone.localdate()), key=key)


def test_a_gift_is_attested_once():
    donation = a_delivery()
    attestation = issued()
    with pytest.raises(Refused, match="Nothing is left to attest"):
        issued()
    with pytest.raises(IntegrityError), transaction.atomic():
        AttestedGift.objects.create(attestation=attestation, donation=donation)


def test_what_was_taken_back_is_not_attested_and_afterwards_it_shows():
    taken_back(a_delivery(5, item=an_item("Peigne")))
    donation = a_delivery()
    attestation = issued()
    assert [line["article"] for line in attestation.lines] == ["Savon"]
    assert not Attestation.objects.for_display().get().has_changed
    taken_back(donation)
    assert Attestation.objects.for_display().get().has_changed
    assert Attestation.objects.get().content == attestation.content


def test_it_stays_what_it_was_whatever_is_changed_afterwards():
    a_delivery()
    before = issued().content
    change_organisation(organisation=the_pharmacy(), actor=a_coordinator(), city="69001 Lyon")
    a_house_on_paper(seat_address="2 rue Neuve")
    assert Attestation.objects.get().content == before
    assert not list(check_attestations())


def test_what_was_changed_behind_its_back_is_found():
    a_delivery()
    attestation = issued()
    Attestation.objects.update(content={**attestation.content, "number": "9"}, number=2)
    [sentence] = check_attestations()
    assert "1 is missing before 2" in sentence
    Attestation.objects.update(number=1)
    assert "no longer says what was issued" in next(iter(check_attestations()))


@pytest.mark.parametrize(
    ("house", "partner", "sentence"),
    [
        ({"seat_address": ""}, {}, "association’s seat"),
        ({"purpose": ""}, {}, "object of the association"),
        ({}, {"address": ""}, "no address or no city"),
    ],
)
def test_what_the_law_asks_for_has_to_be_written_down_before(house, partner, sentence):
    a_delivery()
    subject = replace(the_year(), house=a_house_on_paper(**house), partner=the_pharmacy(**partner))
    assert [sentence in said for said in missing(subject)] == [True]
    with pytest.raises(Refused, match=sentence):
        issued(subject)
    assert not Attestation.objects.exists()


def test_it_is_of_days_of_one_year_that_have_begun():
    today = timezone.localdate()
    for first, last in (
        (date(today.year - 1, 12, 1), today),
        (today, today - timedelta(days=1)),
        (date(today.year + 1, 1, 1), date(today.year + 1, 1, 2)),
    ):
        with pytest.raises(Refused):
            issued(replace(the_year(), first_day=first, last_day=last))


def test_another_houses_partner_and_the_public_are_not_attested():
    stranger = an_organisation("Ailleurs", house=the_house("Maison des Saules"))
    with pytest.raises(Refused, match="cannot be named"):
        issued(replace(the_year(), partner=stranger))
    donation = a_delivery()
    donation.partner = None
    with pytest.raises(Refused, match="the public is never named"):
        Subject.of_donation(donation)


def test_a_partner_that_becomes_confidential_is_forgotten_and_the_number_stays_used():
    a_delivery()
    attestation, partner = issued(), the_pharmacy()
    by = {"relay": a_site("Mairie"), "region": Region.objects.get(code="11"), "actor": a_coordinator()}
    make_organisation_confidential(organisation=partner, name="Mésange", **by)
    attestation.refresh_from_db()
    assert (attestation.content, attestation.digest, attestation.cancel_reason) == (None, "", CancelReason.HIDDEN)
    assert not list(check_attestations())
    with pytest.raises(Refused):
        issued(replace(the_year(), partner=partner))


@pytest.mark.parametrize(
    ("issued_on", "kept_until"),
    [("2020-11-22", "2026-11-22"), ("2020-02-29", "2026-02-28"), ("2018-03-01", "2024-03-01")],
)
def test_what_it_said_is_erased_the_day_after_its_six_years_and_the_number_stays_used(issued_on, kept_until):
    a_delivery()
    attestation = issued()
    Attestation.objects.update(issued_on=issued_on)
    last = datetime.fromisoformat(f"{kept_until}T12:00:00+01:00")
    with time_machine.travel(last, tick=False):
        tidy.sweep()
        assert Attestation.objects.get().content == attestation.content
    with time_machine.travel(last + timedelta(days=1), tick=False):
        assert (tidy.sweep()["past attestations"], tidy.sweep()["past attestations"]) == (1, 0)
    attestation.refresh_from_db()
    assert (attestation.content, attestation.digest, attestation.number) == (None, "", 1)
    assert attestation.gifts.exists()
    assert not list(check_attestations())
