"""What a new agenda begins with, what is suggested for it, and the way of an item through the bodies."""

import pytest
from sqlmodel import col, select

from app.core.errors import Forbidden, InvalidInput, NotFound
from app.core.work import Work
from meetings.agenda import actions, outcomes, planning, suggestions, templating
from meetings.agenda.automatic import AutomaticItem
from meetings.agenda.drafts import MeetingDraft
from meetings.agenda.models import AgendaItem, Meeting
from meetings.agenda.queries import meeting_by_key
from meetings.agenda.standing import SHIPPED, StandingItem, template_of
from meetings.agenda.states import ItemKind, ItemPart, ItemResult, TemplatePlace
from meetings.agreements.models import Agreement
from meetings.agreements.states import AgreementState
from meetings.bodies.models import Body
from tests.meetings.walk import CHAIR, GUEST, MEETING, MEMBER, OFFICE, OUTSIDER, PLANNER, run
from tests.support.demo import Demo, post

on_sqlite = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
GREETING = StandingItem("Gäste begrüßen", ItemKind.PROCEDURAL, 3)
TEMPLATE, SUGGESTED = "/gremien/lg-kim/tagesordnung", "/sitzungen/{key}/tagesordnung/vorschlaege"


def plan(demo: Demo, body: str = "lg-kim", *, standing: bool = False) -> str:
    meeting: Meeting = demo.perform(
        PLANNER, planning.plan_meeting, body, MeetingDraft("Nächste"), standing=standing, carry_over=False
    )
    return meeting.key


def titles(demo: Demo, key: str) -> list[str]:
    with demo.session() as session:
        statement = select(AgendaItem).join(Meeting, col(Meeting.id) == col(AgendaItem.meeting_id))
        rows = session.exec(statement.where(col(Meeting.key) == key).order_by(col(AgendaItem.position))).all()
        return [f"{row.number} {row.title}" for row in rows]


def offered(demo: Demo, key: str) -> dict[str, AutomaticItem]:
    with demo.session() as session:
        meeting = meeting_by_key(session, key)
        assert meeting is not None
        return {each.key: each.item for each in suggestions.offered(session, meeting)}


def other_body(demo: Demo) -> str:
    with demo.session() as session:
        return session.exec(select(Body.key).where(col(Body.key) != "lg-kim").order_by(col(Body.id))).first() or ""


@on_sqlite
def test_a_body_writes_its_own_template_and_new_agendas_begin_with_it(demo: Demo) -> None:
    with demo.session() as session:
        body = session.exec(select(Body).where(col(Body.key) == "lg-kim")).one()
        assert tuple(template_of(session, body.id or 0)) == SHIPPED
    for person, refusal in ((MEMBER, Forbidden), (GUEST, Forbidden), (OUTSIDER, Forbidden)):
        with pytest.raises(refusal):
            demo.perform(person, templating.add_standing, "lg-kim", GREETING)
        assert demo.client(person).get(TEMPLATE).status_code == 403

    demo.perform(CHAIR, templating.add_standing, "lg-kim", GREETING)
    demo.perform(OFFICE, templating.move_standing, "lg-kim", 3, -2)
    closed = StandingItem("Vertrauliches", ItemKind.REPORT, 5, TemplatePlace.CLOSING, ItemPart.NON_PUBLIC)
    demo.perform(PLANNER, templating.change_standing, "lg-kim", 4, closed)
    demo.perform(OFFICE, templating.remove_standing, "lg-kim", 3)

    assert titles(demo, plan(demo, standing=True)) == [
        "1 Eröffnung, Feststellung der Beschlussfähigkeit und der Tagesordnung",
        "2 Gäste begrüßen",
        "3 Niederschrift der letzten Sitzung",
        "4 Vertrauliches",
    ]
    page = demo.client(OFFICE).get(TEMPLATE).text
    assert "Gäste begrüßen" in page
    assert post(demo.client(OFFICE), f"{TEMPLATE}/2/verschieben", {"richtung": "hoch"}, at=TEMPLATE).status_code == 303
    assert demo.client(OFFICE).get(f"{TEMPLATE}/9").status_code == 404
    typed = {"title": "", "kind": "report", "minutes": "5", "place": "opening", "part": "public"}
    assert post(demo.client(OFFICE), f"{TEMPLATE}/neu", typed).status_code == 422


