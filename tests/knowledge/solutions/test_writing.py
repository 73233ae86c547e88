"""Solutions written down and changed, from the form to the page, the gap and the search."""

import json
import re

import pytest
from sqlmodel import col, select

from app.core.errors import DomainError
from knowledge.conversation.models import KeptVersion
from knowledge.gaps.models import Gap
from knowledge.gaps.states import GapFacetName
from knowledge.search.models import SearchOutbox
from knowledge.solutions.actions import kept_texts, restore_solution
from knowledge.solutions.models import Solution, SolutionGap
from knowledge.solutions.suggestions import suggestions_for
from tests.support.demo import Demo, hidden_fields, post

NEW = {
    "title": "Gemeinsame Sprechstunde im Rathaus",
    "kind": "joint_office",
    "effect": "ineffective",
    "description": "Jobcenter und Ausländerbehörde saßen an einem Vormittag je Woche nebeneinander.",
    "shortfall": "Ohne Zugriff auf die Akten blieb es bei Auskünften.",
    "conditions": "Trägt nur, wenn beide Seiten entscheiden dürfen.",
    "contact_role": "Leitung des Bürgerbüros",
    "lessons": "- Nähe ersetzt keine Befugnis\n- Termine absprechen",
    "gaps": "F-2026-01, f-2025-02",
    "period_start": "2024-03",
    "period_end": "2024-11",
    "visibility": "network",
}


def test_a_solution_is_written_down_and_found_again(demo: Demo) -> None:
    client = demo.client("p-albers")
    response = post(client, "/loesungen", NEW, at="/loesungen/neu")
    assert response.status_code == 303
    assert response.location == "/loesungen/L-2024-02"
    page = client.get(response.location).get_data(as_text=True)
    for words in ("Was nicht funktioniert hat", "Ohne Zugriff", "Trägt nur", "Leitung des Bürgerbüros", "F-2025-02"):
        assert words in page
    assert "Gemeinsame Sprechstunde" in client.get("/fehlstellen/F-2026-01").get_data(as_text=True)
    with demo.session() as session:
        assert "L-2024-02" in session.exec(select(SearchOutbox.key)).all()


def test_only_the_coordination_writes(demo: Demo) -> None:
    for person in ("p-brandes", "p-vogt", "p-fricke"):
        client = demo.client(person)
        assert client.get("/loesungen/neu").status_code == 403
        assert post(client, "/loesungen", NEW, at="/loesungen").status_code == 403
        assert client.get("/loesungen/L-2023-01/bearbeiten").status_code == 403
    assert demo.client().get("/loesungen/neu").status_code in (302, 303)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": " "}, "Bitte geben Sie der Lösung einen Titel."),
        ({"title": "x" * 121}, "höchstens 120 Zeichen"),
        ({"kind": "magic"}, "Bitte wählen Sie aus der Liste."),
        ({"effect": ""}, "Bitte wählen Sie, ob es gewirkt hat."),
        ({"description": ""}, "Bitte beschreiben Sie, was getan wurde"),
        ({"period_start": "2024-13"}, "in der Form 2026-03"),
        ({"period_start": "2025-01"}, "Das Ende liegt vor dem Beginn."),
        ({"gaps": "F-1999-99"}, "Diese Fehlstellen gibt es nicht: F-1999-99."),
        ({"organisations": "999999"}, "Diese Organisation gibt es hier nicht."),
        ({"visibility": "universe"}, "Bitte wählen Sie aus der Liste."),
    ],
)
@pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
def test_bad_input_gets_a_sentence_and_keeps_what_was_typed(demo: Demo, change: dict[str, str], sentence: str) -> None:
    response = post(demo.client("p-albers"), "/loesungen", {**NEW, **change}, at="/loesungen/neu")
    assert response.status_code == 422
    page = response.get_data(as_text=True)
    assert sentence in page
    assert "Ohne Zugriff auf die Akten" in page
    with demo.session() as session:
        assert len(session.exec(select(Solution.id)).all()) == 4


