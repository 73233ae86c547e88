"""Talking about decisions and agreements: those who may read them, and nobody else."""

import pytest
from sqlmodel import select

from knowledge.conversation import actions, following
from knowledge.conversation.subjects import is_readable
from meetings.agreements.models import Agreement
from meetings.agreements.policy import may_read_agreement
from meetings.agreements.queries import accesses
from meetings.decisions.models import Decision
from meetings.decisions.policy import may_read_decision
from meetings.decisions.queries import decision_by_key
from tests.knowledge.conversation.people import CLERK, DEPUTY, NO_SEAT, OFFICE, within
from tests.support.demo import Demo

SQLITE = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
PEOPLE = (OFFICE, CLERK, DEPUTY, NO_SEAT, "p-ebert", "p-terhorst")


@SQLITE
def test_whoever_may_read_a_decision_or_an_agreement_may_talk_about_it_and_nobody_else(demo: Demo) -> None:
    with demo.app.test_request_context(), demo.session() as session:
        decision, agreement = session.exec(select(Decision)).first(), session.exec(select(Agreement)).first()
        assert decision is not None
        assert agreement is not None
        found, access = decision_by_key(session, decision.key), accesses(session, [agreement])[agreement.id or 0]
        assert found is not None
        seen = set()
        for person in PEOPLE:
            actor = demo.actor(person)
            for kind, thing, verdict in (
                ("decision", decision, may_read_decision(actor, found)),
                ("agreement", agreement, may_read_agreement(actor, access)),
            ):
                assert bool(is_readable(session, actor, kind, thing.id or 0)) == bool(verdict), (person, kind)
                seen.add((kind, bool(verdict)))
    assert {("decision", True), ("agreement", True), ("decision", False)} <= seen


@SQLITE
@pytest.mark.parametrize(
    ("model", "kind", "path"), [(Decision, "decision", "beschluesse"), (Agreement, "agreement", "vereinbarungen")]
)
def test_a_comment_stands_on_the_page_and_followers_are_told(demo: Demo, model: type, kind: str, path: str) -> None:
    with demo.session() as session:
        thing = session.exec(select(model)).first()
        assert thing is not None
        key, thing_id = thing.key, thing.id
    within(demo, OFFICE, following.choose, kind, thing_id, True)
    within(demo, CLERK, actions.write_comment, kind, thing_id, "Das sehen wir genauso.")
    page = demo.client(OFFICE).get(f"/{path}/{key}").text
    assert "Das sehen wir genauso." in page
    assert f"/faden/{kind}/{thing_id}" in page
    assert key in demo.client(OFFICE).get("/neues").text
    assert demo.client(NO_SEAT).get(f"/gespraech/{kind}/{thing_id}").status_code == 404
