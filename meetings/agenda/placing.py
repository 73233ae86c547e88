"""Where a new item goes while the agenda is written, and what a supplement stands behind if nobody says."""

from collections.abc import Sequence

from sqlmodel import Session

from meetings.agenda.matters import closes, closing_start, opening_length
from meetings.agenda.models import AgendaItem
from meetings.agenda.queries import FoundMeeting
from meetings.agenda.standing import template_of
from meetings.agenda.states import ItemPart, TemplatePlace


def make_room(
    session: Session, meeting: FoundMeeting, rows: Sequence[AgendaItem], item: AgendaItem, place: TemplatePlace | None
) -> None:
    """Give a new main item its position, and move those behind it. One statement.

    What opens the meeting comes behind what its template has before it, what closes it at the end, the rest in front
    of what closes it. An item below another one comes last there.
    """
    if item.parent_id is not None:
        return
    main = _main(rows, item.part)
    at = _place(session, meeting, [row.title for row in main], item.title, place)
    if at < len(main):
        item.position = main[at].position
        for row in main[at:]:
            row.position += 1


def _main(rows: Sequence[AgendaItem], part: ItemPart) -> list[AgendaItem]:
    """The main items of a part in their order."""
    level = (row for row in rows if row.parent_id is None and row.part == part)
    return sorted(level, key=lambda row: (row.position, row.id or 0))


def _place(session: Session, meeting: FoundMeeting, titles: list[str], new: str, place: TemplatePlace | None) -> int:
    template = template_of(session, meeting.body.body_id)
    closing = [each.title for each in template if each.place == TemplatePlace.CLOSING]
    if place == TemplatePlace.OPENING:
        return opening_length(titles, [each.title for each in template if each.place == place], new)
    if place == TemplatePlace.CLOSING or closes(new, closing):
        return len(titles)
    return closing_start(titles, closing)


def usual_place(
    session: Session, meeting: FoundMeeting, rows: Sequence[AgendaItem], part: ItemPart = ItemPart.PUBLIC
) -> str:
    """The number of the item that a supplement usually stands behind: the last one before the closing. One statement.

    Empty where nothing closes the meeting: then it gets the next number at the end.
    """
    main = [row for row in _main(rows, part) if row.number]
    closing = [each.title for each in template_of(session, meeting.body.body_id) if each.place == TemplatePlace.CLOSING]
    start = closing_start([row.title for row in main], closing)
    return main[start - 1].number or "" if 0 < start < len(main) else ""
