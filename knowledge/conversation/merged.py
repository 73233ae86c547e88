"""What was said about a gap that was merged into another: read at the gap that took it in, until they are separated.

Nothing is moved. A comment stays with the gap that it was written about, and is read there by those who could read that
gap by itself: merging opens no conversation to anybody.
"""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from app.core.permissions import Actor
from app.core.work import Work
from knowledge.conversation import subjects
from knowledge.conversation.following import follow
from knowledge.conversation.models import Watch
from knowledge.conversation.states import WatchState
from knowledge.conversation.subjects import Subject
from knowledge.gaps.models import Gap
from knowledge.gaps.visibility import visible_levels

KIND = "gap"


def merged_in(session: Session, actor: Actor, kind: str, thing_id: int) -> Mapping[int, str]:
    """Id and key of everything that went into this thing, as far as the reader may read it. One statement for a gap."""
    if kind != KIND:
        return {}
    inner = (
        sa.select(col(Gap.id).label("id")).where(col(Gap.merged_into_id) == thing_id).cte("inner_gaps", recursive=True)
    )
    inner = inner.union(sa.select(col(Gap.id)).join(inner, col(Gap.merged_into_id) == inner.c.id))
    statement = select(Gap.id, Gap.key).where(col(Gap.id).in_(sa.select(inner.c.id)))
    readable = session.exec(statement.where(col(Gap.visibility).in_(visible_levels(actor))))
    return {id_ or 0: key for id_, key in readable}


def place_of(session: Session, actor: Actor, kind: str, thing_id: int) -> Subject | None:
    """Where a comment about this thing is read now; None if this reader may not read it."""
    home = _home(session, thing_id) if kind == KIND else thing_id
    if home != thing_id and thing_id not in merged_in(session, actor, kind, home):
        return None
    return subjects.is_readable(session, actor, kind, home)


def have_follow(work: Work, source_id: int, target_id: int) -> None:
    """Whoever follows the gap that is merged follows the one that takes it in, unless they once stopped to."""
    statement = select(Watch.person_id).where(
        col(Watch.kind) == KIND, col(Watch.thing_id) == source_id, col(Watch.state) == WatchState.WATCHING
    )
    for person_id in work.session.exec(statement).all():
        follow(work, person_id, KIND, target_id)


def _home(session: Session, gap_id: int) -> int:
    """The gap that stands for this one, which is itself unless it was merged."""
    up: Any = sa.select(col(Gap.id).label("id"), col(Gap.merged_into_id).label("into")).where(col(Gap.id) == gap_id)
    chain = up.cte("outer_gaps", recursive=True)
    chain = chain.union(sa.select(col(Gap.id), col(Gap.merged_into_id)).join(chain, col(Gap.id) == chain.c.into))
    found = session.execute(sa.select(chain.c.id).where(chain.c.into.is_(None))).scalar()
    return found if isinstance(found, int) else gap_id
