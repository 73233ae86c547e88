"""Documents as search documents."""

from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from urllib.parse import quote

from sqlmodel import Session, col, select

from knowledge.documents.models import Document
from knowledge.gaps.search import audience_of
from knowledge.search.documents import Kind, SearchDocument
from knowledge.search.registry import Source, registry


def register() -> None:
    """Tell search where documents come from."""
    registry.register(Source(Kind.DOCUMENT, documents, documents))


def documents(session: Session, keys: Collection[str] | None = None) -> Iterator[SearchDocument]:
    """The documents of these keys, or all. One statement."""
    statement = select(Document)
    if keys is not None:
        statement = statement.where(col(Document.key).in_(keys))
    for row in session.exec(statement.execution_options(yield_per=500)):
        day = row.dated or row.imported_at.date()
        yield SearchDocument(
            kind=Kind.DOCUMENT,
            key=row.key,
            title=row.title,
            body=row.text,
            url=f"/dokumente/{quote(row.key)}",
            audience=audience_of(row.visibility),
            updated=datetime(day.year, day.month, day.day, tzinfo=UTC),
            facets={"paper": (row.paper.value,), "year": (str(row.dated.year),) if row.dated else ()},
        )
