from datetime import date

import pytest
from django import forms
from django.db.models import TextChoices
from django.utils import translation
from django.utils.translation import gettext_lazy

from web.imports.columns import CountField, DayField, WordField, YesNoField


@pytest.mark.parametrize("text", ["2016-10-31", "31/10/2016", " 2016-10-31 "])
def test_a_day_is_read_both_ways(text):
    assert DayField().clean(text) == date(2016, 10, 31)


@pytest.mark.parametrize("text", ["31/02/2016", "10-31-2016", "1789-07-14", "yesterday", ""])
def test_what_is_no_day_is_refused(text):
    with pytest.raises(forms.ValidationError):
        DayField().clean(text)


def test_a_day_to_come_is_refused_where_it_cannot_be():
    with pytest.raises(forms.ValidationError, match="still to come"):
        DayField(is_past=True).clean("2100-01-01")


@pytest.mark.parametrize(("text", "meaning"), [("yes", True), ("OUI", True), ("no", False), ("Non", False), ("", None)])
def test_yes_and_no_in_both_languages(text, meaning):
    assert YesNoField(required=False).clean(text) is meaning


@pytest.mark.parametrize("text", ["", "perhaps"])
def test_neither_yes_nor_no_is_refused(text):
    with pytest.raises(forms.ValidationError):
        YesNoField().clean(text)


@pytest.mark.parametrize(("text", "number"), [("3", 3), ("1 482", 1482), ("3.0", 3), ("", 0)])
def test_a_count_is_a_whole_number(text, number):
    assert CountField(required=False, empty=0).clean(text) == number


@pytest.mark.parametrize("text", ["-1", "2.5", "many", "99999999999", "9" * 5000])
def test_no_other_number_counts(text):
    with pytest.raises(forms.ValidationError):
        CountField().clean(text)


def test_the_limit_of_a_count_is_written_as_the_reader_writes_it():
    with pytest.raises(forms.ValidationError, match=r"more than 10,000,000\."):
        CountField().clean("10000001")


def test_a_word_is_known_whatever_its_accents_and_capitals():
    assert WordField({"premier_accueil": "first", "nécessité": "need"}).clean("NECESSITE") == "need"


def test_an_unknown_word_says_which_are_known():
    field = WordField({"urgence": "urgent", "autre": "other"})
    with pytest.raises(forms.ValidationError):
        field.clean("maybe")
    assert str(field.remedy) == "Write one of: urgence, autre."


class Ways(TextChoices):
    ROAD = "road", gettext_lazy("store")
    RAIL = "table", gettext_lazy("table")


@pytest.mark.parametrize(("language", "label"), [("fr", "réserve"), ("en", "store")])
def test_what_a_word_means_is_said_in_the_reader_s_language_and_read_in_any(language, label):
    field = WordField({way.value: way for way in Ways})
    with translation.override(language):
        assert field.remedy.endswith(f"road = {label} · table.")
    assert {field.clean(word) for word in ("road", "Réserve", "STORE")} == {Ways.ROAD}


@pytest.mark.parametrize("typed", ["Centre d'hébergement", "centre d’hebergement"])
def test_an_apostrophe_is_read_as_a_keyboard_or_a_book_writes_it(typed):
    assert WordField({"Centre d’hébergement": "shelter"}).clean(typed) == "shelter"


def test_an_empty_word_has_its_own_meaning():
    assert WordField({"autre": "other"}, empty="none", required=False).clean("") == "none"
