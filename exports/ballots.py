"""The ballots of a poll with a script of their own that counts them, as one ZIP; the same bytes for the same poll."""

import io
import zipfile
from pathlib import Path

from app.core.i18n import _

SCRIPT = Path(__file__).with_name("ballots_recount.py")
_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The earliest day that a ZIP can name: the file says nothing about when it was made."""


def bundle(name: str, ballots: bytes, sha256: str) -> bytes:
    """The ZIP: ballot file, script, and how to use them."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, content in {
            f"{name}.json": ballots,
            "nachzaehlen.py": SCRIPT.read_bytes(),
            "LIESMICH.txt": _read_me(name, sha256).encode(),
        }.items():
            archive.writestr(zipfile.ZipInfo(entry, _MOMENT), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _read_me(name: str, sha256: str) -> str:
    lines = [
        _("Zum Nachzählen genügt Python 3.9 oder neuer:"),
        f"    python3 nachzaehlen.py {name}.json",
        _("Es kommt das veröffentlichte Ergebnis heraus. Die Prüfsumme (SHA-256) der Datei ist"),
        f"    {sha256}",
        _("Dieselbe Zahl steht auf der Seite der Abstimmung."),
    ]
    return "\n".join([*lines, ""])
