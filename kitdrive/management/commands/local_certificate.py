"""Make a certificate for a network without a public name, and say how tablets learn to trust it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from kitdrive.local_authority import AUTHORITY, certify
from web.errors import Refused


class Command(BaseCommand):
    help = (
        "Makes a certificate for names and addresses of a local network, and the small authority that vouches for it."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("names", nargs="+", metavar="NAME_OR_IP", help="under which tablets reach kitdrive")
        parser.add_argument("--folder", type=Path, default=settings.VAR_DIR / "https", help="where it is put")
        parser.add_argument("--new-authority", action="store_true", help="tablets have to be told to trust it again")

    def handle(self, *args: Any, names: list[str], folder: Path, new_authority: bool, **options: Any) -> None:
        try:
            made = certify(names, folder, new_authority=new_authority)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        if not made.is_new_certificate:
            self.stdout.write(_("The certificate is good as it is. Nothing was changed."))
            return
        self.stdout.write(_("The certificate is made, in %(folder)s.") % {"folder": folder})
        if made.is_new_authority:
            self.stdout.write(
                _(
                    "Install %(file)s on each tablet, telephone and computer that is to use kitdrive here:"
                    " docs/https.md says how. Its fingerprint, which each of them shows:\n%(fingerprint)s"
                )
                % {"file": folder / AUTHORITY, "fingerprint": made.fingerprint}
            )
