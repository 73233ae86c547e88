"""Correcting what was held: a dated amendment with its reason stands beside the text, which stays as it was."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from app.core.errors import InvalidInput, NotFound
from app.core.i18n import _
from app.core.work import Work
from app.people.models import Person
from meetings.agenda import policy
from meetings.agenda.locking import locked_meeting
from meetings.agenda.models import AgendaItem, MeetingAmendment
from meetings.agenda.states import ItemPart

LONGEST = 4_000


@dataclass(frozen=True)
class Amendment:
    """A correction as it is shown; without a number it is about the meeting as a whole."""

    id: int
    at: datetime
    text: str
    reason: str
    by: str | None
    number: str | None


def amendments_of(
    session: Session, meeting_id: int, item_id: int | None = None, *, everything: bool
) -> list[Amendment]:
    """The corrections of a meeting, or of one of its items, the oldest first.

    `everything`: with those of the non-public part. One statement.
    """
    statement = (
        select(MeetingAmendment, col(Person.name), col(AgendaItem.number), col(AgendaItem.part))
        .outerjoin(Person, col(Person.id) == col(MeetingAmendment.person_id))
        .outerjoin(AgendaItem, col(AgendaItem.id) == col(MeetingAmendment.item_id))
        .where(col(MeetingAmendment.meeting_id) == meeting_id)
        .order_by(col(MeetingAmendment.at), col(MeetingAmendment.id))
    )
    if item_id is not None:
        statement = statement.where(col(MeetingAmendment.item_id) == item_id)
    return [
        Amendment(row.id or 0, row.at, row.text, row.reason, name, number)
        for row, name, number, part in session.exec(statement)
        if everything or part != ItemPart.NON_PUBLIC
    ]


def amend(work: Work, key: str, text: str, reason: str, number: str = "") -> MeetingAmendment:
    """Correct a meeting that was held, or one of its items; nothing that stands there is changed."""
    meeting = locked_meeting(work, key)
    work.require(policy.may_amend(work.actor, meeting))
    if not text.strip() or not reason.strip():
        raise InvalidInput(_("Eine Berichtigung nennt, was richtig ist, und warum berichtigt wird."))
    if max(len(text), len(reason)) > LONGEST:
        raise InvalidInput(_("Bitte kürzen Sie diesen Text."))
    row = MeetingAmendment(
        meeting_id=meeting.id,
        item_id=_item_id(work, meeting.id, number),
        at=work.now,
        person_id=work.actor.person_id or None,
        text=text.strip(),
        reason=reason.strip(),
    )
    work.session.add(row)
    work.session.flush()
    work.record("meeting.amended", meeting.meeting, amendment=row.id, item=row.item_id)
    return row


def _item_id(work: Work, meeting_id: int, number: str) -> int | None:
    if not number:
        return None
    statement = select(AgendaItem.id).where(col(AgendaItem.meeting_id) == meeting_id, col(AgendaItem.number) == number)
    found = work.session.exec(statement).first()
    if found is None:
        raise NotFound(_("Diesen Tagesordnungspunkt gibt es nicht."))
    return found
