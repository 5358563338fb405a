"""SIREN: the nine digits by which a French association or company is known, the last of which checks the others."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from stdnum.fr import siren

WRONG = _("This is not a SIREN: nine digits, the last of which checks the others. Copy it from an official paper.")


def is_siren(number: str) -> bool:
    """Whether it is kept as a SIREN is: nine digits without spaces, which check each other."""
    return siren.compact(number) == number and siren.is_valid(number)


def check_siren(number: str) -> None:
    """Raise ValidationError unless `number` is a SIREN as it is kept."""
    if not is_siren(number):
        raise ValidationError(WRONG, code="siren")


class SirenFormField(forms.CharField):
    """Takes a SIREN as people write it, by threes, and answers its nine digits."""

    def to_python(self, value: Any) -> str:
        return siren.compact(super().to_python(value) or "")


class SirenField(models.CharField):
    """A SIREN, or nothing."""

    default_validators = [check_siren]

    def formfield(self, **kwargs: Any) -> Any:
        """Without a longest length: spaces are typed and not kept."""
        field: Any = super().formfield(**{"form_class": SirenFormField, **kwargs})
        field.max_length, field.validators = None, [check_siren]
        field.widget.attrs.update(inputmode="numeric")
        field.widget.attrs.pop("maxlength", None)
        return field


def spoken_siren(number: str) -> str:
    """A SIREN as one reads it aloud: 123 456 789."""
    return siren.format(number, "\u00a0")
