"""What an administrator does for somebody's account. Each tells the person by e-mail, but for the last."""

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.mail import send_mail
from django.db import transaction
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User


def send_password_link(user: User, request: HttpRequest) -> str:
    """Send `user` a link by which they choose their password, and answer it. It works once, for three days."""
    uid, token = user_pk_to_url_str(user), app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    link = request.build_absolute_uri(reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token}))
    _tell(user, "accounts/email/password_link.txt", link=link)
    return link


def forget_second_factor(user: User) -> None:
    """Take the second factor of somebody who lost it away; they set another one up when they next sign in."""
    Authenticator.objects.filter(user=user).delete()
    _tell(user, "accounts/email/second_factor_forgotten.txt")


@transaction.atomic
def close_account(user: User) -> None:
    """Close an account for good: it names nobody any more, and what it recorded stays with the house.

    The password goes, and every session with it; so do the second factor and the administration's log of the account.
    """
    Authenticator.objects.filter(user=user).delete()
    LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(User), object_id=str(user.pk)).delete()
    user.email, user.name = f"closed-{user.pk}@invalid", _("closed account")
    user.is_active = False
    user.set_unusable_password()
    user.save()


def _tell(user: User, template: str, **context: str) -> None:
    with translation.override(user.language):
        subject = _("Your kitdrive account")
        send_mail(subject, render_to_string(template, {"user": user, **context}), None, [user.email])
