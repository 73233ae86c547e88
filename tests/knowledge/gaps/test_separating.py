"""Separating merged gaps after the target was worked on: each gets back what is its own, and what is not is told."""

from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import col, select

from knowledge.gaps import actions_lineage, actions_text, parts
from knowledge.gaps.actions_text import Figure, GapText
from knowledge.gaps.models import Gap, GapFacet, GapIndicator, GapMove, Topic
from knowledge.gaps.states import GapFacetName
from knowledge.privacy.confirming import hits_in, names_for
from tests.knowledge.gaps.rows import a_gap
from tests.support.demo import Demo, post

SQLITE = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
SOURCE, TARGET = "F-2026-11", "F-2026-01"


def gap(demo: Demo, key: str) -> Gap:
    with demo.session() as session:
        return session.exec(select(Gap).where(col(Gap.key) == key)).one()


def text(demo: Demo, key: str) -> GapText:
    with demo.session() as session:
        return actions_text.text_of(session, gap(demo, key))


def facet_rows(demo: Demo, key: str) -> set[tuple[int, str]]:
    with demo.session() as session:
        rows = session.exec(select(GapFacet).where(col(GapFacet.gap_id) == gap(demo, key).id)).all()
    return {(row.id or 0, f"{row.facet}:{row.key}") for row in rows}


def codes(demo: Demo, key: str) -> set[str]:
    return {said for _row_id, said in facet_rows(demo, key)}


def edit(demo: Demo, key: str, **change: Any) -> None:
    given = replace(text(demo, key), **change)
    with demo.session() as session:
        keys = [hit.key for hit in hits_in(given.texts(), names_for(session))]
    demo.perform("p-albers", actions_text.edit_gap, key, given, gap(demo, key).version, keys)


def merge(demo: Demo) -> None:
    demo.perform("p-albers", actions_lineage.merge_gap, SOURCE, TARGET, "Dasselbe.")


def separate(demo: Demo) -> Any:
    return demo.perform("p-albers", actions_lineage.undo_merge, SOURCE, "Doch nicht.")


def moved_codes(demo: Demo) -> list[str]:
    with demo.session() as session:
        found = session.exec(select(GapMove.said).where(col(GapMove.part) == parts.FACET)).all()
    return [said or "" for said in found]


def without(given: GapText, said: str) -> dict[GapFacetName, tuple[str, ...]]:
    facet, _mark, key = said.partition(":")
    return {name: tuple(each for each in keys if (name, each) != (facet, key)) for name, keys in given.codes.items()}


def test_a_change_of_the_title_keeps_every_row(demo: Demo) -> None:
    before = facet_rows(demo, TARGET)
    edit(demo, TARGET, title="Ein anderer Titel")
    assert facet_rows(demo, TARGET) == before


def test_after_the_target_was_edited_both_gaps_are_as_before(demo: Demo) -> None:
    edit(demo, SOURCE, figures=(Figure("Tage bis zum Konto", "41"),))
    before = [text(demo, key) for key in (SOURCE, TARGET)]
    merge(demo)
    assert moved_codes(demo)
    edit(demo, TARGET, title="Ein anderer Titel")
    assert separate(demo).lost == ()
    after = [text(demo, key) for key in (SOURCE, TARGET)]
    assert after[0] == before[0]
    assert after[1] == replace(before[1], title="Ein anderer Titel")


def test_a_code_that_was_taken_out_at_the_target_does_not_come_back_and_nothing_foreign_does(demo: Demo) -> None:
    before = [codes(demo, key) for key in (SOURCE, TARGET)]
    merge(demo)
    gone = moved_codes(demo)[-1]
    edit(demo, TARGET, codes=without(text(demo, TARGET), gone))
    with demo.database.session(demo.database.writing, demo.tenant_id) as session:
        session.add(GapFacet(gap_id=gap(demo, TARGET).id or 0, facet=GapFacetName.KIND, key="ownership"))
        session.commit()
    grown = codes(demo, TARGET) - set(moved_codes(demo))
    lost = separate(demo).lost
    assert [move.said for move in lost] == [gone]
    assert codes(demo, SOURCE) == before[0] - {gone}
    assert codes(demo, TARGET) == grown
    assert before[1] <= codes(demo, TARGET)


