"""What may be published, and OParl's words for it. Pure."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from meetings.agenda.states import ItemPart, ItemResult, MeetingState

PUBLISHABLE = (MeetingState.HELD, MeetingState.CLOSED)
"""Only what was held: an agenda may change until then."""

RESULTS = {
    ItemResult.NOTED: "Zur Kenntnis genommen",
    ItemResult.DEFERRED: "Vertagt",
    ItemResult.REFERRED: "Verwiesen",
    ItemResult.WITHDRAWN: "Abgesetzt",
    ItemResult.NO_DECISION: "Ohne Beschluss beraten",
    ItemResult.NOT_REACHED: "Nicht behandelt",
}
"""OParl leaves the words of `result` free and names German examples; they are data, so nobody translates them."""


@dataclass(frozen=True)
class Vote:
    """The count of a decision."""

    yes: int
    no: int
    abstain: int


@dataclass(frozen=True)
class Item:
    """A public item as it is published; `order` counts all items of the meeting from 0, the hidden ones too."""

    id: int
    order: int
    number: str
    name: str
    result: str = ""
    resolution: str = ""
    vote: Vote | None = None


@dataclass(frozen=True)
class Published:
    """All that is said of a meeting. Moments in ISO 8601. `gone`: items that were published before and are not now."""

    name: str
    body_key: str
    place: str = ""
    start: str = ""
    end: str = ""
    items: tuple[Item, ...] = ()
    gone: tuple[int, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


@dataclass(frozen=True)
class Decided:
    """A decision on an item."""

    text: str
    accepted: bool | None
    vote: Vote


@dataclass(frozen=True)
class AgendaLine:
    """An item of the agenda, of either part."""

    id: int
    part: ItemPart
    number: str
    name: str
    result: ItemResult | None
    decided: Decided | None


def items_of(agenda: Iterable[AgendaLine]) -> tuple[Item, ...]:
    """The public items; of the others nothing, not even their headings."""
    return tuple(_item(order, line) for order, line in enumerate(agenda) if line.part == ItemPart.PUBLIC)


def _item(order: int, line: AgendaLine) -> Item:
    decided = line.decided
    if decided is None:
        return Item(line.id, order, line.number, line.name, RESULTS[line.result] if line.result else "")
    counted = decided.vote.yes + decided.vote.no + decided.vote.abstain
    vote = decided.vote if counted else None
    rejected = decided.accepted is False
    result = "Abgelehnt" if rejected else "Beschlossen"
    return Item(line.id, order, line.number, line.name, result, decided.text, vote)


def read(data: dict[str, Any]) -> Published:
    """What `as_data` wrote."""
    items = tuple(Item(**{**each, "vote": Vote(**each["vote"]) if each["vote"] else None}) for each in data["items"])
    return Published(**{**data, "items": items, "gone": tuple(data["gone"])})


def moment(text: str) -> datetime | None:
    """A moment of a filter: RFC 3339 with an offset; None if it is none. A blank is a plus that a client left bare."""
    try:
        found = datetime.fromisoformat(text.strip().replace(" ", "+"))
    except ValueError:
        return None
    return found if found.tzinfo else None
