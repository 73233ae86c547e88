"""Fields and bookmarks: complete, balanced, unique."""

from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml
from hypothesis import given
from hypothesis import strategies as st

from exports.docx.fields import Bookmarks
from tests.exports.factories import long_minutes, steering_minutes
from tests.exports.reading import W, Written, markdown_of, minutes_of


def instructions(story: object) -> list[str]:
    return [element.text.strip() for element in story.iter(f"{W}instrText")]


def assert_fields_are_closed(written: Written) -> None:
    for story in written.stories:
        for paragraph in story.iter(f"{W}p"):
            edges = [edge.get(f"{W}fldCharType") for edge in paragraph.iter(f"{W}fldChar")]
            assert edges == ["begin", "separate", "end"] * (len(edges) // 3)


def test_every_footer_counts_page_x_of_y() -> None:
    for written in (minutes_of(steering_minutes()), markdown_of("Text")):
        assert [instructions(footer) for footer in written.footers] == [["PAGE", "NUMPAGES"]] * 2


def test_every_field_that_begins_ends() -> None:
    assert_fields_are_closed(minutes_of(steering_minutes()))
    assert_fields_are_closed(markdown_of("eins[^a], zwei[^a], drei[^a]\n\n[^a]: Note"))


def test_bookmarks_are_unique_closed_and_numbered_once() -> None:
    body = minutes_of(long_minutes(12)).body  # every item decides under the same key
    names = [mark.get(f"{W}name").lower() for mark in body.iter(f"{W}bookmarkStart")]
    opened = [mark.get(f"{W}id") for mark in body.iter(f"{W}bookmarkStart")]
    closed = [mark.get(f"{W}id") for mark in body.iter(f"{W}bookmarkEnd")]
    assert len(names) == len(set(names)) == 24
    assert opened == closed
    assert len(set(opened)) == len(opened)


def test_a_bookmark_carries_the_key_of_its_record() -> None:
    body = minutes_of(steering_minutes()).body
    names = {mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")}
    assert {"TOP_1", "TOP_10", "Beschluss_LG_09_2"} <= names


@given(st.lists(st.text(max_size=60), max_size=30))
def test_names_are_valid_and_unique_whatever_is_wished_for(wishes: list[str]) -> None:
    bookmarks = Bookmarks()
    names = [bookmarks.name(wish) for wish in wishes]
    assert len({name.lower() for name in names}) == len(names)
    for name in names:
        assert name[0].isalpha()
        assert name.isascii()
        assert name.replace("_", "").isalnum()
        assert len(name) <= 40


def test_a_wish_that_looks_like_a_repeated_name_is_still_given_a_free_one() -> None:
    bookmarks = Bookmarks()
    assert [bookmarks.name(wish) for wish in ("TOP 1", "TOP_1_2", "top 1", "TOP 1")] == [
        "TOP_1",
        "TOP_1_2",
        "top_1_3",
        "TOP_1_4",
    ]


def test_opening_and_closing_use_one_number() -> None:
    paragraph = parse_xml(f"<w:p {nsdecls('w')}/>")
    bookmarks = Bookmarks()
    bookmarks.close(paragraph, bookmarks.open(paragraph, bookmarks.name("TOP 1")))
    assert [child.get(f"{W}id") for child in paragraph] == ["1", "1"]
