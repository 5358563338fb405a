"""What may be in a kit, and what may be a part of one."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from kits.enums import TemplateKind
from kits.models import KitTemplate, TemplateVersion
from stock.models import Item
from web.errors import Refused
from web.numbers import grouped

if TYPE_CHECKING:
    from kits.templates import DraftLine

MOST_OF_ONE = 999  # of one article in one kit
MOST_LINES = 60
MOST_SUBSTITUTES = 3


def check_lines(house_id: int, lines: Sequence["DraftLine"]) -> None:
    """Raise Refused, with the line, for what may not be in a kit, an article on two lines, a quantity out of bounds."""
    if len(lines) > MOST_LINES:
        raise Refused(_("A kit holds %(most)d lines at most.") % {"most": MOST_LINES})
    first: dict[tuple[str, str], int] = {}
    for index, line in enumerate(lines):
        _check_line(house_id, line, index)
        wanted = line.items[0]
        number = first.setdefault((wanted.name, wanted.size), index) + 1
        if number <= index:
            raise Refused(
                _("%(item)s is on line %(number)d already: change the quantity there.")
                % {"item": wanted, "number": number},
                field="item",
                line=index,
            )


def _check_line(house_id: int, line: "DraftLine", index: int) -> None:
    wanted = line.items[0]
    if not 1 <= line.quantity <= MOST_OF_ONE:
        raise Refused(
            _("%(item)s: enter a quantity between 1 and %(most)s.") % {"item": wanted, "most": grouped(MOST_OF_ONE)},
            field="quantity",
            line=index,
        )
    for item in line.items:
        check_item(house_id, item, line=index)
    if len({(item.name, item.size) for item in line.items}) != len(line.items):
        raise Refused(
            _("%(item)s: a line accepts each article once.") % {"item": wanted}, field="substitute_1", line=index
        )
    if len(line.items) > 1 + MOST_SUBSTITUTES:
        raise Refused(
            _("%(item)s: a line has %(most)d substitutes at most.") % {"item": wanted, "most": MOST_SUBSTITUTES},
            field="substitute_3",
            line=index,
        )


def check_item(house_id: int, item: Item, *, line: int | None = None) -> None:
    """Raise Refused where `item` may not be in a kit of the house: infant formula, a kit, another house's article.

    Source: décret n° 98-688; WHO, International Code of Marketing of Breast-milk Substitutes, articles 5 and 6.
    """
    if item.is_formula:
        raise Refused(
            _(
                "%(item)s: the law and the WHO Code keep infant formula, bottles and teats out of kits."
                " They are given at a handover, when a health or social worker asks."
            )
            % {"item": item},
            field="item",
            line=line,
        )
    if item.is_kit:
        raise Refused(
            _("%(item)s is a kit, and a kit is not put into a kit. Make it a base or a module.") % {"item": item},
            field="item",
            line=line,
        )
    if item.house_id != house_id:
        raise Refused(_("%(item)s is not in this house’s catalogue.") % {"item": item}, field="item", line=line)


def check_parts(template: KitTemplate, parts: Iterable[TemplateVersion]) -> None:
    """Raise Refused where `parts` are not a base and modules, published, of this house, with no parts themselves."""
    parts = list(parts)
    if parts and template.kind == TemplateKind.MODULE:
        raise Refused(_("A module has no base and no modules: it completes a kit."), field="parts")
    bases = [part for part in parts if part.template.kind == TemplateKind.KIT]
    if len(bases) > 1:
        raise Refused(_("A kit has one base. Choose one of: %(kits)s.") % {"kits": _names(bases)}, field="base")
    if len({part.template_id for part in parts}) != len(parts):
        raise Refused(_("Each module goes in once. Choose one version of it."), field="modules")
    links = TemplateVersion.parts.through.objects.filter(from_templateversion__in=parts)
    composed = set(links.values_list("from_templateversion", flat=True))
    for part in parts:
        _check_part(template, part, is_composed=part.pk in composed)


def _check_part(template: KitTemplate, part: TemplateVersion, *, is_composed: bool) -> None:
    field = "base" if part.template.kind == TemplateKind.KIT else "modules"
    if part.template.house_id != template.house_id:
        raise Refused(_("This template belongs to another house."), field=field)
    if part.template_id == template.pk:
        raise Refused(_("A kit is not built on itself. Change its own lines instead."), field=field)
    if not part.is_published:
        raise Refused(_("%(version)s is a draft: publish it first.") % {"version": part}, field=field)
    if is_composed:
        raise Refused(
            _("%(version)s is itself built on others, so it cannot be a part. Choose what it is built on.")
            % {"version": part},
            field=field,
        )


def _names(versions: Iterable[TemplateVersion]) -> str:
    return ", ".join(str(version) for version in versions)
