"""How an operation says no: one exception that carries the sentence, the field and the line it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.functional import Promise

if TYPE_CHECKING:
    from django.forms import BaseForm, BaseFormSet


class Refused(Exception):
    """An operation refused, and nothing was changed.

    `message` is a whole translated sentence (what, which article, what to do); `field` the name of the form's field it
    is about, or None; `line` the index, from 0, among the lines that the operation was given, or None.
    """

    def __init__(self, message: str | Promise, *, field: str | None = None, line: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.line = line

    def __str__(self) -> str:
        return str(self.message)


def attach(form: BaseForm | None, formset: BaseFormSet | None, refused: Refused) -> None:
    """Put the sentence of `refused` beside the field or line it is about, else above the form (or the lines)."""
    target = _form_of(formset, refused.line) or form
    if target is None:
        if formset is None:
            raise refused
        formset.non_form_errors().append(str(refused.message))
        return
    target.add_error(refused.field if refused.field in target.fields else None, str(refused.message))


def _form_of(formset: BaseFormSet | None, line: int | None) -> BaseForm | None:
    if formset is None or line is None:
        return None
    forms = getattr(formset, "filled_forms", formset.forms)
    return forms[line] if 0 <= line < len(forms) else None
