"""How a meeting is joined from afar: who is invited learns it by mail, calendar and page, nobody else does."""

import pytest
from icalendar import Calendar
from sqlmodel import select

from app.people.models import Tenant
from meetings.agenda.wording import titled
from meetings.invitations.feed import calendar_of
from tests.meetings.invitations.test_sending import FROM, log, outbox, scheduled, send
from tests.meetings.walk import GUEST, MEETING, MEMBER, OFFICE, OUTSIDER
from tests.support.demo import Demo, post
from tests.support.time import NOW

ADDRESS, PHONE = "https://konferenz.example/kim?p=1", "+49 2931 940, Kennung 12"
HEAD = {"title": "9. Sitzung", "date": "2026-12-10", "start": "14:00", "end": "16:30", "place": "Kreishaus"}


@pytest.mark.parametrize(
    ("body", "title", "together"),
    [
        ("Lenkungsgruppe KIM Kreis Sonderau", "9. Sitzung der Lenkungsgruppe KIM", "9. Sitzung der Lenkungsgruppe KIM"),
        ("Lenkungsgruppe KIM", "Herbstsitzung", "Lenkungsgruppe KIM: Herbstsitzung"),
        (
            "Projektgruppe Übergang",
            "4. Sitzung der Projektgruppe",
            "Projektgruppe Übergang: 4. Sitzung der Projektgruppe",
        ),
        ("Beirat", "2. Sitzung des Beirats", "Beirat: 2. Sitzung des Beirats"),
    ],
)
def test_a_title_that_names_its_body_stands_alone(body: str, title: str, together: str) -> None:
    assert titled(body, title) == together


@pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
def test_the_way_in_from_afar_reaches_those_who_are_invited(demo: Demo) -> None:
    office, address = demo.client(OFFICE), f"{MEETING}/bearbeiten"
    version = {"version": "1"}
    for wrong in ("javascript:alert(1)", "http://konferenz.example", "https://a b"):
        refused = post(office, address, {**HEAD, **version, "dial_in_url": wrong})
        assert refused.status_code == 422
        assert "die mit https:// beginnt" in refused.text
    said = {**HEAD, **version, "dial_in_url": ADDRESS, "dial_in_phone": PHONE}
    assert post(office, address, said).status_code == 303

    scheduled(demo)
    send(demo)
    for mail in outbox(demo):
        assert f"Zuschalten:\n{ADDRESS}\n{PHONE}" in mail.text
        (event,) = Calendar.from_ical(mail.calendar or "").walk("VEVENT")
        assert [str(way) for way in event["conference"]] == [ADDRESS, "tel:+492931940"]
        assert ADDRESS in str(event["description"])
    for person in (MEMBER, GUEST):
        page = demo.client(person).get(MEETING).text
        assert f'href="{ADDRESS}"' in page
        assert PHONE in page
    assert demo.client(OUTSIDER).get(MEETING).status_code == 404
    feed = feed_of(demo)
    assert "BEGIN:VEVENT" in feed
    assert ADDRESS.partition("?")[0] not in feed

    version = {"version": "2"}
    assert post(office, address, {**said, **version, "dial_in_phone": ""}).status_code == 303
    send(demo)
    assert {kind for _to, kind, _sequence in log(demo)[len(log(demo)) // 2 :]} == {"change"}


def feed_of(demo: Demo) -> str:
    """The calendar that programs read at a secret address."""
    with demo.app.test_request_context(), demo.session() as session:
        tenant = session.exec(select(Tenant)).first()
        assert tenant
        return calendar_of(session, demo.actor(MEMBER), tenant, FROM, NOW)
