"""Fields that the forms of several apps share: the date printed on an article, and the search for an article."""

import re
from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stock.enums import DatePrecision
from stock.finding import Catalogue
from stock.lots import last_day
from stock.models import Item

FARTHEST_YEARS = 20  # no article is printed with a date farther ahead
_SEPARATORS = re.compile(r"[\s/.\-\u2010-\u2014\u00a0\u202f]+")
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})(?:/(?P<month>\d{1,2})(?:/(?P<day>\d{1,2}))?)?")
_YEAR_LAST = re.compile(r"(?:(?P<day>\d{1,2})/)?(?P<month>\d{1,2})/(?P<year>\d{4}|\d{2})")


class PrintedDate(NamedTuple):
    """The last day of what is printed, and whether that was a day, a month or a year."""

    best_before: date | None
    precision: DatePrecision


class PrintedDateField(forms.CharField):
    """A date as it is printed: 15/03/2027, 2027-03-15, 03/2027 or 2027. Its value is a PrintedDate."""

    default_error_messages = {
        "invalid": _("Write the date as it is printed: 15/03/2027, 03/2027 or 2027. “%(value)s” is none of these."),
        "impossible": _("“%(value)s” is not in the calendar: read the date again."),
        "short": _("“%(value)s” may be a day or a year: write the year with its four digits."),
        "far": _("“%(value)s” is more than 20 years from now: check the year."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Printed date"))
        kwargs.setdefault("max_length", 20)
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off"}))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, PrintedDate):
            return value
        formats = {DatePrecision.MONTH: "%m/%Y", DatePrecision.YEAR: "%Y"}
        return value.best_before and value.best_before.strftime(formats.get(value.precision, "%d/%m/%Y"))

    def clean(self, value: Any) -> PrintedDate:
        text = super().clean(value)
        return self._read(text) if text else PrintedDate(None, DatePrecision.DAY)

    def _read(self, text: str) -> PrintedDate:
        plain = _SEPARATORS.sub("/", text)
        found = _YEAR_FIRST.fullmatch(plain) or _YEAR_LAST.fullmatch(plain)
        if found is None:
            raise self._wrong("invalid", text)
        parts = {name: int(digits) for name, digits in found.groupdict().items() if digits}
        if parts["year"] < 100:
            if "day" not in parts and parts["year"] <= 12:
                raise self._wrong("short", text)
            parts["year"] += 2000
        try:
            printed = PrintedDate(*last_day(**parts))
        except ValueError:
            raise self._wrong("impossible", text) from None
        if parts["year"] > timezone.localdate().year + FARTHEST_YEARS:
            raise self._wrong("far", text)
        return printed

    def _wrong(self, code: str, value: str) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code, params={"value": value})


class ItemSearchField(forms.CharField):
    """An article by its name or its GTIN, typed, scanned or chosen from the suggestions. Its value is an Item.

    The form gives it its `catalogue`, which all rows share; the page includes stock/_catalogue.html once.
    """

    catalogue: Catalogue

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Article"))
        kwargs.setdefault("max_length", 200)
        kwargs.setdefault("error_messages", {"required": _("Choose an article.")})
        attrs = {"list": "catalogue", "autocomplete": "off", "placeholder": _("Name or GTIN")}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return self.catalogue.name_of(value) if isinstance(value, Item) else value

    def clean(self, value: Any) -> Item | None:
        text = super().clean(value)
        return self.catalogue.find(text) if text else None

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)
