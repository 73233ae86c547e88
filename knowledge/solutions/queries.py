"""Reading solutions: the list by effect, and one with its lessons, organisations, documents and gaps."""

from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from app.core.permissions import Actor
from app.people.models import Organisation
from knowledge.gaps.models import Gap
from knowledge.gaps.visibility import readable_gaps, visible_levels
from knowledge.solutions.models import Solution, SolutionDocument, SolutionGap, SolutionLesson, SolutionOrganisation
from knowledge.solutions.states import EffectRating


@dataclass(frozen=True)
class SolutionRow:
    """A solution of the list with the gaps that the reader may read."""

    solution: Solution
    gaps: tuple[Gap, ...]


@dataclass(frozen=True)
class SolutionSheet:
    """What the page of a solution shows."""

    solution: Solution
    lessons: tuple[str, ...]
    organisations: tuple[str, ...]
    documents: tuple[str, ...]
    gaps: tuple[Gap, ...]
    organisation_ids: tuple[int, ...] = ()


def all_organisations(session: Session) -> list[tuple[int, str]]:
    """Id and name of every organisation. One statement."""
    statement = select(Organisation.id, Organisation.name).order_by(col(Organisation.name))
    return [(id_ or 0, name) for id_, name in session.exec(statement)]


def solution_by_key(session: Session, key: str) -> Solution | None:
    """The solution of this key."""
    return session.exec(select(Solution).where(col(Solution.key) == key)).first()


def counts_by_effect(session: Session, actor: Actor) -> dict[EffectRating, int]:
    """How many solutions of each effect the reader may read. One statement."""
    statement = (
        select(Solution.effect, func.count(col(Solution.id)))
        .where(col(Solution.visibility).in_(visible_levels(actor)))
        .group_by(col(Solution.effect))
    )
    return {EffectRating(effect): number for effect, number in session.exec(statement)}


def solutions(session: Session, actor: Actor, effect: EffectRating | None = None) -> list[SolutionRow]:
    """The solutions that the reader may read, the newest first. Two statements."""
    statement = (
        select(Solution)
        .where(col(Solution.visibility).in_(visible_levels(actor)))
        .order_by(col(Solution.period_start).desc().nulls_last(), col(Solution.key))
    )
    if effect is not None:
        statement = statement.where(col(Solution.effect) == effect)
    found = session.exec(statement).all()
    gaps = _gaps(session, actor, [row.id or 0 for row in found])
    return [SolutionRow(row, tuple(gaps.get(row.id or 0, ()))) for row in found]


def _gaps(session: Session, actor: Actor, solution_ids: list[int]) -> dict[int, list[Gap]]:
    statement = (
        select(SolutionGap.solution_id, Gap)
        .join(Gap, col(Gap.id) == col(SolutionGap.gap_id))
        .where(col(SolutionGap.solution_id).in_(solution_ids), readable_gaps(actor))
        .order_by(col(SolutionGap.position), col(Gap.key))
    )
    found: dict[int, list[Gap]] = {}
    for solution_id, gap in session.exec(statement):
        found.setdefault(solution_id, []).append(gap)
    return found


def sheet(session: Session, actor: Actor, solution: Solution) -> SolutionSheet:
    """The solution with all that belongs to it. Four statements."""
    solution_id = solution.id or 0
    of_lessons = select(SolutionLesson.text).where(col(SolutionLesson.solution_id) == solution_id)
    of_documents = select(SolutionDocument.title).where(col(SolutionDocument.solution_id) == solution_id)
    of_organisations = (
        select(Organisation.id, Organisation.name)
        .join(SolutionOrganisation, col(SolutionOrganisation.organisation_id) == col(Organisation.id))
        .where(col(SolutionOrganisation.solution_id) == solution_id)
    )
    organisations = session.exec(of_organisations.order_by(col(SolutionOrganisation.position))).all()
    return SolutionSheet(
        solution=solution,
        lessons=tuple(session.exec(of_lessons.order_by(col(SolutionLesson.position)))),
        organisations=tuple(name for _id, name in organisations),
        organisation_ids=tuple(id_ or 0 for id_, _name in organisations),
        documents=tuple(session.exec(of_documents.order_by(col(SolutionDocument.position)))),
        gaps=tuple(_gaps(session, actor, [solution_id]).get(solution_id, ())),
    )
