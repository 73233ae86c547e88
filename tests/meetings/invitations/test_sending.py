"""The letters of a meeting: who gets one, what it says, that nobody is told twice and nobody is forgotten."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import vobject
from aiosmtpd.controller import Controller
from icalendar import Calendar
from sqlmodel import col, select

from app.core import mail_delivery
from app.core.clock import LOCAL, now
from app.core.errors import DomainError, Forbidden, NotFound
from app.core.lifecycle import RefusedMove
from app.core.mail_states import MailState
from app.core.records import MailOutbox
from app.people.models import Person
from knowledge.workshops.inviting import Sender
from meetings.agenda.actions import move_meeting
from meetings.agenda.drafting import add_item
from meetings.agenda.drafts import ItemDraft, MeetingDraft
from meetings.agenda.models import Meeting
from meetings.agenda.planning import change_meeting
from meetings.agenda.queries import meeting_by_key
from meetings.agenda.states import ItemKind
from meetings.bodies.models import BodyRules
from meetings.invitations import receivers
from meetings.invitations.log import log_of
from meetings.invitations.models import MeetingLetter
from meetings.invitations.sending import call_off_and_tell, note_bounce, send_again, send_letters
from tests.core.test_mail import Postbox
from tests.meetings.walk import ADVISOR, CHAIR, DEPUTY, GUEST, MEMBER, OUTSIDER, PLANNER
from tests.support.demo import Demo
from tests.support.postgres import free_port

SQLITE = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
FROM = Sender("kim@kreis.example", "https://kim.example")


def scheduled(demo: Demo) -> None:
    """The ninth meeting has its day."""
    demo.perform("p-albers", move_meeting, "LG-09", "scheduled")


def send(demo: Demo, **words: str) -> None:
    """The office sends what is due."""
    demo.perform("p-albers", send_letters, "LG-09", FROM, **words)


def outbox(demo: Demo) -> list[MailOutbox]:
    """All mails about meetings that were written."""
    with demo.session() as session:
        statement = select(MailOutbox).where(col(MailOutbox.reference).startswith("meeting:"))
        return list(session.exec(statement.order_by(col(MailOutbox.id))))


def log(demo: Demo) -> list[tuple[str, str, int]]:
    """Address, kind and sequence of each letter."""
    with demo.session() as session:
        rows = session.exec(select(MeetingLetter).order_by(col(MeetingLetter.id)))
        return [(row.recipient, row.kind.value, row.sequence) for row in rows]


def invited(demo: Demo) -> dict[str, receivers.Receiver]:
    """Who is to be invited, by address."""
    with demo.session() as session:
        meeting = meeting_by_key(session, "LG-09")
        assert meeting
        return {each.email: each for each in receivers.receivers(session, meeting)}


def moved_place(demo: Demo, place: str) -> None:
    """The meeting takes place somewhere else."""
    with demo.session() as session:
        row = session.exec(select(Meeting).where(col(Meeting.key) == "LG-09")).one()
    assert row.starts_at
    assert row.ends_at
    start, end = (each.astimezone(LOCAL) for each in (row.starts_at, row.ends_at))
    draft = MeetingDraft(row.title, row.date, start.time(), end.time(), place)
    demo.perform("p-albers", change_meeting, "LG-09", draft, row.version)


def test_everybody_on_a_seat_gets_one_mail_and_nobody_two(demo: Demo) -> None:
    scheduled(demo)
    send(demo)
    send(demo)
    everybody = invited(demo)
    assert sorted(to for to, _kind, _sequence in log(demo)) == sorted(everybody)
    assert [mail.recipient for mail in outbox(demo)] == [to for to, _kind, _sequence in log(demo)]
    assert {(kind, sequence) for _to, kind, sequence in log(demo)} == {("invitation", 0)}
    assert any(place.rank for each in everybody.values() for place in each.places), "a deputy is among them"
    with demo.session() as session:
        meeting = meeting_by_key(session, "LG-09")
        assert meeting
        assert (meeting.state, str(meeting.meeting.invited_on)) == ("invited", "2026-11-23")


@SQLITE
def test_a_letter_leads_to_the_answer_and_names_nobody_else(demo: Demo) -> None:
    scheduled(demo)
    send(demo)
    addresses = set(invited(demo))
    for mail in outbox(demo):
        everything = f"{mail.subject} {mail.text} {mail.calendar}"
        assert "https://kim.example/sitzungen/LG-09/antwort" in mail.text
        assert "TOP 6" in mail.text
        assert not [to for to in addresses if to != mail.recipient and to in everything]
        assert "\r\nMETHOD:REQUEST\r\n" in (mail.calendar or "")
    with demo.session() as session:
        cases = ("Ahorn", "Birke", "Erle", "Weide")
        assert not [name for name in cases for mail in outbox(demo) if name in f"{mail.text}{mail.calendar}"]
        assert session.exec(select(Person)).first()


@SQLITE
def test_two_parsers_read_the_entry_and_a_cancellation_removes_it(demo: Demo) -> None:
    scheduled(demo)
    send(demo)
    moved_place(demo, "Kreishaus, Raum 4")
    send(demo)
    demo.perform("p-albers", call_off_and_tell, "LG-09", "Der Saal ist gesperrt", FROM)
    send(demo)
    one = [mail for mail in outbox(demo) if mail.recipient == outbox(demo)[0].recipient]
    shown: dict[str, tuple[int, str]] = {}
    for mail, method, sequence in zip(one, ("REQUEST", "REQUEST", "CANCEL"), (0, 1, 2), strict=True):
        calendar = Calendar.from_ical(mail.calendar or "")
        (event,) = calendar.walk("VEVENT")
        other = vobject.readOne(mail.calendar or "")
        assert (str(calendar["METHOD"]), int(event["SEQUENCE"])) == (method, sequence)
        assert (other.method.value, int(other.vevent.sequence.value)) == (method, sequence)
        assert other.vevent.uid.value == str(event["UID"])
        assert event["DTSTART"].dt == other.vevent.dtstart.value
        assert str(event["DTSTART"].params["TZID"]) == "Europe/Berlin"
        assert len(calendar.walk("VTIMEZONE")) == 1
        assert mail.recipient in str(event["ATTENDEE"])
        if method == "CANCEL":
            assert str(event["STATUS"]) == other.vevent.status.value == "CANCELLED"
            shown.pop(str(event["UID"]))
        else:
            shown[str(event["UID"])] = (sequence, str(event["LOCATION"]))
            assert shown[str(event["UID"])][1] == ("Kreishaus, Raum 4" if sequence else str(event["LOCATION"]))
    assert shown == {}
    assert len(log(demo)) == 3 * len(invited(demo))


@SQLITE
def test_a_supplement_is_told_once_and_changes_no_calendar(demo: Demo) -> None:
    scheduled(demo)
    send(demo)
    demo.perform("p-albers", add_item, "LG-09", ItemDraft("Etwas Eiliges", ItemKind.REPORT), "6")
    send(demo)
    send(demo)
    later = outbox(demo)[len(invited(demo)) :]
    assert {kind for _to, kind, _sequence in log(demo)[len(invited(demo)) :]} == {"supplement"}
    assert len(later) == len(invited(demo))
    assert all("Etwas Eiliges" in mail.text and mail.calendar is None for mail in later)
    assert all("TOP 1 " not in mail.text for mail in later)


@SQLITE
def test_one_letter_is_sent_again_and_one_is_noted_as_undeliverable(demo: Demo) -> None:
    scheduled(demo)
    send(demo)
    with pytest.raises(DomainError, match="wartet noch"):
        demo.perform("p-albers", send_again, "LG-09", 1, FROM)
    deliver_all(demo, MailState.FAILED)
    demo.perform("p-albers", note_bounce, "LG-09", 1)
    demo.perform("p-albers", send_again, "LG-09", 1, FROM)
    assert len(outbox(demo)) == len(invited(demo)) + 1
    assert log(demo)[-1] == log(demo)[0]
    with demo.session() as session:
        lines = log_of(session, 3)
        assert {line.state for line in lines} == {"wartet", "abgelehnt", "unzustellbar"}
    send(demo)
    assert len(outbox(demo)) == len(invited(demo)) + 1


def deliver_all(demo: Demo, state: MailState) -> None:
    """All mails have this end."""
    house = demo.app.extensions["lueckenlos"]

    def job(session: Any) -> None:
        for mail in session.exec(select(MailOutbox)):
            mail.state = state
            session.add(mail)

    house.writer.run(job, demo.tenant_id)


@SQLITE
def test_only_who_runs_the_meetings_invites(demo: Demo) -> None:
    scheduled(demo)
    for person in (MEMBER, DEPUTY, ADVISOR, GUEST, OUTSIDER, PLANNER):
        with pytest.raises((Forbidden, NotFound)):
            demo.perform(person, send_letters, "LG-09", FROM)
    assert outbox(demo) == []
    demo.perform(CHAIR, send_letters, "LG-09", FROM)
    for person in (MEMBER, DEPUTY, ADVISOR, GUEST, OUTSIDER, PLANNER):
        with pytest.raises((Forbidden, NotFound)):
            demo.perform(person, send_again, "LG-09", 1, FROM)
        with pytest.raises((Forbidden, NotFound)):
            demo.perform(person, note_bounce, "LG-09", 1)


def set_notice(demo: Demo, days: int, urgent_days: int | None) -> None:
    """The body's rules ask for this notice."""

    def job(session: Any) -> None:
        for row in session.exec(select(BodyRules)):
            row.invitation_days, row.urgent_days = days, urgent_days
            session.add(row)

    demo.app.extensions["lueckenlos"].writer.run(job, demo.tenant_id)


