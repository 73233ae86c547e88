"""A paper from its draft to the decision: who sees it when, its number, its way, its versions, its files."""

import io
from typing import Any

import pytest
from sqlmodel import col, select

from app.core import clock
from app.core.errors import ChangedMeanwhile, DomainError, Forbidden, InvalidInput
from app.core.lifecycle import RefusedMove
from knowledge.conversation.models import KeptVersion
from meetings.agenda import suggestions
from meetings.agenda.models import AgendaItem
from meetings.agenda.queries import meeting_by_key
from meetings.agenda.states import DecisionKind
from meetings.bodies.models import Body
from meetings.decisions.models import Decision
from meetings.papers import actions, panels, routing
from meetings.papers.drafts import PaperDraft, StationDraft
from meetings.papers.queries import paper_by_id, papers_of_item, papers_of_meeting
from meetings.papers.search import documents
from meetings.papers.states import PaperState, Recommendation, Standing, StationRole
from tests.meetings.walk import ADVISOR, CHAIR, DEPUTY, GUEST, HELD_BY, MEMBER, OFFICE, OUTSIDER, PLANNER
from tests.support.demo import Demo, post
from tests.support.pdf_files import pdf

on_sqlite = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
JOBCENTER, STRANGER = HELD_BY, GUEST
PEOPLE = (OFFICE, JOBCENTER, DEPUTY, CHAIR, MEMBER, ADVISOR, PLANNER, GUEST)


def body_id(demo: Demo, key: str = "lg-kim") -> int:
    with demo.session() as session:
        return session.exec(select(Body.id).where(col(Body.key) == key)).one() or 0


def draft(demo: Demo, **more: Any) -> PaperDraft:
    route = (
        StationDraft(body_id(demo, "pg-uebergang"), StationRole.PRELIMINARY),
        StationDraft(body_id(demo), StationRole.DECISION),
    )
    given = {"title": "Gemeinsame Frist", "situation": "Lücken beim Wechsel", "proposal": "Es gilt eine Frist.", **more}
    return PaperDraft(**{"route": route, **given})


def begun(demo: Demo, **more: Any) -> int:
    return demo.perform(JOBCENTER, actions.begin_paper, draft(demo, **more)).id or 0


def permitted(demo: Demo, **more: Any) -> int:
    paper_id = begun(demo, **more)
    demo.perform(JOBCENTER, actions.move_paper, paper_id, PaperState.SUBMITTED)
    demo.perform(OFFICE, actions.move_paper, paper_id, PaperState.PERMITTED)
    return paper_id


def readers(demo: Demo, paper_id: int) -> set[str]:
    return {key for key in PEOPLE if demo.client(key).get(f"/vorlagen/{paper_id}").status_code == 200}


def steps(demo: Demo, paper_id: int) -> list[int]:
    with demo.session() as session:
        found = paper_by_id(session, paper_id)
        assert found
        return [stop.station.id or 0 for stop in found.stops]


def standing(demo: Demo, paper_id: int) -> Standing:
    with demo.session() as session:
        found = paper_by_id(session, paper_id)
        assert found
        return found.standing


def test_a_paper_is_read_by_more_people_step_by_step(demo: Demo) -> None:
    paper_id = begun(demo)
    own = {OFFICE, JOBCENTER, DEPUTY}
    assert readers(demo, paper_id) == own
    with pytest.raises(DomainError):
        demo.perform(MEMBER, actions.move_paper, paper_id, PaperState.SUBMITTED)

    demo.perform(JOBCENTER, actions.move_paper, paper_id, PaperState.SUBMITTED)
    assert readers(demo, paper_id) == own
    with pytest.raises(Forbidden):
        demo.perform(JOBCENTER, actions.change_paper, paper_id, draft(demo), 1)

    demo.perform(OFFICE, actions.move_paper, paper_id, PaperState.PERMITTED)
    assert readers(demo, paper_id) == own | {CHAIR, MEMBER, ADVISOR, PLANNER}
    with demo.session() as session:
        found = list(documents(session))
        assert [each.key for each in found] == ["LG-KIM-V-2026-01"]
        assert f"body:{body_id(demo)}" in found[0].audience

    secret = permitted(demo, title="Nichtöffentliches", public=False)
    assert readers(demo, secret) == own | {CHAIR, MEMBER}
    with demo.session() as session:
        assert [each.key for each in documents(session)] == ["LG-KIM-V-2026-01"]
    for person in (PLANNER, STRANGER, ADVISOR):
        assert "Nichtöffentliches" not in demo.client(person).get("/vorlagen").get_data(as_text=True)


