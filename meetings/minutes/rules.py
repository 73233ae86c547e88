"""Rules of minutes: who was there for which seat, when a block may be saved, and the life of minutes. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from app.core.errors import ChangedMeanwhile
from app.core.lifecycle import Guard, Lifecycle, Transition, every, needs
from meetings.minutes.attendance import THROUGHOUT, Attendance


class StaleRevision(ChangedMeanwhile):
    """Somebody else saved the block in the meantime; what was typed is still in the form."""


@dataclass(frozen=True)
class SeatAtMeeting:
    """A seat at a meeting: whose, of which kind, who holds it, who sat there (None: empty), and for which items."""

    organisation: str
    kind: str
    holder: str
    present: str | None
    attended: Attendance = THROUGHOUT

    @property
    def substitute_for(self) -> str:
        """The holder, if only others sat there; `present` names all who did."""
        return self.holder if self.present is not None and self.holder and self.holder not in self.present else ""


def attended(seats: Iterable[SeatAtMeeting], kind: str) -> tuple[SeatAtMeeting, ...]:
    """The seats of a kind that somebody took."""
    return tuple(seat for seat in seats if seat.kind == kind and seat.present is not None)


def excused(seats: Iterable[SeatAtMeeting]) -> tuple[SeatAtMeeting, ...]:
    """The voting seats that stayed empty."""
    return tuple(seat for seat in seats if seat.kind == "voting" and seat.present is None)


def next_revision(stored: int, seen: int) -> int:
    """The number of the new revision; StaleRevision if the writer saw an older text than is stored (Indico #3410)."""
    if stored != seen:
        raise StaleRevision("Jemand hat diesen Abschnitt gespeichert.")
    return stored + 1


@dataclass(frozen=True)
class MinutesFacts:
    """What the guards of the lifecycle look at. `signed` holds the roles that signed or refused."""

    meeting_over: bool = True
    signed: Collection[str] = ()
    agreed: bool = True
    untreated_objections: int = 0
    objections_until: date | None = None
    today: date = date.min
    adoption: str = "next_meeting"


def period_over(facts: MinutesFacts) -> bool:
    """Whether the day until which objections may be raised has passed."""
    return facts.objections_until is None or facts.today > facts.objections_until


def _signed(role: str, reason: str) -> Guard[MinutesFacts]:
    return needs(lambda facts: role in facts.signed, reason)


_NOBODY_SIGNED: Guard[MinutesFacts] = needs(
    lambda facts: not facts.signed, "Die Niederschrift ist schon unterzeichnet und wird nicht mehr zurückgeholt."
)
_OVER: Guard[MinutesFacts] = needs(
    lambda facts: facts.meeting_over,
    "Versandt wird die Niederschrift erst, wenn die Sitzung abgeschlossen ist: Dann liegen alle Ergebnisse vor.",
)
_TREATED: Guard[MinutesFacts] = needs(
    lambda facts: facts.untreated_objections == 0,
    "Über eine Einwendung ist noch nicht entschieden. Das steht zuerst an.",
)
MINUTES_LIFECYCLE: Lifecycle[MinutesFacts] = Lifecycle(
    "minutes",
    (
        Transition("drafting", "internal_review", frozenset({"minutes"})),
        Transition("internal_review", "drafting", frozenset({"minutes", "chair"})),
        Transition("drafting", "circulated", frozenset({"chair", "office"}), "over"),
        Transition("internal_review", "circulated", frozenset({"chair", "office"}), "over"),
        Transition("circulated", "internal_review", frozenset({"minutes", "office"}), "nobody_signed"),
        Transition("circulated", "signed", frozenset({"chair", "minutes", "office"}), "both_signed"),
        Transition("signed", "noted", frozenset({"chair", "office"}), "noted"),
        Transition("signed", "approved", frozenset({"chair", "office"}), "approved"),
    ),
    {
        "over": _OVER,
        "nobody_signed": _NOBODY_SIGNED,
        "both_signed": every(
            _signed("chair", "Die Unterschrift des Vorsitzes fehlt noch."),
            _signed("clerk", "Die Unterschrift der Schriftführung fehlt noch."),
        ),
        "noted": every(
            _TREATED,
            needs(
                lambda facts: facts.adoption == "signatures",
                "Nach der Geschäftsordnung wird die Niederschrift genehmigt, nicht nur zur Kenntnis genommen.",
            ),
        ),
        "approved": every(
            _TREATED,
            needs(
                lambda facts: facts.adoption != "signatures",
                "Nach der Geschäftsordnung gilt die Niederschrift mit zwei Unterschriften; "
                "das Gremium nimmt sie zur Kenntnis.",
            ),
            needs(
                lambda facts: facts.adoption != "unless_objection" or period_over(facts),
                "Die Frist für Einwendungen läuft noch.",
            ),
        ),
    },
)


def objections_until(circulated_on: date, days: int | None) -> date | None:
    """The last day on which an objection may be raised; None: until the next meeting."""
    return circulated_on + timedelta(days=days) if days is not None else None
