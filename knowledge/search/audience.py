"""Audience tokens: how a document says who may find it, and which tokens a person holds.

A person finds a document when both sets share a token. The tokens of one tenant mean nothing in another,
because every tenant has an index of its own.
"""

from collections.abc import Collection, Sequence
from typing import Protocol

EVERYONE = "everyone"
MEMBERS = "members"
"""Everyone with a seat of their own in any body; a guest's chair is none."""

_GUEST = "guest"


class Seated(Protocol):
    """A seat that a person holds in a body."""

    @property
    def body_id(self) -> int: ...
    @property
    def kind(self) -> str: ...


class Person(Protocol):
    """What search must know of the person who asks; `app.core.permissions.Actor` is one."""

    @property
    def person_id(self) -> int: ...
    @property
    def organisation_id(self) -> int: ...
    @property
    def roles(self) -> Collection[str]: ...
    @property
    def seats(self) -> Sequence[Seated]: ...


def role(key: str) -> str:
    """Everyone with this role, e.g. `coordination`."""
    return f"role:{key}"


def organisation(organisation_id: int) -> str:
    """Everyone of this organisation."""
    return f"organisation:{organisation_id}"


def body(body_id: int) -> str:
    """Everyone with a seat in this body."""
    return f"body:{body_id}"


def person(person_id: int) -> str:
    """This person alone."""
    return f"person:{person_id}"


def tokens_of(reader: Person) -> frozenset[str]:
    """All tokens of a signed-in person; resolve them per request, never keep them in the session."""
    members = {MEMBERS} if any(seat.kind != _GUEST for seat in reader.seats) else set()
    return frozenset(
        members
        | {EVERYONE, person(reader.person_id), organisation(reader.organisation_id)}
        | {role(key) for key in reader.roles}
        | {body(seat.body_id) for seat in reader.seats}
    )
