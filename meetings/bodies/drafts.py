"""What is typed about a body, as plain values, and what differs from what stood there. Pure."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from meetings.bodies.states import BodyKind, SeatKind

RULE_FIELDS = (
    "invitation_days",
    "notice_unit",
    "counts_send_day",
    "counts_meeting_day",
    "urgent_days",
    "urgent_unit",
    "supplement_days",
    "papers_days",
    "part_numbering",
    "hidden_part",
    "quorum",
    "vote_unit",
    "decision",
    "tie",
    "secret_on_request_of",
    "consent_of_obligated",
    "circular_decision",
    "minutes_adoption",
    "minutes_objection_days",
    "public",
)
HEAD_FIELDS = ("name", "kind", "purpose", "rhythm", "established", "ends")

Change = tuple[str, str, str]
"""A field with what stood there and what stands there now, as text."""


@dataclass(frozen=True)
class BodyDraft:
    """The head of a body."""

    name: str
    kind: BodyKind
    purpose: str = ""
    rhythm: str = ""
    established: date | None = None
    ends: date | None = None
    parent_id: int | None = None
    chair_id: int | None = None
    moderation_id: int | None = None
    office_id: int | None = None


@dataclass(frozen=True)
class SeatDraft:
    """A new seat of an organisation."""

    organisation_id: int
    kind: SeatKind
    valid_from: date


@dataclass(frozen=True)
class HoldersDraft:
    """Who sits on a seat from a day on: the holder, then the deputies in their order."""

    holder_id: int | None
    deputy_ids: tuple[int, ...]
    since: date

    @property
    def people(self) -> tuple[int | None, ...]:
        """Everybody by rank; rank 0 may be empty."""
        return (self.holder_id, *self.deputy_ids)


def differences(fields: Sequence[str], before: Any, after: Mapping[str, Any]) -> list[Change]:
    """The fields that change, with both values as text."""
    found = ((name, as_text(getattr(before, name)), as_text(after[name])) for name in fields)
    return [each for each in found if each[1] != each[2]]


def as_text(value: Any) -> str:
    """A value as the history keeps it: codes and numbers as they are, days as ISO 8601, nothing as nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.value if isinstance(value, StrEnum) else str(value)


def kept(changes: Sequence[Change]) -> str:
    """The changes as one line of JSON."""
    return json.dumps(changes, ensure_ascii=False)


def repeated(people: Sequence[int | None]) -> bool:
    """Whether somebody would sit on one seat twice."""
    named = [person for person in people if person is not None]
    return len(named) != len(set(named))


def stands_in_for_oneself(deputies: Mapping[int, Collection[int]], person: int) -> bool:
    """Whether the way from a member to those who stand in for them leads back: deputies in a circle.

    `deputies` are those of each member of a body, on whichever seat.
    """
    seen: set[int] = set()
    ahead = list(deputies.get(person, ()))
    while ahead:
        here = ahead.pop()
        if here == person:
            return True
        if here not in seen:
            seen.add(here)
            ahead.extend(deputies.get(here, ()))
    return False


def goes_round(parents: Mapping[int, int | None], body_id: int, parent_id: int | None) -> bool:
    """Whether a body would hang below itself."""
    seen = {body_id}
    while parent_id is not None:
        if parent_id in seen:
            return True
        seen.add(parent_id)
        parent_id = parents.get(parent_id)
    return False
