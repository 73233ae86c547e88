"""An attachment as plain pages: what stands on them stays, what acts, opens or runs does not."""

from pathlib import Path
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject

KEPT = {
    "/Type",
    "/Parent",
    "/MediaBox",
    "/CropBox",
    "/Resources",
    "/Contents",
    "/Rotate",
    "/Annots",
    "/Group",
    "/UserUnit",
}
SHOWN = {
    *("/Link", "/Text", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine"),
    *("/Highlight", "/Underline", "/Squiggly", "/StrikeOut", "/Stamp", "/Caret", "/Ink", "/Widget"),
}
SCHEMES = ("http://", "https://", "mailto:")
LARGEST_SIDE = 14_400.0
"""A page may be 200 inches long, in points; what claims more is not a page."""


class Unbindable(ValueError):
    """A file whose pages cannot be put into a folder; the code says why."""


def clean(source: Path, target: Path, most: int) -> int:
    """Write the file's pages anew; how many there are. Unbindable with encrypted, broken or too_long."""
    reader = PdfReader(source, strict=False)
    if reader.is_encrypted:
        raise Unbindable("encrypted")
    number = len(reader.pages)
    if not number:
        raise Unbindable("broken")
    if number > most:
        raise Unbindable("too_long")
    writer = PdfWriter()
    for page in reader.pages:
        _strip(page)
        writer.add_page(page)
    with target.open("wb") as file:
        writer.write(file)
    return number


def _strip(page: Any) -> None:
    for name in [name for name in page if name not in KEPT]:
        del page[name]
    if not all(0 < float(side) <= LARGEST_SIDE for side in (page.mediabox.width, page.mediabox.height)):
        raise Unbindable("broken")
    if "/Annots" in page:
        page[NameObject("/Annots")] = ArrayObject(_plain_notes(page["/Annots"].get_object()))


def _plain_notes(notes: Any) -> list[DictionaryObject]:
    """Notes and links to web pages as they look; nothing that leads to other pages or files, plays or runs."""
    found = []
    for each in notes if isinstance(notes, list) else ():
        note = each.get_object()
        if not isinstance(note, DictionaryObject) or note.get("/Subtype") not in SHOWN:
            continue
        action = note.get("/A")
        address = _address(action.get_object() if action is not None else None)
        if note.get("/Subtype") == "/Link" and not address:
            continue
        leading = ("/A", "/AA", "/PA", "/Dest", "/Parent", "/Popup", "/IRT", "/P", "/StructParent", "/Kids")
        plain = DictionaryObject({name: value for name, value in note.items() if name not in leading})
        if address:
            plain[NameObject("/A")] = action
        found.append(plain)
    return found


def _address(action: Any) -> bool:
    """Whether the action opens a web page or a mail, and nothing after it."""
    if not isinstance(action, DictionaryObject) or action.get("/S") != "/URI" or "/Next" in action:
        return False
    return str(action.get("/URI", "")).lower().startswith(SCHEMES)
