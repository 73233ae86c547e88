"""Markdown becomes Word's own structure: styles, numbering, links, tables, notes."""

from typing import Any

import pytest
from markdown_it.token import Token

from exports.docx.inline import InlineWriter
from exports.docx.manuscript import Manuscript
from tests.exports.reading import W, Written, markdown_of, number_of, style_of, text_of

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def paragraphs(text: str) -> list[Any]:
    return [each for each in markdown_of(text).body if each.tag == f"{W}p"]


def runs(text: str) -> dict[str, set[str]]:
    """The properties of each run of a one-paragraph text, by the run's words."""
    found = {}
    for run in paragraphs(text)[0].iter(f"{W}r"):
        properties = run.find(f"{W}rPr")
        named = set() if properties is None else {each.tag.removeprefix(W) for each in properties}
        found[text_of_run(run)] = named
    return found


def text_of_run(run: Any) -> str:
    return "".join(each.text or "" for each in run.iter(f"{W}t"))


def shown_numbers(written: Written) -> list[str]:
    """The decimal numbers that a reader sees in front of the paragraphs, counted as Word counts them."""
    numbering = written.part("word/numbering.xml")
    starts = {
        number.get(f"{W}numId"): int(override.get(f"{W}val"))
        for number in numbering.iter(f"{W}num")
        for override in number.iter(f"{W}startOverride")
    }
    shown, counted = [], {}
    for paragraph in written.body.iter(f"{W}p"):
        place = number_of(paragraph)
        if place is not None and str(place[0]) in starts:
            number = str(place[0])
            counted[number] = counted.get(number, starts[number] - 1) + 1
            shown.append(f"{counted[number]} {text_of(paragraph)}")
    return shown


def test_headings_keep_their_level() -> None:
    found = paragraphs("# eins\n\n### drei\n\nzwei\n----\n\n###### sechs")
    assert [style_of(each) for each in found] == ["Heading1", "Heading3", "Heading2", "Heading6"]


def test_the_first_heading_becomes_the_title_of_the_file() -> None:
    assert (
        markdown_of("Vorwort\n\n## Ein *guter* Titel\n\n# Später").reopened().core_properties.title == "Ein guter Titel"
    )
    assert markdown_of("Zwei\nZeilen\n=====").reopened().core_properties.title == "Zwei Zeilen"
    assert markdown_of("Ohne Überschrift").reopened().core_properties.title == ""


def test_emphasis_is_formatting_and_nests() -> None:
    found = runs("schlicht *kursiv **beides*** ~~weg~~ `fest`")
    assert found["schlicht "] == set()
    assert found["kursiv "] == {"i", "iCs"}
    assert found["beides"] == {"b", "bCs", "i", "iCs"}
    assert found["weg"] == {"strike"}
    assert found["fest"] == {"rStyle"}


def test_line_ends_are_spaces_and_hard_breaks_are_breaks() -> None:
    assert text_of(paragraphs("eins\nzwei  \ndrei")[0]) == "eins zwei\ndrei"


def test_html_stays_text() -> None:
    assert (
        text_of(paragraphs("<b>nicht fett</b> &amp; <script>x</script>")[0]) == "<b>nicht fett</b> & <script>x</script>"
    )
    assert [text_of(each) for each in paragraphs("<div>\nBlock\n</div>")] == ["<div> Block </div>"]


def test_an_unknown_token_is_refused_and_not_swallowed() -> None:
    manuscript = Manuscript()
    writer = InlineWriter(manuscript.body, manuscript.body.paragraph(""), lambda _token, _paragraph: None)
    with pytest.raises(ValueError, match="video"):
        writer.write([Token("video", "", 0)])


# Lists


def test_each_list_counts_from_its_own_start() -> None:
    written = markdown_of("1. a\n2. b\n\nText\n\n1. c\n2. d\n\n<!-- -->\n\n7. e\n8. f")
    assert shown_numbers(written) == ["1 a", "2 b", "1 c", "2 d", "7 e", "8 f"]


def test_nested_lists_restart_and_the_outer_one_goes_on() -> None:
    written = markdown_of("1. a\n   1. x\n   2. y\n2. b\n   1. z\n")
    assert shown_numbers(written) == ["1 a", "1 x", "2 y", "2 b", "1 z"]
    assert [number_of(each)[1] for each in written.body.iter(f"{W}p")] == [0, 1, 1, 0, 1]


