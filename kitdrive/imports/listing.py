"""The kinds of file that kitdrive reads, in the order in which a new house needs them, and what to write in each."""

from dataclasses import dataclass
from pathlib import Path

from django import forms
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kits.imports import KitListsImport
from network.imports import OrganisationsImport
from stock.imports import ItemsImport
from web.imports.kinds import ImportKind
from web.imports.reader import Table, read_table

KINDS: tuple[ImportKind, ...] = (OrganisationsImport(), ItemsImport(), KitListsImport())
EXAMPLES = Path(__file__).parent / "examples"


@dataclass(frozen=True, slots=True)
class Column:
    """A column as its page explains it."""

    name: str
    is_required: bool
    how: str | Promise


def columns(kind: ImportKind) -> list[Column]:
    """The columns of `kind`, and what to write in each."""
    return [Column(name, field.required, _how(field)) for name, field in kind.row_form.base_fields.items()]


def example(kind: ImportKind) -> Table:
    """A small file of `kind` that reads without a fault."""
    return read_table((EXAMPLES / f"{kind.slug}.csv").read_bytes())


def title(kind: ImportKind) -> str:
    """The name of `kind` as a heading."""
    return capfirst(str(kind.label))


def _how(field: forms.Field) -> str | Promise:
    said = field.help_text or getattr(field, "remedy", "")
    if said:
        return said
    if isinstance(field, forms.EmailField):
        return _("An e-mail address.")
    most = getattr(field, "max_length", None)
    return _("Words, %(most)d characters at most.") % {"most": most} if most else _("Words.")
