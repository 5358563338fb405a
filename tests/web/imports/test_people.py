import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.imports.people import is_about_a_person, looks_like_a_person


@pytest.mark.parametrize(
    "column",
    ["nom", "Prénom", "NOM_DE_FAMILLE", "first name", "téléphone", "tel.", "Adresse", "e-mail", "courriel", "lastname"],
)
def test_a_column_named_like_a_person_is_recognised(column):
    assert is_about_a_person(column)


@pytest.mark.parametrize("column", ["structure", "children_0_2", "women", "item", "letter_exception", "telethon"])
def test_other_columns_are_left_alone(column):
    assert not is_about_a_person(column)


@pytest.mark.parametrize(
    "value",
    [
        "M. Durand",
        "Mme Durand",
        "MME. DURAND",
        "Monsieur X",
        "a.durand@example.org",
        "06 12 34 56 78",
        "+33 6 12 34 56 78",
    ],
)
def test_a_value_that_names_a_person_is_recognised(value):
    assert looks_like_a_person(value)


@pytest.mark.parametrize(
    "value",
    [
        "CHRS Les Tilleuls",
        "Maison des femmes",
        "M 51",
        "Mairie du 11e",
        "Centre 2016",
        "3017620422003",
        "Mmes et Cie"[4:],
    ],
)
def test_the_name_of_a_structure_is_left_alone(value):
    assert not looks_like_a_person(value)


@given(st.text(max_size=60))
def test_no_text_is_a_fault(text):
    assert looks_like_a_person(text) in (True, False)
    assert is_about_a_person(text) in (True, False)
