"""For the one administrator who lost telephone and recovery codes, or after the secret key was changed."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.operations import forget_second_factor


class Command(BaseCommand):
    help = "Takes somebody's second factor away; they set one up when they next sign in, and are told by e-mail."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            raise CommandError(_("Nobody signs in with this address."))
        forget_second_factor(user)
        self.stdout.write(_("The second factor was forgotten."))
