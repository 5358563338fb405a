from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.utils.translation import gettext as _

from web.numbers import grouped

register = template.Library()
NAMED = 5  # articles: with more of them, nobody reads which


@register.filter
def of(values: Mapping[Any, Any], key: Any) -> Any:
    """What `values` says of `key`, or None: `{{ possible|of:template.pk }}`."""
    return values.get(key)


@register.filter
def shortly(articles: Sequence[Any] | None) -> str:
    """The first of `articles` by their names, and how many more there are: `{{ possible.stops|shortly }}`."""
    names = [str(article) for article in articles or ()]
    named = ", ".join(names[:NAMED])
    if len(names) <= NAMED:
        return named
    return _("%(lines)s and %(count)s more") % {"lines": named, "count": grouped(len(names) - NAMED)}
