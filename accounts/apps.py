from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from web import tidy


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("accounts")

    def ready(self) -> None:
        from accounts import attempts, tidying

        tidy.sweepers["sign-in attempts"] = tidying.erase_attempts
        tidy.sweepers["sessions"] = tidying.erase_sessions
        tidy.sweepers["limits of tries"] = tidying.erase_ended_limits
        attempts.count_wrong_codes()
