"""Whatever people type or paste: the file opens, and no character breaks its XML."""

from dataclasses import replace
from io import BytesIO

from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from exports.docx import markdown_to_docx
from exports.docx.content import (
    AgendaItem,
    AttendanceGroup,
    Attendee,
    DecisionBox,
    ItemRecord,
    MinutesDocument,
    Motion,
    Signature,
    Statement,
    Task,
    VoteTable,
)
from exports.docx.xml import clean
from tests.exports.factories import steering_minutes
from tests.exports.reading import markdown_of, minutes_of

any_text = st.text(st.characters(), max_size=120)  # control characters and lone surrogates included
FORBIDDEN = ["\x00", "\x0b", "\x1f", "\ud800", "\udfff", "\ufffe", "\uffff"]
PIECES = [
    *("- ", "1. ", "- [x] ", "> ", "# ", "```\n", "    ", "\n", "\n\n", "| a | b |\n|---|---|\n", "| x |", "---\n"),
    *("*", "**", "~~", "`", "[^1]", "\n\n[^1]: ", "[a](b)", "![x](y)", "<b>", "&#12;", "&#xD800;", "\t", "Wort ", "ä"),
]
any_markdown = st.lists(st.sampled_from(PIECES) | any_text, max_size=40).map("".join)


def minutes_full_of(text: str) -> MinutesDocument:
    """Minutes with the same text in every place that takes one."""
    attendee = Attendee(text, text, text, text)
    record = ItemRecord(
        number=text,
        title=text,
        paper=text,
        reporter=text,
        called_at=text,
        recusals=(text,),
        text=text,
        motions=(Motion(text, text, text),),
        ranking=VoteTable(text, (text, text), ((text, text),), text),
        decisions=(DecisionBox(text, text, text, text),),
        statements=(Statement(text, text),),
        tasks=(Task(text, text, text, text),),
    )
    minutes = steering_minutes()
    facts = replace(minutes.facts, **dict.fromkeys(vars(minutes.facts), text))
    named = ("county", "programme", "body", "number", "title", "date", "next_meeting", "closed_at", "classification")
    return replace(
        minutes,
        facts=facts,
        attendance=(AttendanceGroup(text, (attendee,)),),
        excused=(attendee,),
        agenda=(AgendaItem(text, text, text, text, text),),
        records=(record, record),
        tasks=(Task(text, text, text, text),),
        signatures=(Signature(text, text, text),),
        distribution=(text,),
        annexes=(text,),
        version=text,
        **dict.fromkeys(named, text),
    )


@given(any_text)
def test_minutes_with_any_text_open_again(text: str) -> None:
    document = minutes_of(minutes_full_of(text)).reopened()
    shown = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert clean(text).replace("\t", " ").split() == [] or shown.strip()


@given(any_markdown)
def test_any_markdown_opens_again(text: str) -> None:
    stream = BytesIO()
    markdown_to_docx(text, stream)
    Document(BytesIO(stream.getvalue()))


@given(any_text)
def test_a_decision_keeps_every_character_that_xml_can_carry(text: str) -> None:
    record = ItemRecord("1", "Gegenstand", decisions=(DecisionBox("1", text),))
    written = minutes_of(replace(steering_minutes(), records=(record,)))
    expected = [line for line in clean(text).split("\n") if line]
    assert written.lines("DecisionText") == expected


def test_forbidden_characters_become_the_replacement_character() -> None:
    text = "a" + "".join(FORBIDDEN) + "z"
    assert clean(text) == "a" + "\ufffd" * len(FORBIDDEN) + "z"
    assert markdown_of("a\x0bz &#12;").lines() == ["a\ufffdz \ufffd"]


def test_line_ends_of_every_system_are_one_line_end() -> None:
    assert clean("a\r\nb\rc\nd") == "a\nb\nc\nd"


def test_emphasis_without_end_does_not_exhaust_the_stack() -> None:
    depth = 3000
    assert markdown_of("*a " * depth + "b*" * depth).lines()
