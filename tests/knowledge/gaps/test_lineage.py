"""Merging, separating and splitting gaps: what moves, what is counted, who finds the way, and what nobody learns."""

from typing import Any

import pytest
from sqlmodel import Session, col, select

from app.core.errors import DomainError, InvalidInput
from app.core.lifecycle import RefusedMove
from app.people.states import Visibility
from knowledge.cases.models import Finding
from knowledge.gaps import actions_lineage, parts
from knowledge.gaps.actions_lineage import Offshoot
from knowledge.gaps.evidence import distinct_strength, strengths
from knowledge.gaps.models import Evidence, Gap, GapFacet, GapHistory, GapIndicator, GapLineage, Topic
from knowledge.search.models import SearchOutbox
from tests.knowledge.gaps.rows import a_gap
from tests.support.demo import Demo, post

SQLITE = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
OPEN, STORED = "F-2026-11", "F-2026-07"


def gap(demo: Demo, key: str) -> Gap:
    with demo.session() as session:
        return session.exec(select(Gap).where(col(Gap.key) == key)).one()


def held(session: Session, gap_id: int) -> dict[str, list[int]]:
    return {part.name: [row.id for row in parts.rows_of(session, part, gap_id)] for part in parts.all_parts()}


def merge(demo: Demo, key: str = OPEN, target: str = "F-2026-01", reason: str = "Dasselbe in anderen Worten.") -> Any:
    return demo.perform("p-albers", actions_lineage.merge_gap, key, target, reason)


def test_merging_moves_everything_and_counts_each_case_once(demo: Demo) -> None:
    source, target = gap(demo, STORED), gap(demo, "F-2026-01")
    with demo.session() as session:
        expected = distinct_strength(session, [source.id or 0, target.id or 0])
        before = held(session, source.id or 0)
    merge(demo, STORED)
    with demo.session() as session:
        strength = strengths(session, [source.id or 0, target.id or 0])
        after = held(session, target.id or 0)
        findings = session.exec(select(Finding.gap_id).where(col(Finding.id).in_(before["finding"]))).all()
        queued = set(session.exec(select(SearchOutbox.key)))
    now = strength[target.id or 0]
    assert (now.cases, now.organisations) == expected
    assert strength[source.id or 0].cases == 0
    assert set(before["evidence"]) <= set(after["evidence"])
    assert set(findings) == {target.id}
    assert gap(demo, "F-2026-01").reports == source.reports + target.reports
    assert gap(demo, STORED).merged_into_id == target.id
    assert {STORED, "F-2026-01"} <= queued


def test_what_both_have_is_not_doubled(demo: Demo) -> None:
    merge(demo, STORED, "F-2026-01")
    with demo.session() as session:
        target = gap(demo, "F-2026-01").id
        codes = session.exec(select(GapFacet.facet, GapFacet.key).where(col(GapFacet.gap_id) == target)).all()
        stations = session.exec(
            select(Evidence.station_id, Evidence.polarity).where(col(Evidence.gap_id) == target)
        ).all()
    assert len(codes) == len(set(codes))
    assert len(stations) == len(set(stations))


def test_separating_brings_back_what_was_there(demo: Demo) -> None:
    with demo.database.session(demo.database.writing, demo.tenant_id) as session:
        row = session.exec(select(Gap).where(col(Gap.key) == STORED)).one()
        row.topic_id = session.exec(select(Topic.id).where(col(Topic.key) == "T-05")).one()
        session.add_all([row, GapIndicator(gap_id=row.id or 0, label="Tage bis zum Konto")])
        session.commit()
    ids = [gap(demo, STORED).id or 0, gap(demo, "F-2026-01").id or 0]
    with demo.session() as session:
        before = [held(session, each) for each in ids]
    rows = [(gap(demo, key).reports, gap(demo, key).topic_id) for key in (STORED, "F-2026-01")]
    merge(demo, STORED)
    assert gap(demo, STORED).topic_id is None
    demo.perform("p-albers", actions_lineage.undo_merge, STORED, "Doch verschieden.")
    with demo.session() as session:
        assert [held(session, each) for each in ids] == before
        steps = session.exec(
            select(GapHistory).where(col(GapHistory.gap_id) == ids[0]).order_by(col(GapHistory.id))
        ).all()
        lineage = session.exec(select(GapLineage)).one()
    assert [(gap(demo, key).reports, gap(demo, key).topic_id) for key in (STORED, "F-2026-01")] == rows
    assert [(str(step.source), step.target.value) for step in steps] == [
        ("topic_store", "merged"),
        ("merged", "topic_store"),
    ]
    assert lineage.undone_at is not None
    assert gap(demo, STORED).merged_into_id is None


