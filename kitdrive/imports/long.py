"""A file of many rows: looked at by the worker, then, once somebody has read what it would do, written by the worker.

The file waits in the database from the first to the second, and is erased with what it was for. All of it is written
together with the news that it is written, or nothing is: a worker that is killed has changed nothing.
"""

import json
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from kitdrive.imports.listing import KINDS, title
from network.models import House
from network.papers import acting_now
from network.perms import COORDINATES
from web.errors import Refused
from web.imports.kinds import ImportKind, ImportRefused, apply_import, dry_run
from web.imports.reader import count_rows
from web.imports.report import Plan, Report, RowError, Unknown
from web.jobs.enums import JobState
from web.jobs.kinds import Arguments, Sent, Told, Work
from web.jobs.models import Job, Upload
from web.jobs.operations import sent_with, start_job
from web.jobs.taking_in import TakingIn
from web.numbers import grouped

OUTCOME = "kitdrive/_import_outcome.html"


class NoLongerThere(Refused):
    """A file that was looked at, or what was found in it, is erased."""

    def __init__(self) -> None:
        super().__init__(_("This file is no longer there. Choose it again."))


@dataclass(frozen=True)
class Look(TakingIn):
    """What a file would do. One that can be written stays until it is, or is given up; any other is erased at once."""

    writes = False

    def keeps_file(self, content: bytes) -> bool:
        return _can_be_written(_report(json.loads(content)))

    def shown(self, job: Job, content: bytes) -> tuple[str, dict[str, Any]]:
        template, context = super().shown(job, content)
        report: Report = context["report"]
        is_to_write = _can_be_written(report) and Upload.objects.filter(job=job).exists()
        return template, {**context, "looked": job.pk if is_to_write else None}


@dataclass(frozen=True)
class Write(TakingIn):
    """A file that somebody said yes to."""

    is_all_or_nothing = True

    def progress(self, done: int, total: int) -> str:
        said = ngettext("%(number)s row, or nothing", "all %(number)s rows at once, or nothing", total)
        return said % {"number": grouped(total)}


def look_name(kind: ImportKind) -> str:
    return f"look at {kind.slug}"


def write_name(kind: ImportKind) -> str:
    return f"write {kind.slug}"


def look_at(kind: ImportKind, sent: Sent, house: House, actor: User, key: UUID) -> Job:
    """Have a file looked at by the worker. Raises Refused."""
    return start_job(name=look_name(kind), arguments={"house": house.pk}, actor=actor, key=key, sent=sent)


def look_of(actor: User, house: House, kind: ImportKind, said: str) -> Job:
    """The look whose id a form sent back: of this person, house and kind, and done. Raises NoLongerThere."""
    try:
        mine = Job.objects.of(actor).filter(pk=UUID(said), name=look_name(kind), state=JobState.DONE)
    except ValueError:
        raise NoLongerThere from None
    look = mine.filter(arguments__house=house.pk).first()
    if look is None:
        raise NoLongerThere
    return look


def write_looked(look: Job, kind: ImportKind, ticked: frozenset[str], actor: User) -> Job:
    """Have the file that `look` looked at written; pressed twice, it is one work.

    Raises Refused where a name is not ticked, NoLongerThere where the file is there no more.
    """
    key = uuid5(look.pk, "write")
    first = Job.objects.of(actor).filter(key=key).first()
    if first is not None:
        return first
    sent = sent_with(look)
    if sent is None:
        raise NoLongerThere
    if _looked(look).unticked(ticked):
        raise Refused(_("Tick the names that are new, or correct them in the file."))
    about = {"house": look.arguments["house"], "look": str(look.pk)}
    with transaction.atomic():
        job = start_job(name=write_name(kind), arguments=about, actor=actor, key=key, sent=sent)
        Upload.objects.filter(job=look).delete()
    return job


def _look(user: User, about: Arguments, sent: Sent, *, kind: ImportKind) -> Work:
    acting = acting_now(user, about["house"], *COORDINATES)

    def make(told: Told) -> bytes:
        try:
            return _kept(dry_run(kind, sent.content, sent.name, acting, told), sent)
        except Refused as refused:
            return _kept(Report(0, [], Plan()), sent, refusal=str(refused))

    return Work(count_rows(sent.content), make)


