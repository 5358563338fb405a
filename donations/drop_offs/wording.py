"""What was counted at the door, in words."""

from collections.abc import Mapping

from django.utils.formats import number_format
from django.utils.translation import ngettext

from donations.enums import DropOffKind


def so_many(kind: str, count: int) -> str:
    """“3 bags”."""
    words = {
        DropOffKind.BAG: ngettext("%(count)s bag", "%(count)s bags", count),
        DropOffKind.CARTON: ngettext("%(count)s carton", "%(count)s cartons", count),
        DropOffKind.PALLET: ngettext("%(count)s pallet", "%(count)s pallets", count),
    }
    return words[DropOffKind(kind)] % {"count": number_format(count, force_grouping=True)}


def refused(label: object, count: int) -> str:
    """“dirty: 3 refused”."""
    words = ngettext("%(reason)s: %(count)s refused", "%(reason)s: %(count)s refused", count)
    return words % {"reason": label, "count": number_format(count, force_grouping=True)}


def all_of(counts: Mapping[str, int]) -> str:
    """“12 bags, 1 pallet”, the kinds in the order in which one counts them."""
    return ", ".join(so_many(kind, counts[kind]) for kind in DropOffKind.values if counts.get(kind))
