from collections.abc import Callable, Iterator

import pytest
from allauth.mfa.totp.internal import auth
from django.test import Client
from django.utils import translation

from accounts.models import User
from tests.cast import a_coordinator


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Sentences are compared as the code writes them."""
    with translation.override("en"):
        yield


@pytest.fixture
def as_user() -> Callable[[User], Client]:
    """A browser in which somebody is signed in, with their second factor, and reads English."""

    def sign_in(user: User) -> Client:
        auth.TOTP.activate(user, auth.generate_totp_secret())
        client = Client(headers={"accept-language": "en"})
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def coordinator(as_user) -> Client:
    return as_user(a_coordinator())
