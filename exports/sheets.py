"""Lists as files: a sheet for Excel, CSV that a German Excel opens rightly, JSON. Knows no feature and no database.

Texts stay texts: nothing that somebody typed can become a formula, neither in Excel nor in CSV.
"""

import csv
import datetime as dt
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from exports.docx.xml import clean

Value = str | int | dt.date | None
FORMATS = ("xlsx", "csv", "json")
MIME = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NARROWEST, _WIDEST, _MEASURED = 8, 60, 200
_FORBIDDEN = {code: " " for code in range(32) if chr(code) not in "\t\n\r"}
_FORBIDDEN_IN_NAMES = str.maketrans("[]:*?/\\\n\t\r", "()-" + " " * 7)
LONGEST_NAME = 31
LONGEST_CELL = 32_767
"""What Excel takes into one cell."""


@dataclass(frozen=True)
class Column:
    """A column: its name in JSON, and what people read above it."""

    key: str
    title: str


@dataclass(frozen=True)
class Listing:
    """A list with its heading and what is said about it: source, day, filter, classification."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    about: Sequence[tuple[str, str]]
    language: str = "de-DE"


def as_xlsx(listing: Listing) -> bytes:
    """A workbook: the list with a frozen head and a filter, and a sheet that says where it comes from."""
    book = Workbook(write_only=True)
    book.properties.title, book.properties.language = _clean(listing.title), listing.language
    book.properties.creator = "Lückenlos"
    sheet = book.create_sheet(_sheet_name(listing.title))
    sheet.freeze_panes = "A2"
    last = get_column_letter(len(listing.columns))
    sheet.auto_filter.ref = f"A1:{last}{len(listing.rows) + 1}"
    sheet.print_title_rows = "1:1"
    for place, width in enumerate(_widths(listing), 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.append([_heading(sheet, column.title) for column in listing.columns])
    for row in listing.rows:
        sheet.append([_cell(sheet, value) for value in row])
    _about(book, listing)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _about(book: Any, listing: Listing) -> None:
    sheet = book.create_sheet("Über diese Liste" if listing.language.startswith("de") else "About this list")
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 24, 90
    for name, value in listing.about:
        sheet.append([_heading(sheet, name), _cell(sheet, value)])


def _sheet_name(title: str) -> str:
    """A name that Excel takes: at most 31 letters, none of those that formulas use."""
    return _clean(title).translate(_FORBIDDEN_IN_NAMES).strip("'")[:LONGEST_NAME] or "1"


def _heading(sheet: Any, text: str) -> Any:
    cell = _as_text(sheet, text)
    cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    return cell


def _cell(sheet: Any, value: Value) -> Any:
    """A value as openpyxl takes it; a text that looks like a formula is marked as text."""
    if isinstance(value, dt.date):
        cell = WriteOnlyCell(sheet, value)  # type: ignore[arg-type]
        cell.number_format = "DD.MM.YYYY"
        return cell
    if not isinstance(value, str):
        return value
    return _as_text(sheet, value) if value.startswith("=") else _clean(value)[:LONGEST_CELL]


def _as_text(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, _clean(text)[:LONGEST_CELL])
    cell.data_type = "s"
    return cell


def _clean(text: str) -> str:
    """The text without what XML cannot carry."""
    return clean(text.translate(_FORBIDDEN))


def _widths(listing: Listing) -> list[int]:
    """Wide enough for the first two hundred rows, within limits."""
    columns = zip(*([[column.title for column in listing.columns], *listing.rows[:_MEASURED]]), strict=True)
    longest = (max(len(_written(value)) for value in values) for values in columns)
    return [min(max(width + 2, _NARROWEST), _WIDEST) for width in longest]


def as_csv(listing: Listing) -> bytes:
    """UTF-8 with its mark, semicolons, CRLF: what a German Excel opens by a double click."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow([defused(column.title) for column in listing.columns])
    writer.writerows(
        [defused(_written(value)) if isinstance(value, str) else _written(value) for value in row]
        for row in listing.rows
    )
    return stream.getvalue().encode("utf-8-sig", "replace")


def defused(text: str) -> str:
    """A text that no spreadsheet takes for a formula: one that begins like one gets an apostrophe in front."""
    return f"'{text}" if text.lstrip(" ").startswith(_STARTS_A_FORMULA) else text


def as_json(listing: Listing) -> bytes:
    """The list with what is said about it; days as YYYY-MM-DD."""
    keys = [column.key for column in listing.columns]
    rows = [{key: _plain(value) for key, value in zip(keys, row, strict=True)} for row in listing.rows]
    found = {"title": listing.title, "about": dict(listing.about), "rows": rows}
    return json.dumps(found, ensure_ascii=False, indent=1).encode(errors="replace")


def _plain(value: Value) -> str | int | None:
    return value.isoformat() if isinstance(value, dt.date) else value


def _written(value: Value) -> str:
    if value is None:
        return ""
    return value.strftime("%d.%m.%Y") if isinstance(value, dt.date) else str(value)


def written(listing: Listing, form: str) -> bytes:
    """The list in one of `FORMATS`."""
    return {"xlsx": as_xlsx, "csv": as_csv, "json": as_json}[form](listing)


def joined(words: Iterable[str]) -> str:
    """Several words in one cell."""
    return ", ".join(words)
