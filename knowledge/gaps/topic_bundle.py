"""What a topic bundles, and what changes it as a whole: choosing and ordering gaps, merging and splitting topics."""

from collections.abc import Collection
from dataclasses import replace

from sqlmodel import col, select, update

from app.core.errors import InvalidInput, NotFound
from app.core.i18n import _
from app.core.lifecycle import RefusedMove
from app.core.work import Work
from knowledge.conversation.versions import keep_version
from knowledge.gaps.keys import next_topic_key
from knowledge.gaps.models import Gap, Topic
from knowledge.gaps.states import GapStatus, TopicState
from knowledge.gaps.topic_actions import (
    UNREADY,
    changeable,
    kept_texts,
    move_along,
    not_joining,
    text_of_topic,
    write_text,
)
from knowledge.gaps.topic_bonds import REORGANISING, require_free
from knowledge.gaps.topic_check import require_checked
from knowledge.gaps.topic_queries import may_join
from knowledge.gaps.topic_readers import refuse_other_readers, split_of
from knowledge.gaps.topic_rules import may_merge, may_split, moved, reordered
from knowledge.gaps.topics import FoundTopic
from knowledge.search.documents import Kind
from knowledge.search.outbox import enqueue


def add_gap(work: Work, key: str, gap_key: str, *, level: str = "") -> Topic:
    """Take one more gap into the topic; into a submitted topic it goes only from the topic store, and along with it.

    ReadersChange if other people could then read a submitted topic, and nobody confirmed that new `level`.
    """
    found = _open(work, key)
    gap = work.session.exec(select(Gap).where(col(Gap.key) == gap_key).with_for_update()).first()
    if gap is None:
        raise NotFound(_("Diese Seite gibt es nicht."))
    if gap.topic_id == found.id:
        return found.topic
    if not may_join(gap):
        raise RefusedMove(not_joining([gap_key]))
    refuse_other_readers(found, [*found.gaps, gap], level)
    gap.topic_id, gap.topic_position = found.id, len(found.gaps)
    work.session.add(gap)
    work.record("topic.gap_added", found.topic, gap=gap_key)
    if found.state == TopicState.SUBMITTED:
        if gap.status in UNREADY:
            raise RefusedMove(_("Noch nicht im Themenspeicher: %(keys)s.", keys=gap_key))
        move_along(work, gap, GapStatus.SUBMITTED, _("Thema %(key)s vorgelegt", key=key))
    _index(work, found.topic, [gap])
    return found.topic


def remove_gap(work: Work, key: str, gap_key: str, *, level: str = "") -> Topic:
    """Let a gap go; from a submitted topic it returns to the topic store, and one gap must stay.

    ReadersChange as with `add_gap`.
    """
    found = _open(work, key)
    gap = next((each for each in found.gaps if each.key == gap_key), None)
    if gap is None:
        return found.topic
    if found.state == TopicState.SUBMITTED and len(found.gaps) == 1:
        raise RefusedMove(_("Ein vorgelegtes Thema bündelt mindestens eine Fehlstelle. Ziehen Sie es zuerst zurück."))
    refuse_other_readers(found, [each for each in found.gaps if each.key != gap_key], level)
    if gap.status == GapStatus.SUBMITTED:
        move_along(work, gap, GapStatus.TOPIC_STORE, _("aus Thema %(key)s herausgenommen", key=key))
    gap.topic_id = gap.topic_position = None
    work.session.add(gap)
    _number(work, found, [each.key for each in found.gaps if each.key != gap_key])
    work.record("topic.gap_removed", found.topic, gap=gap_key)
    _index(work, found.topic, [gap])
    return found.topic


def move_in_order(work: Work, key: str, gap_key: str, by: int) -> Topic:
    """One gap one place up (-1) or down (1)."""
    found = _open(work, key)
    order = [gap.key for gap in found.gaps]
    return _write_order(work, found, moved(order, gap_key, by))


def put_in_order(work: Work, key: str, wanted: Collection[str]) -> Topic:
    """All gaps in the order in which they were dragged; a gap that came or went meanwhile loses nothing."""
    found = _open(work, key)
    return _write_order(work, found, reordered([gap.key for gap in found.gaps], wanted))


