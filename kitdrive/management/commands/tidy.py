"""Erase what is past its term, once or again and again beside the server."""

import os
import signal
import threading
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from web.tidy import sweep

LOOKS_FOR_ITS_PARENT = 5  # seconds


class Command(BaseCommand):
    help = (
        "Erases what must not be kept: old sign-in attempts, ended sessions, and what each app says is past its term."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--every", type=int, metavar="SECONDS", help="again and again, until SIGTERM or SIGINT")

    def handle(self, *args: Any, every: int | None = None, **options: Any) -> None:
        if every:
            self.go_on(every)
        else:
            for name, rows in sweep().items():
                if rows:
                    self.stdout.write(f"{name}: {rows}")

    def go_on(self, every: int) -> None:
        """Sweep every so many seconds, without a word; end at a signal, or when whoever started this is no more."""
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        parent, due = os.getppid(), 0.0
        while not stop.is_set() and os.getppid() == parent:
            if time.monotonic() >= due:
                close_old_connections()
                sweep()
                due = time.monotonic() + every
            stop.wait(min(every, LOOKS_FOR_ITS_PARENT))