@on_sqlite
def test_numbers_have_no_gaps_and_a_returned_paper_keeps_its_own(demo: Demo) -> None:
    first, second = begun(demo), begun(demo)
    begun(demo, title="Bleibt ein Entwurf")
    demo.perform(JOBCENTER, actions.move_paper, second, PaperState.SUBMITTED)
    with pytest.raises(RefusedMove):
        demo.perform(OFFICE, actions.move_paper, second, PaperState.DRAFT)
    demo.perform(OFFICE, actions.move_paper, second, PaperState.DRAFT, "Bitte die Kosten nennen")
    demo.perform(JOBCENTER, actions.move_paper, second, PaperState.SUBMITTED)
    demo.perform(JOBCENTER, actions.move_paper, first, PaperState.SUBMITTED)

    with demo.session() as session:
        found = [paper_by_id(session, paper_id) for paper_id in (second, first)]
    assert [each.paper.reference for each in found if each] == ["LG-KIM-V-2026-01", "LG-KIM-V-2026-02"]
    page = demo.client(JOBCENTER).get(f"/vorlagen/{second}").get_data(as_text=True)
    assert "Bitte die Kosten nennen" in page
    demo.perform(OFFICE, actions.move_paper, second, PaperState.PERMITTED)
    assert "Bitte die Kosten nennen" not in demo.client(MEMBER).get(f"/vorlagen/{second}").get_data(as_text=True)


@on_sqlite
def test_the_way_to_the_decision_is_read_off_the_items(demo: Demo) -> None:
    paper_id = permitted(demo)
    advising, deciding = steps(demo, paper_id)
    with demo.session() as session:
        meeting = meeting_by_key(session, "LG-09")
        assert meeting
        assert [each.title for each in panels.waiting_items(session, meeting)] == ["Gemeinsame Frist"]
    demo.perform(OFFICE, routing.recommend, paper_id, advising, Recommendation.ADOPT_AMENDED, "Frist von 14 Tagen")
    assert standing(demo, paper_id) == Standing.PERMITTED
    with pytest.raises(Forbidden):
        demo.perform(JOBCENTER, routing.schedule, paper_id, deciding, "LG-09")

    demo.perform(OFFICE, routing.schedule, paper_id, deciding, "LG-09")

    assert standing(demo, paper_id) == Standing.SCHEDULED
    with pytest.raises(DomainError):
        demo.perform(OFFICE, routing.schedule, paper_id, deciding, "LG-09")
    with pytest.raises(RefusedMove):
        demo.perform(JOBCENTER, actions.move_paper, paper_id, PaperState.WITHDRAWN, "doch nicht")
    with demo.session() as session:
        item = session.exec(select(AgendaItem).where(col(AgendaItem.title) == "Gemeinsame Frist")).one()
        assert item.proposal == "Es gilt eine Frist."
        assert [each.key for each in papers_of_item(session, item.id or 0)] == [paper_id]
        assert [each.key for each in papers_of_meeting(session, item.meeting_id, demo.actor(MEMBER))] == [paper_id]
        assert papers_of_meeting(session, item.meeting_id, demo.actor(GUEST)) == []
    for reader, sees in ((MEMBER, True), (GUEST, False)):
        shown = demo.client(reader).get(f"/sitzungen/LG-09/top/{item.number}").get_data(as_text=True)
        assert (f"/vorlagen/{paper_id}" in shown) is sees

    demo.perform(OFFICE, routing.take_off, paper_id, deciding)
    demo.perform(OFFICE, routing.attach_to_item, "LG-09", item.number, paper_id, deciding)

    def decide(work: Any) -> None:
        row = Decision(
            key="D-09-9", meeting_id=item.meeting_id, item_id=item.id, date=clock.today(), kind=DecisionKind.RESOLVE,
            text="Es gilt eine Frist von 14 Tagen.", in_favour=9, accepted=True,
        )  # fmt: skip
        work.session.add(row)
        work.record("decision.recorded", row)

    demo.perform(OFFICE, decide)
    assert standing(demo, paper_id) == Standing.DECIDED
    demo.perform(OFFICE, routing.keep_final_text, paper_id, "Es gilt eine Frist von 14 Tagen.")
    page = demo.client(MEMBER).get(f"/vorlagen/{paper_id}").get_data(as_text=True)
    for words in ("Es gilt eine Frist.", "Frist von 14 Tagen", "empfiehlt, geändert zu beschließen", "D-09-9"):
        assert words in page
    with pytest.raises(InvalidInput):
        demo.perform(OFFICE, actions.change_paper, paper_id, draft(demo), 1)


