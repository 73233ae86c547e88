"""Calendar mails: who gets one, what it says, that nobody gets it twice, and what other programs read in it."""

import email
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from email import policy
from typing import Any

import pytest
import vobject
from aiosmtpd.controller import Controller
from icalendar import Calendar
from sqlmodel import col, select

from app.core import mail_delivery
from app.core.clock import now
from app.core.records import MailOutbox
from knowledge.workshops import inviting
from knowledge.workshops.inviting import Sender, call_off_and_tell, send_invitations
from knowledge.workshops.planning import change_workshop, set_attendance
from tests.knowledge.workshops.planned import Case, Organisation, a_plan, ids, planned, workshop_of
from tests.support.demo import Demo, post
from tests.support.postgres import free_port

SQLITE = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
FROM = Sender("kim@kreis.example", "https://kim.example")
LEADERS = {"albers@kim.example", "kaya-brandt@kim.example"}
JOBCENTER = {"brandes@kim.example", "vogt@kim.example"}
OTHERS = {"steffens@kim.example", "marx@kim.example"}


class Postbox:
    """A mail server's memory."""

    def __init__(self) -> None:
        self.received: list[Any] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        self.received.append(email.message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@pytest.fixture
def postbox() -> Iterator[tuple[Postbox, str]]:
    """A real mail server and its address."""
    box = Postbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port(), ready_timeout=10)
    controller.start()
    yield box, f"smtp://127.0.0.1:{controller.port}"
    controller.stop()


def send(demo: Demo, key: str) -> None:
    """The coordination sends what is due."""
    demo.perform("p-albers", send_invitations, key, FROM)


def outbox(demo: Demo) -> list[MailOutbox]:
    """All mails that were written."""
    with demo.session() as session:
        return list(session.exec(select(MailOutbox).order_by(col(MailOutbox.id))))


def events(demo: Demo) -> list[tuple[str, str, int, str]]:
    """Receiver, method, sequence and status of every mail, as icalendar reads them."""
    found = []
    for mail in outbox(demo):
        calendar = Calendar.from_ical(mail.calendar or "")
        (event,) = calendar.walk("VEVENT")
        found.append((mail.recipient, str(calendar["METHOD"]), int(event["SEQUENCE"]), str(event["STATUS"])))
    return found


def test_everybody_who_is_invited_gets_one_mail(demo: Demo) -> None:
    key = planned(demo)
    send(demo, key)
    send(demo, key)
    assert {(to, method, sequence) for to, method, sequence, _status in events(demo)} == {
        (to, "REQUEST", 0) for to in LEADERS | JOBCENTER | OTHERS
    }
    assert len(outbox(demo)) == 6
    with demo.session() as session:
        assert not inviting.post_due(session, workshop_of(demo, key)).letters


@SQLITE
def test_a_mail_says_how_many_cases_and_never_which(demo: Demo) -> None:
    key = planned(demo)
    with demo.session() as session:
        jobcenter, caritas = ids(session, Organisation, "jobcenter", "caritas")
        erle, weide = ids(session, Case, "erle", "weide")
    demo.perform("p-albers", set_attendance, key, {(jobcenter, erle), (caritas, erle), (caritas, weide)}, {}, 1)
    send(demo, key)
    texts = {mail.recipient: mail.text for mail in outbox(demo)}
    assert "Ihre Stelle ist bei einem Fall dabei." in texts["brandes@kim.example"]
    assert "Ihre Stelle ist bei 2 Fällen dabei." in texts["steffens@kim.example"]
    assert "Es geht um 2 Fälle." in texts["albers@kim.example"]
    assert "Fall" not in texts["marx@kim.example"].replace("Fallrekonstruktion", "")
    assert f"https://kim.example/workshops/{key}" in texts["marx@kim.example"]
    for mail in outbox(demo):
        everything = f"{mail.subject} {mail.text} {mail.calendar}"
        assert not [name for name in ("Erle", "erle", "Weide", "Ehepaar", "krank") if name in everything]
        assert not [to for to in LEADERS | JOBCENTER | OTHERS if to != mail.recipient and to in everything]


def test_a_changed_day_raises_the_sequence_and_a_changed_title_does_not(demo: Demo) -> None:
    key = planned(demo)
    send(demo, key)
    demo.perform("p-albers", change_workshop, key, a_plan(demo, title="Neuer Titel"), 1)
    send(demo, key)
    assert len(outbox(demo)) == 6
    demo.perform("p-albers", change_workshop, key, a_plan(demo, day=date(2027, 3, 30), title="Neuer Titel"), 2)
    send(demo, key)
    later = events(demo)[6:]
    assert {(method, sequence) for _to, method, sequence, _status in later} == {("REQUEST", 1)}
    assert len(later) == 6
    uids = {str(Calendar.from_ical(mail.calendar).walk("VEVENT")[0]["UID"]) for mail in outbox(demo) if mail.calendar}
    assert len(uids) == 1
    assert "hat sich geändert" in outbox(demo)[-1].text


