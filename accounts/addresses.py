"""Addresses of clients, kept only as a keyed hash: enough to tell two apart, not to find anybody."""

import hmac
from ipaddress import IPv6Address

from django.conf import settings
from django.http import HttpRequest


def hashed_address(request: HttpRequest) -> str:
    """The client's address as an HMAC-SHA-256 of it, cut to 128 bits and written like an IPv6 address."""
    address = request.META.get("REMOTE_ADDR", "")
    digest = hmac.digest(settings.SECRET_KEY.encode(), address.encode(), "sha256")
    return str(IPv6Address(digest[:16]))