def test_two_editors_lose_no_text(demo: Demo) -> None:
    first, second = demo.client("p-albers"), demo.client("p-albers")
    at = "/loesungen/L-2023-01/bearbeiten"
    form = second.get(at)
    assert form.status_code == 200
    opened = _typed(form.get_data(as_text=True))
    assert post(first, "/loesungen/L-2023-01", {**NEW, "version": "1"}, at=at).status_code == 303
    response = second.post("/loesungen/L-2023-01", data={**opened, **NEW, "title": "Der andere Titel"})
    page = response.get_data(as_text=True)
    assert response.status_code == 409
    assert "Der andere Titel" in page
    assert "Gemeinsame Sprechstunde im Rathaus" in page
    again = second.post(
        "/loesungen/L-2023-01", data={**_typed(page), **NEW, "title": "Der andere Titel", "version": "2"}
    )
    assert again.status_code == 303
    with demo.session() as session:
        row = session.exec(select(Solution).where(col(Solution.key) == "L-2023-01")).one()
        assert (row.title, row.version) == ("Der andere Titel", 3)


def _typed(html: str) -> dict[str, str]:
    return {**hidden_fields(html), "version": "1"}


def test_a_change_keeps_the_order_in_which_a_gap_lists_its_solutions(demo: Demo) -> None:
    def order() -> list[int]:
        with demo.session() as session:
            statement = select(SolutionGap.solution_id).order_by(col(SolutionGap.gap_id), col(SolutionGap.gap_position))
            return list(session.exec(statement))

    before = order()
    page = demo.client("p-albers").get("/loesungen/L-2024-01/bearbeiten").get_data(as_text=True)
    gaps = page.split('name="gaps"')[1].split('value="')[1].split('"')[0]
    post(
        demo.client("p-albers"),
        "/loesungen/L-2024-01",
        {**NEW, "gaps": gaps, "version": "1"},
        at="/loesungen/L-2024-01/bearbeiten",
    )
    assert order() == before


def test_what_was_tried_for_a_similar_gap_is_suggested_with_its_reason(demo: Demo) -> None:
    with demo.session() as session:
        linked = session.exec(
            select(Solution.id, Gap.id)
            .join(SolutionGap, col(SolutionGap.solution_id) == col(Solution.id))
            .join(Gap, col(Gap.id) == col(SolutionGap.gap_id))
            .where(col(Gap.key) == "F-2025-02")
        ).one()
        codes = {GapFacetName.TRANSITION: ["course_work"], GapFacetName.INTERFACE: ["youth_office", "jobcenter"]}
        found = suggestions_for(session, demo.actor("p-brandes"), codes)
        assert [reason.value for reason in found[0].reasons] == ["transition", "interface"]
        assert linked[0] in {each.solution.id for each in found}
        without = suggestions_for(session, demo.actor("p-brandes"), codes, linked=[linked[0]])
        assert linked[0] not in {each.solution.id for each in without}
        assert suggestions_for(session, demo.actor("p-brandes"), {}) == []


def test_a_text_that_could_point_at_a_person_waits_for_a_human(demo: Demo) -> None:
    client = demo.client("p-albers")
    doubtful = {**NEW, "result": "Herr Müller rief aus 0171 2345678 an."}
    answer = post(client, "/loesungen", doubtful, at="/loesungen/neu")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Diese Stellen könnten auf einen Menschen zeigen" in page
    keys = re.findall(r'name="confirmed"[^>]*value="([0-9a-f]{16})"', page)
    assert len(keys) == 2
    one = client.post("/loesungen", data={**hidden_fields(page), **doubtful, "confirmed": keys[:1]})
    assert one.status_code == 422
    assert re.findall(r'name="confirmed"[^>]*value="([0-9a-f]{16})"', one.get_data(as_text=True)) == keys
    both = client.post("/loesungen", data={**hidden_fields(page), **doubtful, "confirmed": keys})
    assert both.status_code == 303
    at = f"{both.location}/bearbeiten"
    again = post(client, both.location, {**doubtful, "version": "1", "cost": "40 Stunden"}, at=at)
    assert again.status_code == 303


