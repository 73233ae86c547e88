"""The thread of the knowledge side: what leads to what, and who gets to see which knot."""

import pytest
from sqlmodel import Session, col, select

from app.core.permissions import Actor
from knowledge.cases.models import Case
from knowledge.gaps.models import Gap, GapLineage
from knowledge.gaps.states import LineageKind
from knowledge.trace.queries import thread_of
from knowledge.trace.rules import NodeId
from knowledge.workshops.models import Workshop
from tests.knowledge.gaps.rows import a_case, a_giver, support
from tests.meetings.walk import counted
from tests.support.demo import Demo
from tests.support.time import NOW

OURS = {"case", "workshop", "finding", "gap", "topic", "solution"}


def id_of(session: Session, table: type[Case] | type[Gap] | type[Workshop], key: str) -> int:
    return session.exec(select(table.id).where(col(table.key) == key)).one() or 0


def around(
    demo: Demo, person: str, kind: str, table: type[Case] | type[Gap] | type[Workshop], key: str
) -> tuple[list[str], list[str]]:
    actor: Actor = demo.actor(person)
    with demo.app.test_request_context(), demo.session() as session:
        thread = thread_of(session, actor, NodeId(kind, id_of(session, table, key)))
    sides = [
        [f"{n.id.kind}: {n.title}" for n in nodes if n.id.kind in OURS]
        for nodes in (thread.sources, thread.consequences)
    ]
    return sides[0], sides[1]


def test_the_coordination_sees_a_gap_from_its_cases_to_its_topic(demo: Demo) -> None:
    before, after = around(demo, "p-albers", "gap", Gap, "F-2026-01")
    assert before == [
        "case: Fall Ahorn",
        "case: Fall Linde",
        "workshop: Fallrekonstruktion Frühjahr 2026",
        "workshop: Fallrekonstruktion Herbst 2026",
        "finding: Fall Ahorn, Station A5",
        "finding: Fall Ahorn, Station A7",
        "finding: Fall Linde, Station E2",
    ]
    assert after == [
        "topic: Nahtloser Übergang vom AsylbLG in das SGB II",
        "solution: Ankommensmappe mit gemeinsamer Unterlagenliste",
    ]


@pytest.mark.parametrize("person", ["p-brandes", "p-ebert", "p-fricke", "p-wieland"])
def test_for_everybody_else_the_thread_begins_at_the_gap(demo: Demo, person: str) -> None:
    assert around(demo, person, "gap", Gap, "F-2026-01")[0] == []


def test_a_case_giver_sees_the_own_case_only(demo: Demo) -> None:
    before, _after = around(demo, "p-terhorst", "gap", Gap, "F-2026-01")
    assert before == ["case: Fall Ahorn", "finding: Fall Ahorn, Station A5", "finding: Fall Ahorn, Station A7"]


def test_what_came_of_a_case_are_its_own_findings_and_their_gaps(demo: Demo) -> None:
    before, after = around(demo, "p-terhorst", "case", Case, "ahorn")
    assert before == []
    assert all("Ahorn" in title for title in after if title.startswith("finding"))
    assert len([title for title in after if title.startswith("gap")]) == 5


def test_a_gap_beyond_ones_level_is_left_out_of_a_thread(demo: Demo) -> None:
    _before, after = around(demo, "p-marx", "case", Case, "linde")
    assert "gap: Kein durchgängiger Weg zur Anerkennung von Berufsabschlüssen" not in after
    assert "gap: Wohnsitzregelung verzögert die Arbeitsaufnahme" in after


def test_no_knot_says_what_a_case_says(demo: Demo) -> None:
    for key in ("F-2026-01", "F-2024-03", "F-2026-05"):
        for side in around(demo, "p-albers", "gap", Gap, key):
            for secret in ("Geld", "Bekanntenkreis", "übersetzen"):
                assert all(secret not in title for title in side if title.startswith(("case", "finding")))


def test_a_page_and_its_thread_cost_the_same_for_one_finding_as_for_many(demo: Demo) -> None:
    with demo.session() as session:
        gap_id = id_of(session, Gap, "F-2026-06")
    addresses = ("/fehlstellen/F-2026-06", f"/faden/gap/{gap_id}")
    before = [demo.statements("p-albers", address) for address in addresses]
    with demo.database.session(demo.database.writing, demo.tenant_id) as session:
        gap = session.exec(select(Gap).where(col(Gap.id) == gap_id)).one()
        giver = a_giver(session)
        for _ in range(20):
            case = a_case(session, giver)
            for _finding in range(3):
                support(session, gap, case)
        session.commit()
    assert [demo.statements("p-albers", address) for address in addresses] == before


@pytest.mark.parametrize("person", ["p-albers", "p-terhorst", "p-brandes"])
def test_the_thread_of_a_gap_costs_few_statements(demo: Demo, person: str) -> None:
    actor = demo.actor(person)
    with demo.app.test_request_context(), demo.session() as session:
        gap_id = id_of(session, Gap, "F-2024-03")
        with counted(demo) as sent:
            thread_of(session, actor, NodeId("gap", gap_id))
    assert len(sent) <= 20


def test_a_gap_leads_to_the_one_that_was_split_off_from_it(demo: Demo) -> None:
    with demo.database.session(demo.database.writing, demo.tenant_id) as session:
        whole, part = id_of(session, Gap, "F-2026-01"), id_of(session, Gap, "F-2026-02")
        session.add(GapLineage(kind=LineageKind.SPLIT, source_id=whole, target_id=part, at=NOW))
        session.commit()
    before, _after = around(demo, "p-albers", "gap", Gap, "F-2026-02")
    assert "gap: Leistungslücke beim Wechsel vom AsylbLG in das SGB II" in before
