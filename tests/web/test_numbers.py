from decimal import Decimal

import pytest
from django.utils import translation

from web.numbers import euros, grouped


@pytest.mark.parametrize(("language", "said"), [("fr", "1\u00a0482,50\u00a0€"), ("en", "€1,482.50")])
def test_an_amount_is_written_as_the_reader_writes_it(language, said):
    with translation.override(language):
        assert euros(Decimal("1482.5")) == said


@pytest.mark.parametrize(("language", "said"), [("fr", "100\u00a0000"), ("en", "100,000")])
def test_thousands_are_set_apart(language, said):
    with translation.override(language):
        assert grouped(100_000) == said
