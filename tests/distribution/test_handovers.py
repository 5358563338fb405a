from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.utils import timezone

from distribution.handover_rules import Household
from distribution.handovers import undo_handover
from distribution.models import Handover
from distribution.shipments import pack_shipment
from kits.enums import KitState
from kits.models import Kit
from kits.operations import pack
from network.enums import SiteKind
from stock.ledger import KeyConflict
from stock.models import Conflict, Lot, Operation
from stock.operations import LotLine, transfer, write_off
from stock.picking import NotEnoughStock
from tests.cast import (
    a_coordinator,
    a_dated_item,
    a_key,
    a_site,
    a_version,
    an_item,
    an_organisation,
    infant_formula,
    on_hand,
    stocked,
    the_house,
    the_store,
)
from tests.distribution.stage import (
    a_shipment,
    a_shipment_that_left,
    codes_of,
    complaints,
    given,
    packed_kits,
    the_handover,
)
from tests.queries import statements
from web.errors import Refused

pytestmark = pytest.mark.django_db
ALREADY = r"^Already handed over: see the coordination\.$"


def test_a_handover_counts_and_moves_what_it_gives():
    version, towel = packed_kits(3), stocked("Serviette", 10)
    code = codes_of(version)[1]
    operation = given([code], [(version.item, 1)], [(towel, 4)], grams=2500, household=Household(1, 0, 1, 2))
    handover = the_handover(operation)
    assert (handover.kits, handover.articles, handover.grams, handover.people) == (2, 4, 2500, 4)
    assert (on_hand(version.item), on_hand(towel)) == (1, 6)
    assert Kit.objects.get(code=code).state == KitState.GIVEN
    assert not complaints()


def test_no_minute_is_kept_anywhere():
    operation = given(codes_of(packed_kits(1)))
    undone = undo_handover(operation=operation, actor=a_coordinator(), key=a_key())
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(), time.min))
    for row in Operation.objects.filter(pk__in=[operation.pk, undone.pk]):
        assert (row.happened_at, row.recorded_at) == (midnight, midnight)
        assert {movement.at for movement in row.movements.all()} == {midnight}


def test_the_digest_does_not_tell_which_kit():
    version, key = packed_kits(2), a_key()
    first, second = codes_of(version)
    operation = given([first], key=key)
    assert given([second], key=key).digest == operation.digest


def test_the_same_form_twice_is_one_handover():
    codes, key = codes_of(packed_kits(1)), a_key()
    assert given(codes, key=key) == given(codes, key=key)
    assert Handover.objects.count() == 1


def test_the_same_form_with_other_content_keeps_nothing_of_it():
    version, key = packed_kits(3), a_key()
    given(kits=[(version.item, 1)], key=key)
    with pytest.raises(KeyConflict):
        given(kits=[(version.item, 2)], key=key)
    assert Conflict.objects.get().content is None


def gone_by_handover(code, version):
    given([code])


def gone_by_shipment(code, version):
    a_shipment_that_left((version.item, 1))


def gone_by_writing_off(code, version):
    line = LotLine(Lot.objects.with_item().get(item=version.item), 1)
    write_off(place=the_store(), lines=[line], reason="damaged", actor=a_coordinator(), key=a_key())


def at_another_site(code, version):
    line = LotLine(Lot.objects.with_item().get(item=version.item), 1)
    transfer(source=the_store(), target=the_store(a_site("Annexe")), lines=[line], actor=a_coordinator(), key=a_key())


@pytest.mark.parametrize("fate", [gone_by_handover, gone_by_shipment, gone_by_writing_off, at_another_site])
def test_a_code_that_is_not_here_says_nothing_whatever_became_of_it(fate):
    version = packed_kits(1)
    code = codes_of(version)[0]
    fate(code, version)
    with pytest.raises(Refused, match=ALREADY) as refused:
        given([code])
    assert refused.value.field == "codes"


def test_a_code_that_nobody_gave_out_says_the_same():
    code = codes_of(packed_kits(1))[0]
    Kit.objects.update(code="34678994")
    with pytest.raises(Refused, match=ALREADY):
        given([code])


def test_among_several_codes_the_one_that_is_gone_is_named():
    version = packed_kits(2)
    first, second = codes_of(version)
    given([first])
    with pytest.raises(Refused, match=f"^{first[:4]} {first[4:]}: already handed over, see the coordination"):
        given([second, first])
    assert on_hand(version.item) == 1


def test_a_misread_code_is_said_to_be_misread():
    with pytest.raises(Refused, match="is not a code") as refused:
        given(["ABCD EFGH"])
    assert refused.value.field == "codes"


def test_a_code_scanned_twice_is_one_kit():
    version = packed_kits(2)
    code = codes_of(version)[0]
    assert the_handover(given([code, f"{code[:4]}-{code[4:].lower()}"])).kits == 1


def test_a_kit_kept_for_a_shipment_is_not_given():
    version = packed_kits(1)
    pack_shipment(shipment=a_shipment((version.item, 1)), actor=a_coordinator(), key=a_key())
    with pytest.raises(Refused, match="is kept for a shipment"):
        given(codes_of(version))
    with pytest.raises(NotEnoughStock):
        given(kits=[(version.item, 1)])


