"""Solutions as search documents."""

from collections.abc import Collection, Iterator
from datetime import UTC, datetime

from sqlmodel import Session, col, select

from knowledge.gaps.search import audience_of
from knowledge.search.documents import Kind, SearchDocument
from knowledge.search.registry import Source, registry
from knowledge.solutions.models import Solution, SolutionLesson

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def register() -> None:
    """Tell search where solutions come from."""
    registry.register(Source(Kind.SOLUTION, documents, documents))


def documents(session: Session, keys: Collection[str] | None = None) -> Iterator[SearchDocument]:
    """The solutions of these keys, or all. Two statements."""
    statement = select(Solution)
    if keys is not None:
        statement = statement.where(col(Solution.key).in_(keys))
    rows = session.exec(statement).all()
    lessons: dict[int, list[str]] = {}
    for solution_id, text in session.exec(
        select(SolutionLesson.solution_id, SolutionLesson.text)
        .where(col(SolutionLesson.solution_id).in_([row.id for row in rows]))
        .order_by(col(SolutionLesson.position))
    ):
        lessons.setdefault(solution_id, []).append(text)
    for row in rows:
        yield SearchDocument(
            kind=Kind.SOLUTION,
            key=row.key,
            title=row.title,
            body="\n".join(filter(None, [*_texts(row), *lessons.get(row.id or 0, [])])),
            url=f"/loesungen/{row.key}",
            audience=audience_of(row.visibility),
            updated=_month(row.period_end or row.period_start),
            facets={
                "effect": (row.effect.value,),
                "solution_kind": (row.kind,),
                "year": tuple(month[:4] for month in (row.period_end or row.period_start,) if month),
            },
        )


def _texts(row: Solution) -> tuple[str | None, ...]:
    return row.description, row.result, row.shortfall, row.conditions, row.transfer


def _month(text: str | None) -> datetime:
    """The first day of a month written YYYY-MM."""
    if text is None:
        return LONG_AGO
    year, month = text.split("-")
    return datetime(int(year), int(month), 1, tzinfo=UTC)
