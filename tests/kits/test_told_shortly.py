"""What stops a kit is named as far as anybody reads."""

import pytest
from django.utils import translation

from kits.templatetags.kits import NAMED, shortly


@pytest.mark.parametrize("articles", [None, [], ["soap"], ["soap", "towel", "comb", "pen", "book"]])
def test_a_few_articles_are_all_named(articles):
    assert shortly(articles) == ", ".join(articles or [])


def test_of_many_articles_the_first_are_named_and_the_others_counted():
    with translation.override("en"):
        assert shortly([f"article {n}" for n in range(NAMED + 35)]).endswith("article 4 and 35 more")
