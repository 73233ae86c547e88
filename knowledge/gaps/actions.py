"""What changes gaps: the steps that need no body's decision. What bodies decide is carried out by the meetings."""

from sqlmodel import col, select

from app.core.clock import LOCAL
from app.core.errors import NotFound
from app.core.i18n import _
from app.core.work import Work
from knowledge.gaps.facts import facts_of
from knowledge.gaps.models import Gap, GapHistory, Topic
from knowledge.gaps.policy import may_move_gap
from knowledge.gaps.rules import GAP_LIFECYCLE
from knowledge.gaps.states import GapStatus
from knowledge.search.documents import Kind
from knowledge.search.outbox import enqueue


def move_gap(work: Work, key: str, target: str, reason: str) -> Gap:
    """Take the gap one step further, if the person may and the guard of the step lets it pass."""
    work.require(may_move_gap(work.actor))
    gap = work.session.exec(select(Gap).where(col(Gap.key) == key).with_for_update()).first()
    if gap is None:
        raise NotFound(_("Diese Seite gibt es nicht."))
    facts = facts_of(work.session, gap, work.now.astimezone(LOCAL).date(), has_reason=bool(reason.strip()))
    GAP_LIFECYCLE.require(gap.status, target, work.actor.roles, facts)
    take_step(work, gap, GapStatus(target), reason)
    return gap


def take_step(work: Work, gap: Gap, target: GapStatus, reason: str = "") -> None:
    """Write down a step that is already allowed: state, history, audit, signal, search."""
    source, gap.status = gap.status, target
    work.session.add(gap)
    work.session.add(
        GapHistory(
            gap_id=gap.id or 0,
            at=work.now,
            person_id=work.actor.person_id,
            source=source,
            target=target,
            reason=reason.strip() or None,
        )
    )
    work.record("gap.moved", gap, source=source.value, target=target.value)
    work.announce(f"gap:{gap.id}", "state")
    index_again(work, gap)


def index_again(work: Work, gap: Gap) -> None:
    """Have the gap and its topic indexed anew."""
    enqueue(work.session, Kind.GAP, gap.key)
    topic = work.session.exec(select(Topic.key).where(col(Topic.id) == gap.topic_id)).first()
    if topic is not None:
        enqueue(work.session, Kind.TOPIC, topic)
