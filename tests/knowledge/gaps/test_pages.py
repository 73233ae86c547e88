"""Gaps and topics as pages: who gets which, what stands on them, and the coordination's next step."""

import pytest
from sqlmodel import col, select

from app.core.records import AuditEntry
from knowledge.gaps.models import Gap, GapHistory, Topic
from knowledge.search.models import SearchOutbox
from tests.knowledge.gaps.rows import a_gap
from tests.support.demo import Demo, hidden_fields, post

CASE_WORDS = ("Familie Ahorn", "Darlehen aus dem Bekanntenkreis", "Frau Birke", "Herr Linde", "Erle (Familienkasse")


def text(demo: Demo, person: str, address: str) -> str:
    answer = demo.client(person).get(address)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("key", "readers", "outsiders"),
    [
        ("F-2026-01", ["p-albers", "p-brandes", "p-ebert", "p-fricke"], []),
        ("F-2026-04", ["p-albers", "p-brandes", "p-ebert"], ["p-fricke"]),
        ("F-2026-11", ["p-albers", "p-kaya"], ["p-brandes", "p-ebert", "p-terhorst", "p-fricke"]),
    ],
)
def test_a_gap_beyond_ones_level_does_not_exist(demo: Demo, key: str, readers: list[str], outsiders: list[str]) -> None:
    for person, status in [*((p, 200) for p in readers), *((p, 404) for p in outsiders)]:
        assert demo.client(person).get(f"/fehlstellen/{key}").status_code == status, person
    for person in outsiders:
        assert f"/fehlstellen/{key}" not in text(demo, person, "/fehlstellen?sortierung=schluessel")


def test_only_the_coordination_sees_which_cases_stand_behind_a_gap(demo: Demo) -> None:
    mine = text(demo, "p-albers", "/fehlstellen/F-2026-01")
    assert "Fall Ahorn, Station A5" in mine
    assert "/faelle/ahorn#befund-" in mine
    assert "/faelle/weide#station-G2" in mine
    assert "Belegt durch 2 Fallrekonstruktionen aus 2 Stellen." in mine
    theirs = text(demo, "p-brandes", "/fehlstellen/F-2026-01")
    assert "Ahorn" not in theirs
    assert "/faelle/" not in theirs
    assert "Fallrekonstruktion Frühjahr" not in theirs
    assert "Belegt durch weniger als 3 Fallrekonstruktionen." in theirs
    assert "unabhängige Meldung" not in theirs
    assert "Ostervelde gelang" not in theirs
    assert "Welche das sind, sieht nur die Koordination." in theirs
    assert "Hier beginnt der Faden." not in theirs


def test_a_case_giver_finds_the_own_case_on_the_thread_and_no_other(demo: Demo) -> None:
    page = text(demo, "p-terhorst", "/fehlstellen/F-2026-01")
    assert "Fall Ahorn, Station A5" in page
    assert "Fall Linde" not in page


@pytest.mark.parametrize("person", ["p-albers", "p-terhorst", "p-brandes", "p-fricke"])
@pytest.mark.parametrize(
    "address", ["/fehlstellen", "/fehlstellen/F-2026-01", "/fehlstellen/F-2024-03", "/themen/T-01"]
)
def test_no_page_of_the_catalogue_tells_what_a_case_says(demo: Demo, person: str, address: str) -> None:
    page = text(demo, person, address)
    shown = [words for words in CASE_WORDS if words in page]
    allowed = ["Erle (Familienkasse"] if person == "p-albers" and address.endswith("F-2024-03") else []
    assert shown == allowed, "only the coordination's own note may name a case"


def test_indicators_deadline_and_scales_are_said_in_words(demo: Demo) -> None:
    page = text(demo, "p-brandes", "/fehlstellen/F-2026-09")
    assert "30.06.2027" in page
    assert "existenziell" in page
    assert "Existenz, Gesundheit, Aufenthalt oder Kindeswohl gefährdet" in page
    assert "Median Tage ohne Leistung" in text(demo, "p-brandes", "/fehlstellen/F-2026-01")
    assert "Integrationsministerium des Landes" in text(demo, "p-fricke", "/fehlstellen/F-2026-06")


def test_a_filter_stands_in_the_address_and_can_be_taken_away(demo: Demo) -> None:
    page = text(demo, "p-albers", "/fehlstellen?status=submitted&evidenz=B")
    assert "2 Fehlstellen" in page
    assert 'href="/fehlstellen?evidenz=B"' in page
    assert 'href="/fehlstellen?status=submitted"' in page


