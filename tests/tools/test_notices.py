"""Notices: every part of others is named with its licence and its text."""

from tools.notices import Part, document, fonts, frontend_parts, parts


def test_every_part_says_its_licence() -> None:
    assert [part.name for part in parts() if not part.licence or part.licence == "UNKNOWN"] == []


def test_the_front_end_parts_and_the_font_bring_their_texts() -> None:
    texts = {part.name: part.texts for part in [*frontend_parts(), fonts()]}

    assert len(texts) == 6
    assert [name for name, found in texts.items() if not found or not all(found)] == []


def test_a_text_that_several_parts_share_stands_once() -> None:
    shared = "Permission is granted"

    text = document([Part("a", "1", "MIT", (shared,)), Part("b", "2", "MIT", (shared + "\n",))])

    assert text.count(shared) == 1
    assert "## a 1, b 2" in text
