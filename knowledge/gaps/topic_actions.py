"""What the coordination does with a topic: write it, put it before a body, take it back.

What it bundles, merging and splitting are in `topic_bundle.py`. What bodies decide is carried out by the meetings.
"""

from collections.abc import Sequence

from sqlmodel import col, select

from app.core.clock import LOCAL
from app.core.errors import ChangedMeanwhile, NotFound
from app.core.i18n import _
from app.core.lifecycle import RefusedMove
from app.core.work import Work
from knowledge.conversation.versions import keep_version
from knowledge.gaps.actions import take_step
from knowledge.gaps.facts import facts_of
from knowledge.gaps.keys import next_topic_key
from knowledge.gaps.models import Gap, Topic
from knowledge.gaps.rules import GAP_LIFECYCLE, TOPIC_LIFECYCLE, TopicFacts
from knowledge.gaps.states import GapStatus, TopicState
from knowledge.gaps.topic_bonds import EDITING, WITHDRAWING, require_free
from knowledge.gaps.topic_check import TopicText, require_checked
from knowledge.gaps.topic_policy import may_change_topic, may_write_topics
from knowledge.gaps.topic_queries import may_join
from knowledge.gaps.topic_rules import is_written
from knowledge.gaps.topics import FoundTopic, gaps_of, topic_by_key
from knowledge.search.documents import Kind
from knowledge.search.outbox import enqueue

UNREADY = frozenset({GapStatus.REPORTED, GapStatus.IN_REVIEW, GapStatus.DEFERRED, GapStatus.DECLINED})
"""A gap in one of these states is not put before a body: it is still judged, or put aside."""


class BriefMissing(RefusedMove):
    """A topic that bodies read would be without its brief."""


def create_topic(work: Work, text: TopicText, gap_keys: tuple[str, ...] = ()) -> Topic:
    """A draft with the next key, bundling these gaps; raises RefusedMove if one of them may not join a topic."""
    work.require(may_write_topics(work.actor))
    joining = _joining(work, gap_keys)
    topic = Topic(key=next_topic_key(work.session, work.tenant_id), title=text.title)
    write_text(work, topic, text)
    work.session.flush()
    for place, gap in enumerate(joining):
        gap.topic_id, gap.topic_position = topic.id, place
        work.session.add(gap)
        enqueue(work.session, Kind.GAP, gap.key)
    keep_version(work, "topic", topic.id or 0, kept_texts(topic))
    work.record("topic.created", topic, gaps=len(joining))
    enqueue(work.session, Kind.TOPIC, topic.key)
    return topic


def _joining(work: Work, gap_keys: tuple[str, ...]) -> list[Gap]:
    """The gaps with these keys, locked; raises RefusedMove with the keys of those that may not join a topic."""
    named = select(Gap).where(col(Gap.key).in_(gap_keys)).order_by(col(Gap.key)).with_for_update()
    gaps = list(work.session.exec(named))
    unfit = sorted(set(gap_keys) - {gap.key for gap in gaps if may_join(gap)})
    if unfit:
        raise RefusedMove(not_joining(unfit))
    return gaps


def not_joining(gap_keys: Sequence[str]) -> str:
    """The sentence that these gaps join no topic."""
    if len(gap_keys) == 1:
        return _("%(key)s gehört schon zu einem Thema oder ist nicht mehr offen.", key=gap_keys[0])
    return _("%(keys)s gehören schon zu einem Thema oder sind nicht mehr offen.", keys=", ".join(gap_keys))


def edit_topic(work: Work, key: str, text: TopicText, version: int, *, confirmed: bool = False) -> Topic:
    """Write a change down if the topic is still as the form showed it, and nobody votes on it or decided about it.

    Bodies already read a submitted topic: its text passes the privacy check, or a person answers for it (DP-10).
    """
    found = changeable(work, key)
    require_free(work.session, [found.id], EDITING)
    topic = found.topic
    if topic.version != version:
        raise ChangedMeanwhile(_("Dieses Thema wurde inzwischen von jemand anderem geändert."))
    if found.state == TopicState.SUBMITTED and not is_written(text.brief):
        raise BriefMissing(_("Ein vorgelegtes Thema behält seinen Steckbrief. Ziehen Sie es zurück, um ihn zu leeren."))
    if found.state == TopicState.SUBMITTED:
        require_checked(work.session, text, confirmed=confirmed)
    before = kept_texts(topic)
    write_text(work, topic, text)
    topic.version += 1
    keep_version(work, "topic", found.id, kept_texts(topic), before=before)
    work.record("topic.edited", topic, version=topic.version)
    work.announce(f"topic:{topic.id}", "text")
    enqueue(work.session, Kind.TOPIC, topic.key)
    return topic


