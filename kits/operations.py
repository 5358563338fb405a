"""Packing kits and undoing it. Templates are in templates.py, sessions in sessions.py."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from donations.models import Drive
from kits.contents import contents, wants
from kits.enums import SessionState
from kits.models import AssemblySession, Kit, Pack, TemplateVersion
from kits.recipes import check_item
from stock.codes import new_code
from stock.enums import OperationKind, PlaceKind
from stock.ledger import Move, lock, operate, post
from stock.models import Lot, Operation, Place
from stock.operations import reverse, virtual_place
from stock.picking import Picks, pick
from web.errors import Refused
from web.numbers import grouped

MOST_AT_ONCE = 500  # kits in one pack: a larger number is a slip of the hand
CODE_ATTEMPTS = 5


def pack(
    *,
    version: TemplateVersion,
    count: int,
    place: Place,
    actor: User,
    key: str,
    session: AssemblySession | None = None,
    drive: Drive | None = None,
) -> Operation:
    """Turn loose articles at `place` into `count` kits, first expired first out, all of it or nothing (NotEnoughStock).

    What must have some life left is left alone where it has less than the house asks for. Raises Refused for a draft,
    a module, another house's version, infant formula, a session that is not open or is held elsewhere, or an absurd
    count.
    """
    house = place.house
    drive = session.drive if session else drive

    def work(operation: Operation) -> None:
        _check(version, count, place, session)
        lines = contents(version)
        for item in {
            item for line in lines for item in line.items
        }:  # one may be known as formula since it was published
            check_item(house.pk, item)
        balances = lock(place, {item for line in lines for item in line.items})
        not_before = timezone.localdate() + timedelta(days=house.minimum_life_days)
        picks = pick(wants(lines, count), balances, not_before=not_before)
        lot = _open_lot(operation, version, picks)
        packed = virtual_place(house, PlaceKind.PACKED)
        taken = [Move(balance.lot, quantity, place, packed) for balance, quantity in picks]
        post(operation, [*taken, Move(lot, count, packed, place)], locked=balances)
        Pack.objects.create(
            house=house,
            drive=drive,
            session=session,
            version=version,
            quantity=count,
            lot=lot,
            operation=operation,
        )
        _label(lot, place, count)

    content = {"version": version, "count": count, "place": place, "session": session, "drive": drive}
    return operate(OperationKind.PACK, key, work, house=house, actor=actor, content=content)


def unpack(*, operation: Operation, actor: User, key: str) -> Operation:
    """Undo a pack: its kits cease to be and its articles are back, as long as every one of its kits is still there."""
    return reverse(operation=operation, actor=actor, key=key)


def _open_lot(operation: Operation, version: TemplateVersion, picks: Picks) -> Lot:
    first = picks.earliest
    dates = {"best_before": first.lot.best_before, "precision": first.lot.precision} if first else {}
    identity = f"pack|{operation.key}"
    lot = Lot(house_id=operation.house_id, item=version.item, identity=identity, **dates)
    lot.save()
    return lot


def _label(lot: Lot, place: Place, count: int) -> None:
    """Give each kit of a new lot its code. One that is taken, one time in millions, is drawn again."""
    missing = count
    for _attempt in range(CODE_ATTEMPTS):
        drawn = (Kit(house_id=lot.house_id, code=new_code(), lot=lot, place=place) for _number in range(missing))
        Kit.objects.bulk_create(drawn, ignore_conflicts=True)
        missing = count - Kit.objects.filter(lot=lot).count()
        if not missing:
            return
    raise RuntimeError("No free code was drawn for a kit.")


def _check(version: TemplateVersion, count: int, place: Place, session: AssemblySession | None) -> None:
    if not 1 <= count <= MOST_AT_ONCE:
        raise Refused(_("Pack between 1 and %(most)s kits at once.") % {"most": grouped(MOST_AT_ONCE)}, field="count")
    if version.item_id is None:
        raise Refused(
            _("%(version)s is a draft or a module: it is not packed by itself.") % {"version": version}, field="version"
        )
    if version.template.house_id != place.house_id:
        raise Refused(_("This template belongs to another house."), field="version")
    if session:
        _check_session(session, place)


def _check_session(session: AssemblySession, place: Place) -> None:
    """Read the session again, locked: closing it and packing in it wait for each other."""
    now = AssemblySession.objects.select_for_update(of=("self",), no_key=True).get(pk=session.pk)
    if now.state != SessionState.OPEN:
        raise Refused(
            _("The session “%(session)s” is not open: open it, or choose another.") % {"session": session},
            field="session",
        )
    if now.place_id != place.pk:
        raise Refused(
            _("The session “%(session)s” is held elsewhere: pack at its own place.") % {"session": session},
            field="place",
        )
