"""Markdown of every kind, friendly or not: nothing is lost, nothing is fetched, and the file is valid."""

from pathlib import Path

import pytest

from exports.docx import markdown_to_docx
from exports.docx.dialect import DEEPEST
from tests.exports.markdown_samples import SAMPLES
from tests.exports.reading import W, markdown_of, number_of, text_of
from tests.support.time import computed
from tests.support.validators import office_faults

SENTENCE = "Die Stelle berichtet über den *Wechsel* und **mehr**.\n\n- eins\n- zwei\n\n"


def test_every_sample_is_a_valid_document(tmp_path: Path) -> None:
    paths = [tmp_path / f"{name}.docx" for name in SAMPLES]
    for path, text in zip(paths, SAMPLES.values(), strict=True):
        markdown_to_docx(text, path)
    assert {name: faults for name, faults in office_faults(paths).items() if faults} == {}


@pytest.mark.parametrize("sign", ["- ", "1. "])
def test_forty_levels_of_lists_keep_every_item(sign: str) -> None:
    written = markdown_of("\n".join(f"{' ' * len(sign) * level}{sign}Punkt {level}" for level in range(40)))
    assert written.lines() == [f"Punkt {level}" for level in range(40)]
    assert max(number_of(each)[1] for each in written.body.iter(f"{W}p") if number_of(each)) == 8


@pytest.mark.parametrize("depth", [60, DEEPEST, 5_000])
def test_a_quotation_within_quotations_is_not_lost_however_deep(depth: int) -> None:
    written = markdown_of(f"{'>' * depth} tief unten\n\nDanach")
    assert written.lines()[0].endswith("tief unten")
    assert written.lines()[-1] == "Danach"
    widest = max(int(each.get(f"{W}left", "0")) for each in written.body.iter(f"{W}ind"))
    assert widest < 8000, "it runs off the page"


def test_what_is_too_deep_ends_where_its_block_ends() -> None:
    text = "\n".join(f"{'  ' * level}- Punkt {level}" for level in range(DEEPEST)) + "\n- wieder oben\n"
    written = markdown_of(text)
    assert "Punkt 99" in "\n".join(written.lines())
    assert (written.lines()[-1], number_of(list(written.body.iter(f"{W}p"))[-1])[1]) == ("wieder oben", 0)


def test_numbers_that_word_cannot_count_to_are_written_out() -> None:
    numbering = markdown_of("32767. a\n32768. b").part("word/numbering.xml")
    levels = [each.find(f"{W}lvlText").get(f"{W}val") for each in numbering.iter(f"{W}lvl") if each.getparent().tag]
    assert "32768." in levels
    assert "32767." not in levels


def test_a_further_paragraph_carries_its_items_number_unseen() -> None:
    written = markdown_of("3. eins\n\n   weiter\n\n4. zwei")
    numbering = written.part("word/numbering.xml")
    first, further, second = map(number_of, written.body.iter(f"{W}p"))
    assert first[0] == second[0] != further[0]
    number = next(each for each in numbering.iter(f"{W}num") if each.get(f"{W}numId") == str(further[0]))
    assert number.find(f"{W}lvlOverride/{W}startOverride").get(f"{W}val") == "3"
    kind = number.find(f"{W}abstractNumId").get(f"{W}val")
    shape = next(each for each in numbering.iter(f"{W}abstractNum") if each.get(f"{W}abstractNumId") == kind)
    assert {each.get(f"{W}val") for each in shape.iter(f"{W}numFmt")} == {"none"}


def test_right_to_left_text_says_so() -> None:
    written = markdown_of("שלום **עולם**, 123 Tage\n\nDeutsch mit عربي darin\n\n| א |\n|---|\n| ב |\n")
    hebrew, german, *cells, _end = written.body.iter(f"{W}p")
    assert hebrew.find(f"{W}pPr/{W}bidi") is not None
    assert german.find(f"{W}pPr/{W}bidi") is None
    assert all(cell.find(f"{W}pPr/{W}bidi") is not None for cell in cells)
    from_right = {text_of(run): run.find(f"{W}rPr/{W}rtl") is not None for run in german.iter(f"{W}r")}
    assert from_right == {"Deutsch mit ": False, "عربي": True, " darin": False}
    assert text_of(hebrew) == "שלום עולם, 123 Tage"


def test_right_to_left_in_a_note_says_so_too() -> None:
    notes = markdown_of("a[^1]\n\n[^1]: שלום").part("word/footnotes.xml")
    assert notes.find(f".//{W}bidi") is not None


@pytest.mark.parametrize("address", ["javascript:alert(1)", "vbscript:x", "data:text/html,x", "file:///etc/passwd"])
def test_a_dangerous_address_is_text(address: str) -> None:
    written = markdown_of(f"[wort]({address})")
    assert not list(written.body.iter(f"{W}hyperlink"))
    assert b"TargetMode" not in written.parts["word/_rels/document.xml.rels"]


def test_pictures_are_words_and_nothing_is_fetched() -> None:
    written = markdown_of("![Ein *Bild*](https://example.org/x.png) ![](y.png)")
    assert written.lines() == ["Ein Bild "]
    assert not [name for name in written.names if "media" in name]
    assert b"example.org" not in b"".join(written.parts.values())


def test_every_sample_says_that_it_is_german_and_names_nobody() -> None:
    for text in SAMPLES.values():
        properties = markdown_of(text).reopened().core_properties
        assert (properties.language, properties.author, properties.last_modified_by) == ("de-DE", "", "")


def test_long_texts_take_seconds_and_a_single_long_word_no_longer() -> None:
    assert computed(lambda: markdown_of(SENTENCE * (300_000 // len(SENTENCE)))) < 4
    assert markdown_of("x" * 5_000_000).lines() == ["x" * 5_000_000]


@pytest.mark.parametrize(
    "text", ["[" * 9_999, "*a " * 20_000, "_" * 50_000, "[a](b" * 10_000, "`" * 20_000 + "a", "<" * 9_999]
)
def test_signs_without_end_cost_no_more_than_their_length(text: str) -> None:
    assert computed(lambda: markdown_of(text)) < 2
