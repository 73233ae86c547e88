"""Tables: marked heads that repeat, rows that stay whole, widths that every program honours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.docx.styles import TEXT_WIDTH
from exports.docx.tables import PADDING, WIDE_CHARACTER, is_numeric, share_widths, snug_widths
from exports.docx.xml import twips
from tests.exports.factories import steering_minutes
from tests.exports.reading import W, Written, markdown_of, minutes_of

TABLES = "| a | b |\n|---|--:|\n| eins | 2 |\n"
words = st.text(st.characters(codec="utf-8", categories=("L", "N", "Zs")), max_size=60)


@pytest.fixture(scope="module")
def written() -> Written:
    return minutes_of(steering_minutes())


def test_every_table_has_one_marked_head_row_that_repeats(written: Written) -> None:
    for table in written.body.iter(f"{W}tbl"):
        marked = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in table.iter(f"{W}tr")]
        assert marked == [True] + [False] * (len(marked) - 1)
        assert table.find(f"{W}tblPr/{W}tblLook").get(f"{W}firstRow") == "1"


def test_no_row_breaks_across_pages(written: Written) -> None:
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in written.body.iter(f"{W}tr"))


def test_every_table_has_a_name_for_people_who_cannot_see_it(written: Written) -> None:
    names = [table.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val") for table in written.body.iter(f"{W}tbl")]
    assert "Tagesordnung" in names
    assert all(names)


def test_widths_are_fixed_and_equal_in_grid_and_cells(written: Written) -> None:
    for table in written.body.iter(f"{W}tbl"):
        assert table.find(f"{W}tblPr/{W}tblLayout").get(f"{W}type") == "fixed"
        grid = [column.get(f"{W}w") for column in table.find(f"{W}tblGrid")]
        for row in table.iter(f"{W}tr"):
            assert [cell.find(f"{W}tcPr/{W}tcW").get(f"{W}w") for cell in row.iter(f"{W}tc")] == grid
        width = sum(map(int, grid))
        assert width == int(table.find(f"{W}tblPr/{W}tblW").get(f"{W}w"))
        assert width <= twips(TEXT_WIDTH)


def test_tables_use_the_whole_line(written: Written) -> None:
    agenda = next(each for each in written.body.iter(f"{W}tbl") if len(each.find(f"{W}tblGrid")) == 4)
    assert sum(int(column.get(f"{W}w")) for column in agenda.find(f"{W}tblGrid")) == twips(TEXT_WIDTH)


def test_a_table_is_never_the_last_thing_in_its_place(written: Written) -> None:
    texts = (TABLES, f"- Punkt\n\n  {TABLES.replace(chr(10), chr(10) + '  ')}", f"x[^1]\n\n[^1]: Note\n\n    {TABLES}")
    for document in (written, *map(markdown_of, texts)):
        for story in document.stories:
            for place in story.iter(f"{W}body", f"{W}tc", f"{W}footnote", f"{W}hdr", f"{W}ftr"):
                blocks = [child.tag for child in place if child.tag in (f"{W}p", f"{W}tbl")]
                assert not blocks or blocks[-1] == f"{W}p"


def test_two_tables_in_a_row_do_not_grow_together() -> None:
    body = markdown_of(f"{TABLES}\n{TABLES}").body
    kinds = [child.tag.removeprefix(W) for child in body]
    assert kinds == ["tbl", "p", "tbl", "p", "sectPr"]


def test_text_after_a_table_keeps_its_distance() -> None:
    body = markdown_of(f"{TABLES}\nText").body
    assert int(body[1].find(f"{W}pPr/{W}spacing").get(f"{W}before")) > 0


@given(st.integers(1, 12).flatmap(lambda n: st.lists(st.lists(words, min_size=n, max_size=n), min_size=1, max_size=5)))
def test_shared_widths_fill_the_line_and_none_vanishes(texts: list[list[str]]) -> None:
    widths = share_widths(texts[0], texts[1:], TEXT_WIDTH)
    assert sum(widths) == pytest.approx(TEXT_WIDTH)
    assert min(widths) > 0


def test_a_long_text_gets_more_room_than_a_number() -> None:
    rank, topic, points = share_widths(
        ("Rang", "Thema", "Punkte"), [("1", "Nahtloser Übergang " * 4, "17")], TEXT_WIDTH
    )
    assert topic > 2 * points > rank


@pytest.mark.parametrize("values", [["17", "4"], ["38 %"], ["1.234,50 €", "-3"], ["14:00"]])
def test_columns_of_numbers_are_recognised(values: list[str]) -> None:
    assert is_numeric(values)


@pytest.mark.parametrize("values", [[], [""], ["17", "x"], ["T-03"], ["–"]])
def test_other_columns_are_not_numbers(values: list[str]) -> None:
    assert not is_numeric(values)


def test_a_head_of_one_word_is_not_broken_where_its_facts_are_short() -> None:
    head, text = (
        ("Personen", "Monat", "Einschätzung"),
        "Was die Runde dazu gesagt hat, ist länger als alles andere hier. " * 2,
    )
    widths = snug_widths(head, [("12", "3", text)], 165.0)
    assert widths[0] >= len("Personen") * WIDE_CHARACTER + PADDING
    assert widths[1] >= len("Monat") * WIDE_CHARACTER + PADDING
    assert sum(widths) == pytest.approx(165.0)
