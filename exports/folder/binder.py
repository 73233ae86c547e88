"""Starts, limits and ends the process that reads attachments and binds the folder."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.core.apart import ask

PROGRAM = "exports.folder.binding"
CLEANING_SECONDS, BINDING_SECONDS = 90.0, 400.0
"""How long one attachment, and the whole, may take on the wall's clock; the limits of CPU time come first."""


class CannotBind(RuntimeError):
    """The whole could not be put together; the code says why."""


@dataclass(frozen=True)
class Cleaned:
    """What came of an attachment: so many pages that lie at `path`, or why there are none."""

    pages: int = 0
    problem: str | None = None
    path: Path | None = None


def cleaned(source: Path, target: Path, most: int) -> Cleaned:
    """The pages of a PDF, at most so many, written anew to `target`."""
    said = ask(PROGRAM, ["clean", str(source), str(target), str(most)], CLEANING_SECONDS)
    if "pages" in said:
        return Cleaned(int(said["pages"]), None, target)
    target.unlink(missing_ok=True)
    return Cleaned(problem=str(said["problem"]))


def bound(order: Mapping[str, Any], scratch: Path) -> int:
    """Carry out a binding order (see `binding.binding`); how many pages there are. CannotBind if it does not go."""
    paper = scratch / "order.json"
    paper.write_text(json.dumps(order))
    said = ask(PROGRAM, ["bind", str(paper)], BINDING_SECONDS)
    if "pages" not in said:
        raise CannotBind(said["problem"])
    return int(said["pages"])
