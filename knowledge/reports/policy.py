"""Who may do what with reports. Pure predicates; who may read one is decided where gaps are (`may_read_report`)."""

from typing import Protocol

from app.core.permissions import Actor, Verdict, allowed_if, shown_if
from knowledge.gaps import policy as gaps

_COORDINATION_ONLY = "Das ist Aufgabe der Koordination."

may_report = gaps.may_report_gap


class Followed(Protocol):
    """A report as the holder of its link meets it."""

    @property
    def state(self) -> str:
        """Its state."""
        ...


def may_see_reports(actor: Actor) -> Verdict:
    """The coordination sees all, everybody else their own; who may not report has none."""
    return gaps.may_report_gap(actor)


def may_read_report(actor: Actor, report: gaps.Reported) -> Verdict:
    """The coordination and whoever filed it; for everybody else it does not exist."""
    return gaps.may_read_report(actor, report)


def may_judge_report(actor: Actor, report: gaps.Reported) -> Verdict:
    """Link, decline, reply, decide marked passages, erase: the coordination; hidden from everybody else."""
    del report
    return shown_if(actor.has_role("coordination"))


def may_judge_reports(actor: Actor) -> Verdict:
    """The coordination's part of this room as a whole."""
    return allowed_if(actor.has_role("coordination"), _COORDINATION_ONLY)


def may_answer(report: Followed) -> Verdict:
    """Whoever holds the link or filed the report answers, until it is withdrawn."""
    return allowed_if(report.state != "withdrawn", "Die Meldung ist zurückgezogen. Zu ihr kann nichts mehr folgen.")


def may_follow_own(actor: Actor, report: gaps.Reported) -> Verdict:
    """Answer and withdraw without the link: whoever filed it with their account."""
    return shown_if(report.reporter_id is not None and report.reporter_id == actor.person_id)
