"""The order of the speakers list: points of order first, then as asked, unless the chair moved somebody. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from meetings.room.states import SpeechKind


@dataclass(frozen=True)
class Waiting:
    """Somebody who waits for the floor; `position` grows with every asking."""

    id: int
    kind: SpeechKind
    position: int


def queue(waiting: Sequence[Waiting]) -> tuple[Waiting, ...]:
    """Those who wait, the next one first."""
    return tuple(sorted(waiting, key=lambda each: (each.kind != SpeechKind.POINT_OF_ORDER, each.position, each.id)))


def moved(waiting: Sequence[Waiting], speech_id: int, steps: int) -> dict[int, int]:
    """The new positions when somebody goes up (-1) or down (+1) among those of the same kind; nothing at the end."""
    order = queue(waiting)
    places = {each.id: index for index, each in enumerate(order)}
    here = places.get(speech_id)
    there = -1 if here is None else here + steps
    if here is None or not 0 <= there < len(order) or order[here].kind != order[there].kind:
        return {}
    swapped = list(order)
    swapped[here], swapped[there] = swapped[there], swapped[here]
    return {each.id: replace(each, position=index).position for index, each in enumerate(swapped)}
