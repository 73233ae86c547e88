"""Reading the codebook: the tree, one category with what is attached to it, and where it recurs."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import distinct
from sqlmodel import Session, col, func, select

from app.core import clock
from app.core.permissions import Actor
from knowledge.cases.access import FoundCase, readable_cases
from knowledge.coding.models import Category, Coding, CodingRound, Passage
from knowledge.coding.policy import may_code_case
from knowledge.coding.queries import categories
from knowledge.coding.rows import CodingRow, coding_rows, its_round, of_category, seen_by
from knowledge.coding.rules import is_candidate
from knowledge.coding.states import CategoryState


@dataclass(frozen=True)
class Entry:
    """A category in the tree: how deep it stands, and how often it is used in how many cases that the reader codes."""

    category: Category
    depth: int
    codings: int
    cases: int

    @property
    def recurs(self) -> bool:
        """Whether it may be a structural gap."""
        return is_candidate(range(self.cases))


@dataclass(frozen=True)
class Opened:
    """A category that was asked for; `target` is where its merging ends, None if it is not merged."""

    category: Category
    target: Category | None = None


@dataclass(frozen=True)
class CategorySheet:
    """A category with every coding that this person may see, by case."""

    category: Category
    parent: Category | None
    children: tuple[Category, ...]
    absorbed: tuple[Category, ...]
    by_case: tuple[tuple[FoundCase, tuple[CodingRow, ...]], ...]
    example: Passage | None
    example_case: FoundCase | None

    @property
    def recurs(self) -> bool:
        """Whether it may be a structural gap."""
        return is_candidate([found.id for found, _rows in self.by_case])


def opened_by_key(session: Session, key: str, **_address: object) -> Opened | None:
    """The category of this key, and where it went. One statement."""
    book = categories(session)
    category = next((each for each in book if each.key == key), None)
    if category is None:
        return None
    by_id = {each.id: each for each in book}
    target, seen = by_id.get(category.merged_into_id), {category.id}
    while target is not None and target.merged_into_id is not None and target.id not in seen:
        seen.add(target.id)
        target = by_id.get(target.merged_into_id)
    return Opened(category, target)


def codable_cases(session: Session, actor: Actor) -> list[FoundCase]:
    """The cases that this person may code today, each once."""
    found = [each for each in readable_cases(session, actor, clock.today()) if may_code_case(actor, each)]
    return list({each.id: each for each in found}.values())


def tree(session: Session, actor: Actor) -> list[Entry]:
    """The categories in use and at rest, parents before children; merged ones are left out."""
    book = [each for each in categories(session) if each.state != CategoryState.MERGED]
    used = _used(session, actor, [found.id for found in codable_cases(session, actor)])
    return [Entry(category, depth, *used.get(category.id or 0, (0, 0))) for category, depth in in_order(book)]


def _used(session: Session, actor: Actor, case_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """Of each category how many codings in how many cases, as far as this person may see them now. One statement."""
    statement = (
        select(Coding.category_id, func.count(), func.count(distinct(col(Passage.case_id))))
        .join(Passage, col(Passage.id) == col(Coding.passage_id))
        .outerjoin(CodingRound, its_round())
        .where(col(Coding.category_id).is_not(None), col(Coding.removed_at).is_(None))
        .where(col(Passage.case_id).in_(case_ids), seen_by(actor))
        .group_by(col(Coding.category_id))
    )
    return {category_id or 0: (codings, cases) for category_id, codings, cases in session.exec(statement)}


def in_order(book: Collection[Category]) -> list[tuple[Category, int]]:
    """Each category with its depth, parents first; one whose parent is not there stands at the top."""
    ids = {each.id for each in book}
    children: dict[int | None, list[Category]] = {}
    for each in book:
        children.setdefault(each.parent_id if each.parent_id in ids else None, []).append(each)
    found: list[tuple[Category, int]] = []

    def walk(parent_id: int | None, depth: int) -> None:
        for each in children.get(parent_id, []):
            found.append((each, depth))
            walk(each.id, depth + 1)

    walk(None, 0)
    return found


def sheet(session: Session, actor: Actor, category: Category) -> CategorySheet:
    """One category; a fixed number of statements."""
    book = categories(session)
    cases = codable_cases(session, actor)
    rows = coding_rows(session, actor, *of_category(category.id or 0, [found.id for found in cases]))
    by_case = [(found, tuple(row for row in rows if row.passage.case_id == found.id)) for found in cases]
    example = session.exec(select(Passage).where(col(Passage.id) == category.example_passage_id)).first()
    example_case = next((found for found in cases if example and found.id == example.case_id), None)
    return CategorySheet(
        category=category,
        parent=next((each for each in book if each.id == category.parent_id), None),
        children=tuple(each for each in book if each.parent_id == category.id),
        absorbed=tuple(each for each in book if each.merged_into_id == category.id),
        by_case=tuple((found, mine) for found, mine in by_case if mine),
        example=example if example_case else None,
        example_case=example_case,
    )
