"""What every template knows: this installation, the house, and where one can go from here."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from kitdrive.navigation import navigation


def installation(request: HttpRequest) -> dict[str, Any]:
    acting = getattr(request, "acting", None)
    signed_in = acting is not None and request.user.is_authenticated
    return {
        "demo": settings.DEMO,
        "acting": acting if signed_in else None,
        "house": acting.house if signed_in else None,
        "navigation": navigation(request) if signed_in else [],
    }
