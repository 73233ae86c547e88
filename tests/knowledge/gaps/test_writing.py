"""Gaps written down and changed: keys that are never given twice, two editors, and the privacy check."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlmodel import col, select

from app.people.models import KeyNumber
from app.people.states import Visibility
from knowledge.gaps import actions_text
from knowledge.gaps.actions_text import GapText
from knowledge.gaps.models import Gap, GapFacet, GapHistory, GapIndicator, GapMunicipality
from knowledge.gaps.states import GapFacetName, SolvableAt
from knowledge.privacy.confirming import Unchecked
from knowledge.privacy.rules import check
from knowledge.search.models import SearchOutbox
from tests.support.demo import Demo, hidden_fields, post

SQLITE = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
NEW: dict[str, Any] = {
    "title": "Kein Konto ohne Ausweis",
    "summary": "Wenn jemand zuzieht, dann fehlt das Konto, weil Banken den Ausweis nicht anerkennen. Folge: Mahnungen.",
    "life_domain": ["everyday_admin", "subsistence"],
    "legal_domain": ["none"],
    "interface": ["bank", "jobcenter"],
    "transition": ["asylblg_sgb2"],
    "affected_group": ["recognised"],
    "kind": ["access"],
    "area": "county",
    "solvable_at": "strategic",
    "severity": "3",
    "frequency": "2",
    "deadline": "2027-06-30",
    "deadline_note": "Die Übergangsregel endet.",
    "figures-0-label": "Median Tage bis zum Konto",
    "figures-0-before": "41",
    "figures-0-source": "Stichprobe der Beratungsstellen",
    "figures-1-label": "",
    "visibility": "coordination",
}
A_TEXT = GapText("Titel", "Text.", SolvableAt.STRATEGIC, 2, 2)


def create(demo: Demo, **change: Any) -> Any:
    return post(demo.client("p-albers"), "/fehlstellen", {**NEW, **change}, at="/fehlstellen/neu")


def gap(demo: Demo, key: str) -> Gap:
    with demo.session() as session:
        return session.exec(select(Gap).where(col(Gap.key) == key)).one()


def test_a_gap_is_written_down_with_all_its_fields(demo: Demo) -> None:
    response = create(demo)
    assert (response.status_code, response.location) == (303, "/fehlstellen/F-2026-12")
    row = gap(demo, "F-2026-12")
    assert (row.status.value, row.severity, row.frequency, row.version) == ("reported", 3, 2, 1)
    with demo.session() as session:
        codes = session.exec(select(GapFacet.key).where(col(GapFacet.gap_id) == row.id)).all()
        figure = session.exec(select(GapIndicator).where(col(GapIndicator.gap_id) == row.id)).one()
        step = session.exec(select(GapHistory).where(col(GapHistory.gap_id) == row.id)).one()
        assert "F-2026-12" in session.exec(select(SearchOutbox.key)).all()
    assert {"everyday_admin", "bank", "jobcenter", "asylblg_sgb2", "access"} <= set(codes)
    assert (figure.before, figure.source) == ("41", "Stichprobe der Beratungsstellen")
    assert (step.source, step.target.value) == (None, "reported")
    page = demo.client("p-albers").get(response.location).get_data(as_text=True)
    for words in ("Stichprobe der Beratungsstellen", "30.06.2027", "noch niemand", "Kreditinstitut"):
        assert words in page


BAD: list[tuple[dict[str, Any], str]] = [
    ({"title": " "}, "Bitte geben Sie der Fehlstelle einen Titel."),
    ({"title": "x" * 91}, "höchstens 90 Zeichen"),
    ({"summary": ""}, "Bitte beschreiben Sie die Fehlstelle"),
    ({"severity": ""}, "Bitte wählen Sie, wie schwer es wiegt."),
    ({"severity": "9"}, "Bitte wählen Sie aus der Liste."),
    ({"life_domain": ["magic"]}, "Bitte wählen Sie aus der Liste."),
    ({"solvable_at": "heaven"}, "Bitte wählen Sie aus der Liste."),
    ({"owner_id": "99999"}, "Bitte wählen Sie aus der Liste."),
    ({"visibility": ""}, "Bitte wählen Sie, wer die Fehlstelle lesen darf."),
    ({"visibility": "case_team"}, "Bitte wählen Sie aus der Liste."),
    ({"area": "some"}, "Bitte wählen Sie mindestens eine Kommune."),
    ({"area": "some", "municipalities": ["abc"]}, "Bitte wählen Sie aus der Liste."),
    ({"deadline": ""}, "auch das Datum"),
    ({"figures-1-before": "12"}, "Bitte geben Sie jeder Kennzahl einen Namen."),
]


@SQLITE
def test_bad_input_gets_a_sentence_and_keeps_what_was_typed(demo: Demo) -> None:
    client = demo.client("p-albers")
    for change, sentence in BAD:
        response = post(client, "/fehlstellen", {**NEW, **change}, at="/fehlstellen/neu")
        page = response.get_data(as_text=True)
        assert response.status_code == 422, change
        assert sentence in page, change
        assert "not valid" not in page
        assert "Median Tage bis zum Konto" in page
    with demo.session() as session:
        assert len(session.exec(select(Gap.id)).all()) == 14


@SQLITE
def test_only_the_coordination_writes(demo: Demo) -> None:
    for person in ("p-brandes", "p-vogt", "p-fricke"):
        client = demo.client(person)
        assert client.get("/fehlstellen/neu").status_code == 403
        assert post(client, "/fehlstellen", NEW, at="/fehlstellen").status_code == 403
        assert post(client, "/fehlstellen/F-2026-01", NEW, at="/fehlstellen").status_code == 403
        assert post(client, "/fehlstellen/F-2026-11", NEW, at="/fehlstellen").status_code == 404
    assert demo.client().get("/fehlstellen/neu").status_code in (302, 303)


@SQLITE
def test_a_key_is_not_given_twice_even_where_its_gap_is_gone(demo: Demo) -> None:
    create(demo)
    with demo.database.session(demo.database.writing, demo.tenant_id) as session:
        session.add(KeyNumber(series="F-2030", last=7))
        session.commit()
    assert create(demo).location == "/fehlstellen/F-2026-13"
    with demo.session() as session:
        assert session.exec(select(KeyNumber.last).where(col(KeyNumber.series) == "F-2026")).one() == 13


def test_gaps_written_at_the_same_time_get_different_keys(demo: Demo) -> None:
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _n: demo.perform("p-albers", actions_text.create_gap, A_TEXT).key, range(8)))
    assert sorted(made) == [f"F-2026-{number}" for number in range(12, 20)]


def test_two_editors_lose_no_text(demo: Demo) -> None:
    first, second = demo.client("p-albers"), demo.client("p-kaya")
    at = "/fehlstellen/F-2026-11/bearbeiten"
    opened = second.get(at).get_data(as_text=True)
    assert post(first, "/fehlstellen/F-2026-11", {**NEW, "version": "1"}, at=at).status_code == 303
    mine = {**NEW, "title": "Der andere Titel", "severity": "1", "kind": ["law"], "version": "1"}
    response = second.post("/fehlstellen/F-2026-11", data={**hidden_fields(opened), **mine})
    page = response.get_data(as_text=True)
    assert response.status_code == 409
    for words in ("inzwischen von jemand anderem geändert", "Der andere Titel", "Kein Konto ohne Ausweis", "schwer"):
        assert words in page
    assert page.count('name="version"') == 1
    assert gap(demo, "F-2026-11").title == "Kein Konto ohne Ausweis"
    again = second.post("/fehlstellen/F-2026-11", data={**hidden_fields(page), **mine, "version": "2"})
    assert again.status_code == 303
    assert (gap(demo, "F-2026-11").title, gap(demo, "F-2026-11").version) == ("Der andere Titel", 3)


@SQLITE
def test_the_form_shows_what_is_written_and_saving_it_changes_nothing(demo: Demo) -> None:
    with demo.session() as session:
        before = actions_text.text_of(session, gap(demo, "F-2026-01"))
    demo.perform("p-albers", actions_text.edit_gap, "F-2026-01", before, 1)
    with demo.session() as session:
        assert actions_text.text_of(session, gap(demo, "F-2026-01")) == before
        places = session.exec(select(GapMunicipality).where(col(GapMunicipality.gap_id) == gap(demo, "F-2026-01").id))
        assert len(places.all()) == len(before.municipalities)


@SQLITE
def test_before_more_people_read_a_text_each_hit_is_confirmed(demo: Demo) -> None:
    summary = "Frau Müller (0151 23456789) wartete auf das Konto."
    typed = {"summary": summary, "visibility": "network"}
    response = create(demo, **typed)
    page = response.get_data(as_text=True)
    keys = [hit.key for hit in check(summary)]
    assert response.status_code == 422
    assert len(keys) == 2
    assert all(f'value="{key}"' in page for key in keys)
    assert create(demo, **typed, harmless=keys[:1]).status_code == 422
    assert create(demo, **typed, harmless=keys).status_code == 303
    assert create(demo, summary=summary).status_code == 303, "for the coordination alone it may stand there"


@SQLITE
def test_raising_the_level_asks_again_and_a_later_change_only_for_what_is_new(demo: Demo) -> None:
    def saved(text: GapText, version: int, confirmed: tuple[str, ...] = ()) -> None:
        demo.perform("p-albers", actions_text.edit_gap, "F-2026-12", text, version, confirmed)

    told = GapText("Titel", "Herr Schulze war dabei.", SolvableAt.STRATEGIC, 2, 2)
    raised = GapText("Titel", told.summary, SolvableAt.STRATEGIC, 2, 2, visibility=Visibility.BODY)
    demo.perform("p-albers", actions_text.create_gap, told)
    with pytest.raises(Unchecked) as refused:
        saved(raised, 1)
    saved(raised, 1, tuple(hit.key for hit in refused.value.hits))
    saved(raised, 2)
    with pytest.raises(Unchecked) as refused:
        saved(GapText("Titel", told.summary + " Frau Berg auch.", SolvableAt.STRATEGIC, 2, 2, Visibility.BODY), 3)
    assert [hit.text for hit in refused.value.hits] == ["Frau Berg"]


def test_the_nearest_gaps_are_shown_while_typing(demo: Demo) -> None:
    demo.index_now()
    client = demo.client("p-albers")
    form = hidden_fields(client.get("/fehlstellen/neu").get_data(as_text=True))
    text = gap(demo, "F-2026-01").title
    asked = {**form, "title": text, "transition": ["asylblg_sgb2"], "interface": ["social_office", "jobcenter"]}
    fragment = client.post("/fehlstellen/aehnliche", data=asked, headers={"HX-Request": "true"})
    page = fragment.get_data(as_text=True)
    assert "<html" not in page
    assert "F-2026-01" in page.split("</li>")[0]
    assert 1 <= page.count("<li") <= 5
    assert "gleicher Rechtskreiswechsel" in page
    assert "<html" in client.post("/fehlstellen/aehnliche", data=asked).get_data(as_text=True)


@SQLITE
def test_what_the_topic_store_still_needs_is_named(demo: Demo) -> None:
    with demo.database.session(demo.database.writing, demo.tenant_id) as session:
        row = session.exec(select(Gap).where(col(Gap.key) == "F-2026-07")).one()
        row.status = "in_review"
        session.add(row)
        for code in session.exec(select(GapFacet).where(col(GapFacet.gap_id) == row.id)):
            if code.facet in (GapFacetName.KIND, GapFacetName.INTERFACE):
                session.delete(code)
        session.commit()
    client = demo.client("p-albers")
    sentence = "Für den Themenspeicher fehlt noch: Schnittstelle (mindestens zwei Stellen), Art der Ursache."
    assert sentence in client.get("/fehlstellen/F-2026-07").get_data(as_text=True)
    answer = post(client, "/fehlstellen/F-2026-07/schritt", {"target": "topic_store"}, at="/fehlstellen/F-2026-07")
    assert answer.status_code == 422
    assert sentence in answer.get_data(as_text=True)
