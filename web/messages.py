"""Say what happened with its number, and offer to take it back."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.functional import Promise


def succeed(request: HttpRequest, text: str | Promise, undo: str | None = None) -> None:
    """Show `text` on the next page; with `undo`, a path of this site that takes a POST, a button that takes it back."""
    messages.success(request, str(text), extra_tags=undo or "")


def warn(request: HttpRequest, text: str | Promise) -> None:
    """Show `text` on the next page as something that needs attention."""
    messages.warning(request, str(text))


def refuse(request: HttpRequest, text: str | Promise) -> None:
    """Show on the next page why nothing was done; for answers that have no form to show it in."""
    messages.error(request, str(text))
