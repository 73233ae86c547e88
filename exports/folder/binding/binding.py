"""Our own pages and cleaned attachments as one file, with bookmarks and a number at the foot of every page."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject

from exports.folder.binding.stamping import font, stamp

FIRST_PAGE = 0


def bind(order: Mapping[str, Any]) -> int:
    """Carry out an order; how many pages the file has.

    `own` is our file with named places, `target` the new one. `inserts` are attachments in their order: {`before`: the
    name of the place before whose page it goes, or none for the end; `path`, `words`}. `outline` is a list of {`title`,
    `place` | `insert`, `children`}. `foot` has places for `page` and `pages`.
    """
    writer = PdfWriter(clone_from=str(order["own"]))
    places = _places(Path(order["own"]))
    own = len(writer.pages)
    inserts: Sequence[Mapping[str, Any]] = order["inserts"]
    starts, shifts = _put_in(writer, inserts, places, own)
    typeface = font(writer) if inserts else None
    total = len(writer.pages)
    for insert, first in zip(inserts, starts, strict=True):
        for page in range(first, first + int(insert["pages"])):
            words = str(order["foot"]).format(page=page + 1, pages=total)
            stamp(writer, writer.pages[page], f"{insert['words']} · {words}", typeface)
    _bookmark(writer, order["outline"], {name: page + shifts[page] for name, page in places.items()}, starts)
    with Path(order["target"]).open("wb") as file:
        writer.write(file)
    return total


def _places(own: Path) -> dict[str, int]:
    reader = PdfReader(own)
    numbers = {name: reader.get_destination_page_number(place) for name, place in reader.named_destinations.items()}
    return {name: number for name, number in numbers.items() if number is not None}


def _put_in(
    writer: PdfWriter, inserts: Sequence[Mapping[str, Any]], places: Mapping[str, int], own: int
) -> tuple[list[int], list[int]]:
    """Put the attachments in; where each begins, and by how much each of our own pages has moved."""
    starts: list[int] = []
    shifts = [0] * own
    added = 0
    for insert in inserts:
        at = places[insert["before"]] if insert["before"] else own
        first = at + added
        for number, page in enumerate(PdfReader(insert["path"]).pages):
            writer.insert_page(page, first + number)
        starts.append(first)
        added += int(insert["pages"])
        shifts[at:] = [added] * (own - at)
    return starts, shifts


def _bookmark(
    writer: PdfWriter, entries: Sequence[Mapping[str, Any]], places: Mapping[str, int], starts: Sequence[int]
) -> None:
    """Our bookmarks in place of those that the headings gave."""
    writer.root_object.pop(NameObject("/Outlines"), None)
    _add_entries(writer, entries, None, places, starts)


def _add_entries(
    writer: PdfWriter,
    entries: Sequence[Mapping[str, Any]],
    parent: Any,
    places: Mapping[str, int],
    starts: Sequence[int],
) -> None:
    for entry in entries:
        page = (
            starts[entry["insert"]]
            if entry.get("insert") is not None
            else places.get(entry.get("place") or "", FIRST_PAGE)
        )
        made = writer.add_outline_item(
            title=str(entry["title"]), page_number=page, parent=parent, is_open=parent is None
        )
        _add_entries(writer, entry.get("children", ()), made, places, starts)
