"""Wrong codes of the second factor count like wrong passwords: five in a row lock the account for this address."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed
from axes.handlers.proxy import AxesProxyHandler
from django.http import HttpRequest

from accounts.models import User


def count_wrong_codes() -> None:
    authentication_failed.connect(_count, dispatch_uid="accounts.attempts")


def _count(*, sender: type[Authenticator], request: HttpRequest, user: User, **kwargs: Any) -> None:
    AxesProxyHandler.user_login_failed(sender=sender, credentials={"email": user.email}, request=request)
