"""The drawn board, kept for the moment in which all phones of a room ask for it at once.

What is kept depends on nobody: only participants without an account share it. They see no gap and arrange nothing, and
their right to the case is asked anew with every request, before this is. A drawing holds for the newest signal of
its room, which is written in the transaction of the change itself, and for a few seconds at most.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlmodel import Session, col, func, select

from app.core.records import LiveEvent
from knowledge.reconstruction.access import RoomView
from knowledge.reconstruction.states import Screen

LONGEST_SECONDS = 5.0
MOST = 32
"""Drawings that are kept: rooms that run at the same time, in two languages."""

Key = tuple[object, ...]


def may_share(room: RoomView) -> bool:
    """Whether this reader's board is the same as that of the next one."""
    return room.sees_case and not room.member.actor.person_id and room.screen == Screen.PHONE


def board_key(session: Session, room: RoomView, language: str) -> Key:
    """What a drawing is for: case, language, and the newest signal of the room."""
    newest = session.exec(select(func.max(LiveEvent.id)).where(col(LiveEvent.channel) == room.channel)).one()
    return (room.workshop.tenant_id, room.workshop_case_id, language, newest or 0)


@dataclass
class Boards:
    """The drawings of one program. Whoever asks for one that somebody else is drawing waits for it."""

    now: Callable[[], float] = time.monotonic
    _kept: OrderedDict[Key, tuple[float, str]] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def drawn(self, key: Key, draw: Callable[[], str]) -> str:
        """The kept drawing, or a new one."""
        with self._lock:
            known = self._kept.get(key)
            if known is not None and self.now() - known[0] < LONGEST_SECONDS:
                return known[1]
            # Drawing takes milliseconds; letting the others wait is cheaper than drawing a hundred times.
            html = draw()
            self._kept[key] = (self.now(), html)
            self._kept.move_to_end(key)
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
            return html