def test_kits_by_kind_leave_those_that_were_scanned():
    version = packed_kits(2)
    operation = given(codes_of(version)[:1], [(version.item, 1)])
    assert (the_handover(operation).kits, Kit.objects.filter(state=KitState.GIVEN).count()) == (2, 2)
    with pytest.raises(NotEnoughStock):
        given(kits=[(version.item, 1)])


def test_what_is_blocked_or_past_its_date_is_not_given():
    version = packed_kits(1)
    Lot.objects.filter(item=version.item).update(block="recalled")
    with pytest.raises(Refused, match="is blocked"):
        given(codes_of(version))
    jar = stocked(a_dated_item(), 2, days=1)
    with time_machine.travel(timezone.now() + timedelta(days=2)), pytest.raises(NotEnoughStock, match="Compote"):
        given(articles=[(jar, 1)])


def test_a_kit_past_its_date_is_not_given():
    jar = stocked(a_dated_item(), 2, days=100)
    version = a_version({jar: 1})
    pack(version=version, count=1, place=the_store(), actor=a_coordinator(), key=a_key())
    with time_machine.travel(timezone.now() + timedelta(days=101)), pytest.raises(Refused, match="its date does not"):
        given(codes_of(version))


def test_formula_is_given_when_a_worker_asked_for_it():
    formula = stocked(infant_formula(), 2, days=200)
    with pytest.raises(Refused, match="Lait premier âge: infant formula") as refused:
        given(articles=[(formula, 1)])
    assert (refused.value.field, refused.value.line) == ("item", 0)
    given(articles=[(formula, 1)], is_formula_asked_for=True)
    assert on_hand(formula) == 1


@pytest.mark.parametrize(("letter", "reason"), [(True, "urgence"), (False, ""), (False, "she came alone")])
def test_the_letter_was_seen_or_a_listed_reason_says_why_not(letter, reason):
    with pytest.raises(Refused, match="letter was seen"):
        given(codes_of(packed_kits(1)), has_letter=letter, letter_exception=reason)


@pytest.mark.parametrize(
    ("household", "name"),
    [(Household(), "women"), (Household(men=-1), "men"), (Household(1, children_0_2=31), "children_0_2")],
)
def test_a_household_is_of_somebody_and_of_a_believable_size(household, name):
    with pytest.raises(Refused) as refused:
        given(codes_of(packed_kits(1)), household=household)
    assert refused.value.field == name


@pytest.mark.parametrize("quantity", [0, -1, 100_001])
def test_a_quantity_of_articles_is_a_quantity(quantity):
    with pytest.raises(Refused, match="Savon: enter a quantity"):
        given(articles=[(stocked("Savon", 3), quantity)])


@pytest.mark.parametrize("grams", [0, -5, 1_000_001])
def test_grams_are_believable(grams):
    with pytest.raises(Refused, match="weight in grams"):
        given(codes_of(packed_kits(1)), grams=grams)


def test_something_is_handed_over():
    with pytest.raises(Refused, match="Nothing is handed over yet"):
        given()


def test_more_than_there_is_changes_nothing():
    soap = stocked("Savon", 3)
    with pytest.raises(NotEnoughStock, match="Savon: 4 wanted, 3 are free here"):
        given(articles=[(soap, 4)])
    assert (on_hand(soap), Handover.objects.count()) == (3, 0)


def test_an_absurd_number_of_kits_is_refused():
    with pytest.raises(Refused, match="More than 50 kits"):
        given(kits=[(packed_kits(1).item, 40_000)])


def test_what_is_of_another_house_is_refused():
    other = the_house("Maison du Port")
    with pytest.raises(Refused, match="a structure of your house"):
        given(codes_of(packed_kits(1)), structure=an_organisation(house=other))
    with pytest.raises(Refused, match="of this place"):
        given(articles=[(an_item(house=other), 1)])


def test_a_code_of_another_house_says_nothing():
    code = codes_of(packed_kits(1))[0]
    other = the_house("Maison du Port")
    theirs = the_store(a_site("Quai", kind=SiteKind.STORE, house=other))
    with pytest.raises(Refused, match=ALREADY):
        given([code], place=theirs, structure=None)


def test_a_handover_of_one_kit_is_few_statements():
    codes, who, store = codes_of(packed_kits(1)), a_coordinator(), the_store()
    structure = an_organisation("CASS des Lilas", "cass")
    asked = {"actor": who, "place": store, "structure": structure}
    assert statements(lambda: given(codes, **asked)) <= 12


def test_statements_do_not_grow_with_what_is_given():
    version = packed_kits(12)
    codes, who, store = codes_of(version), a_coordinator(), the_store()
    asked = {"actor": who, "place": store, "structure": an_organisation("CASS des Lilas", "cass")}
    soap, towel = stocked("Savon", 9), stocked("Serviette", 9)
    few = statements(lambda: given(codes[:1], [(version.item, 1)], [(soap, 1)], **asked))
    left = list(Kit.objects.here().values_list("code", flat=True))
    many = statements(lambda: given(left[:5], [(version.item, 2)], [(soap, 2), (towel, 3)], **asked))
    assert few == many <= 16


def test_kits_by_kind_are_not_taken_in_the_order_of_their_codes():
    """Else a copy of the database would tell which handover of a lot each code went with."""
    version = packed_kits(40)
    given(kits=[(version.item, 10)])
    gone = Kit.objects.filter(state=KitState.GIVEN).order_by("pk").values_list("code", flat=True)
    assert list(gone) != codes_of(version)[:10]