def test_a_start_of_zero_is_kept() -> None:
    assert shown_numbers(markdown_of("0. null\n1. eins")) == ["0 null", "1 eins"]


def test_every_definition_precedes_the_first_list() -> None:
    numbering = markdown_of("- a\n\n1. b\n\n   weiter\n\n- [ ] c").part("word/numbering.xml")
    kinds = [child.tag.removeprefix(W) for child in numbering]
    assert kinds == sorted(kinds, key=["abstractNum", "num"].index)
    assert len({child.get(f"{W}abstractNumId") for child in numbering.findall(f"{W}abstractNum")}) == 4


def test_every_number_in_use_is_defined() -> None:
    written = markdown_of("- a\n\n  weiter\n\n  1. b\n\n- [x] c\n\n> - d")
    defined = {int(number.get(f"{W}numId")) for number in written.part("word/numbering.xml").iter(f"{W}num")}
    assert {number_of(each)[0] for each in written.body.iter(f"{W}p") if number_of(each)} <= defined


def test_a_further_paragraph_of_an_item_is_indented_without_a_second_mark() -> None:
    first, second = paragraphs("- eins\n\n  zwei")
    marks = {
        each.get(f"{W}numId"): each
        for each in markdown_of("- eins\n\n  zwei").part("word/numbering.xml").iter(f"{W}num")
    }
    assert number_of(first)[0] != number_of(second)[0]
    assert len(marks) == 2
    assert style_of(second) == "ListParagraph"


def test_an_item_that_begins_with_a_block_has_its_mark_on_a_line_of_its_own() -> None:
    found = paragraphs("- ```\n  code\n  ```\n- - innen")
    assert [(style_of(each), text_of(each)) for each in found] == [
        ("ListParagraph", ""),
        ("SourceCode", "code"),
        ("ListParagraph", ""),
        ("ListParagraph", "innen"),
    ]


def test_an_empty_item_is_still_an_item() -> None:
    assert shown_numbers(markdown_of("1. a\n2.\n3. c")) == ["1 a", "2 ", "3 c"]


def test_tasks_show_their_box() -> None:
    assert [text_of(each) for each in paragraphs("- [x] fertig\n- [ ] offen\n- ohne")] == [
        "☒ fertig",
        "☐ offen",
        "ohne",
    ]


def test_lists_deeper_than_word_can_count_stay_on_its_last_level() -> None:
    deep = "\n".join("  " * depth + f"- {depth}" for depth in range(12))
    assert max(number_of(each)[1] for each in paragraphs(deep) if number_of(each)) == 8


@pytest.mark.parametrize("block", ["- a", "1. a", "| a |\n|---|"])
def test_a_sentence_that_announces_a_list_or_a_table_stays_with_it(block: str) -> None:
    announcing, other = paragraphs(f"Dazu gehört:\n\n{block}")[0], paragraphs(f"Kein Doppelpunkt\n\n{block}")[0]
    assert announcing.find(f"{W}pPr/{W}keepNext") is not None
    assert other.find(f"{W}pPr/{W}keepNext") is None


# Quotations, code, rules


def test_quotations_nest_by_indent() -> None:
    outer, inner = paragraphs("> außen\n>\n> > innen")
    assert [style_of(outer), style_of(inner)] == ["Quote", "Quote"]
    assert inner.find(f"{W}pPr/{W}ind") is not None


def test_code_keeps_lines_and_blanks() -> None:
    assert [(style_of(each), text_of(each)) for each in paragraphs("```python\nif x:\n\ty = '  '\n```")] == [
        ("SourceCode", "if x:\n\ty = '  '")
    ]


def test_a_rule_is_a_divider() -> None:
    assert [style_of(each) for each in paragraphs("a\n\n---\n\nb")] == ["Normal", "Divider", "Normal"]


# Links and images


def test_links_are_real_and_shared_addresses_are_related_once() -> None:
    written = markdown_of('[a](https://x.example/ä?b=c "Titel") [b](https://x.example/ä?b=c) <mail@x.example>')
    links = list(written.body.iter(f"{W}hyperlink"))
    targets = {each.get("Id"): each.get("Target") for each in written.part("word/_rels/document.xml.rels")}
    assert [targets[each.get(f"{R}id")] for each in links] == [
        "https://x.example/%C3%A4?b=c",
        "https://x.example/%C3%A4?b=c",
        "mailto:mail@x.example",
    ]
    assert links[0].get(f"{W}tooltip") == "Titel"
    assert links[0].get(f"{R}id") == links[1].get(f"{R}id")


