"""What people do to the stock itself. Each function is one operation: all of it or nothing, once for a key."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from network.models import Device, House, Site
from stock.enums import ADJUST_REASONS, VIRTUAL_KINDS, WRITE_OFF_REASONS, OperationKind, PlaceKind, Reason
from stock.ledger import Move, MovedOn, lock_lots, lock_pairs, operate, post
from stock.models import Balance, Lot, Movement, Operation, Place
from stock.picking import NotEnoughStock, Shortage
from stock.querysets import moved_on_from
from web.errors import Refused
from web.forms import MOST_PIECES
from web.numbers import grouped


@dataclass(frozen=True, slots=True)
class LotLine:
    """So many units of a lot, as one line of a form."""

    lot: Lot
    quantity: int


def open_house(*, house: House) -> None:
    """Give a house its virtual places; again changes nothing."""
    Place.objects.bulk_create((Place(house=house, kind=kind) for kind in VIRTUAL_KINDS), ignore_conflicts=True)


def open_site(*, site: Site) -> None:
    """Give a site the store and the quarantine where its goods lie; again changes nothing."""
    kinds = (PlaceKind.STORE, PlaceKind.QUARANTINE)
    names = {PlaceKind.STORE: "Réserve", PlaceKind.QUARANTINE: "Quarantaine"}
    rows = (Place(house_id=site.house_id, site=site, kind=kind, name=names[kind]) for kind in kinds)
    Place.objects.bulk_create(rows, ignore_conflicts=True)


def virtual_place(house: House, kind: PlaceKind) -> Place:
    """The place of `kind` from which goods come or to which they go."""
    return Place.objects.get(house=house, kind=kind)


def transfer(*, source: Place, target: Place, lines: Sequence[LotLine], actor: User, key: str) -> Operation:
    """Move `lines` from one internal place to another of the same house, or raise NotEnoughStock."""
    if source.pk == target.pk:
        raise Refused(_("Choose another place: the goods are there already."), field="target")
    _check_house(source, target)
    _check_lines(lines)

    def work(operation: Operation) -> None:
        _check_free(lines, source, lock_pairs([source, target], [line.lot for line in lines]))
        post(operation, [Move(line.lot, line.quantity, source, target) for line in lines])

    content = {"source": source, "target": target, "lines": _content(lines)}
    return operate(OperationKind.TRANSFER, key, work, house=source.house, actor=actor, content=content)


def write_off(*, place: Place, lines: Sequence[LotLine], reason: Reason, actor: User, key: str) -> Operation:
    """Take `lines` out of stock for good, with a reason from WRITE_OFF_REASONS, or raise NotEnoughStock."""
    _check_reason(reason, WRITE_OFF_REASONS)
    _check_lines(lines)

    def work(operation: Operation) -> None:
        _check_free(lines, place, lock_pairs([place], [line.lot for line in lines]))
        waste = virtual_place(place.house, PlaceKind.WASTE)
        post(operation, [Move(line.lot, line.quantity, place, waste) for line in lines])

    content = {"place": place, "lines": _content(lines), "reason": reason}
    return operate(OperationKind.WRITE_OFF, key, work, house=place.house, actor=actor, content=content, reason=reason)


def adjust(*, place: Place, lot: Lot, counted: int, reason: Reason, actor: User, key: str) -> Operation:
    """Set what `place` holds of `lot` to what was counted there, with a reason from ADJUST_REASONS.

    Raises Refused where the count equals the balance, or is below what is reserved, and for kits that would appear
    from nowhere: each has a code, which only packing gives.
    """
    _check_reason(reason, ADJUST_REASONS)
    if not isinstance(counted, int) or not 0 <= counted <= MOST_PIECES:
        raise Refused(_("%(lot)s: a count is a whole number from 0 to 100,000.") % {"lot": lot}, field="counted")

    def work(operation: Operation) -> None:
        balance = lock_lots(place, [lot]).get(lot.pk)
        difference = counted - (balance.on_hand if balance else 0)
        if not difference:
            raise Refused(
                _("%(lot)s: the count equals the stock; there is nothing to correct.") % {"lot": lot}, field="counted"
            )
        if balance and counted < balance.reserved:
            raise Refused(
                _("%(lot)s: %(reserved)s are reserved for shipments. Release them first.")
                % {"lot": lot, "reserved": grouped(balance.reserved)},
                field="counted",
            )
        if difference > 0 and lot.item.is_kit:
            raise Refused(_("A kit comes from packing: take back what took it out, or pack it again."), field="counted")
        correction = virtual_place(place.house, PlaceKind.CORRECTION)
        ends = (correction, place) if difference > 0 else (place, correction)
        post(operation, [Move(lot, abs(difference), *ends)])

    content = {"place": place, "lot": lot, "counted": counted, "reason": reason}
    return operate(OperationKind.ADJUST, key, work, house=place.house, actor=actor, content=content, reason=reason)


def reverse(
    *,
    operation: Operation,
    actor: User | Device,
    key: str,
    also: Callable[[Operation], None] | None = None,
    units: Callable[[], Mapping[int, tuple[int, ...]]] = dict,
    day: date | None = None,
) -> Operation:
    """Undo a posted operation by its mirror image; `also` undoes what the operation's own app keeps beside it.

    `units` answers, by lot id, which units come back, where each has a code of its own and the app knows which they
    were; `day` stamps the reversal with that day alone. Raises Refused where it was reversed before or is a reversal
    itself, and MovedOn, which says where the goods went, where they are no longer where the operation had put them.
    """
    if operation.kind == OperationKind.REVERSE:
        raise Refused(_("What took something back is not taken back: record the operation again."))
    if _reversal_of(operation, key):
        raise _reversed_already()

    def work(reversal: Operation) -> None:
        known = units()
        if also:
            also(reversal)
        movements = Movement.objects.filter(operation=operation)
        movements = movements.select_related("lot__item", "source__site", "target__site")
        moves = [Move(m.lot, m.quantity, m.target, m.source, m.grams, known.get(m.lot_id)) for m in movements]
        try:
            post(reversal, moves)
        except MovedOn:
            raise MovedOn(_where_it_went(operation)) from None

    try:
        return operate(
            OperationKind.REVERSE,
            key,
            work,
            house=operation.house,
            actor=actor,
            content={"reverses": operation},
            day=day,
            reverses=operation,
        )
    except IntegrityError:  # somebody else reversed it at the same moment: the database keeps one reversal
        if _reversal_of(operation, key):
            raise _reversed_already() from None
        raise


def _reversal_of(operation: Operation, key: str) -> bool:
    """Whether something else than this very request reversed it."""
    return Operation.objects.filter(reverses=operation).exclude(key=key).exists()


def _reversed_already() -> Refused:
    return Refused(_("This was taken back already."))


def _where_it_went(operation: Operation) -> str:
    later = moved_on_from(operation)
    if not later:
        return str(_("This cannot be taken back: what it brought is kept for a shipment. Release it first."))
    lots = Lot.objects.with_item().in_bulk({row["lot"] for row in later})
    places = Place.objects.select_related("site").in_bulk({row["target"] for row in later})
    gone: Counter[tuple[str, str]] = Counter()  # lots of kits that are called alike are counted together
    for row in later:
        gone[str(lots[row["lot"]]), str(places[row["target"]])] += row["sum"]
    details = str(_("; ")).join(
        _("%(quantity)s × %(lot)s to %(place)s") % {"quantity": grouped(count), "lot": lot, "place": place}
        for (lot, place), count in gone.most_common(3)
    )
    return _("This cannot be taken back: what it brought has moved on (%(details)s).") % {"details": details}


def _check_lines(lines: Sequence[LotLine]) -> None:
    if not lines:
        raise Refused(_("Enter at least one line."))
    for index, line in enumerate(lines):
        if not isinstance(line.quantity, int) or line.quantity < 1:
            raise Refused(
                _("%(lot)s: enter a whole number of pieces, at least 1.") % {"lot": line.lot},
                field="quantity",
                line=index,
            )


def _check_free(lines: Sequence[LotLine], place: Place, balances: Mapping[tuple[int, int], Balance]) -> None:
    wanted: dict[int, int] = defaultdict(int)
    for index, line in enumerate(lines):
        balance = balances.get((place.pk, line.lot.pk))
        free = balance.free if balance else 0
        wanted[line.lot.pk] += line.quantity
        if wanted[line.lot.pk] > free:
            raise NotEnoughStock([Shortage(line.lot.item, wanted[line.lot.pk], free)], field="quantity", line=index)


def _check_house(*places: Place) -> None:
    if len({place.house_id for place in places}) > 1 or not all(place.is_internal for place in places):
        raise Refused(_("Goods move between the places of one house only."), field="target")


def _check_reason(reason: Reason, allowed: Sequence[Reason]) -> None:
    if reason not in allowed:
        raise Refused(_("Choose a reason from the list."), field="reason")


def _content(lines: Sequence[LotLine]) -> list[dict[str, object]]:
    return [{"lot": line.lot, "quantity": line.quantity} for line in lines]
