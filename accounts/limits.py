"""How often something may be tried from one address, which is kept as a keyed hash and no longer than the limit."""

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.addresses import hashed_address
from web.errors import Refused

WITHIN = 600  # seconds


class TooMany(Refused):
    """It was tried too often from this address in the last ten minutes."""


def check_tries(request: HttpRequest, what: str, *, at_most: int) -> None:
    """Raise TooMany where `what` went wrong `at_most` times from the address of `request`."""
    if cache.get(_key(request, what), 0) >= at_most:
        raise TooMany(_("Too many tries from here. Wait ten minutes, then try again."))


def count_wrong(request: HttpRequest, what: str) -> None:
    """Count that `what` went wrong once more from the address of `request`; ten minutes after, all is forgotten."""
    key = _key(request, what)
    cache.set(key, cache.get(key, 0) + 1, timeout=WITHIN)


def _key(request: HttpRequest, what: str) -> str:
    return f"limit:{what}:{hashed_address(request)}"
