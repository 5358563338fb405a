"""Moving, writing off and correcting counts, in a browser: what is typed wrong is said at its field and kept."""

import pytest
from django.urls import reverse

from stock.enums import PlaceKind
from stock.models import Lot, Operation, Place
from tests.cast import a_key, a_site, on_hand, stocked, the_house, the_store

pytestmark = pytest.mark.django_db


@pytest.fixture
def lot() -> Lot:
    stocked("Savon", 10)
    return Lot.objects.with_item().get()


def url(name: str) -> str:
    return f"{reverse(f'stock:{name}_create')}?place={the_store().pk}"


def lines(*rows: tuple[object, object], **fields) -> dict[str, object]:
    typed = {"key": a_key(), "lines-TOTAL_FORMS": len(rows), "lines-INITIAL_FORMS": 0, **fields}
    for number, (lot, quantity) in enumerate(rows):
        typed |= {f"lines-{number}-lot": lot, f"lines-{number}-quantity": quantity}
    return typed


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize("name", ["transfer", "write_off", "adjustment"])
def test_first_one_chooses_the_place(coordinator, lot, name):
    address = reverse(f"stock:{name}_create")
    assert "Continue with this place" in text(coordinator.get(address))
    assert "Savon: 10 free" in text(coordinator.get(address, {"place": the_store().pk}))
    for wrong in ("0", "x", Place.objects.get(house=the_house(), kind=PlaceKind.WASTE).pk):
        assert "Choose a place" in text(coordinator.get(address, {"place": wrong}))


def test_a_page_opened_for_a_lot_has_it_chosen(coordinator, lot):
    assert f'value="{lot.pk}" selected' in text(coordinator.get(f"{url('transfer')}&lot={lot.pk}"))


def test_goods_are_moved_once_however_often_the_form_is_sent(coordinator, lot):
    there = the_store(a_site("Réserve Nord"))
    typed = lines((lot.pk, 4), ("", ""), target=there.pk)
    for _time in range(2):
        answer = coordinator.post(url("transfer"), typed, follow=True)
        assert "4 pieces" in text(answer)
        assert "Undo" in text(answer)
    assert (on_hand(lot.item, there), on_hand(lot.item)) == (4, 10)


def test_everything_that_is_there_is_moved_and_written_off_once(coordinator, lot):
    there = the_store(a_site("Réserve Nord"))
    away = lines((lot.pk, 10), reason="damaged")
    for name, typed in (("transfer", lines((lot.pk, 10), target=there.pk)), ("write_off", away)):
        address = url(name) if name == "transfer" else f"{reverse('stock:write_off_create')}?place={there.pk}"
        for _time in range(2):
            answer = coordinator.post(address, typed, follow=True)
            assert "10 pieces" in text(answer)
    assert on_hand(lot.item) == 0
    assert "10 wanted, 0 are free" in text(coordinator.post(url("transfer"), lines((lot.pk, 10), target=there.pk)))


def test_the_same_form_with_other_content_is_set_aside(coordinator, lot):
    there = the_store(a_site("Réserve Nord"))
    typed = lines((lot.pk, 4), target=there.pk)
    coordinator.post(url("transfer"), typed)
    answer = coordinator.post(url("transfer"), {**typed, "lines-0-quantity": 5})
    assert "already recorded with other content" in text(answer)
    assert on_hand(lot.item, there) == 4


@pytest.mark.parametrize(
    ("quantity", "sentence"),
    [
        ("-1", "cannot be negative"),
        ("0", "at least 1"),
        ("2,5", "whole number"),
        ("1000000", "check the number of digits"),
        ("ten", "in digits"),
        ("", "Enter a quantity"),
        ("11", "Savon: 11 wanted, 10 are free here"),
    ],
)
@pytest.mark.parametrize("name", ["transfer", "write_off"])
def test_a_wrong_quantity_is_said_at_its_line_and_kept(coordinator, lot, name, quantity, sentence):
    there = the_store(a_site("Réserve Nord"))
    answer = coordinator.post(url(name), lines((lot.pk, quantity), target=there.pk, reason="damaged"))
    assert answer.status_code == 200
    assert sentence in str(answer.context["lines"].forms[0].errors["quantity"])
    assert f'value="{quantity}"' in text(answer) or not quantity
    assert Operation.objects.count() == 1


def test_an_unknown_lot_and_a_missing_place_or_reason_are_said_at_their_fields(coordinator, lot):
    answer = coordinator.post(url("transfer"), lines(("999999", 1), target=""))
    assert "not at this place" in str(answer.context["lines"].forms[0].errors["lot"])
    assert "Choose a place" in str(answer.context["form"].errors["target"])
    answer = coordinator.post(url("write_off"), lines((lot.pk, 1), reason="boredom"))
    assert "reason" in answer.context["form"].errors


def test_an_empty_form_asks_for_a_line(coordinator, lot):
    answer = coordinator.post(url("write_off"), lines(("", ""), reason="damaged"))
    assert "at least one line" in text(answer)


def test_a_form_without_its_key_is_not_sent_whole(coordinator, lot):
    answer = coordinator.post(url("write_off"), {**lines((lot.pk, 1), reason="damaged"), "key": ""})
    assert "not sent whole" in text(answer)
    assert on_hand(lot.item) == 10


def test_more_rows_come_and_keep_what_was_typed(coordinator, lot):
    answer = coordinator.post(url("write_off"), {**lines((lot.pk, 7), reason="lost"), "add_line": "lines"})
    assert len(answer.context["lines"].forms) == 4
    assert 'value="7"' in text(answer)
    assert Operation.objects.count() == 1


def test_goods_are_written_off_with_a_reason(coordinator, lot):
    coordinator.post(url("write_off"), lines((lot.pk, 3), reason="opened"))
    assert (on_hand(lot.item), Operation.objects.latest("pk").reason) == (7, "opened")


def counted(lot: Lot, number: object, **fields) -> dict[str, object]:
    return {"key": a_key(), "lot": lot.pk, "counted": number, "reason": "counted", **fields}


@pytest.mark.parametrize("number", [0, 7, 12])
def test_a_count_is_corrected_and_undone(coordinator, lot, number):
    answer = coordinator.post(url("adjustment"), counted(lot, number), follow=True)
    assert on_hand(lot.item) == number
    assert "as you counted" in text(answer)
    coordinator.post(reverse("stock:operation_reverse", args=[Operation.objects.latest("pk").pk]))
    assert on_hand(lot.item) == 10


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("10", "nothing to correct"),
        ("-2", "cannot be negative"),
        ("1.5", "whole number"),
        ("200000", "check the number of digits"),
        ("", "Enter a quantity"),
    ],
)
def test_a_wrong_count_is_said_at_its_field(coordinator, lot, number, sentence):
    answer = coordinator.post(url("adjustment"), counted(lot, number))
    assert sentence in str(answer.context["form"].errors["counted"])
    assert Operation.objects.count() == 1


def test_a_lot_that_ran_out_can_be_counted_again(coordinator, lot):
    coordinator.post(url("write_off"), lines((lot.pk, 10), reason="lost"))
    coordinator.post(url("adjustment"), counted(lot, 2, reason="found"))
    assert on_hand(lot.item) == 2
