"""What changes gaps: the steps that need no body's decision. What bodies decide is carried out by the meetings."""

from sqlmodel import col, select

from app.core.clock import LOCAL
from app.core.errors import NotFound
from app.core.i18n import _
from app.core.lifecycle import RefusedMove
from app.core.work import Work
from knowledge.gaps.facts import facts_of, missing_fields
from knowledge.gaps.models import Gap, GapHistory, Topic
from knowledge.gaps.policy import may_move_gap
from knowledge.gaps.rules import GAP_LIFECYCLE
from knowledge.gaps.states import GapStatus
from knowledge.gaps.wording import refusal
from knowledge.search.documents import Kind
from knowledge.search.outbox import enqueue


def move_gap(work: Work, key: str, target: str, reason: str) -> Gap:
    """Take the gap one step further, if the person may and the guard of the step lets it pass."""
    work.require(may_move_gap(work.actor))
    gap = locked(work, key)
    facts = facts_of(work.session, gap, work.now.astimezone(LOCAL).date(), has_reason=bool(reason.strip()))
    verdict = GAP_LIFECYCLE.check(gap.status, target, work.actor.roles, facts)
    if not verdict:
        raise RefusedMove(refusal(verdict.reason, missing_fields(work.session, gap)))
    take_step(work, gap, GapStatus(target), reason)
    return gap


def locked(work: Work, key: str) -> Gap:
    """The gap of this key, locked until the transaction ends; NotFound if there is none."""
    gap = work.session.exec(select(Gap).where(col(Gap.key) == key).with_for_update()).first()
    if gap is None:
        raise NotFound(_("Diese Seite gibt es nicht."))
    return gap


def take_step(
    work: Work, gap: Gap, target: GapStatus, reason: str = "", *, cause: tuple[str, int] | None = None
) -> None:
    """Write down a step that is already allowed: state, history, audit, signal, search.

    `cause` names what moved the gap as the trace does: ("decision", 7).
    """
    source, gap.status = gap.status, target
    work.session.add(gap)
    note(work, gap, source, reason, cause=cause)
    work.record("gap.moved", gap, source=source.value, target=target.value)
    work.announce(f"gap:{gap.id}", "state")
    index_again(work, gap)


def note(
    work: Work, gap: Gap, source: GapStatus | None, reason: str = "", *, cause: tuple[str, int] | None = None
) -> None:
    """Add a line to the gap's history: from `source` to its present state; what runs by itself has no person."""
    kind, thing_id = cause or (None, None)
    work.session.add(
        GapHistory(
            gap_id=gap.id or 0,
            at=work.now,
            person_id=work.actor.person_id or None,
            source=source,
            target=gap.status,
            reason=reason.strip() or None,
            cause_kind=kind,
            cause_id=thing_id,
        )
    )


def index_again(work: Work, gap: Gap) -> None:
    """Have the gap and its topic indexed anew."""
    enqueue(work.session, Kind.GAP, gap.key)
    if gap.topic_id is not None:
        index_topic(work, gap.topic_id)


def index_topic(work: Work, topic_id: int) -> None:
    """Have the topic indexed anew."""
    key = work.session.exec(select(Topic.key).where(col(Topic.id) == topic_id)).first()
    if key is not None:
        enqueue(work.session, Kind.TOPIC, key)
