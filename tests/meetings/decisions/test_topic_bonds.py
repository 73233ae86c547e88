"""What bodies do with a topic ties it down: it is not reshaped under a vote, after a decision or in a meeting."""

import pytest
from sqlmodel import col, select

from knowledge.gaps import topic_bundle
from knowledge.gaps.models import Topic
from knowledge.gaps.topic_actions import edit_topic, withdraw_topic
from knowledge.gaps.topic_bonds import BondKind, Bound, bonds_of
from knowledge.gaps.topic_check import TopicText
from meetings.voting.models import Poll
from meetings.voting.queries import topics_of_item
from tests.meetings.walk import open_dots, run, run_with_everyone
from tests.support.demo import Demo, post

COORDINATION = "p-albers"
TEXT = TopicText("Anders", brief="## Problem\nAnders.")
ON_SQLITE = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)


def ties(demo: Demo, key: str) -> set[BondKind]:
    with demo.session() as session:
        topic = session.exec(select(Topic).where(col(Topic.key) == key)).one()
        return {bond.kind for bond in bonds_of(session, [topic.id or 0])}


@ON_SQLITE
def test_an_agenda_ahead_is_worth_knowing_and_forbids_nothing(demo: Demo) -> None:
    assert ties(demo, "T-03") == {BondKind.AGENDA}
    page = demo.client(COORDINATION).get("/themen/T-03/zusammenfuehren?in=T-05").get_data(as_text=True)
    assert "T-03: Das Thema steht auf der Tagesordnung: 9. Sitzung der Lenkungsgruppe KIM, TOP 6." in page
    demo.perform(COORDINATION, topic_bundle.merge_topics, "T-03", "T-05")


@ON_SQLITE
def test_a_running_meeting_holds_what_was_submitted(demo: Demo) -> None:
    run(demo)
    assert BondKind.MEETING in ties(demo, "T-03")
    client = demo.client(COORDINATION)
    answer = post(client, "/themen/T-03/zurueckziehen", at="/themen/T-03/zurueckziehen")
    assert answer.status_code == 422
    assert "Die Sitzung hat begonnen" in answer.get_data(as_text=True)
    with pytest.raises(Bound):
        demo.perform(COORDINATION, topic_bundle.merge_topics, "T-03", "T-05")


def test_nothing_changes_under_an_open_vote(demo: Demo) -> None:
    run_with_everyone(demo)
    open_dots(demo)
    assert BondKind.POLL in ties(demo, "T-03")
    for action, *args in (
        (edit_topic, "T-03", TEXT, 1),
        (withdraw_topic, "T-03"),
        (topic_bundle.merge_topics, "T-03", "T-05"),
        (topic_bundle.split_topic, "T-05", ["F-2026-05"], "Neu", ""),
        (topic_bundle.remove_gap, "T-03", "F-2026-09"),
    ):
        with pytest.raises(Bound, match="wird gerade abgestimmt"):
            demo.perform(COORDINATION, action, *args)
    page = demo.client(COORDINATION).get("/themen/T-03").get_data(as_text=True)
    assert "wird gerade abgestimmt" in page
    assert "/themen/T-03/bearbeiten" not in page


@ON_SQLITE
def test_a_decision_that_names_a_topic_ties_it_for_good(demo: Demo) -> None:
    assert BondKind.DECISION in ties(demo, "T-02")
    assert BondKind.DECISION not in ties(demo, "T-07")


@ON_SQLITE
def test_a_merged_topic_is_not_voted_on_any_more(demo: Demo) -> None:
    demo.perform(COORDINATION, topic_bundle.merge_topics, "T-03", "T-05")
    run_with_everyone(demo)
    poll = open_dots(demo)
    with demo.session() as session:
        item = session.exec(select(Poll.item_id).where(col(Poll.id) == poll)).one()
        assert [topic.key for topic in topics_of_item(session, item)] == ["T-04", "T-05", "T-07"]
