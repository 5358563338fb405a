"""Sorting: several people take out of a container what is in it, each a part; then it is finished, once.

Whoever sorts, finishes or takes back locks the container's row first: what was sorted after the end cannot be.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from donations.arrivals import ArrivalLine, check_day, check_formula, take_in
from donations.drop_offs.moments import Moment
from donations.drop_offs.operations import at_the_door, check_counted
from donations.enums import TO_SORT, ContainerState, Entered, LossReason, RefusalReason
from donations.models import Container, Refusal, Sorting, SortingLine
from donations.pledges import write_given
from donations.sorting.account import account_of
from network.models import Organisation
from stock.enums import OperationKind, PlaceKind
from stock.idempotency import operate
from stock.models import Lot, Operation, Place
from stock.operations import reverse
from web.errors import Refused
from web.numbers import grouped


@dataclass(frozen=True, slots=True)
class RefusalLine:
    """So many of what is in a container that are not taken, and why; grams if they were weighed."""

    reason: RefusalReason
    quantity: int
    grams: int | None = None


def sort(
    *,
    container: Container,
    place: Place,
    lines: Sequence[ArrivalLine],
    refusals: Sequence[RefusalLine],
    sorted_on: date,
    actor: User,
    key: str,
) -> Operation:
    """Bring what somebody took out of `container` into stock at `place`, and note what was refused and why.

    What a partner sent is its gift, and keeps its oldest open pledges of these articles. Raises Refused for a container
    that is finished or was taken back, for nothing at all, for infant formula from the public, and, like `receive`, for
    a date that is missing or past.
    """
    check_day(sorted_on, field="sorted_on")
    if place.house_id != container.house_id:
        raise Refused(_("Choose a place of this house."), field="place")
    if not lines and not refusals:
        raise Refused(_("Enter at least one article, or something that was refused."))
    for index, line in enumerate(lines):
        if container.partner_id is None:
            check_formula(line, index=index)
    for refusal in refusals:
        check_counted(refusal.quantity, refusal.grams)
    giver = _giver(container)

    def record(operation: Operation, lots: Sequence[Lot]) -> Sorting:
        _still_to_sort(container)
        sorting = Sorting.objects.create(
            house=place.house, container=container, place=place, day=sorted_on, operation=operation
        )
        write_given(SortingLine, lines, lots, drive=container.drive, partner=giver, sorting=sorting)
        _write_refusals(operation, container, refusals)
        return sorting

    return take_in(
        OperationKind.SORT,
        PlaceKind.SORTED,
        record,
        place=place,
        lines=lines,
        day=sorted_on,
        actor=actor,
        key=key,
        content={
            "container": container,
            "refusals": [[refusal.reason, refusal.quantity, refusal.grams] for refusal in refusals],
        },
        donor=giver,
        may_be_empty=True,
    )


def unsort(*, operation: Operation, actor: User, key: str) -> Operation:
    """Put back into its container what a part brought, while that is not finished and the goods lie where they came."""

    def also(_reversal: Operation) -> None:
        container = operation.sorting.container
        if _lock(container) == ContainerState.SORTED:
            raise Refused(_("%(container)s is finished. Take that back first.") % {"container": container})

    return reverse(operation=operation, actor=actor, key=key, also=also)


def finish(*, container: Container, actor: User, key: str, lost_reason: str = "") -> Operation:
    """Say that `container` is empty; nothing is sorted from it any more.

    Where everything was weighed, grams in are grams out and refused, or `lost_reason`, of LossReason, says why not.
    Raises Refused for a container that is finished already or was taken back, out of which nothing came, and for a
    difference without a reason.
    """
    if lost_reason and lost_reason not in LossReason.values:
        raise Refused(_("Choose a reason from the list."), field="lost_reason")

    def work(operation: Operation) -> None:
        _still_to_sort(container)
        account = account_of(container)
        if not account.parts:
            raise Refused(_("Note first what came out of it, or what was refused."))
        if account.left and not lost_reason:
            raise Refused(
                _("In, out and refused differ by %(grams)s g. Say why, or weigh again.")
                % {"grams": grouped(account.left)},
                field="lost_reason",
            )
        Container.objects.filter(pk=container.pk).update(
            state=ContainerState.SORTED,
            finished=operation,
            pieces=account.pieces,
            lost_grams=account.left,
            lost_reason=lost_reason if account.left else "",
        )

    content = {"container": container, "lost_reason": lost_reason}
    return operate(OperationKind.FINISH_SORTING, key, work, house=container.house, actor=actor, content=content)


def reopen(*, operation: Operation, actor: User, key: str) -> Operation:
    """Take back that a container was finished: what is still in it can be sorted again."""

    def also(_reversal: Operation) -> None:
        finished = Container.objects.select_for_update().filter(finished=operation)
        for container in finished:
            state = ContainerState.COLLECTED if container.collected_id else ContainerState.FILLED
            nothing: dict[str, Any] = {"finished": None, "pieces": None, "lost_grams": None, "lost_reason": ""}
            Container.objects.filter(pk=container.pk).update(state=state, **nothing)

    return reverse(operation=operation, actor=actor, key=key, also=also)


def address_of_container(operation: Operation) -> str | None:
    """The page of the container that `operation` filled, sorted or finished."""
    way = {OperationKind.FILL: "filled", OperationKind.SORT: "sortings__operation"}
    container = Container.objects.filter(**{way.get(OperationKind(operation.kind), "finished"): operation}).first()
    return container.get_absolute_url() if container else None


def sorting_numbers(operations: Collection[int]) -> QuerySet:
    """The numbers of the sortings that these operations recorded."""
    return Sorting.objects.filter(operation__in=operations).order_by().values_list("operation", "pk")


def _lock(container: Container) -> str:
    """Lock the container until the transaction ends, and answer the state that it is in."""
    [state] = Container.objects.select_for_update().filter(pk=container.pk).values_list("state", flat=True)
    return state


def _still_to_sort(container: Container) -> None:
    """Lock the container, and raise Refused where nothing can be sorted from it."""
    state = _lock(container)
    if state == ContainerState.SORTED:
        raise Refused(
            _("%(container)s is finished: nothing can be sorted from it any more.") % {"container": container}
        )
    if state not in TO_SORT:
        raise Refused(_("%(container)s was taken back: it was never filled.") % {"container": container})


def _giver(container: Container) -> Organisation | None:
    """The partner whose lots these are; of a place that became confidential nothing is named any more."""
    partner = container.partner
    return None if partner is None or partner.is_confidential else partner


def _write_refusals(operation: Operation, container: Container, refusals: Sequence[RefusalLine]) -> None:
    """What is refused at sorting came late to nothing: it was in the container when the drive was open."""
    common = at_the_door(operation, container.drive, container.site, Moment(), Entered.PAGE) | {"is_late": False}
    Refusal.objects.bulk_create(
        Refusal(**common, reason=refusal.reason, quantity=refusal.quantity, grams=refusal.grams) for refusal in refusals
    )
