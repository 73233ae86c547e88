"""What people type reaches the rules without invisible characters; nothing visible is lost."""

from hypothesis import given
from hypothesis import strategies as st

from app.core.forms import visible


def test_text_of_nothing_visible_is_empty() -> None:
    assert visible("\u200b\u200b") == ""
    assert visible(" \u2060 ") == ""
    assert visible("\x00") == ""


def test_line_breaks_and_joined_emoji_stay() -> None:
    assert visible("Eins\n\tzwei") == "Eins\n\tzwei"
    assert visible("👩\u200d👧") == "👩\u200d👧"


def test_control_and_direction_characters_go() -> None:
    assert visible("a\x00b\u202ec") == "abc"


def test_what_is_no_text_stays_as_it_is() -> None:
    assert visible(None) is None
    assert visible(7) == 7


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "S"]), min_size=1))
def test_every_visible_character_stays(text: str) -> None:
    assert visible(text) == text
