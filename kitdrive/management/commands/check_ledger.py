from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from stock import registry


class Command(BaseCommand):
    help = "Recount everything that must always be true of the stock; print what is not, and end with status 1."

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("en"):
            sentences = [(name, sentence) for name, check in registry.checks.items() for sentence in check()]
        for name, sentence in sentences:
            self.stdout.write(f"{name}: {sentence}")
        if sentences:
            raise CommandError(f"{len(registry.checks)} checks, {len(sentences)} to report", returncode=1)
        self.stdout.write(f"{len(registry.checks)} checks, nothing to report")
