"""Closing an assembly session with a count, which corrects what the recipes left; and taking that back."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from kits.enums import SessionState
from kits.models import AssemblySession
from kits.sessions import locked, save
from stock.enums import Block, Category, OperationKind, PlaceKind, Reason
from stock.ledger import Move, MovedOn, operate, post
from stock.models import Balance, Item, Movement, Operation
from stock.operations import reverse, virtual_place
from web.errors import Refused
from web.numbers import grouped


@dataclass(frozen=True, slots=True)
class Count:
    """What was counted of an article, where `expected` were said to be when the count was written down."""

    item: Item
    expected: int
    counted: int


def expected_at(session: AssemblySession) -> list[Balance]:
    """What the place of a session holds of loose articles, and what its packs took of them to the last, lot by lot."""
    packed = Movement.objects.filter(operation__pack__session=session).values("lot")
    loose = Balance.objects.filter(place=session.place_id, lot__block=Block.NONE).exclude(
        lot__item__category=Category.KIT
    )
    rows = loose.filter(Q(on_hand__gt=0) | Q(lot__in=packed))
    return list(rows.select_related("lot__item").first_expired_first_out())


def close_session(*, session: AssemblySession, counts: Sequence[Count], actor: User, key: str) -> Operation:
    """Close a session and set the articles that were counted to their counts; the others stay as the recipes left them.

    Missing units leave the lots that would have been packed first, found ones come to the lot that would come last.
    Raises Refused where the session is not open, and MovedOn where stock changed since an article was counted.
    """

    def work(operation: Operation) -> None:
        now = locked(session)
        if now.state != SessionState.OPEN:
            raise Refused(_("The session “%(session)s” is not open, so it cannot be closed.") % {"session": session})
        post(operation, _differences(session, counts))
        now.state, now.closing = SessionState.CLOSED, operation
        save(now, actor)

    return operate(
        OperationKind.CLOSE_SESSION,
        key,
        work,
        house=session.house,
        actor=actor,
        content={"session": session, "counts": [[c.item, c.expected, c.counted] for c in counts]},
        reason=Reason.COUNTED,
    )


def reopen_session(*, operation: Operation, actor: User, key: str) -> Operation:
    """Undo a closing: the session is open again and what its count had corrected is as before."""

    def reopen(_reversal: Operation) -> None:
        session = AssemblySession.objects.select_for_update(no_key=True, of=("self",)).get(closing=operation)
        session.state, session.closing = SessionState.OPEN, None
        save(session, actor)

    return reverse(operation=operation, actor=actor, key=key, also=reopen)


def _differences(session: AssemblySession, counts: Sequence[Count]) -> list[Move]:
    lots = Balance.objects.filter(place=session.place, lot__item__in=[count.item for count in counts])
    here: dict[int, list[Balance]] = defaultdict(list)
    for balance in lots.filter(lot__block=Block.NONE).select_related("lot__item").locked():
        here[balance.lot.item_id].append(balance)
    correction = virtual_place(session.house, PlaceKind.CORRECTION)
    moves: list[Move] = []
    for index, count in enumerate(counts):
        _check_count(count, here, index)
        for balance, change in _spread(count, here[count.item.pk]):
            ends = (correction, session.place) if change > 0 else (session.place, correction)
            moves.append(Move(balance.lot, abs(change), *ends))
    return moves


def _check_count(count: Count, here: Mapping[int, Sequence[Balance]], index: int) -> None:
    balances = here.get(count.item.pk, ())
    on_hand, reserved = sum(b.on_hand for b in balances), sum(b.reserved for b in balances)
    if on_hand != count.expected:
        raise MovedOn(
            _("%(item)s: there were %(expected)s when you counted, and %(now)s now. Count it again.")
            % {"item": count.item, "expected": grouped(count.expected), "now": grouped(on_hand)},
            field="counted",
            line=index,
        )
    if count.counted < reserved:
        raise Refused(
            _("%(item)s: %(reserved)s are kept for shipments, more than you counted. Release them first.")
            % {"item": count.item, "reserved": grouped(reserved)},
            field="counted",
            line=index,
        )
    if count.counted > on_hand and not balances:
        raise Refused(
            _("%(item)s has never been at this place. Record where it came from instead.") % {"item": count.item},
            field="counted",
            line=index,
        )


def _spread(count: Count, balances: Sequence[Balance]) -> Iterable[tuple[Balance, int]]:
    """By how much each lot changes, so that they make up what was counted."""
    difference = count.counted - count.expected
    ordered = sorted(balances, key=lambda b: (b.lot.best_before or date.max, b.lot_id))
    if difference > 0:
        yield ordered[-1], difference
        return
    for balance in ordered:
        change = min(-difference, balance.free)
        difference += change
        if change:
            yield balance, -change
