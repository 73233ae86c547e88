"""Writing the agenda: add, change, move and take out items, until the numbers are fixed by the invitation.

Afterwards an item may still come in as a supplement („4a“); none is taken out any more, it is struck off with a
result instead, so that a number that people have read never means something else.
"""

from sqlmodel import col, select

from app.core.errors import DomainError, InvalidInput
from app.core.i18n import _
from app.core.work import Work
from meetings.agenda import policy
from meetings.agenda.drafts import ItemDraft
from meetings.agenda.locking import locked_item, locked_meeting
from meetings.agenda.models import AgendaItem, AgendaItemSubject, AgendaVote
from meetings.agenda.ordering import LEVELS, Entry, depth_of, entries_of, moved, supplement_number
from meetings.agenda.parts import letter_of
from meetings.agenda.placing import make_room
from meetings.agenda.planning import PLANNED, renumber, require_version
from meetings.agenda.queries import FoundItem, FoundMeeting
from meetings.agenda.rules import next_number
from meetings.agenda.states import ItemPart, ItemState
from meetings.bodies.states import PartNumbering
from meetings.room.actions import AGENDA
from meetings.voting.models import Poll

MOST_ITEMS = 300


def add_item(work: Work, key: str, draft: ItemDraft, after: str = "") -> AgendaItem:
    """Add an item at the end of its level, before what closes the meeting.

    After the invitation it is a supplement behind the item numbered `after`.
    """
    meeting = locked_meeting(work, key)
    work.require(policy.may_edit_agenda(work.actor, meeting))
    rows = _items(work, meeting)
    if len(rows) >= MOST_ITEMS:
        raise InvalidInput(_("Mehr als 300 Punkte nimmt eine Tagesordnung nicht auf; bitte teilen Sie die Sitzung."))
    _require_place(rows, draft.parent_id)
    item = AgendaItem(meeting_id=meeting.id, title=draft.title, kind=draft.kind, parent_id=draft.parent_id)
    item.position = len(rows)
    item.carried_from_id, item.suggestion = draft.source_item_id, draft.suggestion or None
    _write(item, draft)
    item.part = _part(rows, draft.parent_id, draft.part)
    if meeting.state in PLANNED:
        make_room(work.session, meeting, rows, item, draft.place)
    else:
        _number_supplement(item, rows, after, letter_of(item, meeting.rules))
    work.session.add(item)
    work.session.flush()
    _attach(work, item, draft)
    renumber(work, meeting)
    _tell(work, meeting, "item.added", item)
    return item


def _items(work: Work, meeting: FoundMeeting) -> list[AgendaItem]:
    statement = select(AgendaItem).where(col(AgendaItem.meeting_id) == meeting.id)
    return list(work.session.exec(statement.order_by(col(AgendaItem.position))))


def _entries(rows: list[AgendaItem]) -> list[Entry]:
    return entries_of(rows)


def _part(rows: list[AgendaItem], parent_id: int | None, wanted: ItemPart) -> ItemPart:
    """An item below another one is dealt with in the same part."""
    return next((row.part for row in rows if row.id == parent_id and parent_id), wanted)


def _require_place(rows: list[AgendaItem], parent_id: int | None) -> None:
    if parent_id is not None and parent_id not in [row.id for row in rows]:
        raise InvalidInput(_("Den übergeordneten Punkt gibt es in dieser Tagesordnung nicht."))
    if depth_of(_entries(rows), parent_id) + 1 >= LEVELS:
        raise InvalidInput(_("Eine Tagesordnung hat höchstens drei Ebenen."))


def _number_supplement(item: AgendaItem, rows: list[AgendaItem], after: str, letter: str) -> None:
    """The number behind the item numbered `after`, in its part; else the next one of the item's own part."""
    item.supplement = True
    before = next((row for row in rows if after and row.number == after), None)
    if before is None:
        counted = [row.number.removeprefix(letter) for row in rows if row.number and row.number.startswith(letter)]
        item.number = letter + next_number(counted)
        return
    item.number, item.parent_id = supplement_number(after, [row.number for row in rows]), before.parent_id
    item.position, item.part = before.position, before.part


def _write(item: AgendaItem, draft: ItemDraft) -> None:
    item.title, item.kind, item.minutes = draft.title, draft.kind, draft.minutes
    item.speaker_id, item.decision_kind = draft.speaker_id, draft.decision_kind
    item.text, item.proposal = draft.text or None, draft.proposal or None


