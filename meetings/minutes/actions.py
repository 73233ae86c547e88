"""Writing minutes, block by block. A block is saved only over the revision that its writer saw; every text is kept."""

from sqlmodel import col, select

from app.core.errors import DomainError, NotFound
from app.core.i18n import _
from app.core.work import Work
from meetings.minutes.joining import joined
from meetings.minutes.models import Minutes, MinutesBlock, MinutesRevision
from meetings.minutes.policy import may_write_minutes
from meetings.minutes.queries import ItemSheet, MinutesSheet, sheet_by_key
from meetings.minutes.rules import StaleRevision, next_revision
from meetings.minutes.states import MinutesKind


def writable(work: Work, key: str) -> MinutesSheet:
    """The minutes, if this person may write on them."""
    sheet = sheet_by_key(work.session, key)
    if sheet is None:
        raise NotFound(_("Diese Sitzung gibt es nicht."))
    work.require(may_write_minutes(work.actor, sheet.access))
    return sheet


def save_block(work: Work, key: str, number: str, text: str, seen_revision: int) -> MinutesBlock:
    """Save what was written on an item; StaleRevision if somebody else saved it in the meantime."""
    sheet, item = _item(work, key, number)
    minutes = begun(work, sheet)
    block = _block(work, minutes, item.item.id or 0)
    if block.id is not None and block.text == text:
        work.record("minutes.block_unchanged", minutes, item=number)
        return block
    block.revision = _revision(item, seen_revision)
    block.text, block.drawn_from = text, item.recorded.notes
    return _kept(work, minutes, block, number)


def put_back(work: Work, key: str, number: str, revision: int) -> MinutesBlock:
    """Make an earlier text of a block the present one again; it becomes the newest revision."""
    sheet, item = _item(work, key, number)
    old = revision_text(work, item, revision)
    if old is None:
        raise NotFound(_("Diese Fassung gibt es nicht."))
    minutes = begun(work, sheet)
    block = _block(work, minutes, item.item.id or 0)
    block.revision, block.text = item.revision + 1, old
    return _kept(work, minutes, block, number)


def leave_news(work: Work, key: str, number: str) -> MinutesBlock:
    """Leave the written text as it is, although the room's notes have changed since: they were looked at."""
    sheet, item = _item(work, key, number)
    minutes = begun(work, sheet)
    block = _block(work, minutes, item.item.id or 0)
    block.drawn_from = item.recorded.notes
    work.session.add(block)
    work.record("minutes.notes_seen", minutes, item=number)
    return block


def describe(work: Work, key: str, kind: MinutesKind, distribution: str, annexes: str) -> Minutes:
    """Which kind of minutes these are, who gets them, and what is enclosed."""
    minutes = begun(work, writable(work, key))
    minutes.kind, minutes.distribution, minutes.annexes = kind, distribution.strip() or None, annexes.strip() or None
    work.session.add(minutes)
    work.record("minutes.described", minutes, kind=str(kind))
    return minutes


def begun(work: Work, sheet: MinutesSheet) -> Minutes:
    """The minutes of the meeting, held until the transaction ends; they begin with the first change."""
    statement = select(Minutes).where(col(Minutes.meeting_id) == sheet.meeting.id).with_for_update()
    found = work.session.exec(statement).first()
    if found is not None:
        return found
    minutes = Minutes(meeting_id=sheet.meeting.id or 0)
    work.session.add(minutes)
    work.session.flush()
    return minutes


def revision_text(work: Work, item: ItemSheet, revision: int) -> str | None:
    """The text of a block as it was saved under this number; None if there is none."""
    statement = (
        select(MinutesRevision.text)
        .join(MinutesBlock, col(MinutesBlock.id) == col(MinutesRevision.block_id))
        .where(col(MinutesBlock.item_id) == item.item.id, col(MinutesRevision.revision) == revision)
    )
    return work.session.exec(statement).first()


def joined_text(work: Work, key: str, number: str, typed: str, seen_revision: int) -> str:
    """What was typed and what was saved meanwhile, as one text to read over."""
    _sheet, item = _item(work, key, number)
    base = revision_text(work, item, seen_revision) if seen_revision else item.recorded.notes
    return joined(base or "", item.text, typed)


def _item(work: Work, key: str, number: str) -> tuple[MinutesSheet, ItemSheet]:
    sheet = writable(work, key)
    item = sheet.item(number)
    if item is None:
        raise NotFound(_("Diesen Tagesordnungspunkt gibt es nicht."))
    return sheet, item


def _revision(item: ItemSheet, seen: int) -> int:
    try:
        return next_revision(item.revision, seen)
    except StaleRevision:
        message = _(
            "Jemand hat diesen Abschnitt gespeichert, während Sie geschrieben haben. Nichts ist verloren: "
            "Im Feld stehen beide Texte zusammengeführt, darunter jeder für sich. Bitte lesen Sie einmal darüber "
            "und speichern Sie noch einmal."
        )
        raise StaleRevision(message, item.text) from None


def _block(work: Work, minutes: Minutes, item_id: int) -> MinutesBlock:
    statement = select(MinutesBlock).where(
        col(MinutesBlock.minutes_id) == minutes.id, col(MinutesBlock.item_id) == item_id
    )
    found = work.session.exec(statement).first()
    return found or MinutesBlock(minutes_id=minutes.id or 0, item_id=item_id)


def _kept(work: Work, minutes: Minutes, block: MinutesBlock, number: str) -> MinutesBlock:
    block.updated_by_id, block.updated_at = work.actor.person_id, work.now
    work.session.add(block)
    work.session.flush()
    if block.id is None:
        raise DomainError(_("Der Abschnitt ließ sich nicht speichern. Bitte versuchen Sie es noch einmal."))
    work.session.add(
        MinutesRevision(
            block_id=block.id,
            revision=block.revision,
            text=block.text,
            by_id=work.actor.person_id,
            at=work.now,
        )
    )
    work.record("minutes.block_saved", minutes, item=number, revision=block.revision)
    work.announce(f"meeting:{minutes.meeting_id}", f"minutes-{block.item_id}")
    return block
