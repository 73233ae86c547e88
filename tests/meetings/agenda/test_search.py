"""Meetings and decisions as search documents: everyone finds what they may read, and nobody more."""

from sqlmodel import col, select

from app.people.models import Person
from knowledge.search.audience import tokens_of
from knowledge.search.documents import Kind
from knowledge.search.registry import registry
from meetings.agenda.policy import may_read_meeting
from meetings.agenda.queries import meeting_by_key
from meetings.decisions.policy import may_read_decision
from meetings.decisions.queries import decision_by_key
from tests.meetings.walk import counted
from tests.support.demo import Demo


def test_a_document_is_found_by_exactly_those_who_may_read_the_page(demo: Demo) -> None:
    with demo.session() as session:
        people = session.exec(select(Person.key)).all()
        meetings = list(registry.of(Kind.MEETING).load_all(session))
        decisions = list(registry.of(Kind.DECISION).load_all(session))
        found_meetings = {document.key: meeting_by_key(session, document.key) for document in meetings}
        found_decisions = {document.key: decision_by_key(session, document.key) for document in decisions}
    assert (len(meetings), len(decisions)) == (3, 6)
    for actor in map(demo.actor, people):
        tokens = tokens_of(actor)
        for document in meetings:
            assert bool(tokens & document.audience) == bool(may_read_meeting(actor, found_meetings[document.key]))
        for document in decisions:
            assert bool(tokens & document.audience) == bool(may_read_decision(actor, found_decisions[document.key]))


def test_a_meeting_is_found_by_the_words_of_its_agenda(demo: Demo) -> None:
    with demo.session() as session:
        (document,) = registry.of(Kind.MEETING).load(session, ["LG-09"])
    assert "Priorisierung der Themen für 2027" in document.body
    assert "Vorstellung der Themensteckbriefe" in document.body
    assert document.url == "/sitzungen/LG-09"


def test_all_documents_cost_a_fixed_number_of_statements(demo: Demo) -> None:
    for kind, most in ((Kind.MEETING, 4), (Kind.DECISION, 2)):
        source = registry.of(kind)
        with demo.session() as session, counted(demo) as sent:
            keys = [document.key for document in source.load_all(session)]
        with demo.session() as session, counted(demo) as one:
            assert [document.key for document in source.load(session, keys[:1])] == keys[:1]
        assert len(sent) == len(one) <= most


def test_what_is_not_there_is_left_out(demo: Demo) -> None:
    with demo.session() as session:
        assert list(registry.of(Kind.DECISION).load(session, ["D-99-1"])) == []
        assert session.exec(select(Person).where(col(Person.key) == "p-x")).first() is None
