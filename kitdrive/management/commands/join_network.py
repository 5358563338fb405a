"""Let an account see the totals of every house: who runs the server says so, no administrator of a house can."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from network.operations import join_network
from web.errors import Refused


class Command(BaseCommand):
    help = "Lets the account with this e-mail address see the totals of every house."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            raise CommandError(f"No account signs in with {email}.")
        try:
            join_network(user=user)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