@SQLITE
def test_a_chain_of_mergings_is_taken_back_from_its_end(demo: Demo) -> None:
    with demo.database.session(demo.database.writing, demo.tenant_id) as session:
        a_gap(session, key="F-2020-01", status="in_review")
        session.commit()
    merge(demo, OPEN, "F-2020-01")
    merge(demo, "F-2020-01", "F-2026-01")
    assert demo.client("p-brandes").get(f"/fehlstellen/{OPEN}").location == f"/fehlstellen/F-2026-01?von={OPEN}"
    with pytest.raises(RefusedMove, match="selbst zusammengeführt"):
        demo.perform("p-albers", actions_lineage.undo_merge, OPEN, "")
    demo.perform("p-albers", actions_lineage.undo_merge, "F-2020-01", "")
    demo.perform("p-albers", actions_lineage.undo_merge, OPEN, "")
    assert gap(demo, OPEN).status == "in_review"


@SQLITE
@pytest.mark.parametrize(
    ("key", "target", "sentence"),
    [
        (OPEN, OPEN, "mit sich selbst"),
        (OPEN, "F-1999-01", "gibt es nicht"),
        ("F-2026-01", OPEN, "nicht vorgesehen"),
        ("F-2024-03", OPEN, "nicht vorgesehen"),
    ],
)
def test_what_cannot_be_merged_is_refused_in_words(demo: Demo, key: str, target: str, sentence: str) -> None:
    with pytest.raises((InvalidInput, RefusedMove), match=sentence):
        merge(demo, key, target)
    assert gap(demo, key).merged_into_id is None


@SQLITE
def test_a_figure_that_names_a_person_does_not_come_to_more_readers_by_merging(demo: Demo) -> None:
    with demo.database.session(demo.database.writing, demo.tenant_id) as session:
        row = session.exec(select(Gap).where(col(Gap.key) == OPEN)).one()
        session.add(GapIndicator(gap_id=row.id or 0, label="Frau Müller wartete 40 Tage"))
        session.commit()
    with pytest.raises(DomainError, match="hinweisen kann"):
        merge(demo)


def test_splitting_gives_new_keys_and_keeps_the_sum_of_evidence(demo: Demo) -> None:
    source = gap(demo, "F-2026-01")
    with demo.session() as session:
        before = distinct_strength(session, [source.id or 0])
        evidence = session.exec(
            select(Evidence).where(col(Evidence.gap_id) == source.id).order_by(col(Evidence.id))
        ).all()
    offshoots = [
        Offshoot("Erste Hälfte", "Wenn, dann, weil.", frozenset({evidence[0].id or 0})),
        Offshoot("Zweite Hälfte", "Wenn, dann, weil.", frozenset({evidence[1].id or 0})),
    ]
    made = demo.perform("p-albers", actions_lineage.split_gap, "F-2026-01", offshoots, "Zwei Ursachen.")
    assert [each.key for each in made] == ["F-2026-12", "F-2026-13"]
    assert {(each.status.value, each.visibility) for each in made} == {("in_review", Visibility.COORDINATION)}
    with demo.session() as session:
        together = distinct_strength(session, [source.id or 0, *(each.id or 0 for each in made)])
        moved = session.exec(select(Finding.gap_id).where(col(Finding.id) == evidence[0].finding_id)).one()
        codes = [
            len(session.exec(select(GapFacet).where(col(GapFacet.gap_id) == each.id)).all()) for each in (source, *made)
        ]
    assert together == before
    assert moved == made[0].id
    assert len(set(codes)) == 1
    merge(demo, "F-2026-12", "F-2026-01")
    with demo.session() as session:
        assert distinct_strength(session, [source.id or 0, made[1].id or 0]) == before


@SQLITE
def test_a_piece_of_evidence_goes_to_one_new_gap_only_and_only_from_this_gap(demo: Demo) -> None:
    other = gap(demo, "F-2026-02")
    with demo.session() as session:
        mine = session.exec(select(Evidence.id).where(col(Evidence.gap_id) == gap(demo, "F-2026-01").id)).first() or 0
        foreign = session.exec(select(Evidence.id).where(col(Evidence.gap_id) == other.id)).first() or 0
    twice = [Offshoot("a", "b", frozenset({mine})), Offshoot("c", "d", frozenset({mine}))]
    for offshoots in (twice, [Offshoot("a", "b", frozenset({foreign}))]):
        with pytest.raises(InvalidInput):
            demo.perform("p-albers", actions_lineage.split_gap, "F-2026-01", offshoots, "")
    with demo.session() as session:
        assert session.exec(select(GapLineage)).all() == []


