"""Signing in: by e-mail address and password, then by a code where the role asks for one; five mistakes lock."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from kitdrive import settings as production
from tests.accounts.signing_in import PASSWORD, code_of, recovery_code_of, sign_in, with_second_factor
from tests.cast import a_coordinator, a_distributor, a_volunteer, an_admin

pytestmark = pytest.mark.django_db


def test_a_volunteer_signs_in_with_her_password_alone(client):
    answer = sign_in(client, a_volunteer())
    assert answer.url == reverse("home")
    assert client.get(reverse("account_login")).url == reverse("home")
    assert not EmailAddress.objects.exists()


def test_the_case_of_the_address_does_not_matter(client):
    user = a_volunteer()
    answer = client.post(reverse("account_login"), {"login": user.email.upper(), "password": PASSWORD})
    assert answer.url == reverse("home")


def test_a_wrong_password_says_nothing_about_the_account(client):
    known = sign_in(client, a_volunteer(), "wrong").context["form"].errors
    unknown = client.post(reverse("account_login"), {"login": "nobody@example.org", "password": "wrong"})
    assert known == unknown.context["form"].errors


def test_five_mistakes_lock_the_account_at_this_address(client):
    user = a_volunteer()
    statuses = [sign_in(client, user, "wrong").status_code for _attempt in range(5)]
    locked = sign_in(client, user)
    assert statuses == [200, 200, 200, 200, 429]
    assert locked.status_code == 429
    assert "account/lockout.html" in [template.name for template in locked.templates]


def test_the_page_of_a_lock_has_the_quick_exit(client):
    user = a_volunteer()
    for _attempt in range(5):
        locked = sign_in(client, user, "wrong")
    assert "data-quick-exit" in locked.content.decode()


def test_a_lock_touches_neither_others_at_the_address_nor_her_elsewhere(client):
    user = a_volunteer()
    for _attempt in range(5):
        sign_in(client, user, "wrong")
    assert sign_in(client, a_volunteer()).status_code == 302
    client.logout()
    assert sign_in(client, user, REMOTE_ADDR="192.0.2.7").status_code == 302


def test_a_lock_ends_after_an_hour(client):
    user = a_volunteer()
    for _attempt in range(5):
        sign_in(client, user, "wrong")
    with time_machine.travel(timezone.now() + timezone.timedelta(minutes=61)):
        assert sign_in(client, user).status_code == 302


def test_an_attempt_keeps_neither_the_address_nor_what_was_typed(client):
    user = a_volunteer()
    sign_in(client, user, "wrong-secret", REMOTE_ADDR="192.0.2.7")
    kept = str(list(AccessAttempt.objects.values()))
    assert user.email not in kept
    assert "192.0.2.7" not in kept
    assert "wrong-secret" not in kept


@override_settings(BEHIND_PROXY=True)
def test_behind_a_proxy_only_its_own_word_counts(client):
    user = a_volunteer()
    for attempt in range(5):
        sign_in(client, user, "wrong", HTTP_X_FORWARDED_FOR=f"10.0.0.{attempt}, 192.0.2.7")
    assert sign_in(client, user, HTTP_X_FORWARDED_FOR="10.9.9.9, 192.0.2.7").status_code == 429


@pytest.mark.parametrize("somebody", [a_coordinator, a_distributor, an_admin])
def test_who_may_see_handovers_or_administers_sets_a_second_factor_up_first(client, somebody):
    client.force_login(somebody())
    assert client.get(reverse("admin:index")).url == reverse("mfa_activate_totp")
    assert client.get(reverse("home")).url == reverse("mfa_activate_totp")


@override_settings(DEMO=True)
def test_the_demonstration_asks_for_no_second_factor(client):
    client.force_login(an_admin())
    assert client.get(reverse("admin:index")).status_code == 200


def test_with_a_second_factor_the_password_alone_opens_nothing(client):
    user = a_coordinator()
    secret = with_second_factor(user)
    assert sign_in(client, user).url == reverse("mfa_authenticate")
    assert client.get(reverse("home")).url.startswith(reverse("account_login"))
    assert client.post(reverse("mfa_authenticate"), {"code": code_of(secret)}).url == reverse("home")


@pytest.mark.parametrize(("later", "status"), [(29, 302), (30, 200), (-1, 200)])
def test_a_code_holds_for_its_half_minute_alone_and_once(client, later, status):
    user, moment = a_coordinator(), datetime(2026, 5, 4, 10, 30, tzinfo=UTC)
    secret = with_second_factor(user)
    with time_machine.travel(moment, tick=False):
        code = code_of(secret)
    then = time_machine.travel(moment + timedelta(seconds=later), tick=False)
    with then, override_settings(MFA_TOTP_TOLERANCE=production.MFA_TOTP_TOLERANCE):
        for expected in (status, 200):
            sign_in(client, user)
            assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == expected
            client.logout()


def test_a_recovery_code_works_once(client):
    user = a_coordinator()
    with_second_factor(user)
    code = recovery_code_of(user)
    for expected in (302, 200):
        sign_in(client, user)
        assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == expected
        client.logout()


def test_five_wrong_codes_lock_too_and_a_right_one_comes_too_late(client):
    user = a_coordinator()
    secret = with_second_factor(user)
    sign_in(client, user)
    statuses = [client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code for _attempt in range(5)]
    assert statuses[-1] == 429
    assert client.post(reverse("mfa_authenticate"), {"code": code_of(secret)}).status_code == 429


def test_an_account_that_was_closed_does_not_sign_in(client):
    user = a_volunteer()
    user.is_active = False
    user.save()
    assert sign_in(client, user).url == reverse("account_inactive")
    assert client.get(reverse("account_inactive")).status_code == 200
    assert client.get(reverse("home")).status_code == 302


def test_a_session_ends_with_the_browser_and_after_ten_hours(client):
    sign_in(client, a_volunteer())
    assert client.cookies["sessionid"]["max-age"] == ""
    assert Session.objects.get().expire_date < timezone.now() + timezone.timedelta(hours=10, minutes=1)
    with time_machine.travel(timezone.now() + timezone.timedelta(hours=10, minutes=2)):
        assert client.get(reverse("home")).url.startswith(reverse("account_login"))
