"""The options of a select, hundreds of them in long lists: written at once."""

from collections.abc import Iterator
from typing import Any

from django import template
from django.forms.utils import flatatt
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def options(groups: list[tuple[Any, list[dict[str, Any]], int]]) -> SafeString:
    """The HTML of the `optgroups` of a select's context; each word in it is escaped.

    An empty choice that is called by dashes alone, as Django calls it, says what to do instead.
    """
    return mark_safe("".join(_lines(groups)))


def _label(option: dict[str, Any]) -> Any:
    return _("Choose…") if not option["value"] and not str(option["label"]).strip("-—") else option["label"]


def _lines(groups: list[tuple[Any, list[dict[str, Any]], int]]) -> Iterator[str]:
    for name, group, _index in groups:
        if name:
            yield f'<optgroup label="{conditional_escape(name)}">'
        for option in group:
            value, label = conditional_escape(str(option["value"])), conditional_escape(_label(option))
            attributes = flatatt(option["attrs"]) if option["attrs"] else ""  # most of a long list have none
            yield f'<option value="{value}"{attributes}>{label}</option>'
        if name:
            yield "</optgroup>"
