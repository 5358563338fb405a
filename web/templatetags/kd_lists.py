"""What a list says of its own filters."""

from typing import Any

from django import template

register = template.Library()


@register.filter
def filters_set(form: Any) -> int:
    """Count the visible fields of a filter's form in which something is typed or chosen."""
    return sum(
        any(form[name].data) if isinstance(form[name].data, list) else bool(form[name].data) for name in _shown(form)
    )


@register.filter
def without_primary(actions: list[dict[str, Any]] | None) -> list[dict[str, Any]]:
    """The actions of a page that stand behind its one primary action."""
    return [action for action in actions or [] if not action.get("primary")]


def _shown(form: Any) -> list[str]:
    return [field.name for field in form.visible_fields()]
