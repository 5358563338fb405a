"""What every template knows: this installation, the house, and where one can go from here."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from kitdrive.navigation import account_links, menu


def installation(request: HttpRequest) -> dict[str, Any]:
    acting = getattr(request, "acting", None)
    if acting is None or not request.user.is_authenticated:
        return {"demo": settings.DEMO, "acting": None, "house": None, "houses": [], "navigation": [], "tabs": []}
    navigation, tabs = menu(request, acting)
    return {
        "demo": settings.DEMO,
        "acting": acting,
        "house": acting.house,
        "houses": acting.houses if len(acting.houses) > 1 else [],
        "navigation": navigation,
        "tabs": tabs,
        "account_links": account_links(acting),
    }