@on_sqlite
def test_the_template_is_taken_from_the_last_meeting(demo: Demo) -> None:
    with pytest.raises(InvalidInput):
        demo.perform(OFFICE, templating.from_last_meeting, "lg-kim")
    run(demo)
    demo.perform(OFFICE, actions.move_meeting, "LG-09", "held")

    demo.perform(OFFICE, templating.from_last_meeting, "lg-kim")

    taken = titles(demo, plan(demo, standing=True))
    assert taken[0].startswith("1 Eröffnung")
    assert "Verschiedenes" in taken[-1]
    assert not any("Priorisierung" in title for title in taken)


def submit(work: Work) -> str:
    """Put the first agreement before the body, without an item of its own yet."""
    row = work.session.exec(select(Agreement).order_by(col(Agreement.id))).first()
    assert row is not None
    row.state, row.meeting_id = AgreementState.SUBMITTED, None
    work.session.add(row)
    work.record("agreement.submitted", row)
    return row.key


@on_sqlite
def test_what_is_due_is_suggested_once_and_taken_with_one_click(demo: Demo) -> None:
    run(demo)
    demo.perform(OFFICE, outcomes.record_result, "LG-09", "6", ItemResult.DEFERRED)
    demo.perform(OFFICE, actions.move_meeting, "LG-09", "held")
    agreement, key = demo.perform(PLANNER, submit), plan(demo)
    address = SUGGESTED.format(key=key)

    found = offered(demo, key)
    assert f"agreement:{agreement}" in found
    carried = next(each for each, item in found.items() if item.title.startswith("Priorisierung"))
    assert carried.startswith("carried:")
    assert len([each for each in found if each.startswith("standing:")]) == len(SHIPPED)

    office = demo.client(OFFICE)
    assert "Zielvereinbarung" in office.get(address).text
    assert post(office, address, {"vorschlag": carried}).status_code == 303
    with pytest.raises(NotFound):
        demo.perform(OFFICE, suggestions.take, key, [carried])
    with pytest.raises(Forbidden):
        demo.perform(MEMBER, suggestions.take, key, None)
    assert demo.client(MEMBER).get(address).status_code in (403, 404)
    assert post(office, f"{address}/alle", {}, at=address).status_code == 303

    assert offered(demo, key) == {}
    numbers = [title.split()[0] for title in titles(demo, key)]
    assert numbers == [str(place + 1) for place in range(len(numbers))]
    assert "Es steht nichts weiter an" in office.get(address).text


@on_sqlite
def test_a_referred_item_comes_up_there_and_tells_its_origin_how_it_stands(demo: Demo) -> None:
    run(demo)
    there = other_body(demo)
    for body in ("lg-kim", "gibt-es-nicht"):
        with pytest.raises(InvalidInput):
            demo.perform(OFFICE, outcomes.record_result, "LG-09", "6", ItemResult.REFERRED, "", body)
    typed = {"result": "referred", "body": "", "note": ""}
    refused = post(demo.client(OFFICE), f"{MEETING}/top/6/ergebnis", typed)
    assert refused.status_code == 422
    assert post(demo.client(OFFICE), f"{MEETING}/top/6/ergebnis", {**typed, "body": there}).status_code == 303
    assert "dort noch auf keiner Tagesordnung" in demo.client(MEMBER).get(f"{MEETING}/top/6").text

    key = plan(demo, there)
    [suggestion] = [each for each in offered(demo, key) if each.startswith("referred:")]
    demo.perform(PLANNER, suggestions.take, key, [suggestion])

    assert offered(demo, plan(demo, there)).keys().isdisjoint({suggestion})
    origin = demo.client(MEMBER).get(f"{MEETING}/top/6").text
    assert "geht weiter:" in origin
    assert "(offen)" in origin
    target = demo.client(PLANNER).get(f"/sitzungen/{key}/top/1").text
    assert "kommt aus:" in target
    assert f'href="{MEETING}/top/6"' in target
