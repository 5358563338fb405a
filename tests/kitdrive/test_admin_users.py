"""Accounts are opened by an administrator, who never knows a password and takes nobody's account over."""

import re

import pytest
from allauth.mfa.totp.internal import auth
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.admin.models import LogEntry
from django.core import mail
from django.urls import reverse

from accounts.models import User
from tests.accounts.signing_in import sign_in, with_second_factor
from tests.cast import a_coordinator, a_volunteer, an_admin

pytestmark = pytest.mark.django_db
NEW = "lilas-bruyere-97"


@pytest.fixture
def administrator(client):
    user = an_admin()
    auth.TOTP.activate(user, auth.generate_totp_secret())
    client.force_login(user)
    client.user = user
    return client


def open_account(administrator, **changes) -> User | None:
    form = {"email": "Gwenn@Example.org", "name": "Gwenn", "language": "fr", "is_active": "on"}
    roles = {"memberships-TOTAL_FORMS": "1", "memberships-INITIAL_FORMS": "0", "memberships-0-role": "volunteer"}
    administrator.post(reverse("admin:accounts_user_add"), {**form, **roles, **changes})
    return User.objects.filter(email="gwenn@example.org").first()


def page(name: str, user: User) -> str:
    return reverse(f"admin:accounts_user_{name}", args=[user.pk])


def test_an_account_is_opened_with_a_role_and_without_a_password(administrator):
    user = open_account(administrator)
    assert not user.has_usable_password()
    assert user.memberships.get().role == "volunteer"


def test_an_account_without_a_role_is_not_opened(administrator):
    assert open_account(administrator, **{"memberships-0-role": ""}) is None


def test_that_a_role_is_missing_is_said_in_words_of_roles(administrator, in_english):
    none = {"memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0"}
    page = administrator.post(reverse("admin:accounts_user_add"), {"email": "gwenn@example.org", **none})
    assert "Give this person a role" in page.content.decode()


@pytest.mark.parametrize("email", ["", "gwenn", "nobody@example.org"])
def test_a_role_is_not_given_to_an_address_that_nobody_has(administrator, email):
    page = administrator.post(reverse("admin:network_membership_add"), {"email": email, "role": "volunteer"})
    assert list(page.context["adminform"].form.errors) == ["email"]


def test_an_account_whose_role_lacks_its_site_is_told_so_there(administrator):
    assert open_account(administrator, **{"memberships-0-role": "distributor"}) is None


def test_the_link_for_the_password_is_shown_once_and_sent(administrator, client):
    user = open_account(administrator)
    answer = administrator.post(page("password_link", user)).content.decode()
    shown = re.search(r'value="(http\S+)"', answer).group(1)
    assert shown in mail.outbox[0].body
    assert shown not in administrator.get(page("password_link", user)).content.decode()
    client.logout()
    form = client.get(re.sub("^http://testserver", "", shown)).url
    client.post(form, {"password1": NEW, "password2": NEW})
    assert sign_in(client, user, NEW).status_code == 302


def test_the_link_of_an_account_in_use_is_sent_and_not_shown(administrator):
    volunteer = a_volunteer()
    answer = administrator.post(page("password_link", volunteer))
    assert "/password/reset/key/" not in answer.content.decode()
    assert volunteer.email in mail.outbox[0].to


def test_a_lost_second_factor_is_forgotten_and_the_person_told(administrator):
    coordinator = a_coordinator()
    with_second_factor(coordinator)
    administrator.get(page("forget_second_factor", coordinator))
    assert is_mfa_enabled(coordinator)
    administrator.post(page("forget_second_factor", coordinator))
    assert not is_mfa_enabled(coordinator)
    assert coordinator.email in mail.outbox[0].to


def test_a_closed_account_names_nobody_any_more(administrator):
    volunteer = a_volunteer(name="Camille")
    email = volunteer.email
    administrator.post(page("close", volunteer))
    volunteer.refresh_from_db()
    kept = str(list(User.objects.values())) + str(list(LogEntry.objects.values()))
    assert "Camille" not in kept
    assert email not in kept
    assert not volunteer.memberships.in_force().exists()


def test_the_last_administrator_is_not_closed(administrator):
    administrator.post(page("close", administrator.user))
    administrator.user.refresh_from_db()
    assert administrator.user.is_active
