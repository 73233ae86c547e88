"""The stream of a room: who may listen, and what of it each member hears.

Rights are looked up when something about people, the case or the state was said, and with every ping; in between a
signal costs no statement. Members who do not see the case hear of the room and its people only.
"""

from collections.abc import Iterator

from app.core import clock
from app.core.live import RESET, Signal
from app.core.live import stream as core_stream
from app.core.web import House
from knowledge.reconstruction.access import RoomView, room_for
from knowledge.reconstruction.states import Entry

PLAIN = frozenset({"room", "people", RESET})
"""Names that everybody in the room or at its door may hear."""
LED = frozenset({"people", "arrivals"})
"""Names that only those who lead, and people at the door, have a use for."""
GATHER_SECONDS = 0.1
"""What many watch is gathered for a moment: ten cards at once are one look."""


class Ears:
    """What one member may hear, looked up anew when it may have changed."""

    def __init__(self, house: House, room: RoomView) -> None:
        self._house = house
        self._room = room
        self._tenant_id = room.workshop.tenant_id
        self.listening = True
        self._sees_case = room.sees_case
        self._leads = room.member.leads

    def look_again(self) -> bool:
        """Read the member's rights; False when the stream is not theirs any more."""
        with self._house.database.read(self._tenant_id) as session:
            room = room_for(session, self._room.key, self._room.who, clock.now(), self._room.screen)
        self.listening = (
            room is not None
            and room.member.entry in (Entry.ADMITTED, Entry.WAITING)
            and (room.state in ("running", "paused"))
        )
        self._sees_case = self.listening and room is not None and room.sees_case
        self._leads = self.listening and room is not None and room.member.leads
        return self.listening

    def sift(self, batch: list[Signal]) -> list[Signal]:
        """What of it this member hears. The signal that ends their right is the last one they get."""
        if any(each.name in PLAIN for each in batch):
            self.look_again()
        return [each for each in batch if self._hears(each.name)]

    def _hears(self, name: str) -> bool:
        if name in ("room", RESET):
            return True
        if name in LED:
            wall = self._room.screen == "projector" and self._sees_case
            return self._leads or wall or (name == "people" and not self._sees_case)
        return self._sees_case


def frames(house: House, room: RoomView, last: int | None) -> Iterator[str]:
    """The events of this room for this member, until their right ends or ten minutes are over."""
    ears = Ears(house, room)
    return core_stream(
        house.hub,
        house.database,
        room.workshop.tenant_id,
        room.channel,
        last,
        lambda: ears.listening,
        ears.sift,
        GATHER_SECONDS,
    )
