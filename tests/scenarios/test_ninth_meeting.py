"""The demo steering group's ninth meeting, from its draft to closed, against what was written down by hand.

16 voting seats of 16 organisations (the demo county has just as many), one deputy, one late arrival, one recusal, the
quorum lost and regained, one interruption.
"""

from datetime import UTC, datetime

import pytest
import time_machine
from sqlmodel import col, select

from app.people.models import Organisation
from meetings.agenda import actions as agenda
from meetings.agenda.outcomes import record_result
from meetings.agenda.queries import FoundMeeting, item_by_number, meeting_by_key
from meetings.agenda.states import ItemResult
from meetings.room import actions as room
from meetings.room import capturing, leading, speeches
from meetings.room.actions import Declaration
from meetings.room.captured import captured_in
from meetings.room.queries import quorum_now, recused_at
from meetings.room.record import attendance_of, room_lines
from meetings.room.states import CapturedKind, RecusalReason
from meetings.voting import actions as voting
from meetings.voting.models import PollEntitlement
from meetings.voting.queries import opening_of
from tests.meetings.walk import CHAIR, DEPUTY, OFFICE, cast, invite, open_dots
from tests.support.demo import Demo

KEY = "LG-09"
EARLY = ("p-wieland", "p-hartung", "p-diallo", "p-kessler", "p-sander", "p-wessel", "p-pohl", "p-marx", DEPUTY)

ATTENDANCE = """
Kreisverwaltung Sonderau, Dezernat Soziales und Integration | Annegret Wieland | 13:55–16:30
Stadt Sonderau | Ulrich Hartung | 13:55–16:30
Stadt Brückfeld | Mariama Diallo | 13:55–16:30
Stadt Hallenbeck | Bernd Kessler | 13:55–15:30 bis TOP 7
Gemeinde Mühlenrode | Ilka Sander | 13:55–15:30 bis TOP 7
Gemeinde Ostervelde | Jörg Wessel | 13:55–15:30 bis TOP 7
Gemeinde Quellenrade | Claudia Pohl | 13:55–16:30
AWO Kreisverband Sonderau | Regina Marx | 13:55–16:30
Caritasverband für den Kreis Sonderau | Thomas Steffens | 14:12–16:30 ab TOP 2
Diakonie Sonderau | Grace Okafor | 15:35–16:30 ab TOP 7
Jobcenter Kreis Sonderau | Simone Vogt | 13:55–16:30 i. V. Holger Brandes
"""

MINUTES = """
Beschlussfähigkeit festgestellt um 14:02 Uhr mit 9 von 16 Stimmberechtigten.
Thomas Steffens (Caritasverband für den Kreis Sonderau) kommt um 14:12 Uhr dazu.
Die Sitzung ist von 14:40 Uhr bis 14:50 Uhr unterbrochen (Lüften).
AWO Kreisverband Sonderau wirkt wegen Befangenheit von 15:00 Uhr bis 15:25 Uhr an TOP 6 nicht mit; Vertretung einer \
beteiligten Stelle; hat den Raum verlassen.
Zur Abstimmung um 15:05 Uhr ist das Gremium mit 9 von 16 Stimmberechtigten beschlussfähig.
Um 15:30 Uhr ist das Gremium mit 7 von 16 Stimmberechtigten nicht mehr beschlussfähig.
Bernd Kessler (Stadt Hallenbeck) verlässt die Sitzung um 15:30 Uhr.
Ilka Sander (Gemeinde Mühlenrode) verlässt die Sitzung um 15:30 Uhr.
Jörg Wessel (Gemeinde Ostervelde) verlässt die Sitzung um 15:30 Uhr.
Grace Okafor (Diakonie Sonderau) kommt um 15:35 Uhr dazu.
Um 15:35 Uhr ist das Gremium mit 8 von 16 Stimmberechtigten wieder beschlussfähig.
"""

ENTITLED_AT_6 = {
    "kreis", "st-sonderau", "st-brueckfeld", "st-hallenbeck", "gd-muehlenrode", "gd-ostervelde", "gd-quellenrade",
    "caritas", "jobcenter",
}  # fmt: skip
ENTITLED_AT_7 = {
    "kreis", "st-sonderau", "st-brueckfeld", "gd-quellenrade", "awo", "caritas", "diakonie", "jobcenter",
}  # fmt: skip


def half(clock: str) -> datetime:
    """The moment of the tenth of December at which the clock of the county shows this."""
    hour, minute = clock.split(":")
    return datetime(2026, 12, 10, int(hour) - 1, int(minute), tzinfo=UTC)


def when(clock: str) -> time_machine.travel:
    return time_machine.travel(half(clock), tick=False)


