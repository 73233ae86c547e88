"""What is offered for an agenda and what is not, where a new item goes, and an agenda as long as they come."""

from datetime import date, time
from functools import partial

import pytest
from flask.testing import FlaskClient
from sqlmodel import Session, col, select

from meetings.agenda import actions, drafting, outcomes, planning, suggestions
from meetings.agenda.drafts import ItemDraft, MeetingDraft
from meetings.agenda.models import AgendaItem, AgendaItemSubject, Meeting
from meetings.agenda.queries import meeting_by_key
from meetings.agenda.states import DecisionKind, ItemKind, ItemPart, ItemResult
from meetings.room import actions as room
from tests.meetings.walk import ITEM, MEETING, MEMBER, OFFICE, counted, invite, run, run_with_everyone
from tests.support.demo import Demo
from tests.support.time import computed

pytestmark = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
NEXT = MeetingDraft("10. Sitzung", date(2027, 6, 10), time(14), time(16), "Kreishaus")


def titles(demo: Demo, key: str) -> list[str]:
    with demo.session() as session:
        statement = select(AgendaItem).join(Meeting, col(Meeting.id) == col(AgendaItem.meeting_id))
        rows = session.exec(statement.where(col(Meeting.key) == key).order_by(col(AgendaItem.position)))
        return [f"{row.number} {row.title}" for row in rows]


def offered(demo: Demo, key: str) -> list[str]:
    with demo.session() as session:
        meeting = meeting_by_key(session, key)
        assert meeting is not None
        return [each.item.title for each in suggestions.offered(session, meeting)]


def plan(demo: Demo, *, standing: bool) -> str:
    meeting: Meeting = demo.perform(OFFICE, planning.plan_meeting, "lg-kim", NEXT, standing=standing, carry_over=False)
    return meeting.key


def test_what_stands_there_under_another_title_is_not_offered(demo: Demo) -> None:
    assert offered(demo, "LG-09") == ["Stand der Beschlüsse (Beschlusskontrolle)"]

    demo.perform(OFFICE, suggestions.take, "LG-09", None)

    assert titles(demo, "LG-09")[1:4] == [
        "2 Genehmigung der Niederschrift der 8. Sitzung vom 02.07.2026",
        "3 Stand der Beschlüsse (Beschlusskontrolle)",
        "4 Bericht der Koordinierenden Stelle",
    ]
    assert offered(demo, "LG-09") == []


def test_what_somebody_wrote_by_hand_about_the_same_things_is_not_offered(demo: Demo) -> None:
    run(demo)
    demo.perform(OFFICE, outcomes.record_result, "LG-09", "6", ItemResult.DEFERRED)
    demo.perform(OFFICE, actions.move_meeting, "LG-09", "held")
    key = plan(demo, standing=False)
    assert any(title.startswith("Priorisierung") for title in offered(demo, key))
    with demo.session() as session:
        item = session.exec(select(AgendaItem).where(col(AgendaItem.title).startswith("Priorisierung"))).one()
        about = session.exec(select(AgendaItemSubject.topic_id).where(col(AgendaItemSubject.item_id) == item.id)).all()
    subjects = tuple(("topic", id_) for id_ in about if id_)

    demo.perform(OFFICE, drafting.add_item, key, ItemDraft("Aussprache", ItemKind.DISCUSSION, subjects=subjects))
    assert any(title.startswith("Priorisierung") for title in offered(demo, key)), "talking about it is another matter"
    rank = ItemDraft("Rangfolge", ItemKind.VOTE, decision_kind=DecisionKind.PRIORITISE, subjects=subjects)
    demo.perform(OFFICE, drafting.add_item, key, rank)
    assert not any(title.startswith("Priorisierung") for title in offered(demo, key))


def test_a_new_item_comes_before_the_closing_and_a_supplement_is_offered_there(demo: Demo) -> None:
    demo.perform(OFFICE, drafting.add_item, "LG-09", ItemDraft("Anfragen", ItemKind.REPORT))
    demo.perform(OFFICE, drafting.add_item, "LG-09", ItemDraft("Personal", ItemKind.REPORT, part=ItemPart.NON_PUBLIC))
    assert titles(demo, "LG-09")[-3:] == ["10 Anfragen", "11 Termine und Verschiedenes", "12 Personal"]

    invite(demo)
    page = demo.client(OFFICE).get(f"{MEETING}/tagesordnung/neu").text
    assert '<option selected value="10">10 Anfragen</option>' in page
    demo.perform(OFFICE, suggestions.take, "LG-09", None)
    assert titles(demo, "LG-09")[9:12] == [
        "10 Anfragen", "10a Stand der Beschlüsse (Beschlusskontrolle)", "11 Termine und Verschiedenes"
    ]  # fmt: skip


def test_a_planned_agenda_asks_for_the_decision_that_adopts_the_minutes(demo: Demo) -> None:
    key = plan(demo, standing=True)
    with demo.session() as session:
        item = session.exec(
            select(AgendaItem).where(col(AgendaItem.title) == "Niederschrift der letzten Sitzung")
        ).one()
    assert (item.kind, item.decision_kind) == (ItemKind.DECISION, DecisionKind.MINUTES)
    demo.perform(OFFICE, drafting.add_item, key, ItemDraft("Bericht", ItemKind.REPORT))
    assert [title.split()[1] for title in titles(demo, key)][-2:] == ["Bericht", "Verschiedenes"]


def test_before_a_poll_the_recused_are_counted_out_wherever_the_quorum_is_shown(demo: Demo) -> None:
    run_with_everyone(demo)
    demo.perform(OFFICE, actions.call_item, "LG-09", "6")
    demo.perform(MEMBER, room.declare_recusal, "LG-09", "6")
    office = demo.client(OFFICE)
    for address in (MEETING, f"{MEETING}/anwesenheit", f"{MEETING}/leiten", f"{ITEM}/abstimmung"):
        assert "15 von 16 Stimmberechtigten anwesend" in " ".join(office.get(address).text.split()), address


def test_an_agenda_of_three_hundred_items_stays_usable(demo: Demo) -> None:
    def lengthen(session: Session) -> None:
        meeting = session.exec(select(Meeting).where(col(Meeting.key) == "LG-09")).one()
        for number in range(11, 301):
            row = AgendaItem(meeting_id=meeting.id or 0, title=f"Punkt {number}", kind=ItemKind.REPORT, minutes=1)
            row.position, row.number = number - 1, str(number)
            session.add(row)

    office = demo.client(OFFICE)
    addresses = (MEETING, f"{MEETING}/tagesordnung/bearbeiten", f"{MEETING}/top/4")
    before = [statements(demo, office, address) for address in addresses]
    demo.app.extensions["lueckenlos"].writer.run(lengthen, demo.tenant_id)
    assert [statements(demo, office, address) for address in addresses] == before
    assert "TOP 300" in FlaskClient.open(office, MEETING).text
    for address, most in zip(addresses, (0.15, 0.3, 0.1), strict=True):
        seconds = computed(partial(FlaskClient.open, office, address))
        assert seconds < most, address


def statements(demo: Demo, client: FlaskClient, address: str) -> int:
    """How many statements the page costs; its HTML is checked with a shorter agenda elsewhere."""
    with counted(demo) as sent:
        assert FlaskClient.open(client, address).status_code == 200
    return len(sent)
