"""Packing kits and undoing it. Templates are in templates.py, sessions in sessions.py."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from donations.models import Drive
from kits.contents import contents, wants
from kits.enums import SessionState
from kits.models import AssemblySession, Kit, Pack, TemplateVersion
from stock.codes import new_code
from stock.enums import OperationKind, PlaceKind
from stock.ledger import Move, lock, operate, post
from stock.models import Lot, Operation, Place
from stock.operations import reverse, virtual_place
from stock.picking import Picks, pick
from web.errors import Refused

MOST_AT_ONCE = 500  # kits in one pack: a larger number is a slip of the hand


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
    """Turn loose articles at `place` into `count` kits, first expired first out, or raise NotEnoughStock and change nothing.

    `version` comes from `with_contents()`. What must have some life left is left alone where it has less than the
    house asks for. Raises Refused for a draft, a module, a session that is not open, or an absurd count.
    """
    _check(version, count, session)
    house = place.house
    not_before = timezone.localdate() + timedelta(days=house.minimum_life_days)

    def work(operation: Operation) -> None:
        items = {item for content in contents(version) for item in content.items}
        picks = pick(wants(version, count), lock(place, items), not_before=not_before)
        packed = virtual_place(house, PlaceKind.PACKED)
        lot = _open_lot(operation, version, picks)
        kits_move = Move(lot, count, packed, place)
        post(operation, [*(Move(b.lot, quantity, place, packed) for b, quantity in picks), kits_move])
        Pack.objects.create(
            house=house,
            drive=session.drive if session else drive,
            session=session,
            version=version,
            quantity=count,
            lot=lot,
            operation=operation,
        )
        Kit.objects.bulk_create(Kit(house=house, code=new_code(), lot=lot, place=place) for _number in range(count))

    content = {"version": version, "count": count, "place": place, "session": session, "drive": drive}
    return operate(OperationKind.PACK, key, work, house=house, actor=actor, content=content)


def unpack(*, operation: Operation, actor: User, key: str) -> Operation:
    """Undo a pack: its kits cease to be and its articles are back, as long as every one of its kits is still there."""
    return reverse(operation=operation, actor=actor, key=key)


def _open_lot(operation: Operation, version: TemplateVersion, picks: Picks) -> Lot:
    first = picks.earliest
    dates = {"best_before": first.lot.best_before, "precision": first.lot.precision} if first else {}
    return Lot.objects.create(house_id=operation.house_id, item=version.item, identity=f"pack|{operation.key}", **dates)


def _check(version: TemplateVersion, count: int, session: AssemblySession | None) -> None:
    if not 1 <= count <= MOST_AT_ONCE:
        raise Refused(_("Pack between 1 and %(most)d kits at once.") % {"most": MOST_AT_ONCE}, field="count")
    if version.item is None:
        raise Refused(
            _("%(version)s is a draft or a module: it is not packed by itself.") % {"version": version}, field="version"
        )
    if session and session.state != SessionState.OPEN:
        raise Refused(
            _("The session « %(session)s » is not open: open it, or choose another.") % {"session": session},
            field="session",
        )
