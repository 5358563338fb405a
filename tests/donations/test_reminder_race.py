"""Several coordinators at the same moment: each partner that is late gets one letter."""

import pytest

from accounts.models import User
from donations.models import Letter
from donations.partners.letters import remind, remind_all
from network.enums import OrganisationKind
from network.models import House, Organisation
from tests.cast import a_coordinator, an_organisation, the_house
from tests.donations.test_pledges import made_late, promised

pytestmark = pytest.mark.race


def remind_all_of(house: int, actor: int) -> int:
    return len(remind_all(house=House.objects.get(pk=house), actor=User.objects.get(pk=actor)))


def remind_one(partner: int, actor: int) -> int:
    remind(partner=Organisation.objects.get(pk=partner), actor=User.objects.get(pk=actor))
    return 1


def test_presses_at_one_moment_write_one_letter_to_each(race):
    partners = [
        an_organisation(f"Partenaire {number}", OrganisationKind.PARTNER, contact_email="dons@example.org")
        for number in range(4)
    ]
    for partner in partners:
        made_late(promised(10, partner=partner))
    actor, house = a_coordinator().pk, the_house().pk
    everybody = [(remind_all_of, {"house": house, "actor": actor})] * 3
    answers = race(*everybody, (remind_one, {"partner": partners[2].pk, "actor": actor}))
    assert sum(answer for answer in answers if answer != "Refused") == 4
    assert {letter.partner for letter in Letter.objects.reminders()} == set(partners)
    assert all(letter.pledges.count() == 1 for letter in Letter.objects.reminders())
