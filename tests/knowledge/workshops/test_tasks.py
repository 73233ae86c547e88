"""The desk: planners see what is still to be done for a workshop, guests where they are expected."""

from datetime import date

import pytest

from knowledge.workshops.inviting import Sender, send_invitations
from knowledge.workshops.planning import change_workshop
from knowledge.workshops.tasks import workshop_tasks
from tests.knowledge.workshops.planned import a_plan, planned
from tests.support.demo import Demo

pytestmark = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)


def detail(demo: Demo, person: str, today: date = date(2027, 3, 1)) -> str:
    """What the desk says about the one workshop to come."""
    with demo.app.test_request_context(), demo.session() as session:
        group = workshop_tasks(session, demo.actor(person), today)
    return group.tasks[0].detail if group and group.tasks else ""


def test_the_desk_names_the_next_thing_to_do(demo: Demo) -> None:
    key = planned(demo)
    assert detail(demo, "p-albers") == "Die Einladungen sind noch nicht verschickt"
    demo.perform("p-albers", send_invitations, key, Sender())
    assert "Kreishaus" in detail(demo, "p-albers")
    demo.perform("p-albers", change_workshop, key, a_plan(demo, day=date(2027, 3, 17)), 1)
    assert "Termin hat sich geändert" in detail(demo, "p-albers")
    assert "vorbei" in detail(demo, "p-albers", date(2027, 4, 1))


def test_guests_see_where_they_are_expected_and_others_nothing(demo: Demo) -> None:
    planned(demo)
    assert "09:00–13:30" in detail(demo, "p-brandes")
    assert detail(demo, "p-oezer") == ""
    assert detail(demo, "p-brandes", date(2026, 11, 23)) == "", "more than ninety days ahead"


def test_without_a_workshop_to_come_the_desk_has_no_such_group(demo: Demo) -> None:
    with demo.app.test_request_context(), demo.session() as session:
        assert workshop_tasks(session, demo.actor("p-albers"), date(2026, 11, 23)) is None
