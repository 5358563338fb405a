"""Replay the demonstration drive in an empty database."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kitdrive.demo import account, plan
from kitdrive.demo.replay import replay
from kitdrive.demo.world import World
from network.enums import Role
from network.models import House
from web.errors import Refused
from web.numbers import grouped


class Command(BaseCommand):
    help = (
        "Replays a drive of 800 kits, with invented people, in an empty database; says at the end what became of all."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing where the demonstration is there already"
        )
        parser.add_argument("--language", choices=dict(settings.LANGUAGES), help="of what is printed")
        parser.add_argument("--logins", action="store_true", help="only print one login for each role")

    def handle(self, *args: Any, language: str | None = None, **options: Any) -> None:
        self.language = language or get_language() or settings.LANGUAGE_CODE
        with translation.override(self.language):
            self.print_what_is_asked_for(logins=options["logins"], if_empty=options["if_empty"])

    def print_what_is_asked_for(self, *, logins: bool, if_empty: bool) -> None:
        if logins:
            self.print_logins()
            return
        if if_empty and House.objects.filter(is_demonstration=True).exists():
            return
        try:
            world = replay(timezone.localdate(), self.show)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.print_account(world)

    def show(self, name: str | Promise, done: int, *, is_over: bool) -> None:
        """A line a step: counting on a terminal, else its end alone."""
        terminal = self.stdout.isatty()
        if is_over or terminal:
            start, end = "\r" if terminal else "", "\n" if is_over else ""
            with translation.override(self.language):  # the replay speaks that of the house
                self.stdout.write(f"{start}  {name}: {grouped(done)}", ending=end)
            self.stdout.flush()

    def print_account(self, world: World) -> None:
        articles, kits = account.articles(world.house), account.kits(world.house)
        rows = (
            (_("came in"), articles.came_in, None),
            (_("packed into kits"), articles.packed, -kits.packed),
            (_("corrected at the count"), articles.corrected, kits.corrected),
            (_("shipped to organisations"), articles.shipped, kits.shipped),
            (_("handed over to households"), articles.given, kits.given),
            (_("written off"), articles.wasted, kits.wasted),
            (_("left in stock"), articles.left, kits.left),
        )
        self.stdout.write(f"{'':28}{_('articles'):>10}{_('kits'):>8}")
        for label, of_articles, of_kits in rows:
            parcels = "" if of_kits is None else grouped(of_kits)
            self.stdout.write(f"{label:28}{grouped(of_articles):>10}{parcels:>8}")
        if not (articles.balances and kits.balances):
            raise CommandError(_("This does not balance."))
        self.stdout.write(_("It balances: what came in is what was packed, went out and is left."))

    def print_logins(self) -> None:
        for address, name, role, scope in plan.PEOPLE:
            whose = f"{Role(role).label}, {scope}" if scope else str(Role(role).label)
            self.stdout.write(f"  {address + '@' + plan.MAIL_DOMAIN:<30} {plan.PASSWORD:<28} {name} ({whose})")
