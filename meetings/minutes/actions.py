"""Writing minutes, block by block. A block is saved only over the revision that its writer saw."""

from sqlmodel import col, select

from app.core.errors import NotFound
from app.core.i18n import _
from app.core.work import Work
from meetings.minutes.models import Minutes, MinutesBlock
from meetings.minutes.policy import may_write_minutes
from meetings.minutes.queries import MinutesSheet, sheet_by_key
from meetings.minutes.rules import StaleRevision, next_revision


def save_block(work: Work, key: str, number: str, text: str, seen_revision: int) -> MinutesBlock:
    """Save what was written on an item; StaleRevision if somebody else saved it in the meantime."""
    sheet = sheet_by_key(work.session, key)
    if sheet is None or (item := sheet.item(number)) is None:
        raise NotFound(_("Diesen Tagesordnungspunkt gibt es nicht."))
    work.require(may_write_minutes(work.actor, sheet.access))
    revision = _revision(item.revision, seen_revision)
    minutes = _begun(work, sheet)
    block = _block(work, minutes, item.item.id or 0)
    block.text, block.revision = text, revision
    block.updated_by_id, block.updated_at = work.actor.person_id, work.now
    work.session.add(block)
    work.record("minutes.block_saved", minutes, item=number, revision=revision)
    work.announce(f"meeting:{sheet.meeting.id}", f"minutes-{item.item.id}")
    return block


def _revision(stored: int, seen: int) -> int:
    try:
        return next_revision(stored, seen)
    except StaleRevision as error:
        raise StaleRevision(_(error.message)) from None


def _begun(work: Work, sheet: MinutesSheet) -> Minutes:
    """The minutes of the meeting; they begin with the first saved block."""
    found = work.session.exec(select(Minutes).where(col(Minutes.meeting_id) == sheet.meeting.id)).first()
    if found is not None:
        return found
    minutes = Minutes(meeting_id=sheet.meeting.id or 0)
    work.session.add(minutes)
    work.session.flush()
    return minutes


def _block(work: Work, minutes: Minutes, item_id: int) -> MinutesBlock:
    statement = select(MinutesBlock).where(
        col(MinutesBlock.minutes_id) == minutes.id, col(MinutesBlock.item_id) == item_id
    )
    found = work.session.exec(statement).first()
    return found or MinutesBlock(minutes_id=minutes.id or 0, item_id=item_id)
