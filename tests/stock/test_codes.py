"""Codes: what a person misreads, mishears or swaps is found before it leads to another kit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stock.codes import ALPHABET, LENGTH, UnknownCode, clean_code, new_code, spoken

codes = st.text(ALPHABET, min_size=LENGTH - 1, max_size=LENGTH - 1).map(
    lambda body: next(body + check for check in ALPHABET if is_code(body + check))
)


def is_code(typed: str) -> bool:
    try:
        clean_code(typed)
    except UnknownCode:
        return False
    return True


@given(codes, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_found(code, position, character):
    changed = code[:position] + character + code[position + 1 :]
    assert is_code(changed) == (changed == code)


def test_all_but_one_in_a_hundred_swaps_of_neighbours_are_found():
    swaps = missed = 0
    for _number in range(500):
        code = new_code()
        for position in range(LENGTH - 1):
            first, second = code[position : position + 2]
            if first != second:
                swaps += 1
                missed += is_code(code[:position] + second + first + code[position + 2 :])
    assert missed / swaps < 0.01


@given(codes)
def test_a_code_is_read_however_it_was_typed(code):
    for typed in (spoken(code), code.lower(), f" {code[:2]}-{code[2:]} ", ".".join(code)):
        assert clean_code(typed) == code


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_code_or_a_sentence(typed):
    if is_code(typed):
        assert len(clean_code(typed)) == LENGTH
    else:
        with pytest.raises(UnknownCode, match="is not a code") as unknown:
            clean_code(typed)
        assert unknown.value.field == "code"


@pytest.mark.parametrize("typed", ["", "1", "ZZZZZZZZ", "3333333", "333333333", "٣٣٣٣٣٣٣٣", "https://example.org"])
def test_what_is_not_a_code_is_refused(typed):
    assert not is_code(typed)


def test_codes_are_new_each_time_and_hold_their_check():
    made = {new_code() for _number in range(2000)}
    assert len(made) == 2000
    assert all(is_code(code) and set(code) <= set(ALPHABET) for code in made)


def test_the_alphabet_makes_no_word_and_no_look_alike():
    assert len(ALPHABET) == len(set(ALPHABET)) == 20
    assert not set(ALPHABET) & set("AEIOUY01L2Z5SBG")


def test_a_code_is_printed_in_two_groups():
    assert spoken("3478CDFH") == "3478 CDFH"
