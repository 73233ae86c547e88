"""The place that an address names: the county or one of its bodies, and there what a document is for."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from exports.letterhead.policy import Place
from exports.letterhead.states import ADDRESSES, Purpose
from meetings.bodies.models import Body
from meetings.bodies.queries import access_of, body_by_key

COUNTY = "kreis"


@dataclass(frozen=True)
class FoundPlace(Place):
    """The county (no body), or a body."""

    body: Body | None = None

    @property
    def key(self) -> str:
        """The word in the address."""
        return self.body.key if self.body else COUNTY

    @property
    def body_id(self) -> int | None:
        """The body's id, None for the county."""
        return self.body.id if self.body else None


@dataclass(frozen=True)
class FoundSlot(FoundPlace):
    """A place and what a document there is for."""

    purpose: Purpose = Purpose.LETTERHEAD


def place_at(session: Session, place: str, **_address: object) -> FoundPlace | None:
    """The place, if it exists. At most one statement."""
    if place == COUNTY:
        return FoundPlace(None)
    found = body_by_key(session, place)
    return None if found is None else FoundPlace(found, found.body)


def slot_at(session: Session, place: str, purpose: str, **_address: object) -> FoundSlot | None:
    """The place with the purpose, if both exist."""
    found = place_at(session, place)
    if found is None or purpose not in ADDRESSES:
        return None
    return FoundSlot(found.access, found.body, ADDRESSES[purpose])


def every_place(session: Session) -> list[FoundPlace]:
    """The county and its bodies by name. One statement."""
    bodies = session.exec(select(Body).order_by(col(Body.name)))
    return [FoundPlace(None), *(FoundPlace(access_of(body), body) for body in bodies)]