@SQLITE
def test_who_is_not_invited_any_more_gets_a_cancellation_and_may_come_back(demo: Demo) -> None:
    key = planned(demo)
    plan = a_plan(demo)
    send(demo, key)
    demo.perform("p-albers", change_workshop, key, replace(plan, organisation_ids=plan.organisation_ids[:2]), 1)
    send(demo, key)
    off = events(demo)[6:]
    assert {each[0] for each in off} == JOBCENTER
    assert {each[1:] for each in off} == {("CANCEL", 1, "CANCELLED")}
    demo.perform("p-albers", change_workshop, key, plan, 2)
    send(demo, key)
    assert {each[:3] for each in events(demo)[8:]} == {(to, "REQUEST", 2) for to in JOBCENTER}


@SQLITE
def test_calling_off_tells_everybody_at_once(demo: Demo) -> None:
    key = planned(demo)
    send(demo, key)
    demo.perform("p-albers", call_off_and_tell, key, "Der Raum fehlt.", FROM)
    off = events(demo)[6:]
    assert {each[0] for each in off} == LEADERS | JOBCENTER | OTHERS
    assert {each[1:] for each in off} == {("CANCEL", 1, "CANCELLED")}
    assert "Der Raum fehlt." not in "".join(mail.text for mail in outbox(demo))


@SQLITE
def test_a_given_address_stands_for_the_organisation(demo: Demo) -> None:
    key = planned(demo)
    with demo.session() as session:
        (jobcenter,) = ids(session, Organisation, "jobcenter")
    demo.perform("p-albers", set_attendance, key, set(), {jobcenter: "posteingang@jobcenter.example"}, 1)
    send(demo, key)
    assert {each[0] for each in events(demo)} == LEADERS | OTHERS | {"posteingang@jobcenter.example"}


@SQLITE
def test_the_mail_arrives_and_two_parsers_read_it(demo: Demo, postbox: tuple[Postbox, str]) -> None:
    box, address = postbox
    key = planned(demo, day=date(2027, 3, 28), starts=time(9), ends=time(12), slots=())
    send(demo, key)
    house = demo.app.extensions["lueckenlos"]
    house = replace(house, settings=replace(house.settings, smtp_url=address, mail_from=FROM.email))
    for _time in range(2):
        mail_delivery.deliver(house, now())
    assert len(box.received) == 6
    message = next(each for each in box.received if each["To"] == "brandes@kim.example")
    kinds = [(part.get_content_type(), part.get_param("method")) for part in message.walk() if not part.is_multipart()]
    assert kinds == [("text/plain", None), ("text/calendar", "REQUEST"), ("application/ics", None)]
    parts = [part for part in message.walk() if not part.is_multipart()]
    raw = parts[1].get_content()
    assert parts[2].get_payload(decode=True).decode().replace("\r\n", "\n") == raw.replace("\r\n", "\n")
    (event,) = Calendar.from_ical(raw).walk("VEVENT")
    assert event["DTSTART"].dt.isoformat() == "2027-03-28T09:00:00+02:00", "the day on which clocks go forward"
    assert event["DTSTART"].params["TZID"] == "Europe/Berlin"
    assert str(event["ORGANIZER"]) == "mailto:kim@kreis.example"
    assert str(event["ATTENDEE"]) == "mailto:brandes@kim.example"
    read = vobject.readOne(raw)
    assert read.method.value == "REQUEST"
    assert read.vevent.dtstart.value.utcoffset().total_seconds() == 7200
    assert read.vevent.location.value == "Kreishaus, Raum 1.14"


@SQLITE
def test_the_page_sends_once_and_shows_the_log(demo: Demo) -> None:
    key = planned(demo)
    client = demo.client("p-albers")
    assert post(client, f"/workshops/{key}/einladen", at=f"/workshops/{key}").status_code == 303
    html = client.get(f"/workshops/{key}").get_data(as_text=True)
    assert "Alle Eingeladenen kennen den jetzigen Stand." in html
    assert "Versandprotokoll: 6 Mails" in html
    assert "wartet auf den Versand" in html
    other = demo.client("p-brandes")
    assert "Versandprotokoll" not in other.get(f"/workshops/{key}").get_data(as_text=True)
    assert post(other, f"/workshops/{key}/einladen", at=f"/workshops/{key}").status_code == 403


@SQLITE
@pytest.mark.parametrize(("person", "status"), [("p-albers", 200), ("p-brandes", 200), ("p-oezer", 404)])
def test_the_appointment_is_a_file_for_who_is_invited(demo: Demo, person: str, status: int) -> None:
    key = planned(demo)
    answer = demo.client(person).get(f"/workshops/{key}/termin.ics")
    assert answer.status_code == status
    if status == 200:
        calendar = Calendar.from_ical(answer.get_data(as_text=True))
        assert str(calendar["METHOD"]) == "PUBLISH"
        assert "Erle" not in answer.get_data(as_text=True)
