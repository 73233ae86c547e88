"""Meetings, polls, decisions and mandates in the thread, for those who may know of them."""

from collections.abc import Collection

from sqlmodel import col, select

from knowledge.gaps.models import Gap
from knowledge.trace.queries import load, thread_of
from knowledge.trace.rules import Node, NodeId, Thread
from meetings.agenda.states import DecisionKind
from meetings.decisions.actions import Draft, record_decision
from meetings.decisions.models import Decision
from meetings.voting.models import Poll
from tests.meetings.walk import GUEST, MEMBER, OFFICE, OUTSIDER, closed_poll, counted
from tests.support.demo import Demo

THREE = {"p-diallo": (2, 1, 0, 0), "p-kessler": (1, 2, 0, 0), "p-marx": (0, 0, 2, 1)}


def decided(demo: Demo) -> None:
    closed_poll(demo, THREE)
    draft = Draft(DecisionKind.PRIORITISE, "Rangfolge beschlossen.", yes=16, topic_ids=(3, 4, 5, 7))
    demo.perform(OFFICE, record_decision, "LG-09", "6", draft)


def thread(demo: Demo, person: str, kind: str, id_: int) -> Thread:
    actor = demo.actor(person)
    with demo.app.test_request_context(), demo.session() as session:
        return thread_of(session, actor, NodeId(kind, id_))


def gap_id(demo: Demo, key: str = "F-2026-09") -> int:
    with demo.session() as session:
        return session.exec(select(Gap.id).where(col(Gap.key) == key)).one() or 0


def kinds(nodes: Collection[Node]) -> set[str]:
    return {node.id.kind for node in nodes}


def test_from_a_gap_the_thread_leads_to_the_decision(demo: Demo) -> None:
    decided(demo)
    found = thread(demo, MEMBER, "gap", gap_id(demo))
    assert kinds(found.consequences) == {"topic", "agenda_item", "poll", "decision"}
    titles = [node.title for node in found.consequences]
    assert "TOP 6: Priorisierung der Themen für 2027" in titles
    assert "Rangfolge beschlossen." in titles


def test_from_a_decision_the_thread_leads_back_to_the_gaps(demo: Demo) -> None:
    decided(demo)
    with demo.session() as session:
        decision = session.exec(select(Decision).where(col(Decision.key) == "D-09-1")).one()
    found = thread(demo, MEMBER, "decision", decision.id or 0)
    assert {"gap", "topic", "agenda_item", "poll"} <= kinds(found.sources)


def test_a_mandate_leads_on_to_the_agreement(demo: Demo) -> None:
    with demo.session() as session:
        decision = session.exec(select(Decision).where(col(Decision.key) == "D-08-3")).one()
    found = thread(demo, MEMBER, "decision", decision.id or 0)
    assert {"mandate", "agreement", "measure"} <= kinds(found.consequences)
    mandate = next(node for node in found.consequences if node.id.kind == "mandate")
    assert (mandate.title, mandate.url) == ("Projektgruppe Übergang AsylbLG – SGB II", "/gremien/pg-uebergang")


def test_an_outsider_s_thread_leaves_the_meeting_out(demo: Demo) -> None:
    decided(demo)
    found = thread(demo, OUTSIDER, "gap", gap_id(demo))
    assert kinds(found.consequences).isdisjoint({"agenda_item", "poll", "decision"})


def test_a_guest_sees_the_item_but_not_the_decision(demo: Demo) -> None:
    decided(demo)
    found = thread(demo, GUEST, "gap", gap_id(demo))
    assert "agenda_item" in kinds(found.consequences)
    assert "decision" not in kinds(found.consequences)


def test_nodes_of_a_kind_cost_the_same_however_many(demo: Demo) -> None:
    decided(demo)
    actor = demo.actor(OFFICE)
    with demo.session() as session:
        decisions = session.exec(select(Decision.id)).all()
        polls = session.exec(select(Poll.id)).all()
    items = list(range(1, 11))
    for kind, ids in (("agenda_item", items), ("decision", decisions), ("poll", polls), ("mandate", [1])):
        costs = []
        for wanted in (ids[:1], ids):
            with demo.app.test_request_context(), demo.session() as session, counted(demo) as sent:
                nodes = load(session, actor, [NodeId(kind, id_ or 0) for id_ in wanted])
            costs.append(len(sent))
            assert len(nodes) == len(wanted)
        assert costs == [1, 1], kind
