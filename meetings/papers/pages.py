"""What the pages of papers show, put together in a fixed number of statements."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from app.core.permissions import Actor
from app.people.models import Person
from knowledge.trace.rules import Node
from meetings.papers import choices, policy
from meetings.papers.actions import facts_of
from meetings.papers.models import PaperAttachment
from meetings.papers.queries import (
    AttachmentView,
    FoundPaper,
    Slot,
    StepRow,
    Stop,
    attachments_of,
    meetings_ahead,
    readable_papers,
    steps_of,
)
from meetings.papers.rules import ADVISING, LIFE, PaperFacts
from meetings.papers.states import PaperState, Standing
from meetings.papers.wording import outcome_words


@dataclass(frozen=True)
class StopRow:
    """A step of the route for one reader: what came of it, and the meetings it could be put before."""

    stop: Stop
    outcome: str
    slots: tuple[Slot, ...] = ()
    may_take_off: bool = False
    may_advise: bool = False


@dataclass(frozen=True)
class Move:
    """A step in the life of a paper that this reader may take now, or why not."""

    target: PaperState
    reason: str = ""
    comment: bool = False


@dataclass(frozen=True)
class OldFile:
    """An earlier version of an attachment that is still there."""

    row: PaperAttachment
    by: str


@dataclass(frozen=True)
class PaperPage:
    """A paper for one reader."""

    found: FoundPaper
    route: tuple[StopRow, ...]
    subjects: Sequence[Node]
    files: Sequence[AttachmentView]
    older: Sequence[OldFile]
    steps: Sequence[StepRow]
    moves: Sequence[Move]
    may_edit: bool
    may_steer: bool


def paper_page(session: Session, actor: Actor, found: FoundPaper) -> PaperPage:
    """Everything that the page of a paper shows besides thread and conversation. A fixed number of statements."""
    steers = bool(policy.may_steer_paper(actor, found))
    decided = found.standing == Standing.DECIDED
    bodies = {stop.station.body_id for stop in found.stops}
    ahead = meetings_ahead(session, bodies) if steers and found.state == PaperState.PERMITTED and not decided else []
    files = attachments_of(session, [found.id]).get(found.id, [])
    return PaperPage(
        found,
        tuple(_row(found, stop, ahead, steers) for stop in found.stops),
        choices.subject_nodes(session, actor, found.id),
        files,
        _older(session, found.id, {file.id for file in files}),
        steps_of(session, found.id) if policy.sees_steps(actor, found) else [],
        moves(actor, found),
        bool(policy.may_edit_paper(actor, found)) and not decided,
        steers,
    )


def _row(found: FoundPaper, stop: Stop, ahead: Sequence[Slot], steers: bool) -> StopRow:
    free = not stop.on_agenda and not stop.settled
    permitted = steers and found.state == PaperState.PERMITTED
    return StopRow(
        stop,
        outcome_words(stop),
        tuple(slot for slot in ahead if free and slot.body_id == stop.station.body_id),
        permitted and stop.on_agenda,
        permitted and stop.station.role in ADVISING,
    )


def moves(actor: Actor, found: FoundPaper) -> list[Move]:
    """The steps that this person may take, with the reason where something is missing first."""
    roles = policy.roles_in(actor, found)
    offered = []
    for step in LIFE.transitions:
        if step.source != found.state or step.by.isdisjoint(roles) or not policy.may_move_paper(actor, found):
            continue
        facts = facts_of(found, "x")
        verdict = LIFE.check(step.source, step.target, roles, facts)
        needs_words = not LIFE.check(step.source, step.target, roles, _without_words(facts))
        offered.append(Move(PaperState(step.target), verdict.reason, bool(verdict) and needs_words))
    return offered


def _without_words(facts: PaperFacts) -> PaperFacts:
    return PaperFacts(facts.written, facts.decides, "", facts.on_agenda, facts.decided)


def _older(session: Session, paper_id: int, newest: set[int]) -> list[OldFile]:
    """The files that newer ones took the place of. One statement."""
    statement = (
        select(PaperAttachment, col(Person.name))
        .join(Person, col(Person.id) == col(PaperAttachment.added_by_id))
        .where(col(PaperAttachment.paper_id) == paper_id, col(PaperAttachment.erased_at).is_(None))
        .order_by(col(PaperAttachment.place), col(PaperAttachment.version).desc())
    )
    return [OldFile(row, name) for row, name in session.exec(statement) if row.id not in newest]


TABS = ("", "mein", "wartet", "unterwegs", "entschieden")


@dataclass(frozen=True)
class PaperList:
    """The list of papers: what the person may read, narrowed by `wanted` and a body."""

    rows: list[FoundPaper]
    counts: dict[str, int]
    wanted: str
    body: str


def paper_list(session: Session, actor: Actor, wanted: str, body: str) -> PaperList:
    """The list for one reader. Four statements."""
    papers = [
        found
        for found in readable_papers(session, actor)
        if not body or any(stop.body.key == body for stop in found.stops)
    ]
    by_tab = {tab: [found for found in papers if _belongs(actor, found, tab)] for tab in TABS}
    chosen = wanted if wanted in TABS else ""
    return PaperList(by_tab[chosen], {tab: len(rows) for tab, rows in by_tab.items()}, chosen, body)


def _belongs(actor: Actor, found: FoundPaper, tab: str) -> bool:
    standing = found.standing
    return {
        "": True,
        "mein": actor.organisation_id == found.originator_id,
        "wartet": standing == Standing.SUBMITTED,
        "unterwegs": standing in (Standing.PERMITTED, Standing.SCHEDULED),
        "entschieden": standing == Standing.DECIDED,
    }[tab]
