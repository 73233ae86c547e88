"""The room before its day, when people come as they said, and after the end."""

import pytest
from sqlmodel import col, select

from meetings.agenda import actions as agenda
from meetings.agenda.models import AgendaItem
from meetings.agenda.states import ItemState
from meetings.invitations import answering
from meetings.invitations.states import AnswerKind
from meetings.room import actions, leading, speeches
from meetings.room.models import Presence, Speech
from meetings.room.states import SpeechKind
from tests.meetings.walk import DEPUTY, HELD_BY, MEETING, MEMBER, OFFICE, invite, seat_of
from tests.support.demo import Demo

pytestmark = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)


def text(demo: Demo, person: str, address: str) -> str:
    return " ".join(demo.client(person).get(address).text.split())


def test_who_declined_stays_out_and_an_announced_deputy_sits_down(demo: Demo) -> None:
    invite(demo)
    assert "Alle Stimmberechtigten anwesend" not in text(demo, OFFICE, f"{MEETING}/anwesenheit")
    jobcenter, brueckfeld = seat_of(demo, "jobcenter"), seat_of(demo, "st-brueckfeld")
    deputy = demo.actor(DEPUTY).person_id
    demo.perform(HELD_BY, answering.answer_for_seat, "LG-09", jobcenter, AnswerKind.DEPUTY, deputy)
    demo.perform(MEMBER, answering.answer_for_seat, "LG-09", brueckfeld, AnswerKind.DECLINED)
    demo.perform(OFFICE, agenda.move_meeting, "LG-09", "running")

    page = text(demo, OFFICE, f"{MEETING}/anwesenheit")
    assert "Vertretung angekündigt: Simone Vogt" in page
    assert "hat abgesagt" in page
    assert "hat abgesagt" not in text(demo, "p-fricke", f"{MEETING}/anwesenheit"), "a guest is not told"
    demo.perform(OFFICE, actions.record_everyone, "LG-09")
    with demo.session() as session:
        taken = {row.seat_id: row.person_id for row in session.exec(select(Presence))}
    assert len(taken) == 15
    assert taken[jobcenter] == deputy
    assert brueckfeld not in taken
    assert "Stadt Brückfeld (hat abgesagt)" in text(demo, OFFICE, f"{MEETING}/leiten")


def test_with_the_end_no_item_is_called_and_nobody_waits_for_the_floor(demo: Demo) -> None:
    invite(demo)
    demo.perform(OFFICE, agenda.move_meeting, "LG-09", "running")
    demo.perform(OFFICE, actions.record_everyone, "LG-09")
    demo.perform(OFFICE, leading.call_next, "LG-09")
    for person in (MEMBER, HELD_BY):
        demo.perform(person, speeches.ask, "LG-09", SpeechKind.CONTRIBUTION)
    with demo.session() as session:
        first = session.exec(select(Speech.id).order_by(col(Speech.id))).first()
    demo.perform(OFFICE, speeches.give_floor, "LG-09", first)
    demo.perform(OFFICE, agenda.move_meeting, "LG-09", "held")

    with demo.session() as session:
        assert not session.exec(select(AgendaItem).where(col(AgendaItem.state) == ItemState.CURRENT)).all()
        said = session.exec(select(Speech).order_by(col(Speech.id))).all()
        assert [(row.ended_at is not None, row.gone) for row in said] == [(True, False), (False, True)]
    for address in ("leiten", "dabei", "beamer"):
        page = text(demo, OFFICE, f"{MEETING}/{address}")
        assert "Die Sitzung ist beendet." in page
        assert "beschlussfähig." not in page
        assert "Beginn 10:00 Uhr, Ende 10:00 Uhr." in page
    assert "nicht als anwesend erfasst" not in text(demo, MEMBER, f"{MEETING}/dabei")
    assert "Aufgerufen:" not in text(demo, MEMBER, MEETING)
