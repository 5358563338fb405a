"""The forms of allauth in kitdrive's words: each label once, above its field; one sentence on what a password is."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts.languages import remember_in_browser

A_GOOD_PASSWORD = _("12 characters at least, such as three words that only you join.")
LABELS = {
    "login": _("E-mail address"),
    "email": _("E-mail address"),
    "oldpassword": _("Current password"),
    "password1": _("New password"),
    "password2": _("Password, once more"),
    "code": _("Code"),
}


class _InOurWords:
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.label = LABELS.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)
            if name == "password1":
                field.help_text = A_GOOD_PASSWORD


class LoginForm(_InOurWords, account.LoginForm):
    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Ask for the second factor, where there is one, in the language of the account already."""
        return remember_in_browser(super().login(request, redirect_url), self.user.language)


class ResetPasswordForm(_InOurWords, account.ResetPasswordForm): ...


class ResetPasswordKeyForm(_InOurWords, account.ResetPasswordKeyForm): ...


class ChangePasswordForm(_InOurWords, account.ChangePasswordForm): ...


class ReauthenticateForm(_InOurWords, account.ReauthenticateForm): ...


class CodeForm(_InOurWords, mfa.AuthenticateForm): ...


class CodeAgainForm(_InOurWords, mfa.ReauthenticateForm): ...


class ActivateForm(_InOurWords, totp.ActivateTOTPForm): ...
