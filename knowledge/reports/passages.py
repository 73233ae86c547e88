"""The privacy check of one report: which names it looks for, what it marks, and what a person has decided."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from knowledge.privacy.rules import Hit, Piece, check, marked, undecided
from knowledge.reports.models import Report, ReportHit

TEXTS = ("happened", "wish")


@dataclass(frozen=True)
class Checked:
    """A text cut at its marked passages, the different passages, and what was decided about each (by its key)."""

    pieces: tuple[Piece, ...]
    hits: tuple[Hit, ...]
    verdicts: Mapping[str, str]

    @property
    def open(self) -> tuple[Hit, ...]:
        """Passages that nobody has decided yet, each once."""
        return undecided(self.hits, self.verdicts)


def hits_of(report: Report, names: frozenset[str], *texts: str) -> list[Hit]:
    """What the check marks in the report's texts."""
    return [hit for text in texts or TEXTS for hit in check(getattr(report, text), names)]


def checked(text: str, names: frozenset[str], verdicts: Mapping[str, str] | None = None) -> Checked:
    """One text as a page shows it; every passage is listed once, however often it stands there."""
    hits = check(text, names)
    different = tuple({hit.key: hit for hit in hits}.values())
    return Checked(marked(text, hits), different, verdicts or {})


def decisions(session: Session, report: Report) -> dict[str, str]:
    """What was decided about the report's passages."""
    rows = session.exec(select(ReportHit).where(col(ReportHit.report_id) == report.id))
    return {row.hit: row.verdict.value for row in rows}


def fingerprint(hits: list[Hit]) -> str:
    """Names a set of passages, so that a confirmation holds only for the passages that were shown."""
    return "-".join(sorted({hit.key[:8] for hit in hits}))[:400]
