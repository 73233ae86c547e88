"""Templates: placeholders are filled however Word wrote them; what cannot be filled is told with its place."""

from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.base_document.base import check_template
from exports.base_document.refusals import Fault, Problem, Refused
from exports.base_document.templates import Vocabulary, check_placeholders
from exports.docx.document import write_document
from exports.docx.letterhead import Filling, Letterhead
from exports.docx.minutes import write_minutes
from exports.letterhead.values import minutes_filling
from tests.exports.factories import steering_minutes
from tests.exports.letterhead.samples import SAMPLES, parted, template
from tests.exports.reading import Written
from tests.exports.samples import SAMPLE
from tests.support.validators import office_faults

WORDS = Vocabulary(
    frozenset(("kreis.name", "sitzung.datum", "dokument.nummer")),
    {"tagesordnung": frozenset(("punkt.nummer", "punkt.titel"))},
    has_content=True,
)
ITEMS = (
    {"punkt.nummer": "1", "punkt.titel": "Begrüßung"},
    {"punkt.nummer": "2", "punkt.titel": "{{ kreis.name }} & <c>"},
)
FILLING = Filling(
    {"kreis.name": "Kreis Sonderau", "sitzung.datum": "10.12.2026", "dokument.nummer": "LG-09"}, {"tagesordnung": ITEMS}
)


def filled(raw: bytes, filling: Filling = FILLING) -> Written:
    checked = check_template(raw).content
    check_placeholders(checked, WORDS)
    stream = BytesIO()
    write_document(replace(SAMPLE, letterhead=Letterhead(checked, True, filling)), stream)
    return Written(stream.getvalue())


def faults(*lines: str, words: Vocabulary = WORDS) -> list[Problem]:
    with pytest.raises(Refused) as refused:
        check_placeholders(check_template(template(*lines)).content, words)
    return list(refused.value.problems)


def test_texts_are_filled_in_body_and_header() -> None:
    found = filled(template("Am {{ sitzung.datum }} in {{kreis.name}}: {{ SITZUNG.DATUM }}"))
    assert found.lines() == ["Am 10.12.2026 in Kreis Sonderau: 10.12.2026"]
    assert "Kreis Sonderau, LG-09" in "".join(found.headers[0].itertext())


@pytest.mark.parametrize(
    "pieces", [("{", "{ sitzung.datum }}"), ("{{ sit", "zung.da", "tum }", "}"), ("{{", " sitzung.datum ", "}}")]
)
def test_a_placeholder_in_several_runs_is_one(pieces: tuple[str, ...]) -> None:
    raw = parted(template("Am {{ sitzung.datum }} um drei, {{ kreis.name }}."), "{{ sitzung.datum }}", *pieces)
    assert filled(raw).lines() == ["Am 10.12.2026 um drei, Kreis Sonderau."]


@settings(max_examples=8, deadline=None)
@given(st.lists(st.integers(1, 18), max_size=4).map(lambda cuts: sorted(set(cuts))), st.text("ab{}\n<&ä", max_size=8))
def test_wherever_it_is_parted_the_text_stands_there_as_it_is(cuts: list[int], value: str) -> None:
    name = "{{ sitzung.datum }}"
    pieces = [name[begin:end] for begin, end in zip([0, *cuts], [*cuts, len(name)], strict=True)]
    filling = Filling({"sitzung.datum": value})
    assert filled(
        parted(template(f"<{name}>".replace("<", "v").replace(">", "n")), name, *pieces), filling
    ).lines() == [f"v{value}n"]


def test_a_row_is_repeated_and_what_it_says_is_not_read_again() -> None:
    found = filled(template("|{{#tagesordnung}}{{ punkt.nummer }}|{{ punkt.titel }}{{/tagesordnung}}|"))
    assert found.tables() == [[["Spalte 0", "Spalte 1"], ["1", "Begrüßung"], ["2", "{{ kreis.name }} & <c>"]]]


def test_paragraphs_between_the_marks_are_repeated_and_the_marks_go() -> None:
    found = filled(
        template("vor", "{{#tagesordnung}}", "TOP {{ punkt.nummer }}", "{{ punkt.titel }}", "{{/tagesordnung}}", "nach")
    )
    assert found.lines() == ["vor", "TOP 1", "Begrüßung", "TOP 2", "{{ kreis.name }} & <c>", "nach"]


def test_a_block_within_one_paragraph_repeats_it() -> None:
    found = filled(template("{{#tagesordnung}}{{ punkt.nummer }}. {{ punkt.titel }}{{/tagesordnung}}"))
    assert found.lines()[0] == "1. Begrüßung"


