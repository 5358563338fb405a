"""The pages around signing in speak kitdrive's words, and each of them leads on."""

import pytest
from django.urls import reverse

from accounts.models import User
from tests.accounts.signing_in import code_of, sign_in, with_second_factor
from tests.cast import a_volunteer

pytestmark = pytest.mark.django_db


def reading_english(user: User) -> User:
    user.language = "en"
    user.save()
    return user


@pytest.mark.parametrize(
    "route", ["account_reset_password_done", "account_reset_password_from_key_done", "account_inactive"]
)
def test_what_ends_leads_back_to_signing_in(client, route):
    a_volunteer()
    assert f'href="{reverse("account_login")}"' in client.get(reverse(route)).text


def test_a_link_that_does_not_work_any_more_leads_to_another_one(client, in_english):
    a_volunteer()
    page = client.get(reverse("account_reset_password_from_key", args=["1", "none"]))
    assert "This link does not work any more" in page.text
    assert f'href="{reverse("account_reset_password")}"' in page.text


def test_signing_out_can_be_thought_over(client, in_english):
    sign_in(client, reading_english(a_volunteer()))
    assert "Stay signed in" in client.get(reverse("account_logout")).text


def test_the_code_that_is_asked_for_may_be_one_of_the_recovery_codes(client, in_english):
    user = reading_english(a_volunteer())
    with_second_factor(user)
    page = client.get(sign_in(client, user).url)
    assert "one of your recovery codes" in page.text


def test_a_wrong_code_says_what_to_write(client, in_english):
    user = reading_english(a_volunteer())
    with_second_factor(user)
    sign_in(client, user)
    page = client.post(reverse("mfa_authenticate"), {"code": "000000x"})
    assert "This code does not fit: write the six digits that your telephone shows now." in page.text


def test_who_is_there_is_asked_in_whole_sentences(client, in_english):
    user = a_volunteer()
    with_second_factor(user)
    client.force_login(user)
    page = client.get(client.get(reverse("mfa_deactivate_totp")).url)
    assert "Your password first." in page.text


@pytest.mark.parametrize(
    ("route", "sentence"),
    [
        ("mfa_deactivate_totp", "From then on your password alone opens your account."),
        ("mfa_generate_recovery_codes", "Those you have now stop working."),
    ],
)
def test_what_weakens_an_account_says_so_and_can_be_left(client, in_english, route, sentence):
    user = reading_english(a_volunteer())
    secret = with_second_factor(user)
    sign_in(client, user)
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    page = client.get(reverse(route))
    assert sentence in page.text
    assert f'href="{reverse("mfa_index")}"' in page.text
