"""The life of a poll and who may vote in it. Counting lives in `dots.py` and `majority.py`, wording in `wording.py`."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from app.core.lifecycle import Guard, Lifecycle, Transition, every, needs
from app.core.permissions import VOTING

ORGANISATION, SEAT = "organisation", "seat"
"""Vote units (BodyRules.vote_unit): one vote for each organisation, or one for each voting seat."""

MIN_SECRET_ELECTORATE = 5
"""Below this a secret ballot would not be secret: the result tells who voted how."""


@dataclass(frozen=True)
class PollFacts:
    """What the guards of a poll's life look at; every fact that is not known counts against the step."""

    rule_frozen: bool = False
    options: int = 0
    electorate: int = 0
    quorum_reached: bool = False
    meeting_running: bool = False
    secret: bool = False
    has_reason: bool = False


_LEADING = frozenset({"chair", "office"})


_OPENING: Guard[PollFacts] = every(
    needs(lambda facts: facts.meeting_running, "Abgestimmt wird nur in laufender Sitzung."),
    needs(lambda facts: facts.quorum_reached, "Das Gremium ist nicht beschlussfähig."),
    needs(lambda facts: facts.options > 1, "Eine Abstimmung braucht mindestens zwei Möglichkeiten."),
    needs(lambda facts: facts.electorate > 0, "Es ist niemand stimmberechtigt."),
    needs(lambda facts: facts.rule_frozen, "Die Abstimmungsregel ist noch nicht festgeschrieben."),
    needs(
        lambda facts: not facts.secret or facts.electorate >= MIN_SECRET_ELECTORATE,
        "Für eine geheime Abstimmung sind zu wenige stimmberechtigt; das Ergebnis verriete die Stimmen.",
    ),
)
"""An opened poll is fixed: its rule, its options and its electorate."""

POLL_LIFECYCLE: Lifecycle[PollFacts] = Lifecycle(
    "poll",
    [
        Transition("draft", "open", _LEADING, "opening"),
        Transition("open", "closed", _LEADING),
        Transition("closed", "published", _LEADING),
        Transition("open", "voided", _LEADING, "reason"),
        Transition("closed", "voided", _LEADING, "reason"),
        Transition("published", "voided", _LEADING, "reason"),
    ],
    {
        "opening": _OPENING,
        "reason": needs(lambda facts: facts.has_reason, "Ungültig wird eine Abstimmung nur mit Begründung."),
    },
)


@dataclass(frozen=True)
class SeatView:
    """A seat of the body as the electorate sees it."""

    seat_id: int
    organisation_id: int
    kind: str


def electorate(
    seats: Iterable[SeatView],
    present: Collection[int],
    recused: Collection[int] = frozenset(),
    vote_unit: str = ORGANISATION,
) -> tuple[SeatView, ...]:
    """The seats that may vote, in the order of their ids; frozen when the poll opens.

    A seat votes if it is a voting seat, present and not recused. With one vote per organisation the first such
    seat of each organisation has it; the right belongs to the seat, holder and deputy share it.
    """
    able = [
        seat
        for seat in sorted(seats, key=lambda each: each.seat_id)
        if seat.kind == VOTING and seat.seat_id in present and seat.seat_id not in recused
    ]
    return _first_of_each_organisation(able) if vote_unit == ORGANISATION else tuple(able)


def _first_of_each_organisation(seats: Iterable[SeatView]) -> tuple[SeatView, ...]:
    first: dict[int, SeatView] = {}
    for seat in seats:
        first.setdefault(seat.organisation_id, seat)
    return tuple(first.values())


def voting_units(seats: Iterable[SeatView], vote_unit: str = ORGANISATION) -> frozenset[int]:
    """What the quorum counts: ids of the organisations with a voting seat, or ids of the voting seats."""
    voting = [seat for seat in seats if seat.kind == VOTING]
    return frozenset(seat.organisation_id if vote_unit == ORGANISATION else seat.seat_id for seat in voting)
