"""Sorting: a container becomes articles in stock and refusals, by several people, and is finished once."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from donations.arrivals import ArrivalLine
from donations.containers.operations import unfill
from donations.enums import ContainerState, LossReason, RefusalReason
from donations.models import Container, Pledge, Refusal, Sorting, SortingLine
from donations.progress import progress
from donations.sorting.account import account_of
from donations.sorting.checks import check_sortings
from donations.sorting.operations import RefusalLine, reopen, sort, unsort
from network.enums import OrganisationKind
from network.models import Organisation, Region
from network.operations import make_organisation_confidential
from stock.checks import check_balances
from stock.ledger import KeyConflict, MovedOn
from stock.models import Lot, Movement, Operation
from stock.operations import LotLine, transfer
from stock.registry import document_url
from tests import cast
from tests.cast import a_key, on_hand
from tests.donations.sorted import collected, filled, finished, part
from tests.donations.test_pledges import promised, seen
from tests.queries import statements
from web.errors import Refused

pytestmark = pytest.mark.django_db
STATEMENTS = 17  # of a part of what a partner sent, those that begin and end its transaction among them
DIRTY = RefusalLine(RefusalReason.DIRTY, 3, 400)


def a_pharmacy() -> Organisation:
    return cast.an_organisation("Pharmacies du Canal", OrganisationKind.PARTNER)


def everything_adds_up() -> bool:
    return not [*check_balances(), *check_sortings()]


def test_what_comes_out_of_a_container_is_in_stock():
    sorting = part(collected(), ArrivalLine(cast.an_item("Savon"), 12), ArrivalLine(cast.an_item("Drap"), 2))
    assert (on_hand(cast.an_item("Savon")), on_hand(cast.an_item("Drap"))) == (12, 2)
    assert {move.source.kind for move in Movement.objects.filter(operation=sorting.operation)} == {"sorted"}
    assert everything_adds_up()


def test_clothes_have_their_condition():
    line = ArrivalLine(cast.an_item("Manteau"), 2, condition="very_good")
    assert part(collected(), line).lines.get().get_condition_display() == "in very good condition"


def test_what_is_refused_is_counted_with_its_reason_and_in_no_stock():
    sorting = part(collected(), refusals=[DIRTY, RefusalLine(RefusalReason.MEDICINE, 1)])
    refusals = Refusal.objects.filter(operation=sorting.operation).order_by("pk")
    assert list(refusals.values_list("reason", "quantity", "grams")) == [("dirty", 3, 400), ("medicine", 1, None)]
    assert not Refusal.objects.at_the_door().exists()
    assert not Movement.objects.exists()


def test_a_carton_can_be_sorted_where_it_was_filled():
    assert part(filled()).container.state == ContainerState.FILLED


def test_several_people_sort_one_pallet():
    pallet = collected()
    parts = [part(pallet, actor=cast.a_volunteer()) for _person in range(2)]
    assert list(Sorting.objects.filter(container=pallet).order_by("pk")) == parts
    assert account_of(pallet).pieces == 20


def test_what_a_partner_sent_is_its_gift_and_keeps_its_promise():
    pledge = promised(100)
    line = part(collected(partner=a_pharmacy()), ArrivalLine(cast.an_item(), 60)).lines.get()
    assert (line.lot.donor, line.pledge) == (a_pharmacy(), pledge)
    assert seen(pledge)[:2] == (60, 40)
    part(collected(partner=a_pharmacy()), ArrivalLine(cast.an_item(), 50))
    assert seen(pledge)[:2] == (110, 0)


def test_a_promise_that_sorting_kept_is_kept_by_no_later_delivery():
    first, second = promised(10), promised(10, due_on=timezone.localdate() + timedelta(days=3))
    part(collected(partner=a_pharmacy()), ArrivalLine(cast.an_item(), 10))
    part(collected(partner=a_pharmacy()), ArrivalLine(cast.an_item(), 4))
    assert (seen(first)[0], seen(second)[0]) == (10, 4)


def test_a_sorting_taken_back_keeps_no_promise():
    pledge = promised(100)
    sorting = part(collected(partner=a_pharmacy()))
    unsort(operation=sorting.operation, actor=cast.a_coordinator(), key=a_key())
    assert seen(pledge)[0] == 0
    assert promised().pk in Pledge.objects.still_to_come().values_list("pk", flat=True)


def test_of_a_place_that_became_confidential_no_lot_names_it():
    container = collected(partner=a_pharmacy())
    hidden = {"name": "Les Mésanges", "region": Region.objects.get(code="11"), "relay": cast.a_site()}
    make_organisation_confidential(organisation=container.partner, actor=cast.a_coordinator(), **hidden)
    part(Container.objects.get())
    assert Lot.objects.get().donor is None


def test_what_was_sorted_counts_in_the_progress_of_its_drive():
    part(collected(), ArrivalLine(cast.an_item(), 7))
    assert [row.given for row in progress(cast.a_drive())] == [7]


def test_infant_formula_from_the_public_is_refused():
    line = ArrivalLine(cast.infant_formula(), 1, best_before=timezone.localdate() + timedelta(days=300))
    with pytest.raises(Refused, match="never accepted from the public") as refused:
        part(collected(), ArrivalLine(cast.an_item(), 1), line)
    assert (refused.value.field, refused.value.line) == ("item", 1)
    assert part(collected(partner=a_pharmacy()), line).lines.count() == 1


@pytest.mark.parametrize("best_before", [None, date(2020, 1, 1)])
def test_a_date_is_asked_for_and_must_not_be_past(best_before):
    with pytest.raises(Refused, match="Compote: ") as refused:
        part(collected(), ArrivalLine(cast.a_dated_item(), 1, best_before=best_before))
    assert refused.value.field == "best_before"


def test_nothing_at_all_is_no_sorting():
    with pytest.raises(Refused, match="at least one article"):
        part(collected(), refusals=[])


@pytest.mark.parametrize("refusal", [RefusalLine(RefusalReason.WORN, 0), RefusalLine(RefusalReason.WORN, 1, 0)])
def test_an_absurd_refusal_is_refused(refusal):
    with pytest.raises(Refused):
        part(collected(), refusals=[refusal])


def test_another_houses_place_is_refused():
    theirs = cast.the_store(cast.a_site("Ailleurs", house=cast.the_house("Maison des Saules")))
    with pytest.raises(Refused) as refused:
        part(collected(), place=theirs)
    assert refused.value.field == "place"


def test_the_same_key_again_is_the_same_part():
    container, asked = collected(), {"key": a_key(), "actor": cast.a_volunteer()}
    assert part(container, **asked) == part(container, **asked)
    with pytest.raises(KeyConflict):
        part(container, refusals=[DIRTY], **asked)
    assert on_hand(cast.an_item()) == 10


def test_a_container_that_was_taken_back_is_not_sorted():
    container = filled()
    unfill(operation=container.filled, actor=cast.a_coordinator(), key=a_key())
    with pytest.raises(Refused, match="was taken back"):
        part(container)
    with pytest.raises(Refused, match="was taken back"):
        finished(container)


def test_a_finished_container_is_sorted():
    container = collected()
    part(container)
    operation = finished(container)
    assert (container.state, container.finished, container.pieces) == (ContainerState.SORTED, operation, 10)
    assert (container.lost_grams, container.lost_reason) == (None, "")


def test_a_container_is_finished_once_and_nothing_is_sorted_from_it_afterwards():
    container, key = collected(), a_key()
    part(container)
    assert finished(container, key=key) == finished(container, key=key)
    with pytest.raises(Refused, match="is finished"):
        finished(container)
    with pytest.raises(Refused, match="nothing can be sorted from it any more"):
        part(container)
    assert on_hand(cast.an_item()) == 10


def test_a_container_out_of_which_nothing_came_is_not_finished():
    with pytest.raises(Refused, match="Note first what came out"):
        finished(collected())


def weighed(grams: int | None = 1000, out: int | None = 600, refused: int | None = 400) -> Container:
    container = collected(grams=grams)
    lines = [ArrivalLine(cast.an_item(), 5, grams=out)]
    part(container, *lines, refusals=[RefusalLine(RefusalReason.DIRTY, 3, refused)])
    return container


def test_grams_in_are_grams_out_and_refused():
    container = weighed()
    finished(container, lost_reason=LossReason.SCALES)
    assert (container.lost_grams, container.lost_reason) == (0, "")
    assert everything_adds_up()


@pytest.mark.parametrize(("out", "lost"), [(500, 100), (650, -50)])
def test_a_difference_has_a_reason(out, lost):
    container = weighed(out=out)
    with pytest.raises(Refused, match=f"differ by {lost} g") as refused:
        finished(container)
    assert refused.value.field == "lost_reason"
    finished(container, lost_reason=LossReason.PACKAGING)
    assert (container.lost_grams, container.lost_reason) == (lost, "packaging")
    assert everything_adds_up()


@pytest.mark.parametrize("missing", ["grams", "out", "refused"])
def test_without_a_scale_nothing_is_asked(missing):
    container = weighed(**{missing: None})
    finished(container)
    assert (container.lost_grams, container.lost_reason) == (None, "")
    assert everything_adds_up()


def test_a_reason_is_one_of_the_list():
    with pytest.raises(Refused, match="from the list"):
        finished(weighed(out=500), lost_reason="the dog")


def test_a_part_is_taken_back_until_the_container_is_finished():
    container = weighed()
    part(container, ArrivalLine(cast.an_item("Drap"), 1))
    sorting = Sorting.objects.latest("pk")
    unsort(operation=sorting.operation, actor=cast.a_coordinator(), key=a_key())
    assert (on_hand(cast.an_item("Drap")), account_of(container).left) == (0, 0)
    finished(container)
    with pytest.raises(Refused, match="Take that back first"):
        unsort(operation=Sorting.objects.earliest("pk").operation, actor=cast.a_coordinator(), key=a_key())
    assert everything_adds_up()


def test_a_part_whose_goods_moved_on_is_not_taken_back_and_says_where_they_went():
    sorting, hall = part(collected()), cast.the_store(cast.a_site("Gymnase"))
    gone = [LotLine(sorting.lines.get().lot, 4)]
    transfer(source=cast.the_store(), target=hall, lines=gone, actor=cast.a_coordinator(), key=a_key())
    with pytest.raises(MovedOn, match="4 × Savon to Gymnase"):
        unsort(operation=sorting.operation, actor=cast.a_coordinator(), key=a_key())


def test_refusals_of_a_part_go_with_it():
    sorting = part(collected(), refusals=[DIRTY])
    unsort(operation=sorting.operation, actor=cast.a_coordinator(), key=a_key())
    assert not Refusal.objects.standing().exists()


@pytest.mark.parametrize("make", [filled, collected])
def test_a_finished_container_is_opened_again(make):
    container = make(grams=1000)
    before = container.state
    part(container, ArrivalLine(cast.an_item(), 5, grams=900))
    operation = finished(container, lost_reason=LossReason.UNKNOWN)
    reopen(operation=operation, actor=cast.a_coordinator(), key=a_key())
    container.refresh_from_db()
    assert (container.state, container.finished, container.pieces, container.lost_grams) == (before, None, None, None)
    part(container, ArrivalLine(cast.an_item(), 1, grams=100))
    finished(container)
    assert container.lost_grams == 0
    assert everything_adds_up()


def test_the_journal_knows_a_sorting_by_its_number_and_leads_to_its_container():
    container = collected()
    sorting = part(container)
    operation = Operation.objects.get(pk=sorting.operation_id)
    assert str(operation) == f"Sorting no. {sorting.pk}"
    ending = finished(container)
    assert {document_url(each) for each in (operation, ending, container.filled)} == {container.get_absolute_url()}
    reopen(operation=ending, actor=cast.a_coordinator(), key=a_key())
    assert document_url(ending) is None


@pytest.mark.parametrize("count", [5, 50])
def test_the_number_of_statements_does_not_grow_with_the_lines(count):
    container = collected(partner=a_pharmacy())
    lines = [ArrivalLine(cast.an_item(f"Savon {number}"), 1) for number in range(count)]
    asked = {"place": cast.the_store(), "actor": cast.a_volunteer(), "sorted_on": timezone.localdate()}
    refusals = [RefusalLine(reason, 1) for reason in RefusalReason][: count // 5]
    sent = {**asked, "container": container, "lines": lines, "refusals": refusals}
    assert statements(lambda: sort(**sent, key=a_key())) == STATEMENTS


def test_lines_are_of_what_was_sorted():
    part(collected(), ArrivalLine(cast.an_item(), 5), ArrivalLine(cast.an_item(), 2))
    assert on_hand(cast.an_item()) == sum(SortingLine.objects.values_list("quantity", flat=True)) == 7
