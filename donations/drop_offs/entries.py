"""What was noted at the door, entry by entry, whoever or whatever noted it: each is one operation."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from donations.drop_offs.wording import refused, so_many
from donations.enums import Entered
from donations.models import Donation, DropOff, Refusal
from donations.perms import can_reverse
from network.acting import Acting
from stock.enums import OperationKind
from stock.models import Operation

NOTED = (OperationKind.DROP_OFF, OperationKind.DECLINE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry in words; `at` is None where only its day is known, `noted` where it is a donation's."""

    operation: Operation
    words: str
    at: datetime | None
    noted: DropOff | Refusal | None
    url: str
    can_take_back: bool

    @property
    def is_reversed(self) -> bool:
        return hasattr(self.operation, "reversed_by")


def noted_by(acting: Acting) -> QuerySet[Operation]:
    """The operations that noted a drop-off or a refusal at a site of theirs."""
    if acting.house is None or not acting.is_inside:
        return Operation.objects.none()
    operations = with_entries(Operation.objects.filter(house=acting.house, kind__in=NOTED))
    if acting.site_ids is None:
        return operations
    here = Q(drop_off__site__in=acting.site_ids) | Q(refusals__site__in=acting.site_ids)
    return operations.filter(here).distinct()


def with_entries(operations: QuerySet[Operation]) -> QuerySet[Operation]:
    """Loads what `entry_of` says of each."""
    related = ("house", "actor", "device", "reversed_by", "drop_off__partner", "drop_off__site", "donation")
    return operations.select_related(*related).prefetch_related("refusals__site", "donation__lines__item")


def entries(numbers: Collection[int], acting: Acting) -> list[Entry]:
    """The entries of these operations, in their order."""
    found = with_entries(Operation.objects.filter(pk__in=numbers)).in_bulk()
    return [entry_of(found[number], acting) for number in numbers]


def loaded(operations: Iterable[Operation]) -> list[Operation]:
    """The same operations with what `words_of` says of them."""
    return list(with_entries(Operation.objects.filter(pk__in=[one.pk for one in operations])).order_by("pk"))


def entry_of(operation: Operation, acting: Acting) -> Entry:
    """One entry, in words."""
    donation: Donation | None = getattr(operation, "donation", None)
    if donation:
        words, url = ", ".join(str(line) for line in donation.lines.all()), donation.get_absolute_url()
        at = operation.happened_at if timezone.localdate(operation.recorded_at) == donation.received_on else None
        return Entry(operation, words, at, None, url, can_take_back=False)
    noted = noted_of(operation)
    at = None if noted.entered == Entered.TALLY else operation.happened_at
    url = noted.get_absolute_url() if isinstance(noted, DropOff) else ""
    can_take_back = not hasattr(operation, "reversed_by") and can_reverse(acting, operation)
    return Entry(operation, words_of([operation]), at, noted, url, can_take_back)


def noted_of(operation: Operation) -> DropOff | Refusal:
    """What an operation noted at the door."""
    return getattr(operation, "drop_off", None) or operation.refusals.all()[0]


def words_of(operations: Iterable[Operation]) -> str:
    """“12 bags, dirty: 2 refused”."""
    noted = [noted_of(operation) for operation in operations]
    return ", ".join(
        so_many(one.kind, one.quantity) if isinstance(one, DropOff) else refused(one.get_reason_display(), one.quantity)
        for one in noted
    )
