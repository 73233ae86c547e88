"""Target agreements as search documents."""

import datetime as dt
from collections.abc import Collection, Iterator
from datetime import UTC, datetime

from sqlmodel import Session, col, select

from knowledge.search import audience
from knowledge.search.documents import Kind, SearchDocument
from knowledge.search.registry import Source, registry
from meetings.agreements.models import Agreement, AgreementVersion, Goal, Measure
from meetings.agreements.policy import AgreementAccess
from meetings.agreements.queries import accesses

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def register() -> None:
    """Tell search where agreements come from."""
    registry.register(Source(Kind.AGREEMENT, documents, documents))


def documents(session: Session, keys: Collection[str] | None = None) -> Iterator[SearchDocument]:
    """The agreements of these keys, or all."""
    statement = select(Agreement)
    if keys is not None:
        statement = statement.where(col(Agreement.key).in_(keys))
    rows = list(session.exec(statement))
    known = accesses(session, rows)
    words = _words(session)
    dates = _dates(session)
    for row in rows:
        day = dates.get(row.id or 0)
        yield SearchDocument(
            kind=Kind.AGREEMENT,
            key=row.key,
            title=row.title,
            body="\n".join([row.guiding_goal, row.situation, *words.get(row.id or 0, [])]),
            url=f"/vereinbarungen/{row.key}",
            audience=_audience(known[row.id or 0]),
            updated=datetime(day.year, day.month, day.day, tzinfo=UTC) if day else LONG_AGO,
            facets={"status": (row.state.value,), "year": (str(day.year),) if day else ()},
        )


def _audience(access: AgreementAccess) -> frozenset[str]:
    """Whom `may_read_agreement` lets read."""
    bodies = access.body_ids | ({access.drafting_body_id} if access.drafting_body_id else frozenset())
    return frozenset(
        {audience.role("coordination")}
        | {audience.organisation(id_) for id_ in access.obligated_organisation_ids}
        | {audience.body(id_) for id_ in bodies}
    )


def _dates(session: Session) -> dict[int, dt.date]:
    """The day of each agreement's newest version."""
    versions = session.exec(select(AgreementVersion).order_by(col(AgreementVersion.version)))
    return {version.agreement_id: version.date for version in versions}


def _words(session: Session) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for agreement_id, text in session.exec(select(Goal.agreement_id, Goal.text)):
        found.setdefault(agreement_id, []).append(text)
    for agreement_id, title, text in session.exec(select(Measure.agreement_id, Measure.title, Measure.text)):
        found.setdefault(agreement_id, []).append(f"{title}: {text}")
    return found
