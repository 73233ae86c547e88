"""Gaps and topics keep versions of their texts; an old one comes back as a change like any other, with its checks."""

from collections.abc import Mapping
from dataclasses import replace

from sqlmodel import col, select

from app.core.errors import NotFound
from app.core.i18n import _, lazy
from app.core.work import Work
from knowledge.conversation.versions import pointing_at_somebody, register_versioned
from knowledge.gaps.actions_text import edit_gap, text_of
from knowledge.gaps.models import Gap, Topic
from knowledge.gaps.policy import may_edit_gap
from knowledge.gaps.topic_actions import edit_topic, text_of_topic
from knowledge.gaps.topic_policy import may_write_topics
from knowledge.privacy.confirming import Unchecked

GAP_TEXTS = {"title": lazy("Titel"), "summary": lazy("Beschreibung")}
TOPIC_TEXTS = {"title": lazy("Titel"), "guiding_question": lazy("Leitfrage"), "brief": lazy("Steckbrief")}


def register() -> None:
    """Old texts were checked for fewer readers: the coordination reads them and puts them back."""
    register_versioned("gap", GAP_TEXTS, restore_gap, may_edit_gap, may_edit_gap)
    register_versioned("topic", TOPIC_TEXTS, restore_topic, may_write_topics, may_write_topics)


def restore_gap(work: Work, gap_id: int, texts: Mapping[str, str]) -> None:
    """Put title and description of an earlier version back; all else stays."""
    gap = work.session.exec(select(Gap).where(col(Gap.id) == gap_id).with_for_update()).first()
    if gap is None:
        raise NotFound(_("Diese Seite gibt es nicht."))
    text = replace(text_of(work.session, gap), title=texts["title"], summary=texts["summary"])
    try:
        edit_gap(work, gap.key, text, gap.version)
    except Unchecked as error:
        raise pointing_at_somebody() from error


def restore_topic(work: Work, topic_id: int, texts: Mapping[str, str]) -> None:
    """Put title, question and brief of an earlier version back; all else stays."""
    topic = work.session.exec(select(Topic).where(col(Topic.id) == topic_id).with_for_update()).first()
    if topic is None:
        raise NotFound(_("Diese Seite gibt es nicht."))
    old = {name: texts.get(name, "") for name in TOPIC_TEXTS}
    try:
        edit_topic(work, topic.key, replace(text_of_topic(topic), **old), topic.version)
    except Unchecked as error:
        raise pointing_at_somebody() from error
