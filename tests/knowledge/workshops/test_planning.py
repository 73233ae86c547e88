"""Planning a workshop: the form, what it refuses in words, the grid with its locks, calling it off."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, time
from typing import Any

import pytest
from sqlmodel import col, select

from app.core.errors import ChangedMeanwhile, Forbidden, InvalidInput, NotFound
from app.core.work import Work
from app.people.models import Organisation, Person
from knowledge.cases.models import Case
from knowledge.workshops.models import Workshop, WorkshopCase, WorkshopCaseOrganisation
from knowledge.workshops.planning import (
    BadPlan,
    PlanIsFixed,
    call_off,
    change_workshop,
    create_workshop,
    set_attendance,
)
from knowledge.workshops.rules import Slot
from knowledge.workshops.states import WorkshopState
from tests.knowledge.workshops.planned import DAY, a_plan, free_cases, ids, planned, workshop_of
from tests.support.demo import Demo, hidden_fields, post

SQLITE = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)


def reasons(demo: Demo, person: str, **changes: Any) -> dict[str, str]:
    """What a plan is refused for, by field."""
    with pytest.raises(BadPlan) as caught:
        demo.perform(person, create_workshop, a_plan(demo, **changes))
    return {problem.field: problem.reason for problem in caught.value.problems}


def begin(demo: Demo, key: str) -> None:
    """The workshop starts."""

    def job(work: Work) -> None:
        workshop = work.session.exec(select(Workshop).where(col(Workshop.key) == key)).one()
        workshop.state = WorkshopState.RUNNING
        work.session.add(workshop)
        work.record("test.begun", workshop)

    demo.perform("p-albers", job)


def cells(demo: Demo, key: str) -> set[tuple[str, str]]:
    """Who attends what: keys of organisations and cases."""
    with demo.session() as session:
        rows = session.exec(
            select(Organisation.key, Case.key)
            .join(WorkshopCaseOrganisation, col(WorkshopCaseOrganisation.organisation_id) == col(Organisation.id))
            .join(WorkshopCase, col(WorkshopCase.id) == col(WorkshopCaseOrganisation.workshop_case_id))
            .join(Workshop, col(Workshop.id) == col(WorkshopCase.workshop_id))
            .join(Case, col(Case.id) == col(WorkshopCase.case_id))
            .where(col(Workshop.key) == key)
        )
        return set(rows.all())


def test_a_plan_is_written_and_keys_count_per_year(demo: Demo) -> None:
    key = planned(demo)
    second = demo.perform("p-albers", create_workshop, a_plan(demo, slots=())).key
    assert (key, second) == ("W-2027-1", "W-2027-2")
    row = workshop_of(demo, key)
    assert row.starts_at is not None
    assert row.starts_at.isoformat() == "2027-03-16T08:00:00+00:00"
    page = demo.client("p-albers").get(f"/workshops/{key}").get_data(as_text=True)
    assert "09:00–13:30" in page
    assert "Noch nicht verschickt" in page


@SQLITE
def test_what_is_wrong_is_said_field_by_field(demo: Demo) -> None:
    free_cases(demo)
    with demo.session() as session:
        erle, birke = ids(session, Case, "erle", "birke")
        (brandes,) = ids(session, Person, "p-brandes")
    assert "Vergangenheit" in reasons(demo, "p-albers", day=date(2026, 1, 5))["date"]
    assert "Ende" in reasons(demo, "p-albers", ends=time(9))["ends"]
    assert "Sommerzeit" in reasons(demo, "p-albers", day=date(2027, 3, 28), starts=time(2, 30))["starts"]
    assert "Winterzeit" in reasons(demo, "p-albers", day=date(2027, 10, 31), starts=time(2, 30))["starts"]
    assert "nicht mehr frei" in reasons(demo, "p-albers", slots=(Slot(birke),))["cases"]
    assert "außerhalb" in reasons(demo, "p-albers", slots=(Slot(erle, time(8), time(9)),))[f"case-{erle}"]
    assert "Liste" in reasons(demo, "p-albers", moderation_id=brandes)["moderation_id"]
    assert "Liste" in reasons(demo, "p-albers", organisation_ids=(9999,))["organisations"]
    assert "keinen Fall" in reasons(demo, "p-albers", title="Rekonstruktion Erle")["title"]


@SQLITE
def test_a_case_belongs_to_one_workshop_at_most(demo: Demo) -> None:
    planned(demo)
    assert "nicht mehr frei" in reasons(demo, "p-albers")["cases"]


def test_two_planners_who_take_the_same_case_at_once_do_not_both_get_it(demo: Demo) -> None:
    free_cases(demo)
    plan = a_plan(demo)
    with ThreadPoolExecutor(2) as pool:
        tries = [pool.submit(demo.perform, person, create_workshop, plan) for person in ("p-albers", "p-kaya")]
    refused = [each.exception() for each in tries if each.exception()]
    assert [type(error) for error in refused] == [BadPlan]


@SQLITE
@pytest.mark.parametrize("person", ["p-brandes", "p-terhorst", "p-wieland", "p-marx"])
def test_only_coordination_and_moderation_plan(demo: Demo, person: str) -> None:
    key = planned(demo)
    with pytest.raises(Forbidden):
        demo.perform(person, create_workshop, a_plan(demo))
    with pytest.raises((Forbidden, NotFound)):
        demo.perform(person, change_workshop, key, a_plan(demo), 1)
    with pytest.raises((Forbidden, NotFound)):
        demo.perform(person, set_attendance, key, set(), {}, 1)
    with pytest.raises((Forbidden, NotFound)):
        demo.perform(person, call_off, key, "weil")
    assert demo.client(person).get("/workshops/neu").status_code == 403


def test_a_locked_cell_cannot_be_posted(demo: Demo) -> None:
    key = planned(demo)
    with demo.session() as session:
        caritas, jobcenter, agency = ids(session, Organisation, "caritas", "jobcenter", "agentur")
        erle, weide = ids(session, Case, "erle", "weide")
    with pytest.raises(InvalidInput, match="nur im Kreis der Beratungsstellen"):
        demo.perform("p-albers", set_attendance, key, {(jobcenter, weide)}, {}, 1)
    with pytest.raises(InvalidInput, match="eingeladenen"):
        demo.perform("p-albers", set_attendance, key, {(agency, erle)}, {}, 1)
    demo.perform("p-albers", set_attendance, key, {(caritas, weide), (caritas, erle), (jobcenter, erle)}, {}, 1)
    assert cells(demo, key) == {("caritas", "weide"), ("caritas", "erle"), ("jobcenter", "erle")}
    with pytest.raises(ChangedMeanwhile):
        demo.perform("p-kaya", set_attendance, key, set(), {}, 1)


@SQLITE
def test_the_grid_page_shows_locks_with_their_reason_and_saves(demo: Demo) -> None:
    key = planned(demo)
    client = demo.client("p-albers")
    address = f"/workshops/{key}/teilnahme"
    html = client.get(f"{address}?alle=1").get_data(as_text=True)
    with demo.session() as session:
        caritas, jobcenter = ids(session, Organisation, "caritas", "jobcenter")
        erle, weide = ids(session, Case, "erle", "weide")
    assert f'value="{caritas}-{weide}" checked' in html
    assert f'value="{jobcenter}-{weide}"' not in html
    assert "gesperrt" in html
    data = {"version": "1", "attend": [f"{jobcenter}-{weide}"]}
    refused = client.post(address, data={**hidden_fields(html), **data})
    assert refused.status_code == 422
    data["attend"] = [f"{caritas}-{weide}", f"{jobcenter}-{erle}"]
    data[f"email-{jobcenter}"] = "posteingang@jobcenter.example"
    assert client.post(address, data={**hidden_fields(html), **data}).status_code == 303
    assert cells(demo, key) == {("caritas", "weide"), ("jobcenter", "erle")}


@SQLITE
def test_an_organisation_that_is_not_invited_any_more_attends_nothing(demo: Demo) -> None:
    key = planned(demo)
    with demo.session() as session:
        caritas, awo = ids(session, Organisation, "caritas", "awo")
        erle, weide = ids(session, Case, "erle", "weide")
    demo.perform("p-albers", set_attendance, key, {(caritas, weide), (awo, weide), (awo, erle)}, {}, 1)
    plan = a_plan(demo, organisation_ids=(awo,), slots=(Slot(weide),))
    demo.perform("p-albers", change_workshop, key, plan, 2)
    assert cells(demo, key) == {("awo", "weide")}


def test_after_it_has_begun_nothing_of_the_plan_changes(demo: Demo) -> None:
    key = planned(demo)
    begin(demo, key)
    for act, given in (
        (change_workshop, (key, a_plan(demo), 1)),
        (set_attendance, (key, set(), {}, 1)),
        (call_off, (key, "weil")),
    ):
        with pytest.raises(PlanIsFixed, match="begonnen"):
            demo.perform("p-albers", act, *given)
    answer = demo.client("p-albers").get(f"/workshops/{key}/bearbeiten")
    assert answer.status_code == 409
    assert "Der Workshop hat begonnen" in answer.get_data(as_text=True)


def form_data(demo: Demo, html: str, **changes: Any) -> dict[str, Any]:
    """What a browser would send for this plan."""
    plan = a_plan(demo)
    return {
        **hidden_fields(html),
        "title": plan.title,
        "date": DAY.isoformat(),
        "starts": "09:00",
        "ends": "13:30",
        "format": "in_person",
        "place": plan.place,
        "moderation_id": str(plan.moderation_id),
        "minute_taker_id": "",
        "organisations": [str(each) for each in plan.organisation_ids],
        "cases-0-case_id": str(plan.slots[0].case_id),
        "cases-0-chosen": "y",
        "cases-0-place": "2",
        "cases-0-starts": "11:00",
        "cases-0-ends": "12:00",
        "cases-1-case_id": str(plan.slots[1].case_id),
        "cases-1-chosen": "y",
        "cases-1-place": "1",
        **changes,
    }


@SQLITE
def test_the_form_keeps_what_was_typed_and_saves_once(demo: Demo) -> None:
    free_cases(demo)
    client = demo.client("p-albers")
    html = client.get("/workshops/neu").get_data(as_text=True)
    assert "Birke" not in html, "a case of another workshop is not on offer"
    refused = client.post("/workshops", data=form_data(demo, html, ends="08:00"))
    assert refused.status_code == 422
    text = refused.get_data(as_text=True)
    assert "Das Ende liegt nicht nach dem Beginn." in text
    assert 'value="2027-03-16"' in text
    for broken in ({"date": "31.02."}, {"starts": "9 Uhr"}, {"format": "mond"}, {"cases-0-place": "x"}, {"title": " "}):
        assert client.post("/workshops", data=form_data(demo, html, **broken)).status_code == 422
    data = form_data(demo, html)
    answers = [client.post("/workshops", data=data) for _time in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    with demo.session() as session:
        key = session.exec(select(Workshop.key).where(col(Workshop.date) == DAY)).one()
        order = session.exec(
            select(Case.key)
            .join(WorkshopCase, col(WorkshopCase.case_id) == col(Case.id))
            .join(Workshop, col(Workshop.id) == col(WorkshopCase.workshop_id))
            .where(col(Workshop.key) == key)
            .order_by(col(WorkshopCase.position))
        ).all()
    assert answers[0].location.endswith(f"/workshops/{key}/teilnahme")
    assert order == ["weide", "erle"]
    edit = client.get(f"/workshops/{key}/bearbeiten").get_data(as_text=True)
    assert 'value="11:00"' in edit
    saved = client.post(f"/workshops/{key}", data=form_data(demo, edit, title="Neuer Titel", version="1"))
    assert saved.status_code == 303
    stale = client.post(f"/workshops/{key}", data=form_data(demo, client.get("/").get_data(as_text=True), version="1"))
    assert stale.status_code == 409


@SQLITE
def test_a_name_in_the_title_needs_a_human_look(demo: Demo) -> None:
    free_cases(demo)
    client = demo.client("p-albers")
    html = client.get("/workshops/neu").get_data(as_text=True)
    marked = client.post("/workshops", data=form_data(demo, html, question="Was erlebte Frau Meier?"))
    assert marked.status_code == 422
    (key,) = re.findall(r'name="harmless" value="([^"]+)"', marked.get_data(as_text=True))
    data = form_data(demo, marked.get_data(as_text=True), question="Was erlebte Frau Meier?", harmless=key)
    assert client.post("/workshops", data=data).status_code == 303


@SQLITE
def test_calling_off_asks_for_a_reason_and_frees_the_cases(demo: Demo) -> None:
    key = planned(demo)
    client = demo.client("p-albers")
    address = f"/workshops/{key}/absagen"
    assert post(client, address, {"reason": " "}).status_code == 422
    marked = post(client, address, {"reason": "Frau Meier ist krank."})
    assert marked.status_code == 422
    assert "Frau Meier" in marked.get_data(as_text=True)
    assert post(client, address, {"reason": "Der Raum ist gesperrt."}).status_code == 303
    page = client.get(f"/workshops/{key}").get_data(as_text=True)
    assert "Der Raum ist gesperrt." in page
    assert workshop_of(demo, key).state == WorkshopState.CANCELLED
    assert demo.perform("p-albers", create_workshop, a_plan(demo)).key == "W-2027-2"


@SQLITE
def test_the_list_has_what_the_reader_may_know_of(demo: Demo) -> None:
    key = planned(demo)
    coming = demo.client("p-brandes").get("/workshops").get_data(as_text=True)
    assert f"/workshops/{key}" in coming
    assert "Workshop planen" not in coming
    assert "Erle" not in coming
    outside = demo.client("p-oezer").get("/workshops?zeit=alle").get_data(as_text=True)
    assert "Noch kein Workshop" in outside
    past = demo.client("p-albers").get("/workshops?zeit=vergangen").get_data(as_text=True)
    assert "Fallrekonstruktion Herbst 2026" in past
    assert "Frühjahr 2027" not in past


@SQLITE
def test_the_list_costs_the_same_for_one_and_many(demo: Demo) -> None:
    key = planned(demo)
    before = demo.statements("p-albers", "/workshops?zeit=alle"), demo.statements("p-albers", f"/workshops/{key}")
    for _each in range(5):
        demo.perform("p-albers", create_workshop, a_plan(demo, slots=()))
    after = demo.statements("p-albers", "/workshops?zeit=alle"), demo.statements("p-albers", f"/workshops/{key}")
    assert before == after
