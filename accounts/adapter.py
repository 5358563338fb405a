"""How allauth signs people in here: no sign-up, attempts counted by axes, the language of the person who came."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts.addresses import hashed_address
from accounts.languages import remember_in_browser, speak
from accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are opened by an administrator: nobody signs up."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("This address and this password do not go together. Write both again."),
        "enter_current_password": _("This is not your current password."),
        "incorrect_password": _("This is not your password."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return hashed_address(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Leave it to axes, which counts by account and address in the database that all processes share."""

    def reauthenticate(self, user: User, password: str) -> bool:
        return authenticate(self.request, email=user.email, password=password) == user

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Greet in the language of the account, and count who just typed the password as just authenticated."""
        speak(request, user.language)
        response = super().post_login(request, user, **kwargs)
        reauthenticate_by_password(request)
        return remember_in_browser(response, user.language)
