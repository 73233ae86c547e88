"""What was said about a gap that was merged, and who goes on following it."""

import pytest
from sqlmodel import col, select

from app.people.states import Visibility
from knowledge.conversation import actions, following
from knowledge.conversation.merged import place_of
from knowledge.conversation.models import Comment
from knowledge.conversation.queries import Conversation, beside
from knowledge.gaps.actions_lineage import merge_gap, undo_merge
from tests.knowledge.conversation.people import CLERK, OFFICE, gap_id, set_level, within
from tests.support.demo import Demo

SQLITE = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
SOURCE, TARGET = "F-2026-11", "F-2026-01"


def say(demo: Demo, person: str, key: str, text: str, answers: int | None = None) -> int:
    written = within(demo, person, actions.write_comment, "gap", gap_id(demo, key), text, answers=answers)
    return int(written.comment.id or 0)


def talk(demo: Demo, person: str, key: str = TARGET) -> Conversation:
    with demo.app.test_request_context(), demo.session() as session:
        return beside(session, demo.actor(person), "gap", gap_id(demo, key)).conversation


def said(found: Conversation) -> list[tuple[str, str]]:
    return [(line.comment.text, line.origin) for each in found.talks for line in (each.head, *each.answers)]


def merged(demo: Demo) -> int:
    for key in (SOURCE, TARGET):
        set_level(demo, key, Visibility.NETWORK)
    head = say(demo, CLERK, SOURCE, "Das sehen wir auch.")
    within(demo, OFFICE, merge_gap, SOURCE, TARGET, "Dasselbe")
    return head


@SQLITE
def test_comments_are_read_and_answered_at_the_gap_that_took_theirs_in(demo: Demo) -> None:
    head = merged(demo)
    say(demo, CLERK, TARGET, "Dazu noch etwas.", answers=head)
    say(demo, CLERK, TARGET, "Und hier.")
    assert said(talk(demo, CLERK)) == [("Das sehen wir auch.", SOURCE), ("Dazu noch etwas.", SOURCE), ("Und hier.", "")]
    assert f"aus {SOURCE}" in demo.client(CLERK).get(f"/fehlstellen/{TARGET}").text
    within(demo, CLERK, actions.remove_comment, head)
    within(demo, OFFICE, undo_merge, SOURCE, "Doch nicht")
    assert said(talk(demo, CLERK)) == [("Und hier.", "")]
    assert [text for text, _origin in said(talk(demo, CLERK, SOURCE))] == ["", "Dazu noch etwas."]


@SQLITE
def test_merging_opens_no_conversation_to_anybody(demo: Demo) -> None:
    for key, level in ((SOURCE, Visibility.COORDINATION), (TARGET, Visibility.NETWORK)):
        set_level(demo, key, level)
    hidden = say(demo, OFFICE, SOURCE, "Nur für uns.")
    within(demo, OFFICE, merge_gap, SOURCE, TARGET, "Dasselbe")
    assert said(talk(demo, OFFICE)) == [("Nur für uns.", SOURCE)]
    assert (said(talk(demo, CLERK)), talk(demo, CLERK).comments) == ([], 0)
    with demo.app.test_request_context(), demo.session() as session:
        assert place_of(session, demo.actor(CLERK), "gap", gap_id(demo, SOURCE)) is None
    assert demo.client(CLERK).get(f"/kommentare/{hidden}/aendern").status_code == 404
    assert "Nur für uns" not in demo.client(CLERK).get(f"/fehlstellen/{TARGET}").text


@SQLITE
def test_followers_follow_on_unless_they_stopped(demo: Demo) -> None:
    for key in (SOURCE, TARGET):
        set_level(demo, key, Visibility.NETWORK)
    within(demo, CLERK, following.choose, "gap", gap_id(demo, SOURCE), True)
    within(demo, OFFICE, following.choose, "gap", gap_id(demo, SOURCE), True)
    within(demo, OFFICE, following.choose, "gap", gap_id(demo, TARGET), False)
    within(demo, OFFICE, merge_gap, SOURCE, TARGET, "Dasselbe")
    with demo.app.test_request_context(), demo.session() as session:
        target = gap_id(demo, TARGET)
        watching = [beside(session, demo.actor(person), "gap", target).watching for person in (CLERK, OFFICE)]
        assert session.exec(select(Comment).where(col(Comment.thing_id) == target)).all() == []
    assert watching == [True, False]
