"""Recipes that tests write in a line."""

from kits.contents import ContentLine
from kits.enums import TemplateKind
from kits.models import TemplateVersion
from kits.templates import DraftLine, create_template, new_draft, publish, save_draft
from stock.models import Item
from tests.cast import a_coordinator, the_house


def a_line(*items: Item, quantity: int = 1, is_optional: bool = False) -> ContentLine:
    """A line as `contents` answers it; items may be unsaved, with keys of their own."""
    return ContentLine(items, quantity, is_optional, "", TemplateVersion())


def published(*lines: DraftLine, name: str = "Kit femme", kind: str = TemplateKind.KIT, parts=()) -> TemplateVersion:
    """A template of its own, with one published version."""
    coordinator = a_coordinator()
    template = create_template(house=the_house(), name=name, kind=kind, actor=coordinator)
    draft = new_draft(template=template, actor=coordinator)
    save_draft(version=draft, lines=lines, parts=parts, actor=coordinator)
    return publish(version=draft, actor=coordinator)
