"""Answers for seats: by the member, a deputy, the office, a guest; until the meeting begins."""

import pytest
from sqlmodel import col, select

from app.core.clock import now
from app.core.errors import DomainError, Forbidden, InvalidInput, NotFound
from app.core.lifecycle import RefusedMove
from app.people.models import Person
from meetings.agenda.actions import move_meeting
from meetings.agenda.queries import FoundMeeting, meeting_by_key
from meetings.invitations import policy
from meetings.invitations.answering import answer_as_guest, answer_for_seat
from meetings.invitations.answers import Overview, overview
from meetings.invitations.queries import answers_of, notice_of
from meetings.invitations.states import AnswerKind
from meetings.invitations.wording import proof_words
from tests.meetings.walk import ADVISOR, CHAIR, DEPUTY, GUEST, HELD_BY, MEMBER, OFFICE, OUTSIDER, PLANNER, invite
from tests.support.demo import Demo, post

SQLITE = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)


def view(demo: Demo, person: str) -> Overview:
    """Who comes, as this person sees it."""
    with demo.session() as session:
        return overview(session, demo.actor(person), meeting(demo), now())


def meeting(demo: Demo) -> FoundMeeting:
    """The ninth meeting."""
    with demo.session() as session:
        found = meeting_by_key(session, "LG-09")
    assert found
    return found


def seat_of(demo: Demo, person: str) -> int:
    """The seat of this person."""
    return view(demo, person).own[0].seat.seat_id


def id_of(demo: Demo, person: str) -> int:
    """The person's id."""
    with demo.session() as session:
        return session.exec(select(Person.id).where(col(Person.key) == person)).one() or 0


def test_the_last_word_of_a_seat_stands(demo: Demo) -> None:
    seat = seat_of(demo, HELD_BY)
    with pytest.raises(RefusedMove):
        demo.perform(HELD_BY, answer_for_seat, "LG-09", seat, AnswerKind.ACCEPTED)
    invite(demo)
    assert view(demo, HELD_BY).waits
    demo.perform(HELD_BY, answer_for_seat, "LG-09", seat, AnswerKind.ACCEPTED)
    with pytest.raises(InvalidInput, match="schon jemand anderes"):
        demo.perform(DEPUTY, answer_for_seat, "LG-09", seat, AnswerKind.ACCEPTED)
    demo.perform(HELD_BY, answer_for_seat, "LG-09", seat, AnswerKind.DEPUTY, id_of(demo, DEPUTY))
    demo.perform(DEPUTY, answer_for_seat, "LG-09", seat, AnswerKind.DECLINED)
    demo.perform(HELD_BY, answer_for_seat, "LG-09", seat, AnswerKind.DECLINED)
    demo.perform(OFFICE, answer_for_seat, "LG-09", seat, AnswerKind.DEPUTY, id_of(demo, DEPUTY))
    with pytest.raises(InvalidInput, match="keine Vertretung"):
        demo.perform(OFFICE, answer_for_seat, "LG-09", seat, AnswerKind.DEPUTY, id_of(demo, MEMBER))
    with demo.session() as session:
        (answer,) = answers_of(session, meeting(demo).id).values()
        assert (answer.kind, answer.person_id, answer.comes) == (AnswerKind.DEPUTY, id_of(demo, DEPUTY), True)
        statement = notice_of(session, meeting(demo))
        found = meeting(demo).meeting
        assert statement
        assert found.invited_on
        assert found.date
        assert proof_words(statement, found.invited_on, found.date) == (
            "Frist: 14 Tage; versandt am 24.11.2026; Sitzung am 10.12.2026; gewahrt (16 Tage)"
        )
    seen = view(demo, OFFICE)
    assert (seen.tally.deputies, seen.expected.present, seen.expected.entitled) == (1, 1, 16)
    for person in (MEMBER, ADVISOR, GUEST, OUTSIDER):
        with pytest.raises((Forbidden, NotFound)):
            demo.perform(person, answer_for_seat, "LG-09", seat, AnswerKind.DECLINED)
    demo.perform(GUEST, answer_as_guest, "LG-09", AnswerKind.ACCEPTED)
    demo.perform(GUEST, answer_as_guest, "LG-09", AnswerKind.DECLINED)
    with pytest.raises(DomainError):
        demo.perform(GUEST, answer_as_guest, "LG-09", AnswerKind.DEPUTY)
    with pytest.raises(Forbidden):
        demo.perform(MEMBER, answer_as_guest, "LG-09", AnswerKind.ACCEPTED)
    assert [each.answer.kind for each in view(demo, OFFICE).guests if each.answer] == [AnswerKind.DECLINED]
    demo.perform(OFFICE, move_meeting, "LG-09", "running")
    with pytest.raises(RefusedMove):
        demo.perform(HELD_BY, answer_for_seat, "LG-09", seat, AnswerKind.ACCEPTED)


