from collections.abc import Callable, Iterator

import pytest
from allauth.mfa.totp.internal import auth
from allauth.mfa.utils import is_mfa_enabled
from django.test import Client
from django.utils import translation

from accounts.models import User


@pytest.fixture(autouse=True)
def _in_english(_as_if_freshly_started: None) -> Iterator[None]:
    """Refusals are compared in the language they are written in."""
    with translation.override("en"):
        yield


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """A browser in which somebody is signed in, with a second factor."""

    def sign_in(user: User) -> Client:
        client = Client(headers={"accept-language": "en"})
        if not is_mfa_enabled(user):
            auth.TOTP.activate(user, auth.generate_totp_secret())
        client.force_login(user)
        return client

    return sign_in