def test_a_link_inside_the_document_uses_its_anchor() -> None:
    link = next(markdown_of("[a](#ziel)").body.iter(f"{W}hyperlink"))
    assert link.get(f"{W}anchor") == "ziel"


@pytest.mark.parametrize(
    "text",
    ["[x]()", "[x](<http://[>)", "[x](http://a:99999999/)", f"[x](http://a/{'b' * 3000})", "[x](javascript:alert(1))"],
)
def test_an_address_that_would_break_the_file_is_no_link(text: str) -> None:
    written = markdown_of(text)
    assert not list(written.body.iter(f"{W}hyperlink"))
    assert "x" in written.lines()[0]


def test_code_in_a_link_looks_like_both() -> None:
    found = runs("[`f`](https://x.example)")
    assert found["f"] == {"rStyle", "color", "u"}


def test_an_image_is_told_in_words() -> None:
    assert text_of(paragraphs("Vorn ![ein *Bild* `x`](bild.png) hinten")[0]) == "Vorn ein Bild x hinten"


# Tables


def test_a_table_keeps_cells_alignment_and_formatting() -> None:
    written = markdown_of("| Ziel | Wert |\n|:--|--:|\n| **fett** | 5 |\n| nur eine |\n")
    assert written.tables() == [[["Ziel", "Wert"], ["fett", "5"], ["nur eine", ""]]]
    cells = list(written.body.iter(f"{W}tc"))
    assert cells[2].find(f".//{W}b") is not None
    assert [cell.find(f".//{W}jc") is not None for cell in cells[:4]] == [False, True, False, True]


def test_a_table_in_a_list_is_indented_with_it() -> None:
    table = next(markdown_of("- a\n\n  | x | y |\n  |---|---|\n  | 1 | 2 |").body.iter(f"{W}tbl"))
    assert int(table.find(f"{W}tblPr/{W}tblInd").get(f"{W}w")) > 0


# Footnotes


def notes(written: Written) -> dict[str, str]:
    return {
        note.get(f"{W}id"): text_of(note).strip()
        for note in written.part("word/footnotes.xml")
        if note.get(f"{W}type") is None
    }


def test_footnotes_are_words_own() -> None:
    written = markdown_of("eins[^a] zwei[^b]\n\n[^b]: Note B\n[^a]: Note *A*\n")
    marks = [mark.get(f"{W}id") for mark in written.body.iter(f"{W}footnoteReference")]
    assert [notes(written)[mark] for mark in marks] == ["Note A", "Note B"]


def test_a_second_mark_refers_to_the_same_note() -> None:
    written = markdown_of("eins[^a] zwei[^a]\n\n[^a]: Note")
    assert len(list(written.body.iter(f"{W}footnoteReference"))) == 1
    bookmark = next(written.body.iter(f"{W}bookmarkStart")).get(f"{W}name")
    assert next(written.body.iter(f"{W}instrText")).text == f"NOTEREF {bookmark} \\f \\h"


def test_a_note_can_hold_paragraphs_lists_and_links() -> None:
    written = markdown_of("x[^a]\n\n[^a]: eins\n\n    - zwei [drei](https://x.example)\n")
    note = written.part("word/footnotes.xml")[-1]
    assert [text_of(each).strip() for each in note.iter(f"{W}p")] == ["eins", "zwei drei"]
    link = next(note.iter(f"{W}hyperlink")).get(f"{R}id")
    assert link in {each.get("Id") for each in written.part("word/_rels/footnotes.xml.rels")}


def test_a_note_that_begins_with_a_block_still_shows_its_number_first() -> None:
    note = markdown_of("x[^a]\n\n[^a]:\n    - Liste\n").part("word/footnotes.xml")[-1]
    assert next(note.iter(f"{W}p")).find(f".//{W}footnoteRef") is not None


def test_notes_to_notes_lose_no_text() -> None:
    written = markdown_of("x[^a]\n\n[^a]: außen[^b]\n\n[^b]: innen\n")
    assert list(notes(written).values()) == ["außen[b]"]
    assert "[b] innen" in written.lines()


def test_a_document_without_notes_has_no_part_for_them() -> None:
    assert "word/footnotes.xml" not in markdown_of("Text").names


def test_an_empty_text_is_an_empty_document() -> None:
    assert markdown_of("").lines() == []