@on_sqlite
def test_two_editors_do_not_overwrite_each_other_and_submitted_texts_stay(demo: Demo) -> None:
    paper_id = begun(demo)
    client = demo.client(JOBCENTER)
    address = f"/vorlagen/{paper_id}/bearbeiten"
    form = {
        "title": "Meine Fassung", "kind": "decision", "summary": "Lage", "proposal": "Satz", "version": "1",
        "route-0-body": str(body_id(demo)), "route-0-role": "decision",
    }  # fmt: skip
    demo.perform(DEPUTY, actions.change_paper, paper_id, draft(demo, title="Schon gespeichert"), 1)

    answer = post(client, address, form)

    assert answer.status_code == 409
    assert "Schon gespeichert" in answer.get_data(as_text=True)
    assert "Meine Fassung" in answer.get_data(as_text=True)
    assert post(client, address, {**form, "version": "2"}).status_code == 303
    with pytest.raises(ChangedMeanwhile):
        demo.perform(JOBCENTER, actions.change_paper, paper_id, draft(demo), 2)
    demo.perform(JOBCENTER, actions.move_paper, paper_id, PaperState.SUBMITTED)
    demo.perform(OFFICE, actions.change_paper, paper_id, draft(demo, proposal="Es gilt eine andere Frist."), 3)
    with demo.session() as session:
        kept = session.exec(select(KeptVersion).where(col(KeptVersion.kind) == "paper")).all()
    assert [each.number for each in kept] == [1, 2]
    assert demo.client(OFFICE).get(f"/fassungen/paper/{paper_id}").status_code == 200
    assert demo.client(DEPUTY).get(f"/fassungen/paper/{paper_id}").status_code in (403, 404)


def upload(demo: Demo, person: str, paper_id: int, content: bytes, **more: str) -> Any:
    data = {"file": (io.BytesIO(content), "../Plan <1>.exe"), **more}
    return post(demo.client(person), f"/vorlagen/{paper_id}/anlagen", data)


@on_sqlite
def test_attachments_go_to_readers_of_the_paper_alone_and_can_be_erased(demo: Demo) -> None:
    paper_id = begun(demo)
    folder = demo.app.extensions["lueckenlos"].settings.data_dir / "papers"
    assert upload(demo, JOBCENTER, paper_id, b"MZ\x90\x00").status_code == 422
    assert upload(demo, JOBCENTER, paper_id, pdf(1)).status_code == 303
    assert upload(demo, JOBCENTER, paper_id, pdf(2), stelle="1").status_code == 303
    assert upload(demo, DEPUTY, paper_id, b"Zahlen").status_code == 303
    assert upload(demo, MEMBER, paper_id, pdf()).status_code == 404
    assert len(list(folder.iterdir())) == 3

    file = demo.client(OFFICE).get(f"/vorlagen/{paper_id}/anlage/2")
    assert file.data == pdf(2)
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert file.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in file.headers["Content-Security-Policy"]
    assert file.mimetype == "application/pdf"
    file.close()
    assert demo.client(MEMBER).get(f"/vorlagen/{paper_id}/anlage/2").status_code == 404
    other = begun(demo, title="Eine andere")
    assert demo.client(OFFICE).get(f"/vorlagen/{other}/anlage/2").status_code == 404

    client = demo.client(JOBCENTER)
    page = f"/vorlagen/{paper_id}"
    assert post(client, f"{page}/anlagen/2/verschieben", {"richtung": "hoch"}, at=page).status_code == 303
    shown = client.get(page).get_data(as_text=True)
    assert shown.index("Plan 1.txt") < shown.index("Plan 1.pdf")
    for number in (1, 2):
        erase = f"{page}/anlage/{number}/entfernen"
        assert post(client, erase).status_code == 303
        assert client.get(f"{page}/anlage/{number}").status_code == 404
    assert len(list(folder.iterdir())) == 1


@on_sqlite
def test_the_pages_stand_and_cost_the_same_for_ten_papers_as_for_one(demo: Demo) -> None:
    first = permitted(demo)
    one = demo.statements(MEMBER, "/vorlagen")
    others = [permitted(demo, title=f"Vorlage {number}") for number in range(4)]
    suggestion = f"papers:{others[0]}-{steps(demo, others[0])[1]}"
    demo.perform(PLANNER, suggestions.take, "LG-09", [suggestion])
    assert standing(demo, others[0]) == Standing.SCHEDULED
    assert demo.statements(MEMBER, "/vorlagen") == one
    office, author = demo.client(OFFICE), demo.client(JOBCENTER)
    step = steps(demo, first)[0]
    for client, address in (
        (author, "/vorlagen/neu"),
        (author, f"/vorlagen/{first}/weiter/withdrawn"),
        (office, f"/vorlagen/{first}"),
        (office, f"/vorlagen/{first}/bearbeiten"),
        (office, f"/vorlagen/{first}/schritt/{step}/empfehlung"),
        (office, f"/vorlagen/{first}/beschlussfassung"),
        (office, f"/vorlagen/{first}/anlagen"),
        (office, "/sitzungen/LG-09/top/6/vorlagen"),
    ):
        assert client.get(address).status_code == 200, address
    page = f"/vorlagen/{first}"
    target = f"{page}/schritt/{steps(demo, first)[1]}/tagesordnung"
    assert post(office, target, {"meeting": "LG-09"}, at=page).status_code == 303
    assert standing(demo, first) == Standing.SCHEDULED
    assert demo.client(STRANGER).get("/vorlagen/neu").status_code == 403
    assert demo.client(OUTSIDER).get(page).status_code in (200, 404)
    answer = post(author, "/vorlagen/neu", {"title": "", "kind": "decision"})
    assert answer.status_code == 422
