"""What every template knows: this installation, the house, and where one can go from here."""

from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest

from kitdrive.navigation import account_links, menu
from network.middleware import OPEN_WITHOUT_SECOND_FACTOR, lacks_second_factor
from network.requests import Request


def installation(request: HttpRequest) -> dict[str, Any]:
    acting = getattr(request, "acting", None)
    if acting is None or not request.user.is_authenticated:
        return {"demo": settings.DEMO, "acting": None, "house": None, "houses": [], "navigation": [], "tabs": []}
    is_shut = _is_shut(request)
    navigation, tabs = ([], []) if is_shut else menu(request, acting)
    return {
        "demo": settings.DEMO,
        "acting": acting,
        "house": acting.house,
        "houses": acting.houses if len(acting.houses) > 1 else [],
        "navigation": navigation,
        "tabs": tabs,
        "account_links": [] if is_shut else account_links(acting),
        "needs_second_factor": is_shut,
    }


def _is_shut(request: HttpRequest) -> bool:
    """On the pages of one's account: whether all others lead back here until a second factor is set up."""
    name = (request.resolver_match and request.resolver_match.url_name) or ""
    return name.startswith(OPEN_WITHOUT_SECOND_FACTOR) and lacks_second_factor(cast(Request, request))