def merge_topics(work: Work, key: str, into: str) -> Topic:
    """Let one topic go up in another: its gaps follow behind, its key leads there, its text stays to be read."""
    source, target = _open(work, key), _open(work, into)
    verdict = may_merge(key, into, source.state, target.state)
    if not verdict:
        raise RefusedMove(verdict.reason)
    for place, gap in enumerate(source.gaps, len(target.gaps)):
        gap.topic_id, gap.topic_position = target.id, place
        work.session.add(gap)
    source.topic.merged_into_id, source.topic.state = target.id, TopicState.CLOSED
    work.session.add(source.topic)
    earlier = update(Topic).where(col(Topic.merged_into_id) == source.id).values(merged_into_id=target.id)
    work.session.exec(earlier)
    work.record("topic.merged", source.topic, into=into, gaps=len(source.gaps))
    _index(work, source.topic, source.gaps)
    _index(work, target.topic, ())
    return target.topic


def split_topic(
    work: Work, key: str, leaving: Collection[str], title: str, guiding_question: str, *, confirmed: bool = False
) -> Topic:
    """Move some gaps into a new topic of the same state; it starts from the old brief and names where it came from.

    Of a submitted topic all that people will read passes the privacy check (DP-10): the new text, and the old one where
    its readers become more. A new topic that more people could read than the old one starts as a draft instead.
    """
    found = _open(work, key)
    verdict = may_split([gap.key for gap in found.gaps], leaving)
    if not verdict:
        raise InvalidInput(_(verdict.reason))
    halves, old = split_of(found, leaving), text_of_topic(found.topic)
    text = replace(old, title=title, guiding_question=guiding_question)
    newly_read = ((text, halves.state == TopicState.SUBMITTED), (old, halves.opens_the_old))
    require_checked(work.session, *(each for each, is_read in newly_read if is_read), confirmed=confirmed)
    new = Topic(key=next_topic_key(work.session, work.tenant_id), title=title, state=halves.state)
    new.split_from_id = found.id
    write_text(work, new, text)
    work.session.flush()
    keep_version(work, "topic", new.id or 0, kept_texts(new))
    _let_go(work, found, new, halves.going)
    work.record("topic.split", new, source=key, gaps=len(halves.going), state=new.state.value)
    _index(work, found.topic, halves.going)
    _index(work, new, ())
    return new


def _let_go(work: Work, found: FoundTopic, new: Topic, going: Collection[Gap]) -> None:
    """Hang the gaps on the new topic; out of a submitted topic into a draft they return to the topic store."""
    for place, gap in enumerate(going):
        if new.state == TopicState.DRAFT and gap.status == GapStatus.SUBMITTED:
            move_along(work, gap, GapStatus.TOPIC_STORE, _("Thema %(key)s ist ein Entwurf", key=new.key))
        gap.topic_id, gap.topic_position = new.id, place
        work.session.add(gap)
    _number(work, found, [gap.key for gap in found.gaps if gap not in going])


def _open(work: Work, key: str) -> FoundTopic:
    """The topic for a change of what it bundles: nobody votes on it, no decision names it, no meeting has begun."""
    found = changeable(work, key)
    require_free(work.session, [found.id], REORGANISING)
    return found


def _write_order(work: Work, found: FoundTopic, order: list[str]) -> Topic:
    _number(work, found, order)
    work.record("topic.ordered", found.topic, gaps=len(order))
    _index(work, found.topic, ())
    return found.topic


def _number(work: Work, found: FoundTopic, order: list[str]) -> None:
    """Number the places from 0 in this order."""
    by_key = {gap.key: gap for gap in found.gaps}
    for place, gap_key in enumerate(order):
        by_key[gap_key].topic_position = place
        work.session.add(by_key[gap_key])


def _index(work: Work, topic: Topic, gaps: Collection[Gap]) -> None:
    work.announce(f"topic:{topic.id}", "gaps")
    enqueue(work.session, Kind.TOPIC, topic.key)
    for gap in gaps:
        enqueue(work.session, Kind.GAP, gap.key)