def hold(demo: Demo) -> dict[str, set[str]]:
    """Play the afternoon; who was entitled in each vote, by key."""
    invite(demo)
    entitled = {}
    with when("13:55"):
        for person in EARLY:
            demo.perform(person, room.arrive, KEY)
    with when("14:00"):
        demo.perform(OFFICE, agenda.move_meeting, KEY, "running")
        demo.perform(OFFICE, leading.call_next, KEY)
    with when("14:02"):
        demo.perform(CHAIR, leading.state_quorum, KEY)
    with when("14:10"):
        demo.perform(OFFICE, leading.call_next, KEY)
    with when("14:12"):
        demo.perform("p-steffens", room.arrive, KEY)
    with when("14:15"):
        demo.perform(OFFICE, leading.call_next, KEY)
        note = capturing.Draft(CapturedKind.NOTE, "Der Bericht liegt schriftlich vor.")
        demo.perform(OFFICE, capturing.capture, KEY, note)
    with when("14:40"):
        demo.perform(OFFICE, leading.pause, KEY, "Lüften")
    with when("14:50"):
        demo.perform(OFFICE, leading.resume, KEY)
        demo.perform(OFFICE, leading.call_next, KEY)
        demo.perform(OFFICE, leading.call_next, KEY)
    entitled |= play_the_votes(demo)
    with when("16:30"):
        demo.perform(OFFICE, agenda.move_meeting, KEY, "held")
        for number in ("2", "3", "4", "5", "6", "7", "8", "9", "10"):
            finish(demo, number)
        demo.perform(OFFICE, agenda.move_meeting, KEY, "closed")
    return entitled


def play_the_votes(demo: Demo) -> dict[str, set[str]]:
    with when("15:00"):
        demo.perform(OFFICE, leading.call_next, KEY)
        said = Declaration(RecusalReason.REPRESENTATION, left_room=True)
        demo.perform("p-marx", room.declare_recusal, KEY, "6", None, said)
    with when("15:05"):
        poll_id = open_dots(demo)
        cast(demo, DEPUTY, poll_id, 2, 1)
        entitled = {"6": in_poll(demo, poll_id)}
    with when("15:20"):
        demo.perform(OFFICE, voting.close_poll, poll_id)
    with when("15:25"):
        demo.perform(OFFICE, leading.call_next, KEY)
        demo.perform("p-pohl", speeches.ask, KEY)
    with when("15:30"):
        for person in ("p-kessler", "p-sander", "p-wessel"):
            demo.perform(person, room.leave, KEY)
        assert not quorum_at(demo, "15:30")
    with when("15:35"):
        demo.perform("p-okafor", room.arrive, KEY)
        assert quorum_at(demo, "15:35")
        entitled["7"] = would_vote(demo, "7")
    return entitled


def finish(demo: Demo, number: str) -> None:
    """Every item that asks for a decision gets a result, as the office enters it after the meeting."""
    with demo.session() as session:
        item = item_by_number(session, KEY, number)
    assert item is not None
    if item.item.kind in ("decision", "vote"):
        demo.perform(OFFICE, record_result, KEY, number, ItemResult.NO_DECISION)


def the_meeting(session: object) -> FoundMeeting:
    meeting = meeting_by_key(session, KEY)  # type: ignore[arg-type]
    assert meeting is not None
    return meeting


def quorum_at(demo: Demo, clock: str) -> bool:
    with demo.session() as session:
        return quorum_now(session, the_meeting(session), half(clock)).reached


def in_poll(demo: Demo, poll_id: int) -> set[str]:
    with demo.session() as session:
        statement = select(col(Organisation.key)).join(
            PollEntitlement, col(PollEntitlement.organisation_id) == col(Organisation.id)
        )
        return set(session.exec(statement.where(col(PollEntitlement.poll_id) == poll_id)))


def would_vote(demo: Demo, number: str) -> set[str]:
    with demo.session() as session:
        item = item_by_number(session, KEY, number)
        assert item is not None
        ids = [seat.organisation_id for seat in opening_of(session, item, half("15:36")).voters]
        return set(session.exec(select(col(Organisation.key)).where(col(Organisation.id).in_(ids))))


def local(moment: datetime | None) -> str:
    return "" if moment is None else f"{moment.hour + 1:02}:{moment.minute:02}"


@pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
def test_the_ninth_meeting_from_draft_to_closed(demo: Demo) -> None:
    entitled = hold(demo)

    with demo.session() as session:
        meeting = the_meeting(session)
        assert str(meeting.state) == "closed"
        attended = [
            f"{line.organisation} | {line.person} | {local(line.since)}–{local(line.until)}"
            + (f" ab TOP {line.from_item}" if line.from_item else "")
            + (f" bis TOP {line.until_item}" if line.until_item else "")
            + (f" i. V. {line.in_place_of}" if line.in_place_of else "")
            for line in attendance_of(session, meeting)
        ]
        lines = [line.text for line in room_lines(session, meeting)]
        sixth = item_by_number(session, KEY, "6")
        assert sixth is not None
        assert len(recused_at(session, sixth.item.id or 0, half("15:10"))) == 1
        assert recused_at(session, sixth.item.id or 0, half("14:59")) == frozenset()
        notes = [(each.item_number, each.text) for each in captured_in(session, meeting.id)]

    assert entitled == {"6": ENTITLED_AT_6, "7": ENTITLED_AT_7}
    assert attended == ATTENDANCE.strip().splitlines()
    assert sorted(lines) == sorted(MINUTES.strip().splitlines())
    assert notes == [(None, "Der Bericht liegt schriftlich vor.")]
