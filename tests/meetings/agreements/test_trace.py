"""Agreements in the thread: whom they bind, by which measures, and what shows whether it works."""

from collections import Counter

import pytest
from sqlmodel import col, select

from knowledge.trace.queries import load, thread_of
from knowledge.trace.rules import NodeId, Thread
from meetings.agreements.models import Agreement, GoalIndicator, Obligation
from tests.meetings.walk import counted
from tests.support.demo import Demo


def thread(demo: Demo, person: str) -> Thread:
    actor = demo.actor(person)
    with demo.app.test_request_context(), demo.session() as session:
        agreement = session.exec(select(Agreement.id).where(col(Agreement.key) == "ZV-2026-01")).one()
        return thread_of(session, actor, NodeId("agreement", agreement or 0))


@pytest.mark.parametrize("person", ["p-albers", "p-brandes", "p-diallo"])
def test_an_agreement_leads_to_its_obligations_measures_and_indicators(demo: Demo, person: str) -> None:
    found = thread(demo, person)
    kinds = Counter(node.id.kind for node in found.consequences)
    assert kinds["measure"] == 6
    assert kinds["obligation"] > 1
    assert kinds["indicator"] > 0
    ends = {edge.target for edge in found.edges if edge.source.kind == "measure"}
    assert ends
    assert all(end.kind == "indicator" for end in ends)


def test_an_answer_stands_with_the_obligation(demo: Demo) -> None:
    details = {
        node.title: node.detail for node in thread(demo, "p-albers").consequences if node.id.kind == "obligation"
    }
    assert "Zustimmung ausstehend" in details.values()


def test_who_may_not_read_the_agreement_learns_of_none_of_it(demo: Demo) -> None:
    found = thread(demo, "p-fricke")
    assert not {"obligation", "measure", "indicator"} & {node.id.kind for node in found.consequences}


def test_obligations_and_indicators_cost_the_same_however_many(demo: Demo) -> None:
    actor = demo.actor("p-albers")
    with demo.session() as session:
        wanted = {
            "obligation": session.exec(select(Obligation.id)).all(),
            "indicator": session.exec(select(GoalIndicator.id)).all(),
        }
    for kind, ids in wanted.items():
        with demo.app.test_request_context(), demo.session() as session, counted(demo) as sent:
            assert len(load(session, actor, [NodeId(kind, id_ or 0) for id_ in ids])) == len(ids) > 1
        assert len(sent) == 1
