"""Stamps: which state of its sources a made thing was made from, so that a second set-up has nothing to do.

A stamp is a small JSON file inside the folder that it describes; whoever removes the folder removes the stamp.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from tools.places import SetUpError


def fingerprint(files: Iterable[Path], *facts: str) -> str:
    """One hash over the contents of the files, in their order, and over further facts; no dates, no names.

    SetUpError if a file is missing.
    """
    digest = hashlib.sha256()
    for content in [*map(_content, files), *(fact.encode() for fact in facts)]:
        digest.update(hashlib.sha256(content).digest())
    return digest.hexdigest()


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        raise SetUpError(f"{file} is missing; it belongs to the project and comes with its clone.") from None


class Stamp:
    """What is known to be up to date in one folder: names of parts and the fingerprints that they were made from."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> dict[str, str]:
        """All fingerprints, none if the stamp is missing or unreadable."""
        try:
            known = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return {str(part): str(value) for part, value in known.items()} if isinstance(known, dict) else {}

    def holds(self, part: str, value: str) -> bool:
        """Whether the part was made from exactly this state."""
        return self.read().get(part) == value

    def write(self, **parts: str) -> None:
        """Replace the stamp by these parts."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(json.dumps(parts, indent=1, sort_keys=True) + "\n", encoding="utf-8")
