"""Read a file from the command line: the dry run, and with --apply all of it or nothing."""  # noqa: N999 (named for the command)

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.models import User
from kitdrive.imports import KINDS
from network.acting import Acting, choose
from network.enums import Role
from network.models import House, Membership
from web.errors import Refused
from web.imports.kinds import ImportRefused, apply_import, dry_run, find_kind
from web.imports.report import Report, RowError
from web.numbers import grouped


class Command(BaseCommand):
    help = "Says what a file would do, and with --apply does it: all of it or nothing. Exit status 1 if a row is bad."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", help=", ".join(kind.slug for kind in KINDS))
        parser.add_argument("file", type=Path)
        parser.add_argument("--apply", action="store_true", help="write it; without this, only say what it would do")
        parser.add_argument("--create-unknown", action="store_true", help="take every name that nobody knows yet")
        parser.add_argument("--house", metavar="NAME", help="for which house; needed where there are several")
        parser.add_argument("--actor", metavar="EMAIL", help="who does it; if left out, the only administrator")

    def handle(
        self,
        *args: Any,
        kind: str,
        file: Path,
        apply: bool,
        create_unknown: bool,
        house: str,
        actor: str,
        **options: Any,
    ) -> None:
        found = find_kind(KINDS, kind)
        if found is None:
            raise CommandError(_("Choose a kind, one of: %(kinds)s.") % {"kinds": ", ".join(k.slug for k in KINDS)})
        acting = who_acts(the_house(house), actor, is_named=apply)
        try:
            content = file.read_bytes()
            if apply:
                report = apply_import(found, content, file.name, acting, ticked=frozenset(), takes_all=create_unknown)
            else:
                report = dry_run(found, content, file.name, acting)
        except OSError as error:
            raise CommandError(_("%(file)s cannot be read.") % {"file": file}) from error
        except ImportRefused as refused:
            self.tell(refused.report, create_unknown=create_unknown)
            raise CommandError(str(refused)) from refused
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.tell(report, create_unknown=create_unknown)
        if not report.is_clean:
            raise CommandError(report.sentence)
        self.stdout.write(report.sentence)

    def tell(self, report: Report, *, create_unknown: bool) -> None:
        """Print every bad cell with what to do, and every name that is new."""
        for error in report.errors:
            self.stdout.write(in_words(error))
        if report.is_applied or create_unknown:
            return
        for unknown in report.plan.unknown:
            self.stdout.write(
                _("New %(what)s, in %(rows)s rows: %(name)s. Add --create-unknown to take all that is new.")
                % {"what": unknown.what, "rows": grouped(unknown.rows), "name": unknown.name}
            )


def in_words(error: RowError) -> str:
    """A bad cell as one line: where it is, what it holds, what is wrong and what to do."""
    place = {"row": error.row, "column": error.column or "-", "value": error.value}
    return f"{_('Row %(row)d, %(column)s, “%(value)s”:') % place} {error.sentence} {error.remedy}".rstrip()


def the_house(name: str | None) -> House:
    """The house of that name, or the only one."""
    houses = {house.name: house for house in House.objects.all()}
    if name in houses:
        return houses[name]
    if name is None and len(houses) == 1:
        return next(iter(houses.values()))
    raise CommandError(
        _("Name the house with --house, one of: %(houses)s.") % {"houses": ", ".join(houses) or _("none yet")}
    )


def who_acts(house: House, email: str | None, *, is_named: bool) -> Acting:
    """The person of `email`, or the only administrator; a dry run looks with the eyes of any of them."""
    may = Membership.objects.in_force().filter(house=house, role__in=[Role.ADMIN, Role.COORDINATOR])
    people = User.objects.filter(is_active=True, memberships__in=may).distinct()
    if email:
        people = people.filter(email__iexact=email)
    else:
        people = people.filter(memberships__in=may.filter(role=Role.ADMIN))
    found = list(people[:2])
    if not found or (is_named and len(found) > 1):
        raise CommandError(_("Name with --actor an administrator or a coordinator of %(house)s.") % {"house": house})
    return choose(found[0], Membership.objects.of_user(found[0]), house.pk)