def test_in_which_workshop_a_gap_was_seen_last_is_for_the_coordination(demo: Demo) -> None:
    assert "zuletzt 15.09.2026" in text(demo, "p-albers", "/fehlstellen")
    assert "zuletzt" not in text(demo, "p-ebert", "/fehlstellen")


def test_an_empty_result_says_what_to_do(demo: Demo) -> None:
    page = text(demo, "p-albers", "/fehlstellen?status=declined&evidenz=A")
    assert "Keine Fehlstelle passt auf alle Filter" in page
    assert "Alle Filter entfernen" in page


def step(demo: Demo, person: str, key: str, **typed: str) -> tuple[int, str]:
    answer = post(demo.client(person), f"/fehlstellen/{key}/schritt", typed, at=f"/fehlstellen/{key}")
    return answer.status_code, answer.get_data(as_text=True)


def test_the_coordination_gives_a_single_case_back_and_it_is_written_down(demo: Demo) -> None:
    status, _page = step(demo, "p-albers", "F-2026-11", target="single_case", reason="Betrifft eine einzelne Bank.")
    assert status == 303
    with demo.session() as session:
        gap = session.exec(select(Gap).where(col(Gap.key) == "F-2026-11")).one()
        line = session.exec(select(GapHistory).where(col(GapHistory.gap_id) == gap.id)).one()
        act = session.exec(select(AuditEntry).where(col(AuditEntry.action) == "gap.moved")).one()
        queued = session.exec(select(SearchOutbox.key)).all()
    assert (gap.status.value, line.source, line.target.value) == ("single_case", "in_review", "single_case")
    assert line.reason == "Betrifft eine einzelne Bank."
    assert (act.object_key, "Bank" in act.facts) == ("F-2026-11", False)
    assert "F-2026-11" in queued
    assert "Betrifft eine einzelne Bank." in text(demo, "p-albers", "/fehlstellen/F-2026-11")


def test_a_single_case_and_a_missing_code_are_not_stated_without_words(demo: Demo) -> None:
    status, page = step(demo, "p-albers", "F-2026-11", target="single_case", reason=" ")
    assert status == 422
    assert "Bitte begründen Sie diesen Schritt." in page
    assert "kein Wechsel" not in page


def test_a_key_does_not_break_at_its_hyphen(demo: Demo) -> None:
    page = text(demo, "p-albers", "/fehlstellen/F-2026-11/teilen")
    assert '<h1><span class="ll-key">F-2026-11</span> teilen</h1>' in page
    assert '<span class="ll-key">F-2026-11</span>' in text(demo, "p-albers", "/fehlstellen")


def test_a_refused_step_keeps_what_was_typed(demo: Demo) -> None:
    status, page = step(demo, "p-albers", "F-2026-11", target="topic_store", reason="Wir sind uns sicher.")
    assert status == 422
    assert "In den Themenspeicher gehört" in page
    assert "Wir sind uns sicher." in page
    status, page = step(demo, "p-albers", "F-2026-11", target="declined", reason="  ")
    assert status == 422
    assert "Bitte begründen Sie diesen Schritt." in page
    status, page = step(demo, "p-albers", "F-2026-11")
    assert status == 422
    assert "Bitte wählen Sie den nächsten Schritt." in page
    with demo.session() as session:
        assert session.exec(select(GapHistory).where(col(GapHistory.person_id).is_not(None))).all() == []


@pytest.mark.parametrize("target", ["prioritised", "escalated", "resolved", "nonsense"])
def test_nobody_does_a_bodys_step_by_hand(demo: Demo, target: str) -> None:
    assert step(demo, "p-albers", "F-2026-04", target=target, reason="Eilt.")[0] == 422


def test_who_is_not_of_the_coordination_moves_nothing(demo: Demo) -> None:
    page = text(demo, "p-brandes", "/fehlstellen/F-2026-01")
    assert "Stand ändern" not in page
    client = demo.client("p-brandes")
    fields = hidden_fields(page)
    fields["csrf_token"] = hidden_fields(client.get("/fehlstellen/F-2024-03").get_data(as_text=True))["csrf_token"]
    answer = client.post("/fehlstellen/F-2024-03/schritt", data={**fields, "target": "in_review"})
    assert answer.status_code == 403


