"""Who may read, write, sign and object to minutes. Pure predicates."""

from dataclasses import dataclass

from app.core.permissions import VOTING, Actor, Verdict, all_of, allowed_if, shown_if
from meetings.bodies.policy import BodyAccess, holds_office, is_chair, is_member, runs_meetings_of

DRAFTS = ("drafting", "internal_review")
CIRCULATED = "circulated"
SIGNED = ("signed", "noted", "approved")


@dataclass(frozen=True)
class MinutesAccess:
    """What the predicates need to know of minutes; `public` means that the body publishes them once signed."""

    body: BodyAccess
    state: str
    minute_taker_id: int | None = None
    public: bool = False


def _writes(actor: Actor, minutes: MinutesAccess) -> bool:
    """The named minute-taker, the office, and whoever keeps minutes for the coordination or as a member."""
    keeps = actor.has_role("minutes") and (actor.has_role("coordination") or is_member(actor, minutes.body))
    return actor.person_id == minutes.minute_taker_id or holds_office(actor, minutes.body) or keeps


def may_read_minutes(actor: Actor, minutes: MinutesAccess) -> Verdict:
    """Drafts: those who write and lead. From circulation on: the body. The coordination always."""
    if actor.has_role("coordination") or _writes(actor, minutes) or is_chair(actor, minutes.body):
        return shown_if(True)
    if minutes.state in DRAFTS:
        return shown_if(False)
    return shown_if(is_member(actor, minutes.body) or (minutes.public and minutes.state in SIGNED))


def may_write_minutes(actor: Actor, minutes: MinutesAccess) -> Verdict:
    """The minute-taker and the office until they are circulated; nobody instructs them, not even the chair."""
    return all_of(
        may_read_minutes(actor, minutes),
        allowed_if(_writes(actor, minutes), "Die Niederschrift schreibt die Schriftführung."),
        allowed_if(minutes.state in DRAFTS, "Die Niederschrift ist versandt; Änderungen sind jetzt Berichtigungen."),
    )


def may_sign_minutes(actor: Actor, minutes: MinutesAccess) -> Verdict:
    """The chair and the minute-taker, each for themselves (VwVfG § 93)."""
    return all_of(
        may_read_minutes(actor, minutes),
        allowed_if(
            is_chair(actor, minutes.body) or actor.person_id == minutes.minute_taker_id,
            "Die Niederschrift unterzeichnen Vorsitz und Schriftführung.",
        ),
        allowed_if(minutes.state == CIRCULATED, "Unterzeichnet wird die versandte Niederschrift."),
    )


def may_object(actor: Actor, minutes: MinutesAccess) -> Verdict:
    """Members with a vote, while the circulated minutes are open to objections."""
    return all_of(
        may_read_minutes(actor, minutes),
        allowed_if(actor.holds_seat(minutes.body.body_id, VOTING), "Einwendungen erheben stimmberechtigte Mitglieder."),
        allowed_if(minutes.state == CIRCULATED, "Die Frist für Einwendungen läuft nicht."),
    )


def may_circulate_minutes(actor: Actor, minutes: MinutesAccess) -> Verdict:
    """Chair and office send the draft to the members."""
    return all_of(
        may_read_minutes(actor, minutes),
        allowed_if(runs_meetings_of(actor, minutes.body), "Den Entwurf versenden Vorsitz und Geschäftsstelle."),
        allowed_if(minutes.state in DRAFTS, "Die Niederschrift ist bereits versandt."),
    )
