"""Characters that the typeface lacks are marked, and everything that German needs is there."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.pdf.glyphs import covered, showable

NEEDED = "ÄÖÜäöüßẞ„“‚‘–—…§€→·•½²³éèçñşğıİłžščćđőřôâîűŞŁ"


def test_everything_that_german_and_its_neighbours_write_can_be_shown() -> None:
    assert showable(NEEDED) == NEEDED
    assert showable("Привет, Αθήνα") == "Привет, Αθήνα"


@pytest.mark.parametrize("lacking", ["😀", "漢", "ש", "\ue000"])
def test_a_lacking_letter_leaves_a_mark(lacking: str) -> None:
    shown = showable(lacking)
    assert len(shown) == 1
    assert ord(shown) in covered()


def test_letters_and_their_marks_come_together() -> None:
    assert showable(unicodedata.normalize("NFD", "Über Łódź")) == "Über Łódź"


def test_invisible_letters_go() -> None:
    assert showable("a\u200bb\u00adc\ufeffd\x00") == "abcd" + showable("\ufffd")


@given(st.text())
def test_whatever_comes_out_can_be_shown(text: str) -> None:
    assert all(letter in "\n\t" or ord(letter) in covered() for letter in showable(text))
