"""One row, one text: sheets, CSV and JSON lines. Whatever stands in a cell is text; nothing is ever calculated."""

import csv
import datetime as dt
import io
import json
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from knowledge.imports.readers.decoding import decoded
from knowledge.imports.readers.packed import unpacked
from knowledge.imports.readers.values import Found, Left, Unreadable

MOST_ROWS = 200_000
MOST_COLUMNS = 100
LONGEST_LINE = 10 * 1024 * 1024


def read_xlsx(path: Path) -> Iterator[Found | Left]:
    """The first sheet that holds something, and a note if others do; of formulas the value saved with them, if any."""
    unpacked(path, "xl/workbook.xml").close()
    try:
        with path.open("rb") as file:  # openpyxl would judge a path by its suffix, and uploads have none
            book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            sheets = (rows for sheet in book.worksheets if (rows := _with_rows(sheet)))
            yield from _rows(next(sheets, iter(())))
            if next(sheets, None):
                yield Left(0, "more_sheets")
    except DefusedXmlException:
        raise Unreadable("entities") from None
    except (ParseError, InvalidFileException, KeyError, ValueError, TypeError, AttributeError, OSError):
        raise Unreadable("broken") from None


def _with_rows(sheet: Any) -> Iterator[tuple[int, list[str]]] | None:
    """The rows of a sheet, None if there are none."""
    rows = _cells(sheet)
    first = next(rows, None)
    return None if first is None else chain([first], rows)


def _cells(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    for number, row in enumerate(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS), 1):
        cells = [_as_text(value) for value in row]
        if any(cells):
            yield number, cells


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def read_csv(path: Path) -> Iterator[Found | Left]:
    """A table in plain text, separated by semicolons, commas or tabs."""
    text = decoded(path.read_bytes())
    csv.field_size_limit(LONGEST_LINE)
    head = text[: text.find("\n")] if "\n" in text else text
    separator = max(";,\t|", key=head.count)
    try:
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        yield from _rows((number, [cell.strip() for cell in row]) for number, row in enumerate(lines, 1) if any(row))
    except csv.Error:
        raise Unreadable("broken") from None


def _rows(rows: Iterable[tuple[int, list[str]]]) -> Iterator[Found | Left]:
    """The first row names the columns; the others are texts."""
    numbered = iter(rows)
    _number, names = next(numbered, (0, []))
    if not names:
        raise Unreadable("empty")
    columns = _column_names(names)
    read = 0
    for number, cells in numbered:
        read += 1
        if read > MOST_ROWS:
            raise Unreadable("too_many_rows")
        yield Found({column: cell for column, cell in zip(columns, cells, strict=False) if cell}, number)
    if not read:
        raise Unreadable("empty")


def _column_names(cells: list[str]) -> list[str]:
    names: list[str] = []
    for number, cell in enumerate(cells[:MOST_COLUMNS], 1):
        name = " ".join(cell.split())[:80] or f"Spalte {number}"
        names.append(name if name not in names else f"{name} ({number})")
    return names


def read_jsonl(path: Path) -> Iterator[Found | Left]:
    """One JSON object a line; a line that is none is left out and named."""
    read = 0
    with path.open("rb") as file:
        for number, line in enumerate(iter(lambda: file.readline(LONGEST_LINE), b""), 1):
            if line.strip():
                read += 1
                yield _object(line, number)
    if not read:
        raise Unreadable("empty")


def _object(line: bytes, number: int) -> Found | Left:
    try:
        value = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return Left(number, "bad_json")
    if not isinstance(value, dict):
        return Left(number, "no_object")
    return Found({str(name)[:80]: _flat(each) for name, each in value.items() if each is not None}, number)


def _flat(value: object) -> str:
    if isinstance(value, str):
        return value.replace("\x00", "")
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return "\n".join(value)
    return json.dumps(value, ensure_ascii=False)