def test_the_pages_say_what_does_not_come_back(demo: Demo) -> None:
    client = demo.client("p-albers")
    edit(demo, SOURCE, figures=(Figure("Tage bis zum Konto", "41"),))
    merge(demo)
    at = f"/fehlstellen/{SOURCE}/trennen"
    assert "Kommt nicht zurück" not in client.get(at).get_data(as_text=True)
    edit(demo, TARGET, figures=())
    asked = client.get(at).get_data(as_text=True)
    answer = post(client, at, {"reason": "Doch nicht."}, at=at)
    told = client.get(answer.location).get_data(as_text=True)
    for page in (asked, told):
        assert f"Kommt nicht zurück, weil es bei {TARGET} inzwischen geändert wurde" in page
        assert "Tage bis zum Konto" in page


def test_a_figure_that_was_corrected_at_the_target_comes_back_corrected(demo: Demo) -> None:
    edit(demo, SOURCE, figures=(Figure("Tage bis zum Konto", "41"),))
    merge(demo)
    corrected = tuple(
        replace(each, before="43") if each.label == "Tage bis zum Konto" else each
        for each in text(demo, TARGET).figures
    )
    edit(demo, TARGET, figures=corrected)
    assert separate(demo).lost == ()
    assert text(demo, SOURCE).figures == (Figure("Tage bis zum Konto", "43"),)


@SQLITE
def test_figures_of_the_same_name_stay_apart(demo: Demo) -> None:
    two = (Figure("Wartezeit", "41"), Figure("Wartezeit", "12"))
    edit(demo, SOURCE, figures=two)
    with demo.session() as session:
        statement = select(GapIndicator.id, GapIndicator.before).where(col(GapIndicator.gap_id) == gap(demo, SOURCE).id)
        before = set(session.exec(statement).all())
    edit(demo, SOURCE, figures=two[::-1])
    assert text(demo, SOURCE).figures == two[::-1]
    with demo.session() as session:
        assert set(session.exec(statement).all()) == before


def test_the_gap_returns_to_its_place_in_its_topic(demo: Demo) -> None:
    with demo.database.session(demo.database.writing, demo.tenant_id) as session:
        topic = session.exec(select(Topic.id).where(col(Topic.key) == "T-05")).one()
        row = session.exec(select(Gap).where(col(Gap.key) == SOURCE)).one()
        row.topic_id, row.topic_position = topic, 7
        other = a_gap(session, key="F-2020-02", status="in_review")
        session.add_all([row, other])
        session.commit()
    demo.perform("p-albers", actions_lineage.merge_gap, SOURCE, "F-2020-02", "")
    separate(demo)
    assert (gap(demo, SOURCE).topic_id, gap(demo, SOURCE).topic_position) == (topic, 7)
    assert gap(demo, "F-2020-02").topic_id is None


@SQLITE
@pytest.mark.parametrize("address", ["bearbeiten", "teilen", "zusammenfuehren", f"zusammenfuehren?ziel={TARGET}"])
def test_a_merged_gap_opens_no_form_and_leads_to_the_one_that_took_it_in(demo: Demo, address: str) -> None:
    merge(demo)
    answer = demo.client("p-albers").get(f"/fehlstellen/{SOURCE}/{address}")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert f"in {TARGET} aufgegangen" in page
    assert f'href="/fehlstellen/{TARGET}"' in page


@SQLITE
def test_where_merging_is_not_possible_it_is_not_offered_and_the_page_says_from_where_it_is(demo: Demo) -> None:
    client = demo.client("p-albers")
    assert "Zusammenführen …" not in client.get(f"/fehlstellen/{TARGET}").get_data(as_text=True)
    assert "Zusammenführen …" in client.get(f"/fehlstellen/{SOURCE}").get_data(as_text=True)
    for address in ("zusammenfuehren", f"zusammenfuehren?ziel={SOURCE}"):
        answer = client.get(f"/fehlstellen/{TARGET}/{address}")
        assert answer.status_code == 409
        assert "nur aus einem dieser Stände: „in Prüfung“, „im Themenspeicher“" in answer.get_data(as_text=True)