def test_the_same_form_sent_twice_moves_once(demo: Demo) -> None:
    client = demo.client("p-albers")
    fields = hidden_fields(client.get("/fehlstellen/F-2024-03").get_data(as_text=True).split('id="move"')[1])
    data = {**fields, "target": "in_review", "reason": "Zwei neue Belege."}
    answers = [client.post("/fehlstellen/F-2024-03/schritt", data=data) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    with demo.session() as session:
        moved = session.exec(select(GapHistory).where(col(GapHistory.target) == "in_review"))
        assert len(moved.all()) == 1


def test_what_stands_in_the_way_of_a_step_is_said(demo: Demo) -> None:
    page = text(demo, "p-albers", "/fehlstellen/F-2026-11")
    assert "Noch nicht möglich" in page
    assert "In den Themenspeicher gehört" in page


def test_a_resolved_gap_with_newer_evidence_asks_to_be_reopened(demo: Demo) -> None:
    assert "Wieder zu öffnen?" in text(demo, "p-albers", "/fehlstellen/F-2024-03")
    assert "Wieder zu öffnen?" not in text(demo, "p-brandes", "/fehlstellen/F-2024-03")
    assert step(demo, "p-albers", "F-2024-03", target="in_review", reason="Neue Belege.")[0] == 303
    assert "Wieder zu öffnen?" not in text(demo, "p-albers", "/fehlstellen/F-2024-03")


def test_the_address_of_a_merged_gap_leads_to_the_one_that_took_it_in(demo: Demo) -> None:
    with demo.database.session(demo.database.writing, demo.tenant_id) as session:
        target = session.exec(select(Gap.id).where(col(Gap.key) == "F-2026-01")).one()
        a_gap(session, key="F-2020-07", status="merged", merged_into_id=target)
        session.commit()
    client = demo.client("p-brandes")
    answer = client.get("/fehlstellen/F-2020-07")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/fehlstellen/F-2026-01?von=F-2020-07")
    assert "F-2020-07 ist hierin aufgegangen" in text(demo, "p-brandes", answer.headers["Location"])
    assert client.get("/fehlstellen/F-2020-07?original=ja").status_code == 301
    assert demo.client("p-albers").get("/fehlstellen/F-2020-07?original=ja").status_code == 200


def test_text_of_people_cannot_become_markup(demo: Demo) -> None:
    with demo.database.session(demo.database.writing, demo.tenant_id) as session:
        a_gap(session, key="F-2020-08", title="<b>fett</b>", summary="<script>alert(1)</script> **wichtig**")
        session.commit()
    page = text(demo, "p-fricke", "/fehlstellen/F-2020-08")
    assert "<script>alert" not in page
    assert "<b>fett" not in page
    assert "<strong>wichtig</strong>" in page


@pytest.mark.parametrize(
    ("key", "readers", "outsiders"),
    [("T-01", ["p-albers", "p-brandes", "p-fricke"], []), ("T-05", ["p-albers", "p-ebert"], ["p-fricke"])],
)
def test_a_topic_is_as_open_as_the_most_closed_of_its_gaps(
    demo: Demo, key: str, readers: list[str], outsiders: list[str]
) -> None:
    for person, status in [*((p, 200) for p in readers), *((p, 404) for p in outsiders)]:
        assert demo.client(person).get(f"/themen/{key}").status_code == status, person


def test_a_draft_topic_is_the_coordinations(demo: Demo) -> None:
    with demo.database.session(demo.database.writing, demo.tenant_id) as session:
        topic = Topic(key="T-99", title="Noch nicht fertig", brief="Entwurf")
        session.add(topic)
        session.flush()
        a_gap(session, key="F-2020-09", topic_id=topic.id)
        session.commit()
    assert demo.client("p-albers").get("/themen/T-99").status_code == 200
    assert demo.client("p-brandes").get("/themen/T-99").status_code == 404
    assert "T-99" not in text(demo, "p-brandes", "/fehlstellen/F-2020-09")


def test_a_topic_bundles_its_gaps_and_sums_their_evidence(demo: Demo) -> None:
    page = text(demo, "p-albers", "/themen/T-01")
    assert page.count('id="fehlstelle-F-2026-') == 2
    assert "Belegt durch 3 Fallrekonstruktionen aus 3 Stellen." in page
    assert "Ankommensmappe mit gemeinsamer Unterlagenliste" in page
    assert "Belegt durch mindestens 3 Fallrekonstruktionen." in text(demo, "p-brandes", "/themen/T-01")
