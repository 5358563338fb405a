"""What signing in takes: the forms that a browser sends, and the codes that a telephone shows."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User

PASSWORD = "corail-tilleul-42"
TOTP_PERIOD = 30  # seconds, of every application that shows codes


def sign_in(client: Client, user: User, password: str = PASSWORD, **extra) -> HttpResponse:
    return client.post(reverse("account_login"), {"login": user.email, "password": password}, **extra)


def code_of(secret: str) -> str:
    """The six digits that an authenticator application shows now."""
    return auth.format_hotp_value(auth.hotp_value(secret, int(time.time()) // TOTP_PERIOD))


def with_second_factor(user: User) -> str:
    """Give `user` a second factor and answer its secret."""
    secret = auth.generate_totp_secret()
    auth.TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def recovery_code_of(user: User) -> str:
    return Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES).wrap().get_unused_codes()[0]
