"""What is read of good files, and the reason that is given for each bad one, within seconds."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from knowledge.imports.readers.values import Found, Left, Unreadable
from knowledge.imports.reading import read
from tests.knowledge.imports import files

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


def first(path: Path) -> dict[str, str]:
    found = next(each for each in read(path, path.name) if isinstance(each, Found))
    return dict(found.given)


def test_a_word_document_is_read_with_heading_and_table(tmp_path: Path) -> None:
    found = first(files.docx(tmp_path / "alt.docx"))
    assert found["title"] == "Niederschrift vom 12.03.2019"
    assert found["text"].splitlines()[0] == "# Niederschrift vom 12.03.2019"
    assert "TOP 1 | Begrüßung" in found["text"]


def test_an_open_document_is_read_with_list_and_table(tmp_path: Path) -> None:
    found = first(files.odt(tmp_path / "alt.odt"))
    assert found == {
        "title": "Protokoll der Sitzung",
        "text": "# Protokoll der Sitzung\n\nErster Absatz\n\n- Punkt eins\n\nA | B",
    }


def test_a_pdf_is_read(tmp_path: Path) -> None:
    assert first(files.pdf(tmp_path / "a.pdf")) == {"title": "", "text": "Konzept Sprachmittlung"}


def test_text_in_the_old_german_encoding_is_read_rightly(tmp_path: Path) -> None:
    path = tmp_path / "alt.txt"
    path.write_bytes("# Übergänge\n\nGroße Lücken – „überall“".encode("cp1252"))
    assert first(path) == {"title": "Übergänge", "text": "# Übergänge\n\nGroße Lücken – „überall“"}


def test_a_table_with_formulas_gives_text_and_never_a_calculation(tmp_path: Path) -> None:
    rows: list[list[object]] = [["=1+2", "@cmd", "-5 Grad", "+49 30"], ["Text", 3.0, True, None]]
    path = files.xlsx(tmp_path / "a.xlsx", ["Titel", "A", "B", "C"], rows)
    found = [each.given for each in read(path, path.name) if isinstance(each, Found)]
    assert found == [
        {"A": "@cmd", "B": "-5 Grad", "C": "+49 30"},
        {"Titel": "Text", "A": "3", "B": "ja"},
    ]
    (tmp_path / "a.csv").write_text("Titel;Text\n=1+2;@cmd\n", encoding="utf-8")
    assert first(tmp_path / "a.csv") == {"Titel": "=1+2", "Text": "@cmd"}


def test_a_broken_line_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    path = files.jsonl(tmp_path / "a.jsonl", 30, broken=17)
    found = list(read(path, path.name))
    assert [each for each in found if isinstance(each, Left)] == [Left(17, "bad_json")]
    assert len(found) == 30


def test_fifty_thousand_rows_are_read_in_seconds(tmp_path: Path) -> None:
    rows: list[list[object]] = [[f"Thema {n}", f"Was dazu gesagt wurde, Nummer {n}"] for n in range(50_000)]
    path = files.xlsx(tmp_path / "a.xlsx", ["Titel", "Text"], rows)
    assert sum(1 for _each in read(path, path.name)) == 50_000


def written(content: bytes) -> Callable[[Path], Path]:
    def make(path: Path) -> Path:
        path.write_bytes(content)
        return path

    return make


BAD: dict[str, tuple[str, Callable[[Path], Path], str]] = {
    "empty file": ("a.docx", written(b""), "empty"),
    "renamed program": ("a.docx", written(b"MZ\x90\x00" + b"\x00" * 900), "not_what_it_says"),
    "program as text": ("a.txt", written(b"MZ\x90\x00" + b"\x00" * 900), "not_what_it_says"),
    "password on Word": ("a.docx", written(OLE), "encrypted"),
    "password on PDF": ("a.pdf", files.locked_pdf, "encrypted"),
    "no PDF": ("a.pdf", written(b"hello"), "not_what_it_says"),
    "broken PDF": ("a.pdf", written(b"%PDF-1.4\nnothing"), "broken"),
    "scan": ("a.pdf", files.empty_pdf, "scan"),
    "zip bomb": ("a.docx", files.docx_bomb, "bomb"),
    "zip of something else": ("a.docx", lambda path: files.zipped(path, hello_xml="<a/>"), "not_what_it_says"),
    "broken archive": ("a.docx", written(b"PK\x03\x04 and so on"), "broken"),
    "broken XML": ("a.docx", lambda path: files.zipped(path, word__document_xml="<a><b>"), "broken"),
    "entities": ("a.docx", files.docx_with_entities, "entities"),
    "macros": (
        "a.docx",
        lambda path: files.zipped(path, word__document_xml="<a/>", word__vbaProject_bin=b"x"),
        "macros",
    ),
    "header only": ("a.csv", written(b"Titel;Text\n"), "empty"),
    "blank": ("a.md", written(b" \n\n "), "empty"),
    "broken sheet": ("a.xlsx", lambda path: files.zipped(path, xl__workbook_xml="<a/>"), "broken"),
}


@pytest.mark.parametrize("name", list(BAD))
def test_a_bad_file_is_refused_with_its_reason(tmp_path: Path, name: str) -> None:
    file_name, make, code = BAD[name]
    path = make(tmp_path / file_name)
    with pytest.raises(Unreadable) as refused:
        list(read(path, path.name))
    assert refused.value.code == code


def test_a_file_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    path = files.pdf_bomb(tmp_path / "a.pdf")
    began = time.monotonic()
    with pytest.raises(Unreadable) as refused:
        list(read(path, path.name, seconds=2))
    assert refused.value.code in ("too_slow", "too_big", "broken")
    assert time.monotonic() - began < 10


def test_half_a_letter_spoils_its_line_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"title": "Eins"}\n{"title": "\\ud800"}\n{"title": "Drei"}\n', encoding="utf-8")
    assert list(read(path, path.name)) == [
        Found({"title": "Eins"}, 1),
        Left(2, "bad_letters"),
        Found({"title": "Drei"}, 3),
    ]


def test_further_sheets_are_not_read_in_silence(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["Titel"])
    book.active.append(["Eins"])
    book.create_sheet("Leer")
    book.save(tmp_path / "a.xlsx")
    assert list(read(tmp_path / "a.xlsx", "a.xlsx")) == [Found({"Titel": "Eins"}, 2)]
    book.create_sheet("Mehr").append(["Text"])
    book.save(tmp_path / "a.xlsx")
    assert list(read(tmp_path / "a.xlsx", "a.xlsx")) == [Found({"Titel": "Eins"}, 2), Left(0, "more_sheets")]
