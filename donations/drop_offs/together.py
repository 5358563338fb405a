"""Several things that were noted at the door and are sent at once: a form at a desk, or a sheet of paper."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from donations.arrivals import check_day
from donations.drop_offs.moments import NOW, Moment
from donations.drop_offs.operations import decline, drop_off
from donations.enums import DropOffKind, Entered, RefusalReason
from donations.models import Drive
from network.models import Organisation, Site
from stock.ledger import KeyConflict
from stock.models import Operation
from stock.operations import reverse
from web.errors import Refused


@dataclass(frozen=True, slots=True)
class Line:
    """So many bags, cartons or pallets that were left, or so many things that were refused for one reason."""

    what: DropOffKind | RefusalReason
    quantity: int
    grams: int | None = None
    partner: Organisation | None = None


def note_together(
    *,
    drive: Drive,
    site: Site,
    lines: Sequence[Line],
    actor: User,
    key: str,
    entered: Entered,
    day: date | None = None,
) -> list[Operation]:
    """Note `lines`, each as an operation of its own, all of them or none; the same `key` again is the same operations.

    What is of another `day` than today counts at noon of it. Raises Refused for no line, a day to come or more than a
    year ago, and what `drop_off` refuses; KeyConflict, with all that was sent kept, for other content under one key.
    """
    if not lines:
        raise Refused(_("Enter at least one number."))
    if day:
        check_day(day, field="day")
    moment = NOW if day in (None, timezone.localdate()) else _noon(day)
    sheet = {"day": day, "lines": [[line.what.value, line.quantity, line.grams] for line in lines]}
    always = {"drive": drive, "site": site, "actor": actor, "entered": entered, "moment": moment}
    conflict: KeyConflict | None = None
    operations: list[Operation] = []
    with transaction.atomic():
        try:  # the first line knows the whole sheet: whatever differs is a conflict there, before anything is written
            operations.append(_note(lines[0], key=str(key), sheet=sheet, **always))
        except KeyConflict as raised:
            conflict = raised
        else:
            operations += [_note(line, key=_key_of(str(key), line.what), **always) for line in lines[1:]]
    if conflict:  # raised here, so that what was set aside stays
        raise conflict
    return operations


def noted_with(first: Operation) -> list[Operation]:
    """The operations that were sent at once with `first`, itself among them, without those taken back since."""
    keys = [first.key, *_other_keys(first.key)]
    operations = Operation.objects.filter(house=first.house_id, key__in=keys, reversed_by=None)
    return list(operations.select_related("house", "drop_off").prefetch_related("refusals").order_by("pk"))


@transaction.atomic
def take_back_together(*, operations: Sequence[Operation], actor: User) -> None:
    """Reverse `operations`, all of them or none; again changes nothing."""
    for operation in operations:
        reverse(operation=operation, actor=actor, key=f"reverse-{operation.key}"[:64])


def _note(line: Line, **asked: object) -> Operation:
    if isinstance(line.what, RefusalReason):
        return decline(reason=line.what, quantity=line.quantity, grams=line.grams, **asked)  # type: ignore[arg-type]
    counted = {"quantity": line.quantity, "grams": line.grams, "partner": line.partner}
    return drop_off(kind=line.what, **counted, **asked)  # type: ignore[arg-type]


def _key_of(key: str, what: str) -> str:
    """The key of a line that is not the first: told by that of the sheet, the same whenever it is sent."""
    return str(uuid5(UUID(key), what))


def _other_keys(key: str) -> Iterator[str]:
    try:
        yield from (_key_of(key, what) for what in (*DropOffKind.values, *RefusalReason.values))
    except ValueError:  # a key that no form made
        return


def _noon(day: date | None) -> Moment:
    return Moment(happened_at=timezone.make_aware(datetime.combine(day or timezone.localdate(), time(12))))
