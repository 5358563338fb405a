"""What an entry held that was not recorded, in words, so that somebody can note it by hand. It may hold anything."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from donations.drop_offs.wording import refused, so_many
from donations.enums import DropOffKind, RefusalReason
from donations.tablets.files import Outcome
from network.models import House, Organisation
from stock.codes import spoken
from stock.models import Item

LARGEST = 10**9  # a number that is said as it came; a larger one is no count of anything
LONGEST = 40  # characters of what is no number
SHOWN = 20  # articles of an entry


@dataclass(frozen=True, slots=True)
class Names:
    """The partners and the articles of a house, by the ids that entries name them with."""

    partners: dict[int, Organisation]
    items: dict[int, Item]


def shown(outcome: Outcome) -> dict[str, Any]:
    """What the template of an outcome takes: it, and each of its lines with what the entry held."""
    held = in_words((line.entry for line in outcome.lines), outcome.tablet.device.house)
    return {"outcome": outcome, "lines": list(zip(outcome.lines, held, strict=True))}


def in_words(entries: Iterable[Any], house: House) -> list[str]:
    """What each of `entries` held; two statements, however many there are."""
    fields = [entry if isinstance(entry, dict) else {} for entry in entries]
    partners = {_whole(entry.get("partner")) for entry in fields}
    items = {_whole(line.get("item")) for entry in fields for line in _lines(entry)}
    names = Names(
        Organisation.objects.filter(house=house, is_confidential=False).in_bulk(partners - {None}),
        Item.objects.filter(house=house).in_bulk(items - {None}),
    )
    return [", ".join(_parts(entry, names)) or _("nothing that can be read") for entry in fields]


def _parts(entry: dict[str, Any], names: Names) -> Iterator[str]:
    kind, quantity = entry.get("kind"), entry.get("quantity")
    if kind == "drop_off":
        yield _counted(entry.get("what"), quantity)
    elif kind == "refusal":
        yield _declined(entry.get("reason"), quantity)
    elif kind == "goods":
        yield from (_goods(line, names) for line in _lines(entry)[:SHOWN])
    elif kind == "container":
        what, code = entry.get("what"), _said(entry.get("code"))
        yield f"{DropOffKind(what).label if what in DropOffKind.values else _said(what)} {spoken(code)}"
    elif kind == "undo":
        yield _("an earlier entry was to be taken back")
    if entry.get("grams"):
        yield f"{_said(entry['grams'])} g"
    partner = names.partners.get(_whole(entry.get("partner")) or 0)
    if partner:
        yield str(partner)


def _counted(what: Any, quantity: Any) -> str:
    count = _whole(quantity)
    if what in DropOffKind.values and count is not None:
        return so_many(what, count)
    return f"{_said(quantity)} × {DropOffKind(what).label if what in DropOffKind.values else _said(what)}"


def _declined(reason: Any, quantity: Any) -> str:
    label, count = RefusalReason(reason).label if reason in RefusalReason.values else _said(reason), _whole(quantity)
    if count is not None:
        return refused(capfirst(str(label)), count)
    return _("%(reason)s: %(quantity)s") % {"reason": label, "quantity": _said(quantity)}


def _goods(line: dict[str, Any], names: Names) -> str:
    item = names.items.get(_whole(line.get("item")) or 0)
    return f"{_said(line.get('quantity'))} × {item or _('an article that is not in the catalogue')}"


def _lines(entry: dict[str, Any]) -> list[dict[str, Any]]:
    lines = entry.get("lines")
    return [line for line in lines if isinstance(line, dict)] if isinstance(lines, list) else []


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < LARGEST else None


def _said(value: Any) -> str:
    """A number as one writes it here; anything else as it came, on one line and not too long."""
    count = _whole(value)
    if count is not None:
        return number_format(count, force_grouping=True)
    return "".join(filter(str.isprintable, str(value)))[:LONGEST]
