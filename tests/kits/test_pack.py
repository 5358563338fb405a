import pytest

from kits.following import check_kits
from kits.models import Kit
from kits.operations import pack, unpack
from stock.checks import check_balances
from stock.picking import NotEnoughStock
from tests.cast import a_coordinator, a_dated_item, a_key, a_version, on_hand, stocked, the_store

pytestmark = pytest.mark.django_db


def test_packing_is_all_or_nothing():
    soap, towel = stocked("Savon", 10), stocked("Serviette", 1)
    version = a_version({soap: 2, towel: 1})
    with pytest.raises(NotEnoughStock, match="Serviette: 2 wanted, 1 is free here"):
        pack(version=version, count=2, place=the_store(), actor=a_coordinator(), key=a_key())
    assert on_hand(soap) == 10


def test_packing_takes_the_articles_and_makes_as_many_kits():
    soap, jar = stocked("Savon", 10), stocked(a_dated_item(), 10, days=200)
    version = a_version({soap: 2, jar: 1})
    operation = pack(version=version, count=3, place=the_store(), actor=a_coordinator(), key=a_key())
    assert (on_hand(soap), on_hand(jar), on_hand(version.item)) == (4, 7, 3)
    assert Kit.objects.here().count() == 3
    unpack(operation=operation, actor=a_coordinator(), key=a_key())
    assert (on_hand(soap), on_hand(version.item), Kit.objects.here().count()) == (10, 0, 0)
    assert not [*check_balances(), *check_kits()]
