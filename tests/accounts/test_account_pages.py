"""Passwords, the second factor and the language: what a person changes about their own account."""

import re
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.core import mail
from django.core.management import CommandError, call_command
from django.urls import NoReverseMatch, reverse

from accounts.models import User
from tests.accounts.signing_in import PASSWORD, code_of, sign_in, with_second_factor
from tests.cast import a_coordinator, a_volunteer

pytestmark = pytest.mark.django_db
NEW = "lilas-bruyere-97"


def test_a_forgotten_password_is_chosen_anew_by_a_link_that_works_once(client):
    user = a_volunteer()
    client.post(reverse("account_reset_password"), {"email": user.email})
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body).group(1)
    form = client.get(link).url
    client.post(form, {"password1": NEW, "password2": NEW})
    assert sign_in(client, user, NEW).status_code == 302
    client.logout()
    assert client.get(link).status_code == 200  # a page that says so, and no form
    assert client.get(link).context["token_fail"]


@pytest.mark.parametrize(
    ("language", "subject", "begins"),
    [("en", "A new kitdrive password", "Hello,"), ("fr", "Un nouveau mot de passe kitdrive", "Bonjour,")],
)
def test_the_message_about_a_forgotten_password_speaks_like_kitdrive(client, language, subject, begins):
    client.cookies["django_language"] = language
    client.post(reverse("account_reset_password"), {"email": a_volunteer().email})
    sent = mail.outbox[0]
    assert (sent.subject, sent.body.startswith(begins), "testserver!" in sent.body) == (subject, True, False)


def test_nothing_is_sent_where_there_is_no_account(client):
    a_volunteer()
    answer = client.post(reverse("account_reset_password"), {"email": "nobody@example.org"})
    assert answer.url == reverse("account_reset_password_done")
    assert not mail.outbox


def test_changing_the_password_signs_out(client):
    user = a_volunteer()
    sign_in(client, user)
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    assert client.get(reverse("home")).status_code == 302
    assert sign_in(client, user, NEW).status_code == 302


def test_a_short_password_is_refused(client):
    sign_in(client, a_volunteer())
    answer = client.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": "court", "password2": "court"}
    )
    assert answer.context["form"].errors


def test_setting_the_second_factor_up_shows_recovery_codes_once_it_works(client):
    user = a_coordinator()
    sign_in(client, user)
    form = client.get(reverse("mfa_activate_totp")).context["form"]
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(form.secret)})
    assert answer.url == reverse("mfa_view_recovery_codes")
    assert is_mfa_enabled(user)
    assert len(client.get(answer.url).context["unused_codes"]) == 10


def test_taking_the_second_factor_away_asks_who_is_there(client):
    user = a_volunteer()
    secret = with_second_factor(user)
    client.force_login(user)
    ask = client.get(reverse("mfa_deactivate_totp"))
    assert ask.url.startswith(reverse("account_reauthenticate"))
    assert client.post(ask.url, {"password": PASSWORD}).url == reverse("mfa_deactivate_totp")
    client.post(reverse("mfa_deactivate_totp"))
    assert secret
    assert not is_mfa_enabled(user)


@pytest.mark.parametrize(
    "route", ["mfa_index", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "account_change_password"]
)
def test_each_page_of_the_account_opens(client, route):
    user = a_volunteer()
    sign_in(client, user)
    with_second_factor(user)
    assert client.get(reverse(route)).status_code == 200


def test_signing_out_takes_a_press(client):
    sign_in(client, a_volunteer())
    assert client.get(reverse("account_logout")).status_code == 200
    client.post(reverse("account_logout"))
    assert client.get(reverse("home")).status_code == 302


@pytest.mark.parametrize("name", ["account_signup", "account_email", "account_set_password", "mfa_add_webauthn"])
def test_nobody_signs_up_or_manages_addresses(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_the_language_of_the_account_comes_back_at_the_next_browser(client):
    user = a_volunteer()
    sign_in(client, user)
    client.post(reverse("set_language"), {"language": "en", "next": "/"})
    client.logout()
    client.cookies.clear()
    sign_in(client, user)
    assert client.cookies["django_language"].value == "en"


@pytest.mark.parametrize(("language", "greeting"), [("fr", "Connexion avec"), ("en", "Successfully signed in")])
def test_one_is_greeted_in_the_language_of_the_account_whatever_the_browser_speaks(client, language, greeting):
    user = a_volunteer()
    User.objects.filter(pk=user.pk).update(language=language)
    other = {"fr": "en", "en": "fr"}[language]
    address = sign_in(client, user, headers={"accept-language": other}).url
    page = client.get(address, headers={"accept-language": other}).content.decode()
    assert greeting in page
    assert f'<html lang="{language}"' in page


def test_the_second_factor_is_asked_for_in_the_language_of_the_account(client):
    user = a_volunteer()
    User.objects.filter(pk=user.pk).update(language="en")
    secret = with_second_factor(user)
    french = {"headers": {"accept-language": "fr"}}
    page = client.get(sign_in(client, user, **french).url, **french).content.decode()
    assert "one of your recovery codes" in page
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)}, **french)
    assert "Successfully signed in" in client.get("/", **french).content.decode()


def test_a_language_that_is_not_spoken_here_changes_nothing(client):
    user = a_volunteer()
    sign_in(client, user)
    client.post(reverse("set_language"), {"language": "xx"})
    user.refresh_from_db()
    assert user.language == "fr"


def test_a_copy_of_the_database_does_not_show_a_second_factor():
    user = a_volunteer()
    secret = with_second_factor(user)
    assert secret not in str(list(Authenticator.objects.values_list("data")))
    assert Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP).wrap().validate_code(code_of(secret))


def test_under_another_secret_key_no_code_works_and_nothing_breaks(client, settings):
    user = a_coordinator()
    secret = with_second_factor(user)
    settings.SECRET_KEY = "another-key" * 5
    sign_in(client, user)
    assert client.post(reverse("mfa_authenticate"), {"code": code_of(secret)}).status_code == 200
    call_command("forget_second_factor", user.email.upper(), stdout=StringIO())
    assert not is_mfa_enabled(user)


def test_the_command_says_that_it_knows_nobody():
    with pytest.raises(CommandError):
        call_command("forget_second_factor", "nobody@example.org")


def test_who_lacks_the_second_factor_is_told_why_and_led_in_no_circle(client):
    user = a_coordinator()
    sign_in(client, user)
    page = client.get(reverse("mfa_activate_totp"))
    assert page.context["needs_second_factor"]
    assert (page.context["navigation"], page.context["account_links"]) == ([], [])
    with_second_factor(user)
    assert client.get(reverse("mfa_index")).context["navigation"]


@pytest.mark.parametrize("route", ["account_login", "mfa_index", "mfa_view_recovery_codes", "account_change_password"])
def test_a_page_of_the_account_names_kitdrive_once(client, route):
    user = a_volunteer()
    if route != "account_login":
        sign_in(client, user)
        with_second_factor(user)
    title = re.search(r"<title>(.*?)</title>", client.get(reverse(route)).content.decode(), re.DOTALL).group(1)
    assert title.count("kitdrive") == 1


def test_recovery_codes_are_to_be_kept_and_one_goes_on_from_there(client):
    user = a_volunteer()
    User.objects.filter(pk=user.pk).update(language="en")
    sign_in(client, user)
    with_second_factor(user)
    page = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert "in a safe place" in page
    assert ">Continue</a>" in page
