"""Municipalities and groups of gaps with few cases: told to the coordination, and to nobody else (DP-11)."""

from collections.abc import Iterator

import pytest
from sqlmodel import Session, col, select

from app.people.models import Municipality
from knowledge.gaps.catalogue import Choice, catalogue
from knowledge.gaps.evidence import strengths
from knowledge.gaps.models import Gap, GapFacet, GapMunicipality
from knowledge.gaps.places import are_told, shown_groups, shown_municipalities
from knowledge.gaps.search import gap_documents
from knowledge.gaps.states import GapFacetName
from knowledge.gaps.visibility import Reader
from knowledge.taxonomy.lists import label
from tests.support.demo import Demo

SQLITE = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
CLERK = "p-brandes"
"""Works in the Jobcenter and sits in the steering group."""


def gaps_with_few_cases(session: Session) -> Iterator[tuple[Gap, list[str], list[str]]]:
    """Each readable gap with fewer than three cases that names municipalities: it, their names, its groups in words."""
    for gap in session.exec(select(Gap).where(col(Gap.visibility) != "coordination")).all():
        if strengths(session, [gap.id or 0])[gap.id or 0].cases >= 3:
            continue
        places = session.exec(
            select(Municipality.name)
            .join(GapMunicipality, col(GapMunicipality.municipality_id) == col(Municipality.id))
            .where(col(GapMunicipality.gap_id) == gap.id)
        ).all()
        groups = session.exec(
            select(GapFacet.key).where(
                col(GapFacet.gap_id) == gap.id, col(GapFacet.facet) == GapFacetName.AFFECTED_GROUP
            )
        ).all()
        yield gap, list(places), [label("affected_groups", key) for key in groups]


def test_the_clerk_of_the_jobcenter_reads_neither_place_nor_group_of_a_gap_with_few_cases(demo: Demo) -> None:
    client = demo.client(CLERK)
    with demo.session() as session:
        found = list(gaps_with_few_cases(session))
    assert any(places for _gap, places, _groups in found)
    for gap, places, groups in found:
        page = client.get(f"/fehlstellen/{gap.key}").get_data(as_text=True)
        facts = page.split('id="merkmale"')[1].split("</section>")[0]
        assert "kreisweit oder einzelne Kommunen, hier nicht genannt" in facts
        assert not [words for words in (*places, *groups) if words in facts], gap.key


@SQLITE
def test_no_filter_of_the_catalogue_leads_the_clerk_to_such_a_gap_by_its_place(demo: Demo) -> None:
    with demo.session() as session:
        few = {gap.key for gap, _places, _groups in gaps_with_few_cases(session)}
        clerk, insider = demo.actor(CLERK), demo.actor("p-albers")
        named = 0
        for key in session.exec(select(Municipality.key)).all():
            chosen = Choice({"kommune": (key,)})
            theirs = catalogue(session, clerk, chosen)
            assert not few & {row.gap.key for row in theirs.rows}
            assert catalogue(session, clerk, Choice()).counts["kommune"].get(key, 0) == theirs.total
            named += len(few & {row.gap.key for row in catalogue(session, insider, chosen).rows})
        hidden_among = {row.gap.key for row in catalogue(session, clerk, Choice({"kommune": ("kreisweit",)})).rows}
    assert named > 0
    assert few <= hidden_among


@SQLITE
def test_the_index_knows_no_place_of_such_a_gap_and_no_group_of_any(demo: Demo) -> None:
    with demo.session() as session:
        few = {gap.key for gap, _places, _groups in gaps_with_few_cases(session)}
        documents = list(gap_documents(session))
    assert not [document.key for document in documents if document.key in few and document.facets.get("municipality")]
    assert any(document.facets.get("municipality") for document in documents)
    assert not [document.key for document in documents if "affected_group" in document.facets]


@pytest.mark.parametrize(("cases", "told"), [(0, False), (2, False), (3, True), (9, True)])
def test_from_the_smallest_cell_on_everything_is_told(cases: int, told: bool) -> None:
    outside, inside = Reader((), False, 3), Reader((), True, 3)
    assert are_told(outside, cases) is told
    assert are_told(inside, cases)


@SQLITE
def test_the_same_words_stand_there_whether_places_are_named_or_not(demo: Demo) -> None:
    reader = Reader((), False, 3)
    with demo.app.test_request_context():
        assert shown_municipalities(reader, 1, ["Sonderau"]) == shown_municipalities(reader, 1, [])
        assert shown_groups(reader, 1, "Geduldete") == shown_groups(reader, 1, "")
        assert shown_municipalities(reader, 3, ["Sonderau"]) == "Sonderau"


@SQLITE
def test_words_narrow_the_catalogue_and_stay_with_the_other_filters(demo: Demo) -> None:
    client = demo.client("p-albers")
    page = client.get("/fehlstellen?text=SPRACHMITTLUNG&status=submitted").get_data(as_text=True)
    assert "1 Fehlstelle<" in page
    assert "Text: SPRACHMITTLUNG" in page
    assert 'name="status" value="submitted"' in page
    assert 'href="/fehlstellen?status=submitted"' in page
    for words in ("F-2026-05", "übergangszeit", "Übergangszeit"):
        assert "1 Fehlstelle<" in client.get(f"/fehlstellen?text={words}").get_data(as_text=True), words
    assert "Keine Fehlstelle passt" in client.get("/fehlstellen?text=100%25_x").get_data(as_text=True)
