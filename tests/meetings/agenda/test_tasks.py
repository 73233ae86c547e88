"""What meetings put on the desk."""

from datetime import date

import pytest

from app.people.tasks import TaskGroup
from meetings.agenda.tasks import next_meetings, to_invite
from meetings.voting.tasks import own_votes, to_decide
from tests.meetings.walk import (
    CHAIR,
    GUEST,
    MEMBER,
    OFFICE,
    OUTSIDER,
    PLANNER,
    cast,
    closed_poll,
    invite,
    open_dots,
    run_with_everyone,
)
from tests.support.demo import Demo
from tests.support.time import TODAY


def group(demo: Demo, source: object, person: str, today: date = TODAY) -> TaskGroup | None:
    actor = demo.actor(person)
    with demo.app.test_request_context(), demo.session() as session:
        return source(session, actor, today)  # type: ignore[operator,no-any-return]


@pytest.mark.parametrize("person", [MEMBER, OFFICE, GUEST])
def test_who_takes_part_sees_the_next_meeting_with_its_date(demo: Demo, person: str) -> None:
    found = group(demo, next_meetings, person)
    assert found is not None
    (task,) = found.tasks
    assert (task.title, task.url) == ("9. Sitzung der Lenkungsgruppe KIM", "/sitzungen/LG-09")
    assert "Donnerstag, 10. Dezember 2026, 14:00–16:30 Uhr" in task.detail


def test_who_has_a_seat_elsewhere_sees_no_foreign_meeting(demo: Demo) -> None:
    found = group(demo, next_meetings, OUTSIDER)
    assert found is not None
    assert found.tasks == ()


def test_who_has_no_seat_has_no_such_group(demo: Demo) -> None:
    assert group(demo, next_meetings, PLANNER) is None


@pytest.mark.parametrize(
    ("today", "tone"),
    [
        (date(2026, 11, 1), "neutral"),
        (date(2026, 11, 20), "warning"),
        (date(2026, 11, 26), "warning"),
        (date(2026, 11, 27), "danger"),
    ],
)
@pytest.mark.parametrize("person", [OFFICE, CHAIR, PLANNER])
def test_the_invitation_waits_with_its_latest_day(demo: Demo, person: str, today: date, tone: str) -> None:
    found = group(demo, to_invite, person, today)
    assert found is not None
    (task,) = found.tasks
    assert (task.due, task.tone) == (date(2026, 11, 26), tone)


def test_a_sent_invitation_waits_no_more(demo: Demo) -> None:
    invite(demo)
    found = group(demo, to_invite, OFFICE)
    assert found is not None
    assert found.tasks == ()


def test_members_have_no_invitations_to_send(demo: Demo) -> None:
    assert group(demo, to_invite, MEMBER) is None


def test_an_open_poll_waits_for_those_who_have_not_voted(demo: Demo) -> None:
    run_with_everyone(demo)
    poll_id = open_dots(demo)
    before, other = group(demo, own_votes, MEMBER), group(demo, own_votes, "p-kessler")
    cast(demo, MEMBER, poll_id, 1, 0, 0, 0)
    after = group(demo, own_votes, MEMBER)
    assert before is not None
    assert other is not None
    assert after is not None
    assert [task.url for task in before.tasks] == [task.url for task in other.tasks] == [f"/abstimmungen/{poll_id}"]
    assert after.tasks == ()


@pytest.mark.parametrize("person", [OFFICE, GUEST, PLANNER])
def test_who_cannot_vote_has_no_votes_missing(demo: Demo, person: str) -> None:
    run_with_everyone(demo)
    open_dots(demo)
    assert group(demo, own_votes, person) is None


@pytest.mark.parametrize("person", [OFFICE, CHAIR])
def test_a_result_without_a_decision_waits_for_those_who_record(demo: Demo, person: str) -> None:
    closed_poll(demo, {MEMBER: (2, 1, 0, 0)})
    found = group(demo, to_decide, person)
    assert found is not None
    assert [task.url for task in found.tasks] == ["/sitzungen/LG-09/top/6/beschluss"]
    assert group(demo, to_decide, MEMBER) is None


def test_the_desk_shows_it_all(demo: Demo) -> None:
    run_with_everyone(demo)
    open_dots(demo)
    page = demo.client(MEMBER).get("/").text
    assert "Ihre Stimme fehlt noch" in page
    assert "Priorisierung der Themen für 2027" in page
    assert "Ihre nächsten Sitzungen" in page
