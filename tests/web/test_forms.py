import re
from uuid import UUID

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as st

from web.forms import IdempotentForm, LineForm, QuantityField, lines_formset


class Line(LineForm):
    quantity = QuantityField()


Lines = lines_formset(Line, rows=3)


def lines_of(*quantities, **more):
    data = QueryDict(mutable=True)
    data.update({"lines-TOTAL_FORMS": str(len(quantities)), "lines-INITIAL_FORMS": "0", **more})
    data.update({f"lines-{index}-quantity": quantity for index, quantity in enumerate(quantities)})
    return Lines(data, prefix="lines")


@pytest.mark.parametrize(("typed", "number"), [("3", 3), (" 1 482 ", 1482), ("1\u202f482", 1482), ("12.0", 12)])
def test_a_quantity_is_read_as_people_type_it(typed, number):
    assert QuantityField().clean(typed) == number


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "required"),
        ("-3", "negative"),
        ("0", "zero"),
        ("2.5", "fraction"),
        ("2,5", "fraction"),
        ("100001", "absurd"),
        ("9" * 400, "absurd"),
        ("a dozen", "invalid"),
    ],
)
def test_each_mistake_in_a_quantity_has_its_own_sentence(typed, code):
    with pytest.raises(ValidationError) as refused:
        QuantityField().clean(typed)
    assert refused.value.error_list[0].code == code


def test_a_count_may_be_zero():
    assert QuantityField(minimum=0).clean("0") == 0


@given(st.text(max_size=30))
def test_no_text_becomes_a_quantity_out_of_bounds(text):
    try:
        number = QuantityField().clean(text)
    except ValidationError:
        return
    assert 1 <= number <= 100_000


def test_a_form_opens_with_a_key_and_keeps_it_when_shown_again():
    opened = IdempotentForm()["key"].value()
    again = IdempotentForm({"key": str(opened)})
    assert again.is_valid()
    assert again.cleaned_data["key"] == UUID(str(opened))


def test_two_forms_never_share_a_key():
    assert IdempotentForm()["key"].value() != IdempotentForm()["key"].value()


def test_a_form_without_its_key_says_so_in_words():
    form = IdempotentForm({})
    assert "Load the page again" in form.errors["key"][0]


def test_empty_rows_are_left_out():
    lines = lines_of("3", "", "5")
    assert lines.is_valid()
    assert [line["quantity"] for line in lines.lines] == [3, 5]


def test_no_row_at_all_is_refused():
    lines = lines_of("", "")
    assert not lines.is_valid()
    assert lines.non_form_errors() == ["Enter at least one line."]


def test_rows_may_all_be_empty_where_they_are_optional():
    optional = lines_formset(Line, is_required=False)
    assert optional({"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0"}).is_valid()


def test_more_rows_keep_what_was_typed_and_judge_nothing():
    lines = lines_of("3", "wrong", add_line="lines")
    assert not lines.is_valid()
    assert len(lines.forms) == 5
    page = render_to_string("web/_lines.html", {"lines": lines})
    assert 'value="wrong"' in page
    assert "kd-error" not in page


def test_the_form_beside_the_rows_waits_too():
    form = IdempotentForm({"key": "", "add_line": "lines"})
    assert not form.is_valid()
    assert not form.errors


def test_a_hundred_rows_are_the_most():
    assert len(lines_of(*["1"] * 99, add_line="lines").forms) == 100
    assert not lines_of(*["1"] * 101).is_valid()


def test_a_row_in_error_is_named_by_its_number_in_the_summary():
    lines = lines_of("3", "-2")
    assert not lines.is_valid()
    page = render_to_string("web/_error_summary.html", {"form": IdempotentForm(), "lines": lines})
    assert '<a href="#id_lines-1-quantity"> Line 2, Quantity: A quantity cannot be negative.' in " ".join(page.split())


@pytest.mark.parametrize(("empty", "words"), [("---------", "Choose…"), ("", "Choose…"), ("The public", "The public")])
def test_an_empty_choice_is_called_by_words(empty, words):
    html = str(forms.Select(choices=[("", empty), ("-", "-")]).render("what", ""))
    assert re.findall("<option[^>]*>([^<]*)</option>", html) == [words, "-"]


def test_a_select_writes_each_option_with_its_group_its_words_and_what_is_chosen():
    choices = [("", "—"), ("Bébé & enfant", [(1, "Body <3 mois>"), (2000, mark_safe("Lait &amp; eau"))])]
    html = str(forms.Select(choices=choices).render("what", 2000, {"id": "id_what", "disabled": True}))
    assert html.strip() == (
        '<select name="what" id="id_what" disabled><option value="">Choose…</option>'
        '<optgroup label="Bébé &amp; enfant"><option value="1">Body &lt;3 mois&gt;</option>'
        '<option value="2000" selected>Lait &amp; eau</option></optgroup></select>'
    )
