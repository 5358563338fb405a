"""Handing over to one household: counted, never described. No name, no story, no hour; no code past its undo hour."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from distribution.drafts import Line
from distribution.handover_rules import Household, check_what, check_who
from distribution.models import Handover, HandoverUndo
from distribution.shipments import choose
from kits.enums import KitState
from kits.models import Kit
from network.models import Organisation
from stock.codes import UnknownCode, clean_code, spoken
from stock.enums import OperationKind, PlaceKind
from stock.ledger import Move, lock, operate, post
from stock.lots import can_be_given, check_can_be_given
from stock.models import Balance, Lot, Operation, Place
from stock.operations import reverse, virtual_place
from stock.picking import Want, pick
from web.errors import Refused

UNDO = timedelta(hours=1)


@dataclass
class Given:
    """What one handover gives: units by lot, and of kits which ones."""

    lots: dict[int, Lot] = field(default_factory=dict)
    units: dict[int, list[int]] = field(default_factory=dict)
    loose: dict[int, int] = field(default_factory=dict)
    balances: list[Balance] = field(default_factory=list)  # those that are locked

    @property
    def kits(self) -> list[int]:
        return [kit for kits in self.units.values() for kit in kits]

    def moves(self, source: Place, target: Place) -> list[Move]:
        kits = [Move(self.lots[lot], len(kits), source, target, units=tuple(kits)) for lot, kits in self.units.items()]
        return kits + [Move(self.lots[lot], quantity, source, target) for lot, quantity in self.loose.items()]


def hand_over(
    *,
    place: Place,
    structure: Organisation | None,
    has_letter: bool,
    letter_exception: str,
    household: Household,
    codes: Sequence[str],
    kits: Sequence[Line],
    articles: Sequence[Line],
    grams: int | None,
    actor: User,
    key: str,
    is_formula_asked_for: bool = False,
) -> Operation:
    """Give kits, by code or by kind, and loose articles at `place` to one household today, and record the day alone.

    Kinds and articles are taken first expired first out. Raises Refused for a code that is not of a kit here, for what
    is blocked or past its date, and for infant formula that no health or social worker asked for; NotEnoughStock names
    each article that is short.
    """
    codes = _clean(codes)
    check_who(place, structure, has_letter, letter_exception, household)
    check_what(place, codes, kits, articles, grams, is_formula_asked_for)
    day = timezone.localdate()

    def work(operation: Operation) -> None:
        given = _gather(place, codes, kits, articles)
        away = virtual_place(place.house, PlaceKind.RECIPIENTS)
        post(operation, given.moves(place, away), locked=given.balances)
        handover = Handover.objects.create(
            house=place.house,
            site=place.site,  # type: ignore[misc]  # a store or a table has one
            structure=structure,
            day=day,
            has_letter=has_letter,
            letter_exception=letter_exception,
            kits=len(given.kits),
            articles=sum(given.loose.values()),
            grams=grams,
            operation=operation,
            **asdict(household),
        )
        undo = HandoverUndo.objects.create(handover=handover, until=timezone.now() + UNDO)
        HandoverUndo.kits.through.objects.bulk_create(
            HandoverUndo.kits.through(handoverundo=undo, kit_id=kit) for kit in given.kits
        )

    # How many codes, never which: the digest is kept with the operation, and who knows a code must not prove by it
    # to which handover it belongs.
    content = {
        "place": place,
        "structure": structure,
        "letter": [has_letter, letter_exception],
        "household": asdict(household),
        "codes": len(codes),
        "kits": [[line.item, line.quantity] for line in kits],
        "articles": [[line.item, line.quantity] for line in articles],
        "grams": grams,
    }
    return operate(
        OperationKind.HAND_OVER,
        key,
        work,
        house=place.house,
        actor=actor,
        content=content,
        day=day,
        keeps_content=False,
    )


def undo_handover(*, operation: Operation, actor: User, key: str) -> Operation:
    """Take a handover back within its hour: the same kits are here again. Refused later: nobody knows which ones."""
    undo = HandoverUndo.objects.filter(handover__operation=operation, until__gte=timezone.now())

    def units() -> dict[int, tuple[int, ...]]:
        known: dict[int, tuple[int, ...]] = {}
        for lot, kit in undo.filter(kits__isnull=False).values_list("kits__lot", "kits"):
            known[lot] = (*known.get(lot, ()), kit)
        return known

    def also(reversal: Operation) -> None:
        del reversal
        if not undo.delete()[0]:
            raise Refused(_("A handover can be undone within an hour. Ask the coordination to correct the stock."))

    return reverse(operation=operation, actor=actor, key=key, also=also, units=units, day=timezone.localdate())


def forget_kits() -> int:
    """Erase which kits were handed over, an hour later; `manage.py tidy` calls it."""
    return HandoverUndo.objects.filter(until__lt=timezone.now()).delete()[0]


def _clean(typed: Sequence[str]) -> list[str]:
    """The codes behind what was typed, each once."""
    try:
        return list(dict.fromkeys(clean_code(code) for code in typed))
    except UnknownCode as unknown:
        raise UnknownCode(unknown.message, field="codes") from None


def _gather(place: Place, codes: Sequence[str], kits: Sequence[Line], articles: Sequence[Line]) -> Given:
    """What is given, by lot. The balances from which kinds and articles are picked stay locked."""
    named = _kits_by_code(place, codes)
    given = Given()
    for kit in named:
        given.lots[kit.lot_id] = kit.lot
        given.units.setdefault(kit.lot_id, []).append(kit.pk)
    if kits or articles:
        _pick(place, given, [*kits, *articles], {kit.lot.item_id for kit in named})
    return given


def _pick(place: Place, given: Given, lines: Sequence[Line], named_items: set[int]) -> None:
    day = timezone.localdate()
    free = [
        balance
        for balance in lock(place, {line.item.pk for line in lines} | named_items)
        if can_be_given(balance.lot, day=day)
    ]
    given.balances = free
    for balance in free:  # what was scanned is not there to be picked as well
        balance.on_hand -= len(given.units.get(balance.lot_id, ()))
    picks = dict(pick([Want((line.item,), line.quantity) for line in lines], free))
    wanted = {balance.lot_id: quantity for balance, quantity in picks.items() if balance.lot.item.is_kit}
    given.lots.update({balance.lot_id: balance.lot for balance in picks})
    given.loose = {b.lot_id: quantity for b, quantity in picks.items() if not b.lot.item.is_kit}
    if wanted:
        for lot, chosen in choose(_kits_to_choose(place, wanted, given.kits), wanted).items():
            given.units.setdefault(lot, []).extend(chosen)


def _kits_to_choose(place: Place, lots: Iterable[int], named: Iterable[int]) -> Iterable[tuple[int, int]]:
    """Those that may be taken, in no order: the first codes of a lot must not be those of its first handovers."""
    here = Kit.objects.here().filter(place=place, lot__in=lots).exclude(pk__in=named)
    return here.order_by("?").values_list("pk", "lot")


def _kits_by_code(place: Place, codes: Sequence[str]) -> list[Kit]:
    """The kits of `codes`, all of them at `place`. Of a code that is not, nothing is told, whatever became of it."""
    if not codes:
        return []
    there = Kit.objects.in_place().filter(place=place, code__in=codes).select_related("lot__item")
    kits = {kit.code: kit for kit in there}
    for code in codes:
        if code not in kits:
            raise Refused(_already_handed_over(code, codes), field="codes")
        if kits[code].state == KitState.HELD:
            raise Refused(_("%(code)s is kept for a shipment. Take another kit.") % {"code": kits[code]}, field="codes")
        check_can_be_given(kits[code].lot, day=timezone.localdate())
    return [kits[code] for code in codes]


def _already_handed_over(code: str, codes: Sequence[str]) -> str:
    if len(codes) == 1:
        return str(_("Already handed over: see the coordination."))
    return _("%(code)s: already handed over, see the coordination.") % {"code": spoken(code)}
