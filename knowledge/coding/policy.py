"""Who may code a case, look at others' codings, keep the codebook. Pure predicates.

Codings quote a case, so the case team alone sees them, and only while the case is there.
"""

from dataclasses import dataclass

from app.core.permissions import Actor, Verdict, all_of, allowed_if, shown_if
from knowledge.cases.policy import CaseAccess, may_write_finding
from knowledge.cases.rules import GONE

_CODERS = ("coordination", "moderator", "casemgmt")
CHECKED = frozenset({"checked", "released", "closed"})
"""States of a case whose pseudonymisation a second person has checked."""


@dataclass(frozen=True)
class CodingFacts:
    """What the predicates need to know of a coding."""

    coder_id: int
    round_open: bool
    hidden: bool
    removed: bool = False


def may_code_case(actor: Actor, case: CaseAccess) -> Verdict:
    """Case giver, moderator and coordination, like findings; not any more once the case is withdrawn or erased."""
    return all_of(may_write_finding(actor, case), shown_if(case.state not in GONE))


def may_see_coding(actor: Actor, coding: CodingFacts) -> Verdict:
    """One's own always; others' unless their round is open and blind. The caller has asked about the case."""
    return shown_if(coding.coder_id == actor.person_id or not coding.hidden)


def may_change_coding(actor: Actor, coding: CodingFacts) -> Verdict:
    """One's own, while its round is open; afterwards a second person confirms or changes."""
    return all_of(
        may_see_coding(actor, coding),
        allowed_if(coding.coder_id == actor.person_id, "Ändern und entfernen kann eine Kodierung nur, wer sie machte."),
        allowed_if(coding.round_open, "Diese Runde ist abgeschlossen. Neue Kodierungen gehören in eine neue Runde."),
    )


def may_review_coding(actor: Actor, coding: CodingFacts) -> Verdict:
    """A second person, never the one who coded."""
    return all_of(
        may_see_coding(actor, coding),
        shown_if(not coding.removed),
        allowed_if(coding.coder_id != actor.person_id, "Die eigene Kodierung bestätigt eine zweite Person."),
    )


def may_steer_rounds(actor: Actor, case: CaseAccess) -> Verdict:
    """Open, blind and close a round: moderation and coordination."""
    return all_of(
        may_code_case(actor, case),
        allowed_if(actor.has_role("coordination", "moderator"), "Runden führen Moderation und Koordination."),
    )


def may_read_codebook(actor: Actor) -> Verdict:
    """Those who code: coordination, moderation, case management. An administrator has no case rights (DP-14)."""
    return shown_if(actor.has_role(*_CODERS) and not actor.has_role("admin"))


def may_edit_codebook(actor: Actor) -> Verdict:
    """Create, change, merge and retire categories: coordination and moderation."""
    return all_of(
        may_read_codebook(actor),
        allowed_if(
            actor.has_role("coordination", "moderator"), "Das Kategorienbuch führen Koordination und Moderation."
        ),
    )


def may_export_codings(actor: Actor, case: CaseAccess) -> Verdict:
    """Take a case's texts and codings to another program: the case team, once a second person has checked the case."""
    return all_of(
        may_code_case(actor, case),
        allowed_if(case.state in CHECKED, "Der Fall ist noch ein Entwurf; mitgenommen wird er erst nach der Prüfung."),
    )
