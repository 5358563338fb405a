"""A kind of file and how it is imported: rows checked one by one, planned together, written at once."""

import hashlib
import json
import unicodedata
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, ClassVar

from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from web.errors import Refused
from web.imports.columns import RowForm
from web.imports.people import is_about_a_person, looks_like_a_person
from web.imports.reader import SheetRow, Table, read_headings, read_table
from web.imports.report import Plan, Report, Row, RowError

TOLD_EVERY = 200  # rows


class ImportRefused(Refused):
    """Something in the file is wrong or not confirmed: nothing was written. `report` says what."""

    def __init__(self, message: str | Promise, report: Report) -> None:
        super().__init__(message)
        self.report = report


class ImportKind(ABC):
    """One kind of file. An app subclasses it with its columns, its plan and its apply; kitdrive lists the kinds.

    `row_form`: a RowForm whose fields are the columns. `forbids_people`: columns named like one of a person are refused
    with the reason. `names`: columns that hold names of structures and sites, refused when they look like a person's.
    """

    slug: ClassVar[str]
    label: ClassVar[str | Promise]
    row_form: ClassVar[type[RowForm]]
    forbids_people: ClassVar[bool] = False
    names: ClassVar[Collection[str]] = ()

    @abstractmethod
    def plan(self, rows: Sequence[Row], acting: Any) -> Plan:
        """Say what would be done with good rows, reading only. `rows` are the good ones, in the order of the file."""

    @abstractmethod
    def apply(self, plan: Plan, acting: Any) -> None:
        """Do what the plan says, inside the engine's transaction. Names in `plan.unknown` are confirmed: make them."""

    def rename(self, table: Table) -> Table:
        """Bring another shape of the same table to the kind's own columns; a kind that knows none keeps it as it is."""
        return table


def find_kind(kinds: Iterable[ImportKind], slug: str) -> ImportKind | None:
    """Give the kind of that slug, or None."""
    return next((kind for kind in kinds if kind.slug == slug), None)


def untold(rows: int) -> None:
    """What hears how far a file is, where nobody waits for it."""


def dry_run(
    kind: ImportKind, content: bytes, filename: str, acting: Any, told: Callable[[int], None] = untold
) -> Report:
    """Read the whole file and say what it would do, every bad cell included; write nothing. May raise Unreadable.

    `told` hears how many rows are read.
    """
    table = kind.rename(read_table(content, filename))
    errors = column_errors(kind, table)
    if errors:
        return Report(len(table.rows), errors, Plan())
    rows, errors = checked(kind, table.rows, told)
    plan = kind.plan(rows, acting)
    return Report(len(table.rows), [*errors, *plan.errors], plan)


def apply_import(
    kind: ImportKind, content: bytes, filename: str, acting: Any, *, ticked: frozenset[str], takes_all: bool = False
) -> Report:
    """Import the file in one transaction, or raise ImportRefused or Unreadable and write nothing.

    `ticked` holds the tokens of the unknown names a person confirmed; `takes_all` confirms every one. Raises Refused
    where somebody else wrote the same at this moment.
    """
    try:
        return _import(kind, content, filename, acting, ticked, takes_all=takes_all)
    except IntegrityError as error:
        raise Refused(
            _("Somebody else wrote some of this at the same moment. Nothing was written: read the file again.")
        ) from error


def _import(
    kind: ImportKind, content: bytes, filename: str, acting: Any, ticked: frozenset[str], *, takes_all: bool
) -> Report:
    with transaction.atomic():
        report = dry_run(kind, content, filename, acting)
        if not report.is_clean:
            raise ImportRefused(report.sentence, report)
        if not takes_all and report.unticked(ticked):
            raise ImportRefused(_("Tick the names that are new, or correct them in the file."), report)
        if not report.changes_nothing:
            kind.apply(report.plan, acting)
    report.is_applied = True
    return report


def heading_errors(kind: ImportKind, content: bytes, filename: str) -> list[RowError]:
    """The column_errors of a file of which the headings alone are read. May raise Unreadable."""
    return column_errors(kind, kind.rename(read_headings(content, filename)))


def column_errors(kind: ImportKind, table: Table) -> list[RowError]:
    """Name the columns that are unknown, that are about a person, and the required ones that are missing."""
    known = kind.row_form.base_fields
    errors = [_unwanted(kind, column) for column in table.columns if column not in known]
    errors += [
        RowError(1, name, "", _("This column is missing."), _("Add it to the first row, spelled like this."))
        for name, field in known.items()
        if field.required and name not in table.columns
    ]
    return errors


def _unwanted(kind: ImportKind, column: str) -> RowError:
    if kind.forbids_people and is_about_a_person(column):
        return RowError(
            1,
            column,
            "",
            _("This column would name people. kitdrive keeps nobody’s name here, because a leak can endanger them."),
            _("Delete the column from the file, and from its copies."),
        )
    columns = ", ".join(kind.row_form.base_fields)
    return RowError(
        1, column, "", _("This column is unknown."), _("Delete it, or use one of: %(columns)s.") % {"columns": columns}
    )


def checked(
    kind: ImportKind, sheet: Iterable[SheetRow], told: Callable[[int], None] = untold
) -> tuple[list[Row], list[RowError]]:
    """Clean every row by the kind's form: good rows with their keys, and an error for each bad cell."""
    rows: list[Row] = []
    errors: list[RowError] = []
    seen: Counter[str] = Counter()
    for read, line in enumerate(sheet):
        if read % TOLD_EVERY == 0:
            told(read)
        form = kind.row_form(line.cells)
        found = _people_in(kind, line) or _form_errors(form, line)
        errors += found
        if not found:
            content = _content_of(form.cleaned_data)
            seen[content] += 1
            rows.append(Row(line.number, form.cleaned_data, row_key(kind.slug, content, seen[content])))
    return rows, errors


def row_key(slug: str, content: str, ordinal: int) -> str:
    """The key of a row: sha256 of its normalised content and its ordinal among identical rows of the file."""
    return hashlib.sha256(f"{slug}\n{content}\n{ordinal}".encode()).hexdigest()


def _content_of(data: dict[str, Any]) -> str:
    said = {name: _normal(value) for name, value in data.items() if value not in (None, "")}
    return json.dumps(said, sort_keys=True, ensure_ascii=False, default=str)


def _normal(value: Any) -> Any:
    return " ".join(unicodedata.normalize("NFC", value).split()) if isinstance(value, str) else value


def _people_in(kind: ImportKind, line: SheetRow) -> list[RowError]:
    return [
        RowError(
            line.number,
            column,
            value[:2] + "…",
            _("This looks like a person’s name, e-mail address or phone number."),
            _("Write the name of the structure alone."),
        )
        for column, value in line.cells.items()
        if column in kind.names and looks_like_a_person(value)
    ]


def _form_errors(form: RowForm, line: SheetRow) -> list[RowError]:
    errors = []
    for name, found in form.errors.items():
        field = form.fields.get(name)
        column = name if field else ""
        remedy = getattr(field, "remedy", None) or _("Correct the cell in the file.")
        errors += [RowError(line.number, column, line.cells.get(name, "")[:60], str(text), remedy) for text in found]
    return errors