def _write(user: User, about: Arguments, sent: Sent, *, kind: ImportKind) -> Work:
    acting = acting_now(user, about["house"], *COORDINATES)
    ticked = _ticked(user, about)

    def make(_told: Told) -> bytes:
        try:
            return _kept(apply_import(kind, sent.content, sent.name, acting, ticked=ticked or frozenset()), sent)
        except ImportRefused as refused:
            if ticked is None and refused.report.is_clean:  # which names were ticked is known no more
                return _kept(Report(0, [], Plan()), sent, refusal=str(NoLongerThere()))
            return _kept(refused.report, sent, refusal=str(refused))
        except Refused as refused:
            return _kept(Report(0, [], Plan()), sent, refusal=str(refused))

    return Work(count_rows(sent.content), make)


def _ticked(user: User, about: Arguments) -> frozenset[str] | None:
    """The names that were ticked, which are all that the look found; None where it was erased meanwhile."""
    look = Job.objects.of(user).filter(pk=UUID(about["look"]), state=JobState.DONE).first()
    try:
        return frozenset(unknown.token for unknown in _looked(look).plan.unknown) if look else None
    except NoLongerThere:
        return None


def _can_be_written(report: Report) -> bool:
    return report.is_clean and not report.changes_nothing


def _kept(report: Report, sent: Sent, refusal: str = "") -> bytes:
    """What is kept of a report: where each bad cell is, never what it holds, for it may be the address of a refuge."""
    plan = report.plan
    errors = [[error.row, error.column, "", str(error.sentence), str(error.remedy)] for error in report.errors]
    counts = {"create": plan.create, "change": plan.change, "unchanged": plan.unchanged}
    unknown = [[name.what, name.name, name.rows] for name in plan.unknown]
    said = {"rows": report.rows, "errors": errors, "unknown": unknown, "is_applied": report.is_applied, **counts}
    return json.dumps({**said, "filename": sent.name, "refusal": refusal}).encode()


def _report(kept: dict[str, Any]) -> Report:
    unknown = [Unknown(*name) for name in kept["unknown"]]
    plan = Plan(kept["create"], kept["change"], kept["unchanged"], unknown)
    return Report(kept["rows"], [RowError(*error) for error in kept["errors"]], plan, kept["is_applied"])


def _looked(look: Job) -> Report:
    """What a look found. Raises NoLongerThere where its row is there and its file is not."""
    try:
        with look.file.open() as file:
            return _report(json.loads(file.read()))
    except FileNotFoundError as gone:
        raise NoLongerThere from gone


def _shows(user: User, about: Arguments, content: bytes, *, kind: ImportKind) -> dict[str, Any]:
    _sees(user, about)
    kept = json.loads(content)
    return {"report": _report(kept), "kind": kind, "filename": kept["filename"], "refusal": kept["refusal"]}


def _sees(user: User, about: Arguments) -> None:
    acting_now(user, about["house"], *COORDINATES)


def _back(_about: Arguments, *, kind: ImportKind) -> str:
    return reverse("import_file", args=[kind.slug])


def _look_title(kind: ImportKind) -> str:
    return _("%(kind)s: what a file would do") % {"kind": title(kind)}


def _write_title(kind: ImportKind) -> str:
    return _("%(kind)s: a file that is written") % {"kind": title(kind)}


def _jobs_of(kind: ImportKind) -> dict[str, TakingIn]:
    back, shows = partial(_back, kind=kind), partial(_shows, kind=kind)
    look = Look(lazy(_look_title, str)(kind), partial(_look, kind=kind), back, _sees, OUTCOME, shows)
    write = Write(lazy(_write_title, str)(kind), partial(_write, kind=kind), back, _sees, OUTCOME, shows)
    return {look_name(kind): look, write_name(kind): write}


FILES = {name: job for kind in KINDS for name, job in _jobs_of(kind).items()}
