"""Reading where a gap comes from and what became of it: redirects, lineage, and what a merging would do."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, or_, select

from app.core.permissions import Actor, Verdict
from app.people.models import Person
from knowledge.gaps import parts
from knowledge.gaps.evidence import Strength, distinct_strength, strengths
from knowledge.gaps.models import Gap, GapLineage, Topic
from knowledge.gaps.policy import COORDINATION, may_read_gap, sees
from knowledge.gaps.rules import evidence_grade
from knowledge.gaps.states import LineageKind

LONGEST = 50
"""So many mergings one after the other are followed."""


@dataclass(frozen=True)
class Opened:
    """A gap that was asked for by its key; `target` is where its merging ends, None if it is not merged."""

    gap: Gap
    target: Gap | None = None


@dataclass(frozen=True)
class Relation:
    """One merging or splitting as the page of a gap tells it; `other` is the gap at its other end."""

    row: GapLineage
    other: Gap
    outgoing: bool
    person: str | None

    @property
    def stands(self) -> bool:
        """Whether it was not taken back."""
        return self.row.undone_at is None

    @property
    def kind(self) -> str:
        """ "merged_into", "took_in", "split_into" or "split_from", seen from this gap."""
        if self.row.kind == LineageKind.MERGED:
            return "merged_into" if self.outgoing else "took_in"
        return "split_into" if self.outgoing else "split_from"

    @property
    def at(self) -> datetime:
        """When it happened."""
        return self.row.at


@dataclass(frozen=True)
class Consequences:
    """What a merging would move, and the evidence behind the target before and after."""

    source: Strength
    target: Strength
    cases: int
    organisations: int
    grade: str
    reports: int
    moving: dict[str, int]
    staying: dict[str, int]
    topic: Topic | None


def opened_by_key(session: Session, key: str) -> Opened | None:
    """The gap of this key and where its merging ends. One statement for each merging."""
    gap = session.exec(select(Gap).where(col(Gap.key) == key)).first()
    return Opened(gap, end_of(session, gap)) if gap is not None else None


def end_of(session: Session, gap: Gap) -> Gap | None:
    """The gap that took this one in, in the end; None for one that is not merged."""
    target = None
    for _step in range(LONGEST):
        next_id = (target or gap).merged_into_id
        if next_id is None:
            break
        target = session.exec(select(Gap).where(col(Gap.id) == next_id)).one()
    return target


def merging_of(session: Session, gap: Gap) -> GapLineage | None:
    """The merging by which this gap is part of another now. One statement."""
    statement = select(GapLineage).where(
        col(GapLineage.source_id) == gap.id,
        col(GapLineage.kind) == LineageKind.MERGED,
        col(GapLineage.undone_at).is_(None),
    )
    return session.exec(statement.order_by(col(GapLineage.id).desc())).first()


def may_open(actor: Actor, opened: Opened) -> Verdict:
    """Who may read a gap may open it; the address of a merged one is open to the readers of the gap it leads to.

    For everybody else it does not exist: a page that says „zusammengeführt“ would tell that there is a hidden gap.
    """
    return may_read_gap(actor, opened.target or opened.gap)


def relations(session: Session, actor: Actor, gap: Gap) -> tuple[Relation, ...]:
    """The mergings and splittings of a gap, the latest first, as far as the reader may read the other end.

    What was taken back is told to the coordination alone, as the other end may not be what it was.
    """
    other = aliased(Gap)
    statement: Any = (
        select(GapLineage, other, Person.name)
        .join(
            other,
            ((col(GapLineage.source_id) == gap.id) & (col(GapLineage.target_id) == other.id))
            | ((col(GapLineage.target_id) == gap.id) & (col(GapLineage.source_id) == other.id)),
        )
        .outerjoin(Person, col(Person.id) == col(GapLineage.person_id))
        .where(or_(col(GapLineage.source_id) == gap.id, col(GapLineage.target_id) == gap.id))
        .order_by(col(GapLineage.at).desc(), col(GapLineage.id).desc())
    )
    found = (Relation(row, end, row.source_id == gap.id, name) for row, end, name in session.exec(statement))
    insider = sees(actor, COORDINATION)
    return tuple(each for each in found if insider or (each.stands and sees(actor, each.other.visibility)))


def consequences(session: Session, source: Gap, target: Gap) -> Consequences:
    """What merging `source` into `target` would do; each case and organisation is counted once, as it will be."""
    source_id, target_id = source.id or 0, target.id or 0
    found = strengths(session, [source_id, target_id])
    cases, organisations = distinct_strength(session, [source_id, target_id])
    county_wide = not parts.count_of(session, parts.MUNICIPALITY, target_id)
    moving: dict[str, int] = {}
    staying: dict[str, int] = {}
    for part in parts.all_parts():
        if part.name == parts.FINDING:
            continue
        moves = len(parts.movable(session, part, source_id, target_id))
        moves = 0 if part.name == parts.MUNICIPALITY and county_wide else moves
        moving[part.name] = moves
        staying[part.name] = parts.count_of(session, part.name, source_id) - moves
    indicators = sum(parts.count_of(session, parts.INDICATOR, gap_id) for gap_id in (source_id, target_id))
    reports = source.reports + target.reports
    topic = session.exec(select(Topic).where(col(Topic.id) == source.topic_id)).first()
    grade = evidence_grade(cases, organisations, reports, indicators)
    return Consequences(
        found[source_id], found[target_id], cases, organisations, grade, reports, moving, staying, topic
    )
