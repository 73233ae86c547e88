"""What many do at the same moment, done for all of them in one transaction.

Whoever comes first leads: takes along everybody who waits for the same thing, has it done, and hands the lead to the
first of those who came meanwhile. Nobody waits for a timer; one alone is a group of one. A group that fails for
anything but a busy database is taken apart, so that one who is wrong harms no other.
"""

from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Generic, TypeVar

from app.core.errors import StorageBusy

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")
LARGEST_GROUP = 256


@dataclass
class _Place(Generic[Asked]):
    """Somebody who waits: for the lead, or for an answer."""

    asked: Asked
    turn: Future[bool] = field(default_factory=Future)
    """True: lead the next group; False: the answer is there."""
    answer: Any = None
    error: BaseException | None = None


class Together(Generic[Asked, Answer]):
    """Gathers those who wait for the same thing. `LARGEST_GROUP` at most go together."""

    def __init__(self) -> None:
        self._waiting: dict[Hashable, list[_Place[Asked]]] = {}
        self._lock = Lock()

    def ask(self, name: Hashable, asked: Asked, do: Callable[[Sequence[Asked]], Sequence[Answer]]) -> Answer:
        """The answer to one of a group; `do` answers a whole group in its order, in a transaction of its own."""
        place = _Place(asked)
        with self._lock:
            line = self._waiting.get(name)
            if line is None:
                self._waiting[name] = []
                place.turn.set_result(True)
                group = [place]
            else:
                line.append(place)
        if place.turn.result():
            with self._lock:
                line = self._waiting[name]
                group = [place, *line[: LARGEST_GROUP - 1]]
                del line[: LARGEST_GROUP - 1]
            try:
                _answer(group, do)
            finally:
                self._hand_over(name, group[1:])
        if place.error is not None:
            raise place.error
        found: Answer = place.answer
        return found

    def _hand_over(self, name: Hashable, answered: Sequence[_Place[Asked]]) -> None:
        with self._lock:
            line = self._waiting[name]
            successor = line.pop(0) if line else None
            if successor is None:
                del self._waiting[name]
        if successor is not None:
            successor.turn.set_result(True)
        for place in answered:
            place.turn.set_result(False)


def _answer(group: Sequence[_Place[Asked]], do: Callable[[Sequence[Asked]], Sequence[Answer]]) -> None:
    try:
        answers = do([place.asked for place in group])
    except Exception as error:  # noqa: BLE001 - whatever it is, it goes to whoever asked
        if len(group) == 1 or isinstance(error, StorageBusy):
            for place in group:
                place.error = error
        else:
            for place in group:
                _answer([place], do)
        return
    for place, answer in zip(group, answers, strict=True):
        place.answer = answer
