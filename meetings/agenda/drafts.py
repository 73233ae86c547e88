"""What planners type about a meeting and its items, as plain values; moments from the county's clock. Pure."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from app.core.clock import LOCAL
from meetings.agenda.states import AgendaVoteMethod, DecisionKind, ItemKind, ItemPart, TemplatePlace

_COUNTED_KEY = re.compile(r"(?P<stem>.+-)(?P<number>\d+)")


class NoSuchTime(ValueError):
    """The clock never shows this time: it was put forward over it."""


@dataclass(frozen=True)
class MeetingDraft:
    """A meeting as it is planned; the times are those of the county's clock on that day."""

    title: str
    date: dt.date | None = None
    start: dt.time | None = None
    end: dt.time | None = None
    place: str = ""
    dial_in_url: str = ""
    dial_in_phone: str = ""

    @property
    def starts_at(self) -> dt.datetime | None:
        """The beginning in UTC. Raises NoSuchTime in the hour that summer time leaves out."""
        return moment(self.date, self.start) if self.date and self.start else None

    @property
    def ends_at(self) -> dt.datetime | None:
        """The end in UTC. Raises NoSuchTime in the hour that summer time leaves out."""
        return moment(self.date, self.end) if self.date and self.end else None


@dataclass(frozen=True)
class VotePlan:
    """How an item is to be voted on."""

    method: AgendaVoteMethod
    dots: int | None = None
    most_per_topic: int | None = None


@dataclass(frozen=True)
class ItemDraft:
    """An agenda item as it is typed. `subjects` are (kind, id) of gaps, topics, solutions and agreements.

    `source_item_id`: the earlier item that it goes on with. `suggestion`: the key of what suggested it.
    `place`: whether it opens or closes the meeting, as formal items do.
    """

    title: str
    kind: ItemKind
    minutes: int = 0
    speaker_id: int | None = None
    text: str = ""
    proposal: str = ""
    decision_kind: DecisionKind | None = None
    parent_id: int | None = None
    subjects: tuple[tuple[str, int], ...] = ()
    vote: VotePlan | None = None
    part: ItemPart = ItemPart.PUBLIC
    source_item_id: int | None = None
    suggestion: str = ""
    place: TemplatePlace | None = None


def moment(day: dt.date, at: dt.time) -> dt.datetime:
    """The moment in UTC when the county's clock shows this; of a repeated hour the first one."""
    local = dt.datetime.combine(day, at, LOCAL)
    found = local.astimezone(dt.UTC)
    if found.astimezone(LOCAL).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise NoSuchTime(local.isoformat())
    return found


def next_key(body_key: str, keys: Iterable[str]) -> str:
    """The key of the body's next meeting: „LG-10“ after „LG-09“, else the body's own key with -01."""
    counted = [match for key in keys if (match := _COUNTED_KEY.fullmatch(key))]
    if not counted:
        return f"{body_key.upper()}-01"
    last = max(counted, key=lambda match: int(match["number"]))
    return f"{last['stem']}{int(last['number']) + 1:02d}"
