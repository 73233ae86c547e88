"""Papers as search documents: permitted ones for the public part. Those for the non-public part are never found."""

from collections.abc import Collection, Iterator

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from knowledge.search import audience
from knowledge.search.documents import Kind, SearchDocument
from knowledge.search.registry import Source, registry
from meetings.bodies.models import Seat, SeatHolder
from meetings.bodies.states import SeatKind
from meetings.papers.models import Paper
from meetings.papers.queries import FoundPaper, found_papers
from meetings.papers.states import PaperState


def register() -> None:
    """Tell search where papers come from."""
    registry.register(Source(Kind.PAPER, documents, documents))


def documents(session: Session, keys: Collection[str] | None = None) -> Iterator[SearchDocument]:
    """The papers of these references, or all. Five statements."""
    wanted: list[ColumnElement[bool]] = [col(Paper.state) == PaperState.PERMITTED, col(Paper.public).is_(True)]
    if keys is not None:
        wanted.append(col(Paper.reference).in_(keys))
    guested = _members_beside_guests(session)
    for found in found_papers(session, *wanted):
        paper = found.paper
        texts = (paper.situation, paper.proposal, paper.final_text, paper.effects, paper.legal_basis, paper.costs)
        at = paper.submitted_at or paper.created_at
        yield SearchDocument(
            kind=Kind.PAPER,
            key=paper.reference or "",
            title=paper.title,
            body="\n".join(text for text in texts if text),
            url=f"/vorlagen/{found.id}",
            audience=_audience(found, guested),
            updated=at,
            facets={"year": (str(at.year),)},
        )


def _audience(found: FoundPaper, guested: dict[int, frozenset[int]]) -> frozenset[str]:
    """Whom `may_read_paper` lets read a permitted paper; a guest's seat is no member's."""
    tokens = {audience.role("coordination"), audience.organisation(found.originator_id)}
    tokens |= {audience.person(id_) for id_ in found.author_ids}
    for body in found.route:
        people = {body.chair_person_id, body.moderator_person_id} - {None}
        tokens |= {audience.person(id_ or 0) for id_ in people | guested.get(body.body_id, frozenset())}
        if body.body_id not in guested:
            tokens.add(audience.body(body.body_id))
    return frozenset(tokens)


def _members_beside_guests(session: Session) -> dict[int, frozenset[int]]:
    """The members by person, of the bodies that also have guests' seats: there a seat alone does not say enough."""
    statement = select(col(Seat.body_id), col(Seat.kind), col(SeatHolder.person_id)).join(
        SeatHolder, col(SeatHolder.seat_id) == col(Seat.id)
    )
    rows = session.exec(statement).all()
    with_guests = {body_id for body_id, kind, _person in rows if kind == SeatKind.GUEST}
    return {
        body_id: frozenset(person for other, kind, person in rows if other == body_id and kind != SeatKind.GUEST)
        for body_id in with_guests
    }
