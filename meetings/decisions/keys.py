"""The key under which a decision is cited: D-09-1 is the first decision of the ninth meeting of the steering group."""

from collections.abc import Iterable

from meetings.bodies.states import BodyKind
from meetings.decisions.rules import number_of_decision


def decision_key(meeting_key: str, body_kind: BodyKind, taken: Iterable[str], *, is_first: bool = True) -> str:
    """The next free key of a meeting; bodies other than the (first) steering one put the meeting's whole key into it.

    Two steering bodies both have an eighth meeting, and D-08-1 is one decision.
    """
    is_short = body_kind == BodyKind.STEERING and is_first
    part = meeting_key.rpartition("-")[2] if is_short else meeting_key
    prefix = f"D-{part}-"
    numbers = (key.removeprefix(prefix) for key in taken if key.startswith(prefix))
    return f"{prefix}{number_of_decision(int(number) for number in numbers if number.isdecimal())}"
