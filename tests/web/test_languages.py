import pytest
from django.utils import translation

from web.languages import in_readers_language


@pytest.mark.parametrize(
    ("language", "english", "said"),
    [("en", "Soap", "Soap"), ("en-gb", "Soap", "Soap"), ("fr", "Soap", "Savon"), ("en", "", "Savon")],
)
def test_what_has_two_names_is_said_in_the_reader_s_language_and_in_french_where_there_is_no_other(
    language, english, said
):
    with translation.override(language):
        assert in_readers_language("Savon", english) == said


def test_without_a_language_french_is_read():
    with translation.override(None):
        assert in_readers_language("Savon", "Soap") == "Savon"
