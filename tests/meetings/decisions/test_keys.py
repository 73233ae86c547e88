"""Keys under which decisions are cited."""

import pytest

from meetings.bodies.states import BodyKind
from meetings.decisions.keys import decision_key


@pytest.mark.parametrize(
    ("meeting", "kind", "taken", "key"),
    [
        ("LG-09", BodyKind.STEERING, [], "D-09-1"),
        ("LG-08", BodyKind.STEERING, ["D-08-1", "D-08-2", "D-08-4"], "D-08-5"),
        ("LG-09", BodyKind.STEERING, ["D-09-9", "D-09-10"], "D-09-11"),
        ("LG-09", BodyKind.STEERING, ["D-08-4", "D-09-x"], "D-09-1"),
        ("PG-03", BodyKind.PROJECT, [], "D-PG-03-1"),
    ],
)
def test_a_key_follows_the_meeting_and_is_never_given_twice(
    meeting: str, kind: BodyKind, taken: list[str], key: str
) -> None:
    assert decision_key(meeting, kind, taken) == key


def test_a_second_steering_body_does_not_take_the_numbers_of_the_first() -> None:
    assert decision_key("WOHNEN-08", BodyKind.STEERING, [], is_first=False) == "D-WOHNEN-08-1"