@SQLITE
def test_who_may_what(demo: Demo) -> None:
    found = meeting(demo)
    everybody = (OFFICE, CHAIR, PLANNER, MEMBER, DEPUTY, ADVISOR, GUEST, OUTSIDER)
    actors = {person: demo.actor(person) for person in everybody}
    assert [person for person, actor in actors.items() if policy.may_invite(actor, found)] == [OFFICE, CHAIR]
    assert [person for person, actor in actors.items() if not policy.may_see_answers(actor, found)] == [GUEST, OUTSIDER]
    assert [p for p, actor in actors.items() if not policy.may_see_whole_agenda(actor, found)] == [GUEST, OUTSIDER]
    assert [p for p, actor in actors.items() if policy.may_answer_as_guest(actor, found)] == [GUEST]


@SQLITE
def test_the_pages_of_an_invitation(demo: Demo) -> None:
    demo.perform(OFFICE, move_meeting, "LG-09", "scheduled")
    office = demo.client(OFFICE)
    address = "/sitzungen/LG-09/einladung"
    before = office.get(address).get_data(as_text=True)
    assert "Frist: 14 Tage; versandt am 23.11.2026; Sitzung am 10.12.2026; gewahrt (17 Tage)" in before
    assert post(office, address).status_code == 303
    assert "Versandprotokoll" in office.get(address).get_data(as_text=True)
    seat = seat_of(demo, HELD_BY)
    member = demo.client(HELD_BY)
    assert "Für diesen Sitz gibt es noch keine Antwort" in member.get("/sitzungen/LG-09/antwort").get_data(as_text=True)
    own = f"/sitzungen/LG-09/antwort/{seat}"
    assert post(member, own, {"kind": "deputy"}).status_code == 422
    deputy = str(id_of(demo, DEPUTY))
    assert post(member, own, {"kind": "deputy", "deputy": deputy}).status_code == 303
    assert "Vertretung kommt" in member.get("/sitzungen/LG-09/antworten").get_data(as_text=True)
    assert post(office, own, {"kind": "declined"}).location.endswith("/antworten")
    guest = demo.client(GUEST)
    assert post(guest, "/sitzungen/LG-09/antwort", {"kind": "accepted"}).status_code == 303
    assert guest.get("/sitzungen/LG-09/antworten").status_code == 403
    assert guest.get(own).status_code == 403
    assert post(office, f"{address}/1/unzustellbar", at=address).status_code == 303
    assert "unzustellbar" in office.get(address).get_data(as_text=True)
    assert b"BEGIN:VTIMEZONE" in guest.get("/sitzungen/LG-09/termin.ics").data
    assert guest.get("/sitzungen/LG-09/einladung.docx").data[:2] == b"PK"
    assert member.get("/sitzungen/LG-09/einladung.pdf").data[:5] == b"%PDF-"


@SQLITE
def test_the_desk_asks_for_the_answer_until_it_is_given(demo: Demo) -> None:
    invite(demo)
    asked = "Zu- oder absagen"
    desks = {person: demo.client(person) for person in (HELD_BY, DEPUTY, GUEST, OUTSIDER)}
    found = {person: asked in desk.get("/").get_data(as_text=True) for person, desk in desks.items()}
    assert found == {HELD_BY: True, DEPUTY: False, GUEST: True, OUTSIDER: False}
    demo.perform(HELD_BY, answer_for_seat, "LG-09", seat_of(demo, HELD_BY), AnswerKind.DECLINED)
    demo.perform(GUEST, answer_as_guest, "LG-09", AnswerKind.ACCEPTED)
    assert not [p for p in (HELD_BY, GUEST) if asked in desks[p].get("/").get_data(as_text=True)]
