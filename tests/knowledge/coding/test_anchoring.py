"""A passage is found again when the text around it changes; what is uncertain or lost is said, never hidden."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from knowledge.coding.anchoring import CONTEXT, Anchor, Found, anchor, hash_of, plain, quote_of

STORY = (
    "Im Mai zog die Familie um. Das Jobcenter verlangte neue Unterlagen 🏠, obwohl alle vorlagen. "
    "Nach sechs Wochen kam der Bescheid. Die Miete blieb so lange offen."
)


def quoted(words: str, text: str = STORY) -> object:
    return quote_of(text, text.index(words), text.index(words) + len(words))


def test_offsets_count_code_points_not_bytes() -> None:
    quote = quoted("obwohl alle vorlagen")
    assert STORY[quote.start : quote.end] == "obwohl alle vorlagen"  # type: ignore[attr-defined]
    assert quote.before.endswith("Unterlagen 🏠, ")  # type: ignore[attr-defined]
    assert len(quote.before) == CONTEXT  # type: ignore[attr-defined]


def test_white_space_at_the_ends_is_no_part_of_a_passage() -> None:
    quote = quote_of("  Ja.  ", 0, 7)
    assert (quote.start, quote.end, quote.exact) == (2, 5, "Ja.")
    for start, end in [(0, 2), (3, 3), (5, 4), (-1, 2), (0, 9)]:
        with pytest.raises(ValueError, match="passage"):
            quote_of("  Ja.  ", start, end)


def test_line_ends_count_once() -> None:
    assert plain("a\r\nb\rc\nd") == "a\nb\nc\nd"
    assert plain(None) == ""


def test_unchanged_text_keeps_every_place() -> None:
    quote = quote_of("ja ja ja", 3, 5)
    assert anchor("ja ja ja", quote) == Anchor(Found.IN_PLACE, 3, 5)


def test_words_before_it_move_a_passage() -> None:
    quote = quoted("Nach sechs Wochen kam der Bescheid.")
    now = "Nachtrag: zwei Anträge. " + STORY
    found = anchor(now, quote)  # type: ignore[arg-type]
    assert found.found == Found.MOVED
    assert now[found.start : found.end] == quote.exact  # type: ignore[attr-defined]
    assert found.certain


def test_of_equal_words_those_with_the_same_surroundings_are_meant() -> None:
    text = "Erst kam nichts. Dann kam ein Brief. Im Herbst kam nichts. Dann kam niemand."
    quote = quote_of(text, text.rindex("kam nichts"), text.rindex("kam nichts") + 10)
    now = "Vorab. " + text
    found = anchor(now, quote)
    assert found == Anchor(Found.MOVED, now.rindex("kam nichts"), now.rindex("kam nichts") + 10)


def test_a_changed_word_asks_a_person() -> None:
    quote = quoted("Das Jobcenter verlangte neue Unterlagen 🏠, obwohl alle vorlagen.")
    now = STORY.replace("neue Unterlagen", "weitere Nachweise")
    found = anchor(now, quote)  # type: ignore[arg-type]
    assert found.found == Found.SIMILAR
    assert not found.certain
    assert now[found.start : found.end] == "Das Jobcenter verlangte weitere Nachweise 🏠, obwohl alle vorlagen."


def test_what_was_deleted_is_lost_in_sight() -> None:
    quote = quoted("Nach sechs Wochen kam der Bescheid.")
    now = STORY.replace("Nach sechs Wochen kam der Bescheid.", "")
    assert anchor(now, quote) == Anchor(Found.LOST)  # type: ignore[arg-type]
    assert anchor("", quote) == Anchor(Found.LOST)  # type: ignore[arg-type]


def test_two_equally_good_places_ask_a_person() -> None:
    text = "abc kein Geld abc"
    quote = quote_of(text, 4, 13)
    assert anchor("kein Geld, kein Geld", quote).found == Found.SIMILAR


LETTERS = st.text(alphabet="aäßx .🏠\n", max_size=60)


@given(before=LETTERS, after=LETTERS, new_before=LETTERS, new_after=LETTERS)
def test_any_edit_outside_a_passage_keeps_it(before: str, after: str, new_before: str, new_after: str) -> None:
    words = "Kein Ümzüg – 🚪!"
    quote = quote_of(before + words + after, len(before), len(before) + len(words))
    now = new_before + words + new_after
    found = anchor(now, quote)
    assert found.certain
    assert (found.start, found.end) == (len(new_before), len(new_before) + len(words))


@given(text=st.text(alphabet="abä🏠 ", min_size=3, max_size=40), edits=st.data())
def test_an_edit_outside_never_loses_words_that_are_still_there(text: str, edits: st.DataObject) -> None:
    start = edits.draw(st.integers(0, len(text) - 1))
    end = edits.draw(st.integers(start + 1, len(text)))
    assume(text[start:end].strip())
    quote = quote_of(text, start, end)
    now = edits.draw(LETTERS) + quote.exact + edits.draw(LETTERS)
    found = anchor(now, quote)
    assert found.found != Found.LOST
    assert now[found.start : found.end] == quote.exact


@given(text=st.text(min_size=1, max_size=80), now=st.text(max_size=80), data=st.data())
def test_whatever_the_text_becomes_the_answer_lies_in_it_or_says_lost(text: str, now: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assume(text[start:end].strip())
    quote = quote_of(text, start, end)
    found = anchor(now, quote)
    if found.found == Found.LOST:
        assert (found.start, found.end) == (0, 0)
        assert quote.exact not in now
    else:
        assert 0 <= found.start < found.end <= len(now)
    if found.certain:
        assert now[found.start : found.end] == quote.exact
    assert anchor(now, quote) == found


@given(st.text(max_size=30))
def test_the_same_text_has_the_same_hash(text: str) -> None:
    assert hash_of(text) == hash_of(str(text))
    assert len(hash_of(text)) == 64
