from django import forms

from web.errors import Refused, attach
from web.forms import LineForm, QuantityField, lines_formset


class Receipt(forms.Form):
    place = forms.CharField()


class Line(LineForm):
    item = forms.CharField()
    quantity = QuantityField()


Lines = lines_formset(Line, rows=3)


def filled(*rows):
    data = {"place": "Atelier", "lines-TOTAL_FORMS": "3", "lines-INITIAL_FORMS": "0"}
    for index, (item, quantity) in rows:
        data |= {f"lines-{index}-item": item, f"lines-{index}-quantity": quantity}
    form, lines = Receipt(data), Lines(data, prefix="lines")
    assert form.is_valid()
    assert lines.is_valid()
    return form, lines


def test_a_refusal_reads_as_its_sentence():
    assert str(Refused("Soap: 3 missing.")) == "Soap: 3 missing."


def test_a_refusal_of_a_field_stands_beside_it():
    form, lines = filled((0, ("soap", "2")))
    attach(form, lines, Refused("This place is closed.", field="place"))
    assert form.errors == {"place": ["This place is closed."]}


def test_a_refusal_of_a_line_skips_the_rows_left_empty():
    form, lines = filled((0, ("soap", "2")), (2, ("towel", "9")))
    attach(form, lines, Refused("Towel: 3 missing.", field="quantity", line=1))
    assert lines.forms[2].errors == {"quantity": ["Towel: 3 missing."]}
    assert not form.errors


def test_a_refusal_about_nothing_in_particular_stands_above_the_form():
    form, lines = filled((0, ("soap", "2")))
    attach(form, lines, Refused("Somebody else was faster.", field="colour", line=12))
    assert form.non_field_errors() == ["Somebody else was faster."]


def test_without_a_form_it_stands_above_the_lines():
    _form, lines = filled((0, ("soap", "2")))
    attach(None, lines, Refused("Somebody else was faster."))
    assert lines.non_form_errors() == ["Somebody else was faster."]
