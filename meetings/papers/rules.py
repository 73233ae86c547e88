"""Rules of papers: their life, where they stand, what a step of the route came to, what must be written. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.core.lifecycle import Guard, Lifecycle, Transition, every, needs
from app.core.permissions import ALLOWED, Verdict, refused
from meetings.papers.states import PaperState, Standing, StationRole

ORIGINATOR, OFFICE = "originator", "office"
"""Roles that a person has towards one paper: of the organisation that wrote it, or of an office on its route."""

_D, _S, _P, _W = PaperState.DRAFT, PaperState.SUBMITTED, PaperState.PERMITTED, PaperState.WITHDRAWN
_BOTH, _OFFICE = frozenset({ORIGINATOR, OFFICE}), frozenset({OFFICE})
MOST_STATIONS, MOST_ATTACHMENTS = 8, 40


@dataclass(frozen=True)
class PaperFacts:
    """What the guards look at."""

    written: bool = True
    decides: bool = True
    comment: str = ""
    on_agenda: bool = False
    decided: bool = False


_WRITTEN: Guard[PaperFacts] = needs(
    lambda f: f.written, "Zum Einreichen fehlt noch die Ausgangslage oder der Vorschlag."
)
_ROUTE: Guard[PaperFacts] = needs(lambda f: f.decides, "Zum Einreichen fehlt noch das Gremium, das entscheidet.")
_REASON: Guard[PaperFacts] = needs(lambda f: bool(f.comment.strip()), "Bitte schreiben Sie dazu, warum.")
_FREE: Guard[PaperFacts] = needs(
    lambda f: not f.on_agenda, "Die Vorlage steht auf einer Tagesordnung. Nehmen Sie sie dort zuerst herunter."
)
_UNDECIDED: Guard[PaperFacts] = needs(lambda f: not f.decided, "Über die Vorlage ist schon entschieden.")

LIFE: Lifecycle[PaperFacts] = Lifecycle(
    "paper",
    (
        Transition(_D, _S, _BOTH, "complete"),
        Transition(_S, _P, _OFFICE),
        Transition(_S, _D, _OFFICE, "reasoned"),
        Transition(_P, _D, _OFFICE, "returnable"),
        Transition(_D, _W, _BOTH),
        Transition(_S, _W, _BOTH, "reasoned"),
        Transition(_P, _W, _BOTH, "returnable"),
    ),
    {"complete": every(_WRITTEN, _ROUTE), "reasoned": _REASON, "returnable": every(_UNDECIDED, _FREE, _REASON)},
)
"""draft → submitted → permitted; back with a comment; withdrawn. GEVER's proposal, OpenSlides' permission."""


@dataclass(frozen=True)
class Dealt:
    """What happened at a step of the route: on an agenda, dealt with there, and whether that ends it."""

    role: StationRole
    on_agenda: bool = False
    settled: bool = False


def standing(state: PaperState, route: Iterable[Dealt]) -> Standing:
    """Where a paper stands: decided once its deciding step is settled, scheduled while a step waits on an agenda."""
    if state != PaperState.PERMITTED:
        return Standing(state.value)
    steps = list(route)
    if any(each.settled and each.role == StationRole.DECISION for each in steps) or _all_settled(steps):
        return Standing.DECIDED
    return Standing.SCHEDULED if any(each.on_agenda and not each.settled for each in steps) else Standing.PERMITTED


def _all_settled(steps: Sequence[Dealt]) -> bool:
    """A paper that nobody is to decide on is done when everybody has dealt with it."""
    return bool(steps) and all(each.settled and each.role != StationRole.DECISION for each in steps)


def may_take_route(stations: Sequence[tuple[int, StationRole]]) -> Verdict:
    """Whether a route of (body, role) makes sense."""
    if len(stations) > MOST_STATIONS:
        return refused("Eine Beratungsfolge hat höchstens acht Schritte.")
    if len(set(stations)) != len(stations):
        return refused("Ein Gremium steht mit derselben Aufgabe zweimal in der Beratungsfolge.")
    deciding = [place for place, (_body, role) in enumerate(stations) if role == StationRole.DECISION]
    if len(deciding) > 1:
        return refused("Entscheiden kann nur ein Gremium; die anderen beraten vor.")
    if deciding and any(role in ADVISING for _body, role in stations[deciding[0] :]):
        return refused("Wer vorberät oder gehört wird, steht vor der Entscheidung.")
    return ALLOWED


ADVISING = (StationRole.HEARING, StationRole.PRELIMINARY)
"""Roles in which a body gives a recommendation and decides nothing."""


def ends_somewhere(roles: Iterable[StationRole]) -> bool:
    """Whether a route leads to a decision or to somebody who takes note: a hearing alone leads nowhere."""
    return any(role in (StationRole.DECISION, StationRole.NOTING) for role in roles)


def series_of(body_key: str, year: int) -> str:
    """What the references of a body's papers of a year begin with: LG-KIM-V-2026; at most 32 characters."""
    return f"{body_key.upper()[:25]}-V-{year}"


_UNSAFE = re.compile(r"[^\w .,()+&äöüÄÖÜß-]+")


def safe_name(name: str, suffix: str) -> str:
    """A file's name for people: no path, nothing odd, and the suffix that its content has."""
    last = name.rpartition("/")[2].rpartition("\\")[2]
    stem = last.rpartition(".")[0] or last
    clean = " ".join(_UNSAFE.sub(" ", stem).split()).strip(". ")[:120]
    return f"{clean or 'Anlage'}.{suffix}"
