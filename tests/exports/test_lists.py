"""A list to take away holds what the page holds for this reader, in files that programs open rightly and safely."""

import csv
import datetime as dt
import io
import json
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlmodel import col, select

from app.core.records import AuditEntry
from exports.sheets import Column, Listing, as_csv, as_json, as_xlsx
from knowledge.gaps.models import Gap
from tests.support.demo import Demo
from tests.support.time import computed

on_sqlite = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
LISTS = ("fehlstellen", "themen", "loesungen")
EVIL = ["=1+2", "+49 30", "-5", "@SUM(A1)", "\t=1", "\r=1", " =1+1", '=HYPERLINK("http://x")']


def a_listing(rows: list[tuple[Any, ...]]) -> Listing:
    columns = (Column("a", "Text"), Column("b", "Zahl"), Column("c", "Tag"))
    return Listing("Liste", columns, rows, [("Quelle", "=böse"), ("Einstufung", "Intern")])


def rows_of(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


@pytest.mark.parametrize("text", EVIL)
def test_no_text_becomes_a_formula(text: str) -> None:
    listing = a_listing([(text, 3, dt.date(2026, 11, 23))])
    sheet = load_workbook(io.BytesIO(as_xlsx(listing)))["Liste"]
    assert sheet["A2"].data_type == "s"
    assert rows_of(as_csv(listing))[0]["Text"] == f"'{text}"
    assert json.loads(as_json(listing))["rows"] == [{"a": text, "b": 3, "c": "2026-11-23"}]


@pytest.mark.parametrize("text", EVIL)
def test_no_heading_becomes_a_formula(text: str) -> None:
    listing = Listing(text, (Column("a", text),), [(f"{text}\ud800\ufffe\x0b",)], [(text, text)])
    sheet = load_workbook(io.BytesIO(as_xlsx(listing))).worksheets[0]
    assert sheet["A1"].data_type == "s"
    assert as_csv(listing).decode("utf-8-sig").lstrip('"').startswith("'")


@pytest.mark.parametrize("title", ["a/b: [c]*?\\", "x" * 80, "'", "", "\x00\ud800", "=1+1"])
def test_any_title_names_a_sheet(title: str) -> None:
    assert len(load_workbook(io.BytesIO(as_xlsx(Listing(title, (Column("a", "A"),), [], [])))).sheetnames) == 2


def test_the_sheet_has_real_dates_a_frozen_head_a_filter_and_says_where_it_comes_from() -> None:
    book = load_workbook(io.BytesIO(as_xlsx(a_listing([("Ü", 3, dt.date(2026, 11, 23)), ("B\x0b", None, None)]))))
    sheet = book["Liste"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:C3")
    assert sheet["C2"].value == dt.datetime(2026, 11, 23)  # noqa: DTZ001 - openpyxl gives it so
    assert sheet["C2"].number_format == "DD.MM.YYYY"
    assert sheet["A3"].value == "B "
    about = book["Über diese Liste"]
    assert [(row[0].value, row[1].value) for row in about.rows] == [("Quelle", "=böse"), ("Einstufung", "Intern")]
    assert about["B1"].data_type == "s"
    assert book.properties.language == "de-DE"


def test_csv_is_what_a_german_excel_opens() -> None:
    content = as_csv(a_listing([("Ü;„a“\nb", 3, dt.date(2026, 11, 23))]))
    assert content.decode("utf-8-sig").split("\r\n")[0] == "Text;Zahl;Tag"
    assert rows_of(content) == [{"Text": "Ü;„a“\nb", "Zahl": "3", "Tag": "23.11.2026"}]


def test_ten_thousand_rows_are_written_in_a_breath() -> None:
    rows = [(f"Fehlstelle {n} mit einem Titel", n, dt.date(2026, 1, 1)) for n in range(10_000)]
    assert computed(lambda: (as_xlsx(a_listing(rows)), as_csv(a_listing(rows)))) < 4


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("form", ["xlsx", "csv", "json"])
@on_sqlite
def test_every_list_comes_in_every_format(demo: Demo, name: str, form: str) -> None:
    answer = demo.client("p-marx").get(f"/export/{name}?format={form}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].endswith(f'.{form}"')
    assert len(answer.data) > 100


def keys(demo: Demo, person: str, address: str) -> list[str]:
    found = json.loads(demo.client(person).get(address).data)
    return [row["key"] for row in found["rows"]]


def test_a_list_holds_what_its_reader_may_see_as_filtered(demo: Demo) -> None:
    with demo.session() as session:
        everything = set(session.exec(select(Gap.key).where(col(Gap.merged_into_id).is_(None))))
        hidden = set(session.exec(select(Gap.key).where(col(Gap.visibility) == "coordination")))
    assert set(keys(demo, "p-albers", "/export/fehlstellen?format=json")) == everything
    assert not set(keys(demo, "p-fricke", "/export/fehlstellen?format=json")) & hidden
    filtered = keys(demo, "p-albers", "/export/fehlstellen?format=json&status=monitoring")
    with demo.session() as session:
        assert set(filtered) == set(session.exec(select(Gap.key).where(col(Gap.status) == "monitoring")))


@on_sqlite
def test_small_counts_are_suppressed_as_on_the_page(demo: Demo) -> None:
    found = json.loads(demo.client("p-marx").get("/export/fehlstellen?format=json").data)["rows"]
    assert all(isinstance(row["cases"], str) or row["cases"] >= 3 for row in found)
    assert any(row["cases"] == "weniger als 3 Fallrekonstruktionen" for row in found)
    exact = json.loads(demo.client("p-albers").get("/export/fehlstellen?format=json").data)["rows"]
    assert all(isinstance(row["cases"], int) for row in exact)


@on_sqlite
def test_hits_come_as_a_list(demo: Demo) -> None:
    demo.index_now()
    found = json.loads(demo.client("p-albers").get("/export/suche?format=json&q=Sprachkurs").data)
    assert found["rows"][0]["place"] == 1
    assert found["about"]["Filter"] == "q=Sprachkurs"


@on_sqlite
def test_a_taken_list_is_recorded_without_its_content(demo: Demo) -> None:
    demo.client("p-marx").get("/export/loesungen?format=csv&wirkung=ineffective")
    with demo.session() as session:
        entry = session.exec(select(AuditEntry).where(col(AuditEntry.action) == "list.exported")).one()
    facts = json.loads(entry.facts)
    assert (facts["list"], facts["format"]) == ("loesungen", "csv")
    assert isinstance(facts["rows"], int)


@on_sqlite
def test_an_unknown_format_is_refused(demo: Demo) -> None:
    assert demo.client("p-marx").get("/export/themen?format=exe").status_code == 422


@on_sqlite
@pytest.mark.parametrize("name", LISTS)
def test_a_list_costs_few_statements(demo: Demo, name: str) -> None:
    assert demo.statements("p-albers", f"/export/{name}?format=csv") < 16
