"""What a form about a body lets people choose from: each a list of (value, label)."""

from sqlmodel import Session, col, select

from app.people.models import Organisation, Person
from meetings.bodies.models import Body
from meetings.bodies.queries import SeatRow

Choices = list[tuple[str, str]]


def organisations(session: Session) -> Choices:
    """Every member of the network. One statement."""
    rows = session.exec(select(col(Organisation.id), col(Organisation.name)).order_by(col(Organisation.name)))
    return [(str(id_), name) for id_, name in rows]


def body_choices(session: Session, own_id: int) -> tuple[Choices, Choices, Choices]:
    """The bodies that may have set this one up, the people who may lead it, and the organisations. Three statements."""
    bodies = session.exec(select(col(Body.id), col(Body.name)).where(col(Body.id) != own_id).order_by(col(Body.name)))
    return [(str(id_), name) for id_, name in bodies], _people(session), organisations(session)


def _people(session: Session, organisation_id: int | None = None, *, besides: tuple[int, ...] = ()) -> Choices:
    statement = (
        select(col(Person.id), col(Person.name), col(Organisation.name))
        .join(Organisation, col(Organisation.id) == col(Person.organisation_id))
        .where(col(Person.active).is_(True) | col(Person.id).in_(besides))
        .order_by(col(Person.name))
    )
    if organisation_id is not None:
        own = (col(Person.organisation_id) == organisation_id) | col(Person.id).in_(besides)
        statement = statement.where(own)
    return [(str(id_), f"{name} ({organisation})") for id_, name, organisation in session.exec(statement)]


def people_for(session: Session, seat: SeatRow) -> Choices:
    """Who may sit on a seat: the people of its organisation, and who sits there already. One statement."""
    return _people(session, seat.organisation_id, besides=tuple(holder.person_id for holder in seat.holders))
