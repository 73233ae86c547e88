"""Two texts over one: nothing that somebody wrote gets lost."""

from hypothesis import given
from hypothesis import strategies as st

from meetings.minutes.joining import joined, paragraphs

TEXTS = st.lists(st.sampled_from(["eins", "zwei", "drei", "vier", "fünf", "sechs"]), max_size=6).map("\n\n".join)


def test_what_only_one_changed_is_taken_from_them() -> None:
    assert joined("a\n\nb\n\nc", "a\n\nB\n\nc", "a\n\nb\n\nc\n\nd") == "a\n\nB\n\nc\n\nd"


def test_where_both_wrote_both_stay_the_saved_one_first() -> None:
    assert joined("a\n\nb", "a, Deniz\n\nb", "a, Svenja\n\nb") == "a, Deniz\n\na, Svenja\n\nb"
    assert joined("", "Deniz", "Svenja") == "Deniz\n\nSvenja"


def test_changes_of_neighbouring_paragraphs_are_both_taken_and_none_is_told_twice() -> None:
    assert joined("a\n\nb", "a, Deniz\n\nb\n\nc", "a\n\nb, Svenja") == "a, Deniz\n\nb, Svenja\n\nc"
    assert joined("a\n\nb", "b", "a, Svenja\n\nb") == "a, Svenja\n\nb"
    assert joined("a\n\nb", "Deniz\n\na\n\nb", "Svenja\n\na\n\nb") == "Deniz\n\nSvenja\n\na\n\nb"


@given(TEXTS, TEXTS, TEXTS)
def test_every_new_paragraph_of_both_is_in_the_joined_text(base: str, saved: str, typed: str) -> None:
    old, both = paragraphs(base), paragraphs(joined(base, saved, typed))
    for text in (saved, typed):
        assert not [each for each in paragraphs(text) if each not in old and each not in both]


@given(TEXTS, TEXTS)
def test_a_text_that_was_not_changed_gives_way(base: str, other: str) -> None:
    assert paragraphs(joined(base, other, base)) == paragraphs(other)
    assert paragraphs(joined(base, base, other)) == paragraphs(other)
    assert paragraphs(joined(base, other, other)) == paragraphs(other)