def test_among_the_coordination_nothing_is_asked(demo: Demo) -> None:
    inside = {**NEW, "result": "Herr Müller rief an.", "visibility": "coordination"}
    client = demo.client("p-albers")
    assert post(client, "/loesungen", inside, at="/loesungen/neu").status_code == 303
    wider = {**inside, "visibility": "network", "version": "1"}
    at = "/loesungen/L-2024-02/bearbeiten"
    assert post(client, "/loesungen/L-2024-02", wider, at=at).status_code == 422


def test_each_change_is_a_version_and_can_be_put_back(demo: Demo) -> None:
    client = demo.client("p-albers")
    before = client.get("/loesungen/L-2023-01").get_data(as_text=True)
    at = "/loesungen/L-2023-01/bearbeiten"
    assert post(client, "/loesungen/L-2023-01", {**NEW, "version": "1"}, at=at).status_code == 303
    with demo.session() as session:
        row = session.exec(select(Solution).where(col(Solution.key) == "L-2023-01")).one()
        statement = select(KeptVersion).where(col(KeptVersion.kind) == "solution").order_by(col(KeptVersion.number))
        first, second = session.exec(statement).all()
    assert (json.loads(first.texts)["title"] in before, json.loads(second.texts)["title"]) == (True, NEW["title"])
    demo.perform("p-albers", restore_solution, row.id, json.loads(first.texts))
    after = client.get("/loesungen/L-2023-01").get_data(as_text=True)
    assert json.loads(first.texts)["title"] in after
    assert "ersetzt räumliche Nähe keine Absprache" in after


def test_the_page_of_a_gap_says_what_may_help_here_too_and_why(demo: Demo) -> None:
    post(demo.client("p-albers"), "/loesungen", {**NEW, "gaps": "F-2025-02"}, at="/loesungen/neu")
    page = demo.index_now().client("p-brandes").get("/fehlstellen/F-2026-02").get_data(as_text=True)
    suggestions = page.split('id="vorschlaege"')[1].split("</ul>")[0]
    assert "gleiche" in suggestions or "ähnlicher Text" in suggestions
    assert 'href="/loesungen/L-' in suggestions


@pytest.mark.parametrize("field", ["cost", "contact_role", "documents", "lessons", "transfer"])
@pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
def test_every_text_that_others_read_is_checked(demo: Demo, field: str) -> None:
    doubtful = {**NEW, field: "Frau Müller, 0171 2345678"}
    answer = post(demo.client("p-albers"), "/loesungen", doubtful, at="/loesungen/neu")
    assert answer.status_code == 422
    assert "Diese Stellen könnten auf einen Menschen zeigen" in answer.get_data(as_text=True)


def test_a_version_for_fewer_readers_is_not_put_back_unseen(demo: Demo) -> None:
    client = demo.client("p-albers")
    inside = {**NEW, "result": "Herr Müller rief an.", "visibility": "coordination"}
    assert post(client, "/loesungen", inside, at="/loesungen/neu").status_code == 303
    at = "/loesungen/L-2024-02/bearbeiten"
    assert post(client, "/loesungen/L-2024-02", {**NEW, "version": "1"}, at=at).status_code == 303
    with demo.session() as session:
        row = session.exec(select(Solution).where(col(Solution.key) == "L-2024-02")).one()
        old = {**kept_texts(session, row), "result": "Herr Müller rief an."}
    with pytest.raises(DomainError, match="jemand erkannt werden könnte"):
        demo.perform("p-albers", restore_solution, row.id, old)


def test_a_change_leaves_the_links_to_gaps_the_rows_they_were(demo: Demo) -> None:
    def links() -> list[int | None]:
        with demo.session() as session:
            return list(session.exec(select(SolutionGap.id).order_by(col(SolutionGap.id))))

    post(demo.client("p-albers"), "/loesungen", NEW, at="/loesungen/neu")
    before = links()
    at = "/loesungen/L-2024-02/bearbeiten"
    changed = {**NEW, "gaps": "F-2025-02, F-2026-01, F-2026-02", "version": "1"}
    assert post(demo.client("p-albers"), "/loesungen/L-2024-02", changed, at=at).status_code == 303
    assert links()[: len(before)] == before
    assert len(links()) == len(before) + 1