def submit_topic(work: Work, key: str, *, confirmed: bool = False) -> Topic:
    """Put the topic before the bodies; its gaps in the topic store go along, one that is not ready holds it back."""
    found = changeable(work, key)
    require_checked(work.session, text_of_topic(found.topic), confirmed=confirmed)
    unready = [gap.key for gap in found.gaps if gap.status in UNREADY]
    if unready:
        raise RefusedMove(_("Noch nicht im Themenspeicher: %(keys)s.", keys=", ".join(unready)))
    _move(work, found, TopicState.SUBMITTED)
    for gap in found.gaps:
        if gap.status == GapStatus.TOPIC_STORE:
            move_along(work, gap, GapStatus.SUBMITTED, _("Thema %(key)s vorgelegt", key=key))
    return found.topic


def withdraw_topic(work: Work, key: str) -> Topic:
    """Take a submitted topic back while no meeting deals with it; its gaps return to the topic store."""
    found = changeable(work, key)
    require_free(work.session, [found.id], WITHDRAWING)
    _move(work, found, TopicState.DRAFT)
    for gap in found.gaps:
        if gap.status == GapStatus.SUBMITTED:
            move_along(work, gap, GapStatus.TOPIC_STORE, _("Thema %(key)s zurückgezogen", key=key))
    return found.topic


def changeable(work: Work, key: str) -> FoundTopic:
    """The topic for a change, locked; raises NotFound, Forbidden."""
    work.session.exec(select(Topic.id).where(col(Topic.key) == key).with_for_update()).first()
    found = topic_by_key(work.session, key)
    if found is None:
        raise NotFound(_("Diese Seite gibt es nicht."))
    work.require(may_change_topic(work.actor, found))
    return found


def move_along(work: Work, gap: Gap, target: GapStatus, reason: str) -> None:
    """Take a gap one step with its topic, if the gap's own lifecycle allows it; RefusedMove names the gap."""
    facts = facts_of(work.session, gap, work.now.astimezone(LOCAL).date(), has_reason=True)
    verdict = GAP_LIFECYCLE.check(gap.status, target, work.actor.roles, facts)
    if not verdict:
        raise RefusedMove(_("%(key)s: %(reason)s", key=gap.key, reason=_(verdict.reason)))
    take_step(work, gap, target, reason)


def write_text(work: Work, topic: Topic, text: TopicText) -> None:
    """Put what was typed into the row."""
    topic.title = text.title
    topic.guiding_question = text.guiding_question or None
    topic.brief = text.brief if is_written(text.brief) else None
    topic.contact_role = text.contact_role or None
    topic.changed_at = work.now
    work.session.add(topic)


def text_of_topic(topic: Topic) -> TopicText:
    """What is written in the row."""
    return TopicText(topic.title, topic.guiding_question or "", topic.brief or "", topic.contact_role or "")


def kept_texts(topic: Topic) -> dict[str, str]:
    """The texts of which versions are kept."""
    names = ("title", "guiding_question", "brief")
    return {name: getattr(topic, name) or "" for name in names}


def facts_about(topic: Topic, gaps: tuple[Gap, ...]) -> TopicFacts:
    """What the guards of a step of the coordination look at."""
    return TopicFacts(has_gaps=bool(gaps), has_brief=is_written(topic.brief))


def _move(work: Work, found: FoundTopic, target: TopicState) -> None:
    topic, source = found.topic, found.topic.state
    TOPIC_LIFECYCLE.require(source, target, work.actor.roles, facts_about(topic, gaps_of(work.session, found.id)))
    topic.state = target
    work.session.add(topic)
    work.record("topic.moved", topic, source=source.value, target=target.value)
    work.announce(f"topic:{topic.id}", "state")
    enqueue(work.session, Kind.TOPIC, topic.key)
