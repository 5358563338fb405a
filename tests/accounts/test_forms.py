"""The forms of signing in say things in kitdrive's words."""

import pytest
from django.urls import reverse

from tests.cast import a_coordinator

pytestmark = pytest.mark.django_db


def test_a_label_is_said_once_and_above_its_field(client, in_english):
    a_coordinator()
    page = client.get(reverse("account_login")).content.decode()
    assert "E-mail address" in page
    assert "placeholder" not in page


def test_a_wrong_password_is_told_without_saying_which_of_both_is_wrong(client, in_english):
    a_coordinator()
    answer = client.post(reverse("account_login"), {"login": "nobody@example.org", "password": "corail-tilleul"})
    assert "do not go together" in answer.content.decode()


def test_a_new_password_is_asked_for_in_one_sentence(client, in_english):
    client.force_login(a_coordinator())
    page = client.get(reverse("account_change_password")).content.decode()
    assert "12 characters at least" in page
    assert "entirely numeric" not in page