def _attach(work: Work, item: AgendaItem, draft: ItemDraft) -> None:
    """What the item is about and how it is voted on, anew."""
    for old in work.session.exec(select(AgendaItemSubject).where(col(AgendaItemSubject.item_id) == item.id)).all():
        work.session.delete(old)
    for position, (kind, thing_id) in enumerate(draft.subjects):
        subject = AgendaItemSubject(item_id=item.id or 0, position=position, **{f"{kind}_id": thing_id})
        work.session.add(subject)
    vote = work.session.exec(select(AgendaVote).where(col(AgendaVote.item_id) == item.id)).first()
    if draft.vote is None:
        if vote:
            work.session.delete(vote)
        return
    vote = vote or AgendaVote(item_id=item.id or 0, method=draft.vote.method)
    vote.method = draft.vote.method
    vote.dots_per_organisation, vote.max_dots_per_topic = draft.vote.dots, draft.vote.most_per_topic
    work.session.add(vote)


def _tell(work: Work, meeting: FoundMeeting, act: str, item: AgendaItem) -> None:
    work.record(act, meeting.meeting, item=item.id)
    work.announce(meeting.channel, AGENDA)


def change_item(work: Work, key: str, number: str, draft: ItemDraft, version: int) -> FoundItem:
    """Change an item; refused once it is done, or if somebody saved meanwhile."""
    found = locked_item(work, key, number)
    work.require(policy.may_edit_agenda(work.actor, found))
    item = found.item
    require_version(item.version, version)
    if item.state == ItemState.DONE or _was_voted_on(work, item):
        raise DomainError(_("Über diesen Punkt ist schon beraten; sein Text wird nicht mehr geändert."))
    _write(item, draft)
    _change_part(work, found, draft.part)
    item.version += 1
    work.session.add(item)
    _attach(work, item, draft)
    _tell(work, found, "item.changed", item)
    return found


def _change_part(work: Work, found: FoundItem, part: ItemPart) -> None:
    """Take the item, with all that hangs on it, to the other part; a number that people have read stays."""
    item = found.item
    if part == item.part or item.parent_id is not None:
        return
    if found.state not in PLANNED and found.rules.part_numbering == PartNumbering.RESTART:
        raise DomainError(_("Zu dieser Sitzung ist eingeladen: Der Punkt bleibt mit seiner Nummer in seinem Teil."))
    rows = _items(work, found)
    for row in rows:
        if _hangs_on(row, item, {each.id: each for each in rows}):
            row.part = part
            work.session.add(row)
    renumber(work, found)


def _hangs_on(row: AgendaItem, item: AgendaItem, by_id: dict[int | None, AgendaItem]) -> bool:
    while row.id != item.id and row.parent_id is not None:
        row = by_id[row.parent_id]
    return row.id == item.id


def _was_voted_on(work: Work, item: AgendaItem) -> bool:
    return work.session.exec(select(Poll.id).where(col(Poll.item_id) == item.id)).first() is not None


def move_item(work: Work, key: str, number: str, steps: int) -> FoundItem:
    """Go so many places up (negative) or down in its level, with all that hangs on the item."""
    found = locked_item(work, key, number)
    work.require(policy.may_edit_agenda(work.actor, found))
    _require_unfrozen(found)
    rows = _items(work, found)
    order = {entry.id: entry.position for entry in moved(_entries(rows), found.item.id or 0, steps)}
    for row in rows:
        row.position = order[row.id or 0]
    work.session.flush()
    renumber(work, found)
    _tell(work, found, "item.moved", found.item)
    return found


def remove_item(work: Work, key: str, number: str) -> FoundItem:
    """Take an item and what hangs on it out of an agenda that nobody was invited with."""
    found = locked_item(work, key, number)
    work.require(policy.may_edit_agenda(work.actor, found))
    _require_unfrozen(found)
    work.session.delete(found.item)
    work.session.flush()
    work.session.expire_all()
    renumber(work, found)
    work.record("item.removed", found.meeting)
    work.announce(found.channel, AGENDA)
    return found


def _require_unfrozen(found: FoundMeeting) -> None:
    if found.state not in PLANNED:
        raise DomainError(
            _("Mit der Einladung stehen Nummern und Reihenfolge fest. Setzen Sie den Punkt in der Sitzung ab.")
        )