def test_a_block_without_rows_leaves_nothing() -> None:
    found = filled(template("vor", "|{{#tagesordnung}}{{ punkt.nummer }}|{{/tagesordnung}}|", "nach"), Filling())
    assert found.tables() == [[["Spalte 0", "Spalte 1"]]]
    assert filled(template("{{#tagesordnung}}", "x", "{{/tagesordnung}}"), Filling()).lines() == []


def test_the_generated_text_stands_where_the_template_says() -> None:
    found = filled(template("vor", "{{ inhalt }}", "nach")).lines()
    assert (found[0], found[1][:22], found[-1]) == ("vor", SAMPLE.title[:22], "nach")
    assert "Siehe Anmerkung." in found


FAULTY = {
    "unknown": (("Am {{ sitzung.dattum }}",), Fault.UNKNOWN),
    "an expression": (("{{ kreis.name.__class__ }}",), Fault.UNKNOWN),
    "a command": (("{% for x in y %}",), Fault.CONTROL),
    "not closed": (("{{ kreis.name",), Fault.UNCLOSED),
    "not begun": (("kreis.name }}",), Fault.STRAY_END),
    "an unknown block": (("{{#alles}}x{{/alles}}",), Fault.UNKNOWN_BLOCK),
    "a block that stays open": (("{{#tagesordnung}}", "x"), Fault.BLOCK_OPEN),
    "a block that never began": (("{{/tagesordnung}}",), Fault.BLOCK_END),
    "a loop": (
        ("{{#tagesordnung}}", "{{#tagesordnung}}", "{{/tagesordnung}}", "{{/tagesordnung}}"),
        Fault.BLOCK_NESTED,
    ),
    "a block over a table's edge": (("|{{#tagesordnung}}|x|", "{{/tagesordnung}}"), Fault.BLOCK_PLACE),
    "a block in running text": (("a {{#tagesordnung}}", "b {{/tagesordnung}}"), Fault.BLOCK_PLACE),
    "a row's name outside": (("{{ punkt.titel }}",), Fault.OUTSIDE_BLOCK),
    "content in a sentence": (("so: {{ inhalt }}",), Fault.CONTENT_ALONE),
    "content twice": (("{{ inhalt }}", "{{ inhalt }}"), Fault.CONTENT_TWICE),
    "content in a table": (("|{{ inhalt }}|x|",), Fault.CONTENT_PLACE),
}


@pytest.mark.parametrize("name", FAULTY)
def test_what_cannot_be_filled_is_refused(name: str) -> None:
    lines, fault = FAULTY[name]
    assert fault in [problem.fault for problem in faults("gut", *lines)]


def test_a_fault_is_told_with_its_place_and_a_guess_and_all_at_once() -> None:
    first, second = faults("gut", "Wir tagen am {{ sitzung.dattum }} um drei.", "{{ kreis.name")
    assert (first.place.part, first.place.paragraph, first.hint) == ("word/document.xml", 2, "sitzung.datum")
    assert "Wir tagen am {{ sitzung.dattum }}" in first.place.around
    assert second.place.paragraph == 3


def test_spaces_between_braces_cost_no_more_than_their_length() -> None:
    assert [each.fault for each in faults("{{" + " " * 200_000, "{{" * 50_000)] == [Fault.UNCLOSED] * 2
    assert Fault.TOO_MANY in [each.fault for each in faults("{{ kreis.name }}" * 501)]


def test_a_template_that_says_nothing_is_refused() -> None:
    needing = replace(WORDS, needed=frozenset(("inhalt", "tagesordnung")))
    assert [each.fault for each in faults("{{ kreis.name }}", words=needing)] == [Fault.CONTENT_MISSING]


@settings(max_examples=8, deadline=None)
@given(st.lists(st.text("{}#/% inhaltkres.m", max_size=24), max_size=3))
def test_no_text_of_a_template_raises_anything_but_a_refusal(lines: list[str]) -> None:
    with suppress(Refused):
        filled(template(*(line.lstrip("|") for line in lines)))


def test_documents_in_letterheads_and_templates_are_valid(tmp_path: Path) -> None:
    minutes = steering_minutes()
    lines = (
        "{{ kreis.name }}",
        "|{{#tagesordnung}}{{ punkt.nummer }}|{{ punkt.titel }}{{/tagesordnung}}|",
        "{{ inhalt }}",
        "Ende",
    )
    looks = {name: Letterhead(check_template(build()).content) for name, build in SAMPLES.items()}
    looks["template"] = Letterhead(check_template(template(*lines)).content, True, minutes_filling(minutes))
    paths = []
    for name, look in looks.items():
        paths += [tmp_path / f"{name}-minutes.docx", tmp_path / f"{name}-brief.docx"]
        write_minutes(replace(minutes, letterhead=look), paths[-2])
        write_document(replace(SAMPLE, letterhead=look), paths[-1])
    assert {name: found for name, found in office_faults(paths).items() if found} == {}
