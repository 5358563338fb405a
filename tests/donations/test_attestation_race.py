"""Several coordinators at the same moment: each attestation gets a number of its own, and none is left out."""

import pytest
from django.utils import timezone

from accounts.models import User
from donations.models import Attestation, Donation
from donations.partners.attestations import Subject, issue
from tests.cast import a_coordinator, a_key, an_item
from tests.donations.partners_stage import a_delivery, a_house_on_paper

pytestmark = pytest.mark.race


def issue_for(donation: int, actor: int, key: str) -> str:
    subject = Subject.of_donation(Donation.objects.select_related("house", "partner").get(pk=donation))
    return issue(subject=subject, actor=User.objects.get(pk=actor), key=key).full_number


def test_numbers_given_at_one_moment_have_no_gap_and_no_double(race):
    a_house_on_paper()
    donations, actor = [a_delivery(1, item=an_item(f"Savon {number}")).pk for number in range(6)], a_coordinator().pk
    numbers = race(*[(issue_for, {"donation": pk, "actor": actor, "key": a_key()}) for pk in donations])
    assert sorted(numbers) == [f"{timezone.localdate().year}-{number:03}" for number in range(1, 7)]


def test_one_gift_asked_for_four_times_at_one_moment_is_attested_once(race):
    a_house_on_paper()
    donation, actor = a_delivery().pk, a_coordinator().pk
    answers = race(*[(issue_for, {"donation": donation, "actor": actor, "key": a_key()}) for _time in range(4)])
    assert answers.count("Refused") == 3
    assert Attestation.objects.get().number == 1
