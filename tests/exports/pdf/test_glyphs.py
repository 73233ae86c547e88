"""Characters that the typeface lacks are marked, and everything that German needs is there."""

import unicodedata
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.document import Document, Fact, Section
from exports.pdf.document import write_document
from exports.pdf.glyphs import covered, showable
from exports.pdf.typesetting import EMBEDDED

NEEDED = "ÄÖÜäöüßẞ„“‚‘–—…§€→·•½²³éèçñşğıİłžščćđőřôâîűŞŁ"


def test_everything_that_german_and_its_neighbours_write_can_be_shown() -> None:
    assert showable(NEEDED) == NEEDED
    assert showable("Привет, Αθήνα") == "Привет, Αθήνα"


@pytest.mark.parametrize("text", ["😀👍🏽⚠", "✓✔☐☑★⇒", "שלום", "سلام", "Արմեն", "თბილისი", "አዲስ", "नमस्ते"])
def test_signs_and_the_scripts_of_names_are_shown_by_other_typefaces(text: str) -> None:
    assert showable(text) == text


@pytest.mark.parametrize(
    ("lacking", "mark"), [("漢", "[CJK unified ideograph-6f22]"), ("\ue000", "[U+E000]"), ("\x00", "[U+FFFD]")]
)
def test_a_lacking_letter_is_named(lacking: str, mark: str) -> None:
    assert showable(lacking) == mark


def test_what_is_said_to_be_shown_is_shown() -> None:
    """Typst refuses a PDF/A in which a letter has no glyph: a piece of each script, and every sign that it brings."""
    points = sorted(covered())
    text = "".join(chr(point) for point in (*points[:: len(points) // 400], *sorted(EMBEDDED)))
    blank = Document("K", "P", "A", "1", "T", "C", "D", (Section("S", text=""),), datetime(2026, 1, 1, tzinfo=UTC))
    target = BytesIO()
    write_document(replace(blank, sections=(Section("S", facts=(Fact("F", text),)),)), target)
    assert target.getvalue().startswith(b"%PDF")


def test_letters_and_their_marks_come_together() -> None:
    assert showable(unicodedata.normalize("NFD", "Über Łódź")) == "Über Łódź"


def test_invisible_letters_go() -> None:
    assert showable("a\u200bb\u00adc\ufeffd\x00") == "abcd[U+FFFD]"


@given(st.text())
def test_whatever_comes_out_can_be_shown(text: str) -> None:
    assert all(letter in "\n\t" or ord(letter) in covered() for letter in showable(text))
