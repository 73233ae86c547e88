"""Codebooks of other programs: what we write we can read, foreign ones are taken in, nothing else is."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import col, select

from app.core.errors import InvalidInput
from exports.refi_qda import Code, codebook_file
from knowledge.coding.codebook_file import MOST_CODES, nearest_colour, read_codebook
from knowledge.coding.models import Category
from knowledge.coding.states import Colour
from tests.knowledge.coding.coded import category
from tests.support.demo import Demo, post

HEAD = '<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>'
ONE = '<Code guid="{%s}" name="%s" isCodable="true" color="#FF0000">%s</Code>'
FOREIGN = (
    HEAD
    + ONE % ("0A0A0A0A-0000-4000-8000-000000000001", "Oben", "<Description>Was oben meint</Description>")
    + "</Codes></CodeBook>"
)
ADDRESS = "/kategorien/uebernehmen"


def sent(demo: Demo, content: bytes | str, person: str = "p-albers") -> object:
    raw = content.encode() if isinstance(content, str) else content
    return post(demo.client(person), ADDRESS, {"file": (io.BytesIO(raw), "buch.qdc")})


def test_a_foreign_codebook_is_read() -> None:
    (code,) = read_codebook(FOREIGN.encode())
    assert (code.guid, code.name, code.description) == (
        "0a0a0a0a-0000-4000-8000-000000000001",
        "Oben",
        "Was oben meint",
    )
    assert code.colour == Colour.RED


def guid(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"


@given(st.lists(st.text(alphabet="abcäöü &<>\"'", min_size=1, max_size=20).filter(str.strip), min_size=1, max_size=6))
def test_what_we_write_we_read(names: list[str]) -> None:
    children = tuple(Code(guid(number), name, name) for number, name in enumerate(names, 2))
    read = read_codebook(codebook_file([Code(guid(1), "Oben", "Definition", "#1F5FBF", children=children)]))
    assert [code.name for code in read] == ["Oben", *(" ".join(name.split()) for name in names)]
    assert [code.parent_guid for code in read] == ["", *[guid(1)] * len(names)]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"kein XML",
        b"<CodeBook/>",
        (HEAD + "</Codes></CodeBook>").encode(),
        (HEAD + '<Code guid="x" name="a" isCodable="true"/></Codes></CodeBook>').encode(),
        (HEAD + ONE % (guid(1), "", "") + "</Codes></CodeBook>").encode(),
        (HEAD + 2 * (ONE % (guid(1), "a", "")) + "</Codes></CodeBook>").encode(),
        b'<!DOCTYPE a [<!ENTITY b "c">]>' + FOREIGN.encode(),
        (HEAD + "".join(ONE % (guid(n), "a", "") for n in range(MOST_CODES + 1)) + "</Codes></CodeBook>").encode(),
        b" " * 2_000_001,
    ],
)
def test_anything_else_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(InvalidInput):
        read_codebook(content)


def test_colours_become_the_nearest_of_ours() -> None:
    assert nearest_colour("#00FF00") == Colour.GREEN
    assert nearest_colour("#888888") == Colour.GREY
    assert nearest_colour("rot") == Colour.BLUE


@pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
def test_a_codebook_goes_out_and_comes_in_again_unchanged(demo: Demo) -> None:
    top = category(demo)
    category(demo, "Warten auf Termin", parent_key=top.key)
    ours = demo.client("p-albers").get("/kategorien/export.qdc").data
    assert sent(demo, ours).status_code == 303  # type: ignore[attr-defined]
    assert sent(demo, FOREIGN).status_code == 303  # type: ignore[attr-defined]
    assert sent(demo, FOREIGN).status_code == 303  # type: ignore[attr-defined]
    with demo.session() as session:
        assert [each.name for each in session.exec(select(Category).order_by(col(Category.key))).all()] == [
            "Warten auf Bescheid",
            "Warten auf Termin",
            "Oben",
        ]


@pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
def test_a_name_in_a_foreign_codebook_is_asked_about_and_only_editors_take_it_in(demo: Demo) -> None:
    named = FOREIGN.replace("Was oben meint", "Frau Yilmaz wartet")
    answer = sent(demo, named)
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert "lässt niemanden erkennen" in answer.get_data(as_text=True)  # type: ignore[attr-defined]
    assert sent(demo, "kein XML").status_code == 422  # type: ignore[attr-defined]
    assert demo.client("p-terhorst").get(ADDRESS).status_code == 403
    assert demo.client("p-brandes").get(ADDRESS).status_code == 404
