"""The fields of which a kind of import makes its columns, each with what to do when a cell does not fit."""

from datetime import date
from functools import cache
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Choices
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from web.imports.people import plain
from web.numbers import grouped

_YES = {"yes", "y", "oui", "o", "true", "vrai", "1", "x"}
_NO = {"no", "n", "non", "false", "faux", "0"}


class RowForm(forms.Form):
    """One row of a file: the names of its fields are the names of its columns."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = _("This cell is empty.")


class DayField(forms.DateField):
    """A day, YYYY-MM-DD or DD/MM/YYYY; not before 1990, and with `is_past` not after today."""

    remedy = _("Write the day as 2026-10-31 or 31/10/2026.")
    default_error_messages = {
        "invalid": _("This is not a day."),
        "future": _("This day is still to come."),
        "ancient": _("This day is before 1990."),
    }

    def __init__(self, *, is_past: bool = False, **kwargs: Any) -> None:
        self.is_past = is_past
        super().__init__(input_formats=["%Y-%m-%d", "%d/%m/%Y"], **kwargs)

    def to_python(self, value: Any) -> date | None:
        day = super().to_python(str(value).strip().removesuffix(" 00:00") if value else value)
        if day and day.year < 1990:
            raise ValidationError(self.error_messages["ancient"], code="ancient")
        if day and self.is_past and day > timezone.localdate():
            raise ValidationError(self.error_messages["future"], code="future")
        return day


class YesNoField(forms.Field):
    """Yes or no, oui or non; an empty cell of an optional column is None."""

    remedy = _("Write yes or no.")
    default_error_messages = {"invalid": _("This is neither yes nor no.")}

    def to_python(self, value: Any) -> bool | None:
        word = plain(str(value or "").strip())
        if word in _YES or word in _NO:
            return word in _YES
        if word:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return None

    def validate(self, value: bool | None) -> None:
        if self.required and value is None:
            raise ValidationError(self.error_messages["required"], code="required")


class CountField(forms.IntegerField):
    """A whole number from `minimum` to 10 million; an empty cell of an optional column is `empty`."""

    remedy = _("Write a whole number in digits, without a unit.")
    default_error_messages = {
        "invalid": _("This is not a whole number."),
        "min_value": _("This is less than %(limit_value)s."),
        "max_value": _("This is more than %(limit_value)s."),
    }

    def __init__(self, *, minimum: int = 0, empty: int | None = None, **kwargs: Any) -> None:
        self.empty = empty
        super().__init__(min_value=minimum, max_value=kwargs.pop("maximum", 10_000_000), **kwargs)

    def to_python(self, value: Any) -> int | None:
        text = str(value or "").replace(" ", "").replace("\u00a0", "").replace("\u202f", "")
        number = super().to_python(text[:20])
        return self.empty if number is None else number

    def run_validators(self, value: int | None) -> None:
        try:
            super().run_validators(value)
        except ValidationError as error:
            for each in error.error_list:
                each.params = {name: grouped(limit) for name, limit in (each.params or {}).items()}
            raise


@cache
def labelled(meanings: tuple[Any, ...]) -> dict[str, Any]:
    """The choices among `meanings` by what each is called in our languages."""
    known: dict[str, Any] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            known |= {plain(str(each.label)): each for each in meanings if isinstance(each, Choices)}
    return known


class WordField(forms.Field):
    """One word of a list, whatever its capitals and accents; `words` maps what a file says to what it means.

    Where that is a choice, its label is read too, in each of our languages, and said to who reads what went wrong.
    """

    default_error_messages = {"invalid": _("This word is not in the list.")}

    def __init__(self, words: dict[str, Any], *, empty: Any = None, **kwargs: Any) -> None:
        self.words = {plain(word): meaning for word, meaning in words.items()}
        self.empty = empty
        super().__init__(**kwargs)

    @property
    def remedy(self) -> str:
        words = {word: str(getattr(meaning, "label", word)) for word, meaning in self.words.items()}
        if all(plain(label) == word for word, label in words.items()):
            return _("Write one of: %(words)s.") % {"words": ", ".join(words)}
        said = [word if plain(label) == word else f"{word} = {label}" for word, label in words.items()]
        return _("Write one of these words, or its meaning: %(words)s.") % {"words": " · ".join(said)}

    def to_python(self, value: Any) -> Any:
        word = plain(str(value or "").strip())
        if not word:
            return None if self.required else self.empty
        known = labelled(tuple(self.words.values())) | self.words
        if word not in known:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return known[word]

    def validate(self, value: Any) -> None:
        if self.required and value is None:
            raise ValidationError(self.error_messages["required"], code="required")
