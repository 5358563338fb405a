"""What every answer says to the browser: what it may run, keep and send, on public, inside and administration pages."""

import json
import subprocess
import sys

import pytest
from allauth.mfa.totp.internal import auth
from django.conf import settings
from django.urls import reverse

from tests.cast import an_admin

pytestmark = pytest.mark.django_db

POLICY = {
    "default-src 'none'",
    "base-uri 'none'",
    "connect-src 'self'",
    "font-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "img-src 'self' data:",
    "manifest-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
}


@pytest.fixture
def admin(client):
    user = an_admin()
    auth.TOTP.activate(user, auth.generate_totp_secret())
    client.force_login(user)
    return client


@pytest.mark.parametrize("route", ["account_login", "admin:index", "admin:accounts_user_changelist", "mfa_index"])
def test_every_page_runs_our_own_files_only(admin, route):
    answer = admin.get(reverse(route))
    assert set(answer["Content-Security-Policy"].split("; ")) == POLICY
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=(self)" in answer["Permissions-Policy"]


def test_a_page_that_somebody_saw_signed_in_is_kept_by_no_cache(admin):
    assert "no-store" in admin.get(reverse("mfa_index"))["Cache-Control"]


def test_no_page_answers_with_a_script_or_a_style_in_it(admin):
    for route in ("admin:index", "admin:accounts_user_changelist", "mfa_index"):
        page = admin.get(reverse(route)).content.decode()
        assert "<style" not in page
        assert " style=" not in page
        assert "onclick=" not in page


def test_cookies_are_for_this_site_and_no_script(client):
    an_admin()
    client.get(reverse("account_login"))
    client.post(reverse("set_language"), {"language": "en"})
    for name in ("csrftoken", "django_language"):
        assert client.cookies[name]["httponly"]
        assert client.cookies[name]["samesite"] == "Lax"


def test_with_https_cookies_and_pages_travel_encrypted_only():
    """The settings as an association runs them: asked in a process of their own."""
    names = ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "LANGUAGE_COOKIE_SECURE", "SECURE_SSL_REDIRECT"]
    program = f"import json; from kitdrive import settings; print(json.dumps([getattr(settings, n) for n in {names}]))"
    environment = {"SECRET_KEY": settings.SECRET_KEY, "PATH": ""}
    said = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, check=True)
    assert json.loads(said.stdout) == [True] * len(names)
