"""Two people who send the first page at the same moment: one house is opened, by one of them."""

from datetime import date

import pytest

from kitdrive.setup.operations import set_up
from network.models import House, Membership, Region
from tests.cast import a_key

pytestmark = pytest.mark.race


def open_it(name: str, key: str) -> str:
    point = {"name": "Pharmacie", "address": "1 quai Haut", "city": "Paris"}
    store = {"store_name": "Réserve", "store_address": "2 rue du Port", "store_city": "Paris"}
    drive = {"drive_name": "Collecte", "starts_on": date(2026, 12, 1), "ends_on": date(2026, 12, 20)}
    who = {"name": name, "email": f"{name}@example.org", "password": "corail-tilleul-42"}
    set_up(house_name=f"Maison {name}", **who, **store, **drive, with_starter=False, points=[point], key=key)
    return "opened"


def test_one_of_two_opens_the_house(race):
    Region.objects.get_or_create(code="11", defaults={"name": "Île-de-France"})
    said = race(*[(open_it, {"name": name, "key": a_key()}) for name in ("dom", "lou", "max")])
    assert sorted(said) == ["Refused", "Refused", "opened"]
    assert House.objects.count() == 1
    assert Membership.objects.count() == 2
