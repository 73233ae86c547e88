"""Reminders: to answer, and that the meeting is near; once each, and none for those who declined."""

from datetime import UTC, datetime

import pytest

from meetings.invitations.answering import answer_for_seat
from meetings.invitations.reminders import remind
from meetings.invitations.states import AnswerKind
from tests.meetings.invitations.test_answering import seat_of
from tests.meetings.invitations.test_sending import FROM, invited, outbox, scheduled, send
from tests.meetings.walk import HELD_BY, MEMBER
from tests.support.demo import Demo

SQLITE = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)


def reminded(demo: Demo, day: int) -> list[tuple[str, str]]:
    """Write the reminders of this December day; address and subject of the new ones."""
    before = len(outbox(demo))
    house = demo.app.extensions["lueckenlos"]
    moment = datetime(2026, 12, day, 7, tzinfo=UTC)
    with demo.app.test_request_context():
        house.writer.run(lambda session: remind(session, FROM, moment), demo.tenant_id)
    return [(mail.recipient, mail.subject) for mail in outbox(demo)[before:]]


@SQLITE
def test_who_is_silent_is_asked_once_and_who_comes_is_reminded(demo: Demo) -> None:
    scheduled(demo)
    assert reminded(demo, 9) == [], "nobody was invited"
    send(demo)
    demo.perform(MEMBER, answer_for_seat, "LG-09", seat_of(demo, MEMBER), AnswerKind.ACCEPTED)
    demo.perform(HELD_BY, answer_for_seat, "LG-09", seat_of(demo, HELD_BY), AnswerKind.DECLINED)
    assert reminded(demo, 4) == []
    asked = dict(reminded(demo, 5))
    holders = {to for to, each in invited(demo).items() if any(place.rank == 0 for place in each.places)}
    deputies = {to for to, each in invited(demo).items() if each.places and all(place.rank for place in each.places)}
    assert holders & asked.keys() == holders - {"diallo@kim.example", "brandes@kim.example"}
    assert not deputies & asked.keys()
    assert all(subject.startswith("Ihre Antwort fehlt noch") for subject in asked.values())
    assert reminded(demo, 6) == []
    assert [to for to, _subject in reminded(demo, 9)] == ["diallo@kim.example"]
    assert reminded(demo, 10) == []