def test_the_pages_lead_through_merging_and_back(demo: Demo) -> None:
    client = demo.client("p-albers")
    assert "Folgen ansehen" in client.get(f"/fehlstellen/{OPEN}/zusammenfuehren").get_data(as_text=True)
    page = client.get(f"/fehlstellen/{OPEN}/zusammenfuehren?ziel=f-2026-01").get_data(as_text=True)
    assert 'führt künftig zu <span class="ll-key">F-2026-01</span>' in page
    assert client.get(f"/fehlstellen/{OPEN}/zusammenfuehren?ziel=F-1999-99").status_code == 422
    at = f"/fehlstellen/{OPEN}/zusammenfuehren?ziel=F-2026-01"
    answer = post(client, f"/fehlstellen/{OPEN}/zusammenfuehren/F-2026-01", {"reason": "Dasselbe."}, at=at)
    assert answer.location == f"/fehlstellen/F-2026-01?von={OPEN}"
    assert client.get(f"/fehlstellen/{OPEN}").status_code == 301
    original = client.get(f"/fehlstellen/{OPEN}?original=ja").get_data(as_text=True)
    assert "aufgegangen in" in original
    assert "Wieder trennen" in original
    assert "hierin aufgegangen" in client.get("/fehlstellen/F-2026-01").get_data(as_text=True)
    life = client.get("/fehlstellen/F-2026-01/geschichte").get_data(as_text=True)
    assert f"{OPEN} ist hierin aufgegangen" in life
    assert "Dasselbe." in life
    answer = post(client, f"/fehlstellen/{OPEN}/trennen", {"reason": "Doch nicht."}, at=f"/fehlstellen/{OPEN}/trennen")
    assert answer.status_code == 303
    assert client.get(f"/fehlstellen/{OPEN}").status_code == 200


@SQLITE
def test_the_split_page_sends_evidence_where_it_was_told(demo: Demo) -> None:
    client = demo.client("p-albers")
    assert "geht zur neuen Fehlstelle 1" in client.get("/fehlstellen/F-2026-01/teilen").get_data(as_text=True)
    with demo.session() as session:
        row = session.exec(select(Evidence.id).where(col(Evidence.gap_id) == gap(demo, "F-2026-01").id)).first()
    typed = {"title_1": "Neu", "summary_1": "Wenn, dann.", f"beleg-{row}": "1", "reason": "Zwei Dinge."}
    at = "/fehlstellen/F-2026-01/teilen"
    assert post(client, at, {**typed, "summary_1": ""}, at=at).status_code == 422
    assert post(client, at, {**typed, "title_1": "", "summary_1": ""}, at=at).status_code == 422
    nameless = post(client, at, {**typed, f"beleg-{row}": "2"}, at=at)
    assert nameless.status_code == 422
    assert 'id="title-2-error"' in nameless.get_data(as_text=True)
    told = client.get(post(client, at, typed, at=at).location).get_data(as_text=True)
    assert 'Neu angelegt ist: <a href="/fehlstellen/F-2026-12">F-2026-12 Neu</a>' in told
    with demo.session() as session:
        assert session.exec(select(Evidence.gap_id).where(col(Evidence.id) == row)).one() == gap(demo, "F-2026-12").id


@SQLITE
def test_the_address_of_a_merged_gap_tells_nobody_of_a_hidden_one(demo: Demo) -> None:
    with demo.database.session(demo.database.writing, demo.tenant_id) as session:
        hidden = session.exec(select(Gap.id).where(col(Gap.key) == OPEN)).one()
        a_gap(
            session,
            key="F-2020-01",
            status="merged",
            visibility="network",
            merged_into_id=hidden,
            title="Ein alter Titel",
        )
        session.commit()
    outsider = demo.client("p-brandes")
    never = outsider.get("/fehlstellen/F-1999-99")
    for address in (
        "/fehlstellen/F-2020-01",
        "/fehlstellen/F-2020-01?original=ja",
        "/fehlstellen/F-2020-01/geschichte",
    ):
        answer = outsider.get(address)
        assert answer.status_code == never.status_code == 404
        assert OPEN not in answer.get_data(as_text=True)
    assert "Ein alter Titel" not in outsider.get("/fehlstellen?status=merged").get_data(as_text=True)
    assert demo.client("p-albers").get("/fehlstellen/F-2020-01").status_code == 301


@SQLITE
@pytest.mark.parametrize("address", ["zusammenfuehren", "teilen", "trennen", "bearbeiten", "eskalation"])
def test_outside_the_coordination_nobody_changes_lineage_or_learns_of_a_hidden_gap(demo: Demo, address: str) -> None:
    client = demo.client("p-brandes")
    assert client.get(f"/fehlstellen/F-2026-01/{address}").status_code == 403
    assert client.get(f"/fehlstellen/{OPEN}/{address}").status_code == 404
