"""What the papers for donors need of a house and of a partner, and where it is written down."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from network.company_numbers import is_siren, spoken_siren
from network.enums import OrganisationKind
from network.models import House, Organisation
from network.operations import add_organisation
from tests.cast import a_coordinator, an_admin, an_organisation, the_house
from web.errors import Refused

pytestmark = pytest.mark.django_db

RIGHT = "123456782"


@pytest.mark.parametrize("wrong", ["123456789", "12345678", "abcdefghi", "1234567820", "123 456 782"])
def test_a_siren_is_kept_as_nine_digits_that_check_each_other(wrong):
    assert is_siren(RIGHT)
    with pytest.raises(Refused) as refused:
        add_organisation(
            house=the_house(), actor=a_coordinator(), name="Iris", kind=OrganisationKind.PARTNER, siren=wrong
        )
    assert refused.value.field == "siren"


def test_a_siren_is_typed_as_people_write_it(signed_in, in_english):
    partner = an_organisation()
    edit = reverse("network:organisation_edit", args=[partner.pk])
    typed = {"name": partner.name, "kind": partner.kind, "is_active": "on"}
    form = signed_in(a_coordinator()).post(edit, {**typed, "siren": "123 456 789"}).context["form"]
    assert "nine digits" in form.errors["siren"][0]
    signed_in(a_coordinator()).post(edit, {**typed, "siren": f"{RIGHT[:3]} {RIGHT[3:6]} {RIGHT[6:]}"})
    assert Organisation.objects.get().siren == RIGHT
    assert spoken_siren(RIGHT) == "123\u00a0456\u00a0782"


def test_an_administrator_says_what_the_house_is_on_paper(signed_in, in_english):
    house = the_house()
    change = reverse("admin:network_house_change", args=[house.pk])
    typed = {"name": house.name, "minimum_life_days": 90, "handover_months": 24, "siren": "123 456 782"}
    said = {"legal_name": "Association des Tilleuls", "purpose": "Aider", "seat_address": "1 rue du Port, Paris"}
    half = signed_in(an_admin()).post(change, {**typed, **said, "decree_number": "2019-1"})
    assert "has a number and a day" in half.content.decode()
    signed_in(an_admin()).post(change, {**typed, **said, "decree_number": "2019-1", "decree_on": "2019-03-02"})
    house.refresh_from_db()
    assert (house.siren, house.decree_on, house.registered_name) == (RIGHT, date(2019, 3, 2), said["legal_name"])


def test_the_database_keeps_number_and_day_of_a_decree_together():
    with pytest.raises(IntegrityError), transaction.atomic():
        House.objects.create(name="Une autre", decree_number="2019-1")
