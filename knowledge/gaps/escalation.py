"""Reading what was reported to the state or the federation and still waits for an answer."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from app.core.permissions import Actor
from knowledge.gaps.models import Escalation, Gap
from knowledge.gaps.states import GapStatus
from knowledge.gaps.visibility import readable_gaps


@dataclass(frozen=True)
class Waiting:
    """An open escalation; `days` since it was sent, None if it was not sent yet."""

    gap: Gap
    escalation: Escalation
    days: int | None

    @property
    def id(self) -> int:
        """The gap's id, which names the row."""
        return self.gap.id or 0


def open_escalations(session: Session, actor: Actor, today: date) -> list[Waiting]:
    """The escalated gaps without an answer that the reader may read; those that wait longest first. One statement."""
    statement = (
        select(Gap, Escalation)
        .join(Escalation, col(Escalation.gap_id) == col(Gap.id))
        .where(col(Gap.status) == GapStatus.ESCALATED, col(Escalation.answer).is_(None), readable_gaps(actor))
        .order_by(col(Escalation.sent_on), col(Gap.key))
    )
    found = [
        Waiting(gap, row, (today - row.sent_on).days if row.sent_on else None) for gap, row in session.exec(statement)
    ]
    return sorted(found, key=lambda each: -1 if each.days is None else -each.days - 2)


def said_in(row: Escalation | None) -> tuple[str, ...]:
    """What everybody reads of an escalation who may read its gap."""
    return tuple(text for text in (row.addressee, row.via, row.answer) if text) if row else ()


def escalation_of(session: Session, gap: Gap) -> Escalation | None:
    """What was reported about this gap. One statement."""
    return session.exec(select(Escalation).where(col(Escalation.gap_id) == gap.id)).first()
