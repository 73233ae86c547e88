"""Reading codings: with what they are attached to, who made them, and whether this reader may see them now."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, or_, select

from app.core.permissions import Actor
from app.people.models import Person
from knowledge.cases.models import Finding
from knowledge.coding.models import Category, Coding, CodingRound, Passage
from knowledge.coding.policy import CodingFacts, may_see_coding
from knowledge.coding.rules import is_hidden
from knowledge.coding.states import RoundState
from knowledge.gaps.models import Gap
from knowledge.gaps.visibility import readable_gaps


@dataclass(frozen=True)
class CodingRow:
    """A coding as pages show it. A gap that the reader may not read is None, though `coding.gap_id` names it."""

    coding: Coding
    passage: Passage
    category: Category | None
    gap: Gap | None
    finding: Finding | None
    coder: str
    reviewer: str | None
    facts: CodingFacts

    @property
    def id(self) -> int:
        """The coding's id."""
        return self.coding.id or 0

    @property
    def removed(self) -> bool:
        """Whether it was taken away and can still be brought back."""
        return self.coding.removed_at is not None


def rounds_of(session: Session, case_id: int) -> list[CodingRound]:
    """The rounds of a case, the first one first. One statement."""
    statement = select(CodingRound).where(col(CodingRound.case_id) == case_id).order_by(col(CodingRound.number))
    return list(session.exec(statement))


def coding_rows(session: Session, actor: Actor, *conditions: Any) -> list[CodingRow]:
    """The codings that this person may see now, in the order in which they were made. One statement.

    The caller has asked whether the person may code the cases; what blind rounds hide is left out here.
    """
    coder, reviewer = aliased(Person), aliased(Person)
    columns: Any = (Coding, Passage, Category, Gap, Finding, coder.name, reviewer.name, CodingRound)
    statement = (
        select(*columns)
        .join(Passage, col(Passage.id) == col(Coding.passage_id))
        .join(coder, col(coder.id) == col(Coding.coder_id))
        .outerjoin(reviewer, col(reviewer.id) == col(Coding.reviewer_id))
        .outerjoin(Category, col(Category.id) == col(Coding.category_id))
        .outerjoin(Gap, (col(Gap.id) == col(Coding.gap_id)) & readable_gaps(actor))
        .outerjoin(Finding, col(Finding.id) == col(Coding.finding_id))
        .outerjoin(CodingRound, its_round())
        .where(*conditions)
        .order_by(col(Coding.id))
    )
    found = [CodingRow(*(*row[:7], facts_of(row[0], row[7]))) for row in session.exec(statement)]
    return [row for row in found if may_see_coding(actor, row.facts)]


def facts_of(coding: Coding, its_round: CodingRound | None) -> CodingFacts:
    """What the policy asks of a coding; a coding without a round counts as closed and seen."""
    is_open = its_round is not None and its_round.state == RoundState.OPEN
    blind = its_round is not None and its_round.blind
    return CodingFacts(coding.coder_id, is_open, is_hidden(blind, is_open), coding.removed_at is not None)


def of_case(case_id: int) -> Any:
    """The condition: codings of this case."""
    return col(Passage.case_id) == case_id


def of_category(category_id: int, case_ids: Collection[int]) -> tuple[Any, ...]:
    """The conditions: standing codings of this category in these cases."""
    return (
        col(Coding.category_id) == category_id,
        col(Coding.removed_at).is_(None),
        col(Passage.case_id).in_(case_ids),
    )


def seen_by(actor: Actor) -> Any:
    """`may_see_coding` as a condition, for counting; the statement joins the round of each coding."""
    hidden = col(CodingRound.blind).is_(True) & (col(CodingRound.state) == RoundState.OPEN)
    return or_(col(Coding.coder_id) == actor.person_id, col(CodingRound.id).is_(None), ~hidden)


def its_round() -> Any:
    """How a coding of a passage is joined to its round."""
    return (col(CodingRound.case_id) == col(Passage.case_id)) & (col(CodingRound.number) == col(Coding.round))
