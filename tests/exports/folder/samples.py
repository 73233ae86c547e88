"""A plan of a folder, and the attachments in it."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

from exports.folder.plan import Enclosure, FolderItem, FolderPaper, FolderPlan, Text

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
PDF = "application/pdf"


def enclosure(folder: Path, id_: int, name: str, content: bytes, media: str = PDF) -> Enclosure:
    """A file on the disk as an attachment."""
    (folder / f"stored-{id_}").write_bytes(content)
    return Enclosure(id_, name, media, len(content), hashlib.sha256(content).hexdigest(), f"stored-{id_}")


def paper(id_: int, *enclosures: Enclosure) -> FolderPaper:
    """A paper with a text of every kind."""
    texts = (
        Text("Ausgangslage", "Die **Lücke** beim Wechsel.\n\n- eins\n- zwei"),
        Text("Beschlussvorschlag", "Es gilt eine Frist."),
    )
    return FolderPaper(
        id_,
        1,
        f"LG-V-2026-{id_:02d}",
        "Gemeinsame Frist",
        "Beschlussvorlage",
        (("Vorgelegt von", "Jobcenter"),),
        texts,
        enclosures,
    )


def plan(*items: FolderItem) -> FolderPlan:
    """A folder of these items."""
    return FolderPlan(
        "LG-09",
        "Kreis Sonderau",
        "9. Sitzung",
        "Donnerstag, 10. Dezember 2026",
        (("Vorsitz", "Wiebke Harms"),),
        "intern",
        items,
        NOW,
    )
