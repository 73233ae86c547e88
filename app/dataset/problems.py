"""What can be wrong with a data file, and the one sentence that says so."""

from dataclasses import dataclass
from pathlib import Path

from app.core.errors import DomainError
from app.core.i18n import _

SHOWN = 60


class DataFileError(DomainError):
    """A file that cannot be loaded; `message` names the file, the place in it and the reason."""

    status = 422


@dataclass(frozen=True)
class Problem:
    """A place in the file, as `cases[0].stations[3].transition`, and what is wrong there: „steht …“, „fehlt …“."""

    path: str
    reason: str


def broken(file: Path, problem: Problem) -> DataFileError:
    """The sentence for a problem at a place in the file."""
    return DataFileError(
        _(
            "Die Datei „%(file)s“ kann nicht geladen werden: Bei %(path)s %(reason)s.",
            file=file,
            path=problem.path,
            reason=problem.reason,
        )
    )


def unreadable(file: Path, reason: str) -> DataFileError:
    """The sentence for a file that is wrong as a whole; `reason` is a clause without full stop."""
    return DataFileError(_("Die Datei „%(file)s“ kann nicht geladen werden: %(reason)s.", file=file, reason=reason))


def quoted(value: object) -> str:
    """A value from the file between German quotes, cut where it is long."""
    text = " ".join(str(value).split()).encode("utf-8", "backslashreplace").decode()
    return f"„{text[:SHOWN]}…“" if len(text) > SHOWN else f"„{text}“"


def dotted(steps: tuple[str | int, ...]) -> str:
    """A path as people read it: ("cases", 0, "title") → cases[0].title; the whole file is „(Anfang)“."""
    path = ""
    for step in steps:
        path += f"[{step}]" if isinstance(step, int) else f".{step}" if path else step
    return path.encode("utf-8", "backslashreplace").decode() or _("(Anfang)")
