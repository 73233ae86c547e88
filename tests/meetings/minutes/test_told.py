"""What minutes say of themselves: notice, quorum, guests, seats that changed hands, decisions made in writing."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from app.core import clock
from app.core.work import Work
from app.people.models import Person
from meetings.agenda import actions as agenda
from meetings.agenda.queries import meeting_by_key
from meetings.bodies.models import Body, BodyRules, Seat, SeatHolder
from meetings.bodies.states import NoticeUnit, SeatKind
from meetings.circular import actions as circulars
from meetings.circular.actions import CircularDraft
from meetings.circular.models import Circular
from meetings.circular.states import CircularState, Voice
from meetings.circular.suggesting import suggestions
from meetings.minutes.publicity import public_sheet
from meetings.minutes.queries import sheet_by_key
from meetings.room import actions as room
from meetings.room.leading import state_quorum
from tests.meetings.walk import MEMBER, OFFICE, run_with_everyone
from tests.support.demo import Demo

SPEAKER = "p-haddad"
PAGE = "/sitzungen/LG-09/niederschrift"


def _prepare(work: Work) -> None:
    """A seat that another held before, and a guest's seat."""
    session, body = work.session, work.session.exec(select(Body).where(Body.key == "lg-kim")).one()
    seats = session.exec(select(Seat).where(Seat.body_id == body.id).order_by(Seat.id)).all()  # type: ignore[arg-type]
    session.add(SeatHolder(seat_id=seats[0].id or 0, person_id=27, rank=0, valid_to=date(2026, 1, 31)))
    person = session.exec(select(Person).where(Person.key == SPEAKER)).one()
    guest = Seat(body_id=body.id or 0, organisation_id=person.organisation_id, kind=SeatKind.GUEST, position=99)
    session.add(guest)
    session.flush()
    session.add(SeatHolder(seat_id=guest.id or 0, person_id=person.id or 0, rank=0))
    work.record("seat.added", guest)


def _count_working_days(work: Work) -> None:
    rules = work.session.exec(select(BodyRules).join(Body).where(Body.key == "lg-kim")).one()
    rules.notice_unit = NoticeUnit.WORKING
    work.session.add(rules)
    work.record("body.rules", rules)


def _circular(demo: Demo, title: str) -> str:
    draft = CircularDraft(title, f"{title} wird Mitglied.", "", clock.now() + timedelta(days=7), "simple_of_cast")
    circular: Circular = demo.perform(OFFICE, circulars.send_circular, "lg-kim", draft)
    return circular.key


def _ended(demo: Demo, key: str) -> None:
    def end(work: Work) -> None:
        row = work.session.exec(select(Circular).where(Circular.key == key)).one()
        row.state, row.note = CircularState.CLOSED, "Einstimmig angenommen."
        work.session.add(row)
        work.record("circular.closed", row)

    demo.perform(OFFICE, end)


def _suggested(demo: Demo) -> list[str]:
    with demo.session() as session, demo.app.test_request_context():
        meeting = meeting_by_key(session, "LG-09")
        assert meeting is not None
        return [item.key for item in suggestions(session, meeting)]


@pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
def test_minutes_say_what_was_recorded_and_count_as_the_rules_do(demo: Demo) -> None:
    demo.perform(OFFICE, _prepare)
    counted, stopped = _circular(demo, "Die Kammer"), _circular(demo, "Der Verein")
    _ended(demo, counted)
    demo.perform(MEMBER, circulars.answer_circular, stopped, Voice.OBJECT, "Das gehört beraten.")
    assert _suggested(demo) == [counted, stopped]
    run_with_everyone(demo)
    demo.perform(OFFICE, _count_working_days)
    demo.perform(OFFICE, state_quorum, "LG-09")
    with demo.session() as session:
        voting = [seat.id or 0 for seat in session.exec(select(Seat).where(Seat.kind == SeatKind.VOTING))][:9]
        guest = session.exec(select(Seat.id).where(Seat.position == 99)).one() or 0
    demo.perform(OFFICE, room.record_arrival, "LG-09", guest, demo.actor(SPEAKER).person_id)
    for seat in voting:
        demo.perform(OFFICE, room.record_departure, "LG-09", seat)
    demo.perform(OFFICE, agenda.move_meeting, "LG-09", "held")

    assert _suggested(demo) == [stopped], "reported is reported; a motion that was stopped waits for an agenda"
    client = demo.client(OFFICE)
    page = client.get(PAGE).get_data(as_text=True)
    text = client.get(f"{PAGE}.md").get_data(as_text=True)
    for said in (page, text):
        assert f"Umlaufbeschluss {counted}, „Die Kammer“: „Die Kammer wird Mitglied.“ Einstimmig angenommen." in said
        assert f"Umlaufbeschluss {stopped}" in said
        assert demo.actor(SPEAKER).name in said, "a guest on a seat was there"
    assert "Frist nicht gewahrt, 12 Arbeitstage" in text
    assert "mit 16 von 16 Stimmberechtigten" in text
    assert "mit 7 von 16 Stimmberechtigten nicht mehr beschlussfähig" in text
    with demo.session() as session, demo.app.test_request_context():
        sheet = sheet_by_key(session, "LG-09")
        assert sheet is not None
        assert len(sheet.seats) == len({(seat.organisation, seat.kind) for seat in sheet.seats})
        assert not [entry for entry in public_sheet(sheet).items if entry.circulars]
        assert not [seat for seat in public_sheet(sheet).seats if seat.kind == SeatKind.GUEST]
