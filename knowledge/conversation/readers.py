"""Who may be named: the people who may read a thing, found with their own rights and today's seats."""

from collections.abc import Collection, Iterable
from datetime import date

from sqlmodel import Session, col, select

from app.core.permissions import Actor
from app.people.actors import SeatSource, actor_of
from app.people.models import Organisation, Person
from knowledge.conversation.merged import place_of
from knowledge.conversation.subjects import Subject

MOST_SUGGESTED = 8
_source: list[SeatSource] = []


def register(seats: SeatSource) -> None:
    """Say how seats are found; they belong to a higher room."""
    _source[:] = [seats]


def readers_among(
    session: Session, people: Iterable[Person], kind: str, thing_id: int, today: date
) -> list[tuple[Person, Actor, Subject]]:
    """Those of the people who may open the thing, each with what they see of it."""
    found = []
    for person in people:
        actor = actor_of(session, person, _source[0], today)
        subject = place_of(session, actor, kind, thing_id)
        if subject is not None:
            found.append((person, actor, subject))
    return found


def active_people(session: Session, ids: Collection[int] | None = None) -> list[Person]:
    """People with an account, by name; of these ids, or all."""
    statement = select(Person).where(col(Person.active).is_(True)).order_by(col(Person.name))
    if ids is not None:
        statement = statement.where(col(Person.id).in_(ids))
    return list(session.exec(statement))


def suggested(session: Session, subject: Subject, typed: str, own_id: int, today: date) -> list[dict[str, str]]:
    """Names that begin with, or have a word that begins with, what was typed: of readers of the thing only."""
    typed = typed.strip().casefold()
    people = [
        person
        for person in active_people(session)
        if person.id != own_id and f" {person.name}".casefold().find(f" {typed}") >= 0
    ]
    found = [person for person, _actor, _seen in readers_among(session, people[:24], subject.kind, subject.id, today)]
    names = _organisations(session, found[:MOST_SUGGESTED])
    return [
        {"name": person.name, "organisation": names.get(person.organisation_id, "")}
        for person in found[:MOST_SUGGESTED]
    ]


def _organisations(session: Session, people: Iterable[Person]) -> dict[int, str]:
    ids = {person.organisation_id for person in people}
    rows = session.exec(select(Organisation.id, Organisation.name).where(col(Organisation.id).in_(ids)))
    return {id_ or 0: name for id_, name in rows}
