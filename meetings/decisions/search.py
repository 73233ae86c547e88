"""Decisions as search documents."""

from collections.abc import Collection, Iterator

from sqlmodel import Session, col, select

from app.core.i18n import _
from knowledge.search import audience
from knowledge.search.documents import Kind, SearchDocument
from knowledge.search.registry import Source, registry
from knowledge.taxonomy import lists
from meetings.agenda.search import moment_of, year_of
from meetings.bodies.models import Seat, SeatHolder
from meetings.bodies.policy import BodyAccess
from meetings.bodies.states import SeatKind
from meetings.decisions.models import Decision
from meetings.decisions.queries import decisions_with_bodies, found_decisions


def register() -> None:
    """Tell search where decisions come from."""
    registry.register(Source(Kind.DECISION, documents, documents))


def documents(session: Session, keys: Collection[str] | None = None) -> Iterator[SearchDocument]:
    """The decisions of these keys, or all. Two statements."""
    wanted = [] if keys is None else [col(Decision.key).in_(keys)]
    guested = _members_beside_guests(session)
    for found in found_decisions(session, decisions_with_bodies(*wanted)):
        decision = found.decision
        kind = lists.label("decision_kinds", decision.kind)
        yield SearchDocument(
            kind=Kind.DECISION,
            key=decision.key,
            title=_("Beschluss %(key)s: %(kind)s", key=decision.key, kind=kind),
            body="\n".join(part for part in (decision.text, decision.result_text) if part),
            url=f"/beschluesse/{decision.key}",
            audience=_audience(found.body, guested),
            updated=moment_of(decision.date),
            facets={"year": year_of(decision.date)},
        )


def _audience(body: BodyAccess, guested: dict[int, frozenset[int]]) -> frozenset[str]:
    """Whom `may_read_decision` lets read: members, the chair, the coordination; a guest's seat is no member's."""
    chair = {audience.person(body.chair_person_id)} if body.chair_person_id else set()
    members = {audience.person(id_) for id_ in guested.get(body.body_id, ())}
    seats = members if body.body_id in guested else {audience.body(body.body_id)}
    return frozenset({audience.role("coordination")} | chair | seats)


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
