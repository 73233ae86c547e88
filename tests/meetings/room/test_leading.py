"""Leading a meeting: items, interruptions, the quorum, speakers, what is captured; and who may not."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlmodel import select

from app.core.errors import DomainError, Forbidden, InvalidInput, NotFound
from meetings.agenda.queries import meeting_by_key
from meetings.agenda.states import ItemState
from meetings.room import actions, capturing, leading, setup, speeches
from meetings.room.actions import Declaration, Reporting
from meetings.room.captured import captured_in, captured_of
from meetings.room.capturing import Draft, Result
from meetings.room.checkin import code_at
from meetings.room.models import Presence, QuorumFinding, Recusal
from meetings.room.screen import Screen, View, screen_of
from meetings.room.states import CapturedKind, Departure, Mode, MotionResult, Occasion, Source, SpeechKind
from meetings.room.times import Entered, enter_times
from tests.meetings.walk import CHAIR, DEPUTY, GUEST, MEMBER, OFFICE, OUTSIDER, PLANNER, run, run_with_everyone, seat_of
from tests.support.demo import Demo
from tests.support.time import NOW

pytestmark = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
KEY = "LG-09"


def see(demo: Demo, view: View = View.LEAD, later: int = 0) -> Screen:
    with demo.session() as session:
        meeting = meeting_by_key(session, KEY)
        assert meeting is not None
        return screen_of(session, meeting, view, NOW + timedelta(minutes=later))


def lead(demo: Demo, action: object, *more: object, who: str = OFFICE) -> None:
    demo.perform(who, action, KEY, *more)  # type: ignore[arg-type]


def current(demo: Demo) -> str | None:
    found = see(demo).current
    return found.number if found else None


def test_items_are_called_left_for_later_taken_back_and_finished(demo: Demo) -> None:
    run(demo)
    lead(demo, leading.call_next)
    assert current(demo) == "1"
    lead(demo, leading.skip)
    assert current(demo) == "2"
    lead(demo, leading.call_next, who=CHAIR)
    assert current(demo) == "3"
    lead(demo, leading.back)
    found = see(demo)
    assert [each.state for each in found.items[:3]] == [ItemState.OPEN, ItemState.CURRENT, ItemState.OPEN]
    lead(demo, leading.finish)
    assert current(demo) is None
    with pytest.raises(DomainError, match="kein Punkt aufgerufen"):
        lead(demo, leading.finish)
    lead(demo, leading.call, see(demo).items[5].id)
    assert current(demo) == "6"
    for number in ("7", "8", "9", "10", "1", "3", "4", "5"):
        lead(demo, leading.call_next)
        assert current(demo) == number
    with pytest.raises(DomainError, match="Alle Punkte sind aufgerufen"):
        lead(demo, leading.call_next)


def test_an_interruption_has_a_reason_and_stops_the_item(demo: Demo) -> None:
    run(demo)
    lead(demo, leading.call_next)
    with time_machine.travel(NOW + timedelta(minutes=10), tick=False):
        lead(demo, leading.pause, "Feueralarm")
    found = see(demo, later=20)
    assert found.interruption is not None
    assert found.interruption.reason == "Feueralarm"
    with time_machine.travel(NOW + timedelta(minutes=30), tick=False):
        lead(demo, leading.resume)
    found = see(demo, later=32)
    assert found.interruption is None
    assert found.current is not None
    assert found.current.spent == 12


@pytest.mark.parametrize(
    ("person", "refusal"), [(MEMBER, Forbidden), (PLANNER, Forbidden), (GUEST, Forbidden), (OUTSIDER, NotFound)]
)
def test_only_chair_and_office_lead(demo: Demo, person: str, refusal: type[Exception]) -> None:
    run(demo)
    for action, more in (
        (leading.call_next, ()),
        (leading.state_quorum, ()),
        (speeches.end_speech, ()),
        (setup.switch, ("guests_out", True)),
        (capturing.capture, (Draft(CapturedKind.NOTE, "x"),)),
        (enter_times, ((),)),
    ):
        with pytest.raises(refusal):
            demo.perform(person, action, KEY, *more)  # type: ignore[arg-type]


def test_the_quorum_is_stated_lost_and_regained_in_writing(demo: Demo) -> None:
    run_with_everyone(demo)
    lead(demo, leading.call_next)
    with demo.session() as session:
        people = {row.seat_id: row.person_id for row in session.exec(select(Presence))}
    gone = list(people)[:9]
    for seat in gone:
        lead(demo, actions.record_departure, seat)
    with demo.session() as session:
        assert session.exec(select(QuorumFinding)).all() == []
    lead(demo, actions.record_arrival, gone[0], people[gone[0]])
    lead(demo, leading.state_quorum)
    lead(demo, actions.record_departure, gone[0], Departure.CONNECTION)
    lead(demo, actions.record_arrival, gone[0], people[gone[0]])
    with demo.session() as session:
        found = [(row.occasion, row.present, row.reached) for row in session.exec(select(QuorumFinding))]
    assert found == [(Occasion.STATED, 8, True), (Occasion.LOST, 7, False), (Occasion.REGAINED, 8, True)]


def test_a_recusal_at_the_item_counts_against_its_quorum_until_it_is_lifted(demo: Demo) -> None:
    run_with_everyone(demo)
    for _number in range(6):
        lead(demo, leading.call_next)
    demo.perform(MEMBER, actions.declare_recusal, KEY, "6")
    assert (see(demo).quorum.present, see(demo).room.attending.present) == (15, 16)
    with pytest.raises(Forbidden, match="Dass das Gremium entschieden hat"):
        demo.perform("p-marx", actions.declare_recusal, KEY, "6", None, Declaration(decided=True))
    with pytest.raises(Forbidden):
        demo.perform(MEMBER, actions.lift_recusal, KEY, "6", seat_of(demo, "caritas"))
    with demo.session() as session:
        seat = session.exec(select(Recusal)).one().seat_id
    demo.perform(CHAIR, actions.lift_recusal, KEY, "6", seat)
    assert see(demo).quorum.present == 16
    demo.perform(MEMBER, actions.declare_recusal, KEY, "6")
    with demo.session() as session:
        assert [row.until is None for row in session.exec(select(Recusal))] == [False, True]


def test_the_speakers_list_from_asking_to_the_end(demo: Demo) -> None:
    run_with_everyone(demo)
    for person, kind in ((MEMBER, SpeechKind.CONTRIBUTION), ("p-marx", SpeechKind.CONTRIBUTION)):
        demo.perform(person, speeches.ask, KEY, kind)
        demo.perform(person, speeches.ask, KEY, kind)
    lead(demo, setup.switch, "list_closed", True)
    with pytest.raises(DomainError, match="Redeliste ist geschlossen"):
        demo.perform("p-pohl", speeches.ask, KEY)
    demo.perform("p-pohl", speeches.ask, KEY, SpeechKind.POINT_OF_ORDER)
    names = [each.person for each in see(demo).waiting]
    assert names[0] == "Claudia Pohl"
    assert len(names) == 3
    first, second, third = (each.id for each in see(demo).waiting)
    lead(demo, speeches.move, third, -1)
    assert [each.id for each in see(demo).waiting] == [first, third, second]
    lead(demo, speeches.give_floor, third)
    lead(demo, speeches.give_floor, first)
    found = see(demo)
    assert found.speaking is not None
    assert (found.speaking.id, [each.id for each in found.waiting]) == (first, [second])
    lead(demo, speeches.strike, second)
    demo.perform("p-pohl", speeches.withdraw, KEY)
    assert (see(demo).speaking, see(demo).waiting) == (None, ())


def test_a_guest_speaks_when_the_chair_calls(demo: Demo) -> None:
    run(demo)
    with pytest.raises(Forbidden, match="Ohne Sitz im Gremium"):
        demo.perform(GUEST, speeches.ask, KEY)
    lead(demo, speeches.call_person, demo.actor(GUEST).person_id)
    assert len(see(demo).waiting) == 1
    with pytest.raises(NotFound):
        lead(demo, speeches.call_person, demo.actor(OUTSIDER).person_id)


def test_notes_tasks_and_motions_are_kept_with_their_item(demo: Demo) -> None:
    run(demo)
    lead(demo, leading.call_next)
    item, person = see(demo).items[0].id, demo.actor(MEMBER).person_id
    task = Draft(CapturedKind.TASK, "Liste der Sprachmittler", item, person, datetime(2027, 1, 15, tzinfo=UTC).date())
    lead(demo, capturing.capture, task)
    row = demo.perform(OFFICE, capturing.capture, KEY, Draft(CapturedKind.MOTION, "Schluss der Debatte", item, person))
    lead(demo, capturing.decide_motion, row.id, Result(MotionResult.ADOPTED, 9, 1, 0))
    with demo.session() as session:
        found = captured_of(session, item)
        assert [(each.kind, each.result, each.in_favour) for each in found] == [
            (CapturedKind.TASK, None, None),
            (CapturedKind.MOTION, MotionResult.ADOPTED, 9),
        ]
        assert found[0].due is not None
        first = found[0].id
    with pytest.raises(InvalidInput, match="nur ein Antrag"):
        lead(demo, capturing.decide_motion, first, Result(MotionResult.ADOPTED))
    with pytest.raises(InvalidInput, match="gehört nicht zur Sitzung"):
        lead(demo, capturing.capture, Draft(CapturedKind.TASK, "x", None, demo.actor(OUTSIDER).person_id))
    lead(demo, capturing.drop, first)
    with pytest.raises(NotFound):
        lead(demo, capturing.drop, first)
    with demo.session() as session:
        meeting = meeting_by_key(session, KEY)
        assert meeting is not None
        assert len(captured_in(session, meeting.id)) == 1


def test_with_the_code_on_the_wall_nobody_reports_from_home(demo: Demo) -> None:
    run(demo)
    with demo.session() as session:
        meeting = meeting_by_key(session, KEY)
        assert meeting is not None
    code = code_at(b"s", meeting.id, NOW)
    lead(demo, setup.switch, "needs_code", True)
    with pytest.raises(DomainError, match="Code, der an der Wand steht"):
        demo.perform(MEMBER, actions.arrive, KEY)
    with pytest.raises(DomainError, match="gilt nicht mehr"):
        demo.perform(MEMBER, actions.arrive, KEY, Reporting(code="AAAAAA", secret=b"s"))
    with pytest.raises(DomainError, match="vor Ort teil"):
        demo.perform(MEMBER, actions.arrive, KEY, Reporting(Mode.REMOTE))
    demo.perform(MEMBER, actions.arrive, KEY, Reporting(code=code, secret=b"s"))
    lead(demo, setup.switch, "remote_allowed", True)
    demo.perform(DEPUTY, actions.arrive, KEY, Reporting(Mode.REMOTE))
    with demo.session() as session:
        found = [(row.source, row.mode) for row in session.exec(select(Presence))]
    assert found == [(Source.QR, Mode.ONSITE), (Source.SELF, Mode.REMOTE)]


def test_a_member_presses_nobodys_seat_past_the_code(demo: Demo) -> None:
    run(demo)
    lead(demo, setup.switch, "needs_code", True)
    person = demo.actor(MEMBER).person_id
    with pytest.raises(DomainError, match="Code"):
        demo.perform(MEMBER, actions.record_arrival, KEY, see_seat(demo, person), person)


def see_seat(demo: Demo, person_id: int) -> int:
    return next(p.id for p in see(demo).room.places if p.seat.holder and p.seat.holder.person_id == person_id)


def test_times_from_a_list_on_paper(demo: Demo) -> None:
    run(demo)
    person = demo.actor(MEMBER).person_id
    seat = see_seat(demo, person)
    hour = timedelta(hours=1)
    lead(demo, enter_times, [Entered(seat, person, NOW - 2 * hour, NOW - hour)])
    with pytest.raises(InvalidInput, match="überschneiden sich"):
        lead(demo, enter_times, [Entered(seat, person, NOW - 1.5 * hour, NOW - 0.5 * hour)])
    with pytest.raises(InvalidInput, match="nicht nach dem Anfang"):
        lead(demo, enter_times, [Entered(seat, person, NOW, NOW)])
    with pytest.raises(InvalidInput, match="Zukunft"):
        lead(demo, enter_times, [Entered(seat, person, NOW, NOW + hour)])
    with pytest.raises(InvalidInput, match="weder Mitglied noch Vertretung"):
        lead(demo, enter_times, [Entered(seat, demo.actor(CHAIR).person_id, NOW - hour, NOW)])
    with demo.session() as session:
        old = session.exec(select(Presence)).one().id
    lead(demo, enter_times, [Entered(seat, person, NOW - 1.5 * hour, None)], [old])
    with demo.session() as session:
        row = session.exec(select(Presence)).one()
    assert (row.since, row.until, row.source) == (NOW - 1.5 * hour, None, Source.CLERK)
