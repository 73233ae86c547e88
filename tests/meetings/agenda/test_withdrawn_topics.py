"""A topic that was withdrawn: its items are named before, its name is gone after, and nobody votes on it."""

import pytest

from knowledge.gaps import topic_bundle
from knowledge.gaps.topic_actions import withdraw_topic
from tests.knowledge.gaps.test_topic_readers import words
from tests.knowledge.gaps.test_topics import a_topic
from tests.meetings.walk import HELD_BY as MEMBER
from tests.meetings.walk import ITEM, MEETING, OFFICE, invite, run_with_everyone
from tests.support.demo import Demo

ON_SQLITE = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
DISCUSSION = f"{MEETING}/top/5"


@ON_SQLITE
def test_withdrawing_says_what_becomes_of_each_item(demo: Demo) -> None:
    page = words(demo, "/themen/T-04/zurueckziehen")
    for item in ("TOP 5 „Neue Themen aus den Fallrekonstruktionen“", "TOP 6 „Priorisierung der Themen für 2027“"):
        assert f"9. Sitzung der Lenkungsgruppe KIM, {item}: Der Punkt bleibt" in page
    assert "Die Einladung ist schon verschickt" not in page
    invite(demo)
    assert "Die Einladung ist schon verschickt: Sagen Sie den Mitgliedern Bescheid." in words(
        demo, "/themen/T-04/zurueckziehen"
    )


@ON_SQLITE
def test_the_name_of_a_draft_is_on_the_agenda_for_the_coordination_alone(demo: Demo) -> None:
    title = "Erwachsen werden zwischen Jugendhilfe und Jobcenter"
    assert title in words(demo, DISCUSSION, MEMBER)
    demo.perform(OFFICE, withdraw_topic, "T-04")
    assert title in words(demo, DISCUSSION)
    for address in (DISCUSSION, ITEM, MEETING):
        told = words(demo, address, MEMBER)
        assert title not in told
        assert "T-04" not in told
    draft = a_topic(demo, "F-2026-08")
    demo.perform(OFFICE, topic_bundle.merge_topics, "T-04", draft)
    assert title not in words(demo, DISCUSSION, MEMBER), "it went up in a draft"


@ON_SQLITE
def test_a_withdrawn_topic_is_not_put_to_the_vote(demo: Demo) -> None:
    demo.perform(OFFICE, withdraw_topic, "T-04")
    run_with_everyone(demo)
    page = words(demo, f"{ITEM}/abstimmung")
    assert "Bleiberecht sichern" in page
    assert "Erwachsen werden" not in page
