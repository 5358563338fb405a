"""Finding an article by what somebody types or scans: its name in either language, or the GTIN printed on it."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property, lru_cache

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from network.models import House
from stock.enums import DateRule
from stock.formula import names_formula
from stock.models import Gtin, Item
from web.imports.people import plain

SUGGESTED = 4


class Catalogue:
    """The articles among which a form's rows choose, read once for all of them."""

    def __init__(self, items: Iterable[Item]) -> None:
        self.items = list(items)

    @cached_property
    def options(self) -> list[tuple[str, str]]:
        """What a person may choose: the name that leads back to the article, and what to look at on it."""
        return [
            (self.name_of(item), "" if item.date_rule == DateRule.NONE else item.get_date_rule_display())
            for item in self.items
        ]

    @cached_property
    def _by_name(self) -> dict[str, dict[int, Item]]:
        found: dict[str, dict[int, Item]] = defaultdict(dict)
        for item in self.items:
            for name in (item.name, item.name_en):
                if name:
                    found[_plain(_with_size(name, item))][item.pk] = item
        return found

    def name_of(self, item: Item) -> str:
        """Its name in the reader's language, or in French where two articles share that one."""
        alike = self._by_name.get(_plain(str(item)), {})
        return str(item) if len(alike) < 2 else _with_size(item.name, item)

    def find(self, typed: str) -> Item:
        """The article that `typed` names, whatever its accents and capitals; else ValidationError names the nearest."""
        digits = "".join(typed.split())
        if digits.isdecimal() and len(digits) in (8, 12, 13, 14):
            return self._of_gtin(digits)
        alike = self._by_name.get(_plain(typed), {})
        meant = [item for item in alike.values() if len(alike) == 1 or self.name_of(item) == typed]
        if len(meant) == 1:
            return meant[0]
        raise self._unknown(typed, list(alike.values()) or self._near(typed))

    def _of_gtin(self, digits: str) -> Item:
        gtins = Gtin.objects.filter(code=digits.zfill(14), item__in=self.items)
        items = {item.pk: item for item in self.items}
        for pk in gtins.values_list("item", flat=True):
            return items[pk]
        raise ValidationError(
            _("No article has the GTIN %(typed)s. Look for it by its name."), code="unknown", params={"typed": digits}
        )

    def _near(self, typed: str) -> list[Item]:
        words = _plain(typed).split()
        near = {
            item.pk: item for name, alike in self._by_name.items() for item in alike.values() if _holds(name, words)
        }
        return list(near.values())

    def _unknown(self, typed: str, near: list[Item]) -> ValidationError:
        if names_formula(typed) and not any(item.is_formula for item in near):
            return ValidationError(
                _(
                    "“%(typed)s”: infant formula, bottles and teats are not taken here. They are never accepted from"
                    " the public, nor put in a kit or a shipment (décret n° 98-688)."
                ),
                code="formula",
                params={"typed": typed[:40]},
            )
        sentence = (
            _("No article is called “%(typed)s”. Choose one of the list; a coordinator can add one.")
            if not near
            else _("No article is called “%(typed)s”. Did you mean %(near)s?")
        )
        names = ", ".join(_("“%(item)s”") % {"item": self.name_of(item)} for item in near[:SUGGESTED])
        return ValidationError(sentence, code="unknown", params={"typed": typed[:40], "near": names})


def named_like(house: House | None, typed: str) -> list[int]:
    """The articles of `house` whose name, in either language, holds every word of `typed` whatever its accents."""
    words = _plain(typed).split()
    names = Item.objects.filter(house=house).order_by().values_list("pk", "name", "name_en", "size")
    return [pk for pk, *parts in names if any(_holds(_plain(f"{name} {parts[2]}"), words) for name in parts[:2])]


def _with_size(name: str, item: Item) -> str:
    return f"{name} ({item.size})" if item.size else name


def _holds(name: str, words: list[str]) -> bool:
    return bool(words) and all(word in name for word in words)


@lru_cache(maxsize=10_000)  # names: every form that looks for articles compares those of the whole catalogue
def _plain(text: str) -> str:
    """Without accents, capitals and spare spaces."""
    return " ".join(plain(text).replace("’", "'").split())
