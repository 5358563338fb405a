"""Who tries to sign in and from where, kept only as keyed hashes: enough to tell two apart, not to find anybody."""

import hmac
from collections.abc import Mapping
from ipaddress import IPv6Address
from typing import Any

from allauth.account.internal.stagekit import unstash_login
from django.conf import settings
from django.http import HttpRequest


def keyed_hash(text: str) -> bytes:
    """HMAC-SHA-256 of `text` under the secret key."""
    return hmac.digest(settings.SECRET_KEY.encode(), text.encode(), "sha256")


def client_address(request: HttpRequest) -> str:
    """The address that the connection came from, or the one that our own proxy vouches for."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:  # the last entry is the proxy's own word; those before it are the client's
        address = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip() or address
    return address


def hashed_address(request: HttpRequest) -> str:
    """The client's address as 128 bits of its keyed hash, written like an IPv6 address."""
    return str(IPv6Address(keyed_hash(client_address(request))[:16]))


def hashed_account(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> str:
    """The keyed hash of the e-mail address that somebody signs in with, whether an account has it or not.

    It comes with the password; later, at the second factor, from the sign-in that is half done or from the session.
    """
    given = credentials or {}
    email = given.get("email") or given.get("login") or request.POST.get("login")
    if not email and (login := unstash_login(request, peek=True)):
        email = login.user.email
    if not email and request.user.is_authenticated:
        email = request.user.email
    return hashed_email(email or "")


def hashed_email(email: str) -> str:
    return keyed_hash(email.strip().lower()).hex()
