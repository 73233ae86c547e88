"""Who may read, write, sign and object to minutes. Pure predicates."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from app.core.permissions import VOTING, Actor, Verdict, all_of, allowed_if, shown_if
from meetings.bodies.policy import BodyAccess, holds_office, is_chair, is_member, runs_meetings_of
from meetings.decisions.policy import DecisionAccess, may_read_decision

DRAFTS = ("drafting", "internal_review")
CIRCULATED = "circulated"
SIGNED = ("signed", "noted", "approved")


@dataclass(frozen=True)
class MinutesAccess:
    """What the predicates need to know of minutes.

    `public`: the body publishes their public version once they are signed. `objections_open`: the period has not ended.
    """

    body: BodyAccess
    state: str
    minute_taker_id: int | None = None
    public: bool = False
    objections_open: bool = True


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
    return shown_if(is_member(actor, minutes.body))


def may_read_public_version(actor: Actor, minutes: MinutesAccess) -> Verdict:
    """Those who read the minutes may look at it beforehand; everybody else once they are signed and published."""
    published = minutes.public and minutes.state in SIGNED
    return shown_if(published or bool(may_read_minutes(actor, minutes)))


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
    """Members with a vote, from circulation until the period ends or the body adopted the minutes."""
    return all_of(
        may_read_minutes(actor, minutes),
        allowed_if(actor.holds_seat(minutes.body.body_id, VOTING), "Einwendungen erheben stimmberechtigte Mitglieder."),
        allowed_if(
            minutes.state in (CIRCULATED, "signed") and minutes.objections_open,
            "Die Frist für Einwendungen läuft nicht.",
        ),
    )


def may_circulate_minutes(actor: Actor, minutes: MinutesAccess) -> Verdict:
    """Chair and office send the draft to the members."""
    return all_of(
        may_read_minutes(actor, minutes),
        allowed_if(runs_meetings_of(actor, minutes.body), "Den Entwurf versenden Vorsitz und Geschäftsstelle."),
        allowed_if(minutes.state in DRAFTS, "Die Niederschrift ist bereits versandt."),
    )


def may_steer_minutes(actor: Actor, minutes: MinutesAccess) -> Verdict:
    """Who sees the steps of the minutes at all; each step asks for its own role besides."""
    return all_of(
        may_read_minutes(actor, minutes),
        allowed_if(
            _writes(actor, minutes) or runs_meetings_of(actor, minutes.body),
            "Die nächsten Schritte gehen Schriftführung, Vorsitz und Geschäftsstelle.",
        ),
    )


def roles_at(actor: Actor, minutes: MinutesAccess) -> frozenset[str]:
    """The roles of a person as the lifecycle of these very minutes must see them."""
    named = {
        "chair": is_chair(actor, minutes.body),
        "office": runs_meetings_of(actor, minutes.body),
        "minutes": _writes(actor, minutes),
    }
    return frozenset(role for role, holds in named.items() if holds)


def may_treat_objections(actor: Actor, minutes: MinutesAccess) -> Verdict:
    """What the body decided on an objection is recorded by those who run its meetings."""
    return all_of(
        may_read_minutes(actor, minutes),
        allowed_if(
            runs_meetings_of(actor, minutes.body),
            "Einwendungen behandelt die Sitzung; das hält die Geschäftsstelle fest.",
        ),
        allowed_if(minutes.state in (CIRCULATED, "signed"), "Die Niederschrift ist schon abschließend behandelt."),
    )


def may_keep_scan(actor: Actor, minutes: MinutesAccess) -> Verdict:
    """The signed paper is put beside the minutes by those who keep them."""
    return all_of(
        may_read_minutes(actor, minutes),
        allowed_if(
            _writes(actor, minutes) or runs_meetings_of(actor, minutes.body),
            "Das unterzeichnete Papier legt die Geschäftsstelle ab.",
        ),
        allowed_if(minutes.state in (CIRCULATED, *SIGNED), "Abgelegt wird erst, was versandt ist."),
    )


def may_keep_modules(actor: Actor, body: BodyAccess) -> Verdict:
    """A body's own text modules are kept by those who run its meetings."""
    return allowed_if(runs_meetings_of(actor, body), "Textbausteine pflegen Vorsitz und Geschäftsstelle.")


def signing_role(actor: Actor, minutes: MinutesAccess) -> str:
    """As what the person would sign: „chair“ before „clerk“; empty for everybody else."""
    if is_chair(actor, minutes.body):
        return "chair"
    return "clerk" if actor.person_id == minutes.minute_taker_id else ""


class Returned(Protocol):
    """Where an extract went: to an organisation, or only to those who wrote a paper that is not public."""

    @property
    def originator_id(self) -> int:
        """The organisation that the paper is of."""

    @property
    def author_ids(self) -> frozenset[int]:
        """Who began the paper and who leads it."""

    @property
    def public(self) -> bool:
        """Whether the whole organisation may know."""


@dataclass(frozen=True, kw_only=True)
class ExtractAccess(DecisionAccess):
    """What the predicates need to know of the extract of a decision."""

    returned: Sequence[Returned] = ()


def came_from(actor: Actor, returned: Returned) -> bool:
    """Whether the paper is the person's or, if it is public, their organisation's."""
    return actor.person_id in returned.author_ids or (
        returned.public and actor.organisation_id == returned.originator_id
    )


def may_have_extract(actor: Actor, extract: ExtractAccess) -> Verdict:
    """Whoever may read the decision; and, once it went back, those whose paper it was about."""
    returned = any(came_from(actor, each) for each in extract.returned)
    return shown_if(returned or bool(may_read_decision(actor, extract)))


def may_note_extract(actor: Actor, extract: ExtractAccess) -> Verdict:
    """Say that one has it: those whom it went back to."""
    return all_of(
        may_have_extract(actor, extract),
        allowed_if(
            any(came_from(actor, each) for each in extract.returned),
            "Den Empfang bestätigt, wer die Vorlage eingebracht hat.",
        ),
    )
