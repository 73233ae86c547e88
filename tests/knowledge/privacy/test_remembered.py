"""A text is checked once for the same question, and what is remembered holds no text."""

from knowledge.privacy.patterns import Kind
from knowledge.privacy.remembered import Remembered
from knowledge.privacy.rules import check

FOUND = ((0, 4, Kind.NAME),)


def test_the_same_text_and_question_are_looked_at_once() -> None:
    remembered, asked = Remembered(), []

    def find() -> tuple[tuple[int, int, Kind], ...]:
        asked.append(1)
        return FOUND

    for _ in range(3):
        assert remembered.spans("Frau Yilmaz", "case", find) == FOUND
    remembered.spans("Frau Yilmaz", "gap", find)
    remembered.spans("Frau Yilmaz.", "case", find)
    assert len(asked) == 3
    assert "Yilmaz" not in repr(vars(remembered))


def test_what_was_not_asked_for_lately_is_forgotten() -> None:
    remembered, asked = Remembered(most=2), []
    for name in ("a", "b", "a", "c", "a", "b"):

        def find(name: str = name) -> tuple[tuple[int, int, Kind], ...]:
            asked.append(name)
            return FOUND

        remembered.spans(name, None, find)
    assert asked == ["a", "b", "c", "b"]


def test_other_names_and_allowed_words_are_another_question() -> None:
    text = "Frau Yilmaz aus Ostervelde, 2024"
    assert [hit.text for hit in check(text, ("Ostervelde",))] == ["Frau Yilmaz", "Ostervelde"]
    assert [hit.text for hit in check(text, allowed=("Yilmaz", "Ostervelde"))] == []
    assert [hit.text for hit in check(text, ("Ostervelde",), in_case=True)] == ["Frau Yilmaz", "Ostervelde", "2024"]
