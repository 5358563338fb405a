"""The secrets of second factors, unreadable in a copy of the database without the secret key."""

import base64
import secrets

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken
from django.utils.translation import gettext_lazy as _

from accounts.addresses import keyed_hash


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code does not fit: write the six digits that your telephone shows now.")
    }

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret; of one kept under another key a random one instead, to which no code belongs."""
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()


def _cipher() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(keyed_hash("accounts.second_factor")))