@SQLITE
def test_a_late_invitation_needs_its_reason_and_the_shorter_notice(demo: Demo) -> None:
    scheduled(demo)
    set_notice(demo, 30, 20)
    with pytest.raises(RefusedMove, match="Ladungsfrist ist nicht gewahrt"):
        send(demo)
    with pytest.raises(RefusedMove, match="verkürzte"):
        send(demo, urgency="Die Förderung läuft aus")
    assert outbox(demo) == []
    set_notice(demo, 30, 5)
    send(demo, urgency="Die Förderung läuft aus")
    assert len(outbox(demo)) == len(invited(demo))
    with demo.session() as session:
        meeting = meeting_by_key(session, "LG-09")
        assert meeting
        assert meeting.meeting.urgency == "Die Förderung läuft aus"


@pytest.fixture
def postbox() -> Iterator[tuple[Postbox, str]]:
    """A real mail server and its address."""
    box = Postbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port(), ready_timeout=10)
    controller.start()
    yield box, f"smtp://127.0.0.1:{controller.port}"
    controller.stop()


@SQLITE
def test_over_a_real_server_nobody_is_told_twice_and_the_log_says_who_was_not(
    demo: Demo, postbox: tuple[Postbox, str]
) -> None:
    box, address = postbox
    scheduled(demo)
    send(demo)
    everybody = [mail.recipient for mail in outbox(demo)]
    refused, busy = everybody[1], everybody[2]
    box.answers = {refused: ["550 kennt hier niemand"], busy: ["451 später", "451 später"]}
    house = demo.app.extensions["lueckenlos"]
    down = replace(house, settings=replace(house.settings, smtp_url="smtp://127.0.0.1:9", mail_from=FROM.email))
    up = replace(house, settings=replace(house.settings, smtp_url=address, mail_from=FROM.email))
    start = now()
    mail_delivery.deliver(down, start)
    assert box.received == []
    for minutes in (1, 2, 3, 60, 61, 66, 70, 90):
        mail_delivery.deliver(up, start + timedelta(minutes=minutes))
    arrived = [message["To"] for message in box.received]
    assert sorted(arrived) == sorted(set(everybody) - {refused})
    with demo.session() as session:
        states = {line.letter.recipient: (line.state, line.problem[:3]) for line in log_of(session, 3)}
    assert states.pop(refused) == ("abgelehnt", "550")
    assert {state for state, _problem in states.values()} == {"versandt"}
    parts = [part.get_content_type() for part in box.received[0].walk()]
    assert parts.count("text/calendar") == 1
