"""Writing a body's agenda template: add, change, move, take out; take it over from the last meeting."""

from sqlmodel import col, select

from app.core.errors import InvalidInput, NotFound
from app.core.i18n import _
from app.core.work import Work
from meetings.agenda import policy
from meetings.agenda.leftovers import last_meeting
from meetings.agenda.models import AgendaItem, AgendaTemplateItem
from meetings.agenda.standing import SHIPPED, StandingItem, rows_of
from meetings.agenda.states import ItemKind, TemplatePlace
from meetings.bodies.models import Body
from meetings.bodies.queries import FoundBody, body_by_key

MOST = 40


def add_standing(work: Work, key: str, draft: StandingItem) -> AgendaTemplateItem:
    """Add an item at the end of its place."""
    body, rows = _own(work, key)
    if len(rows) >= MOST:
        raise InvalidInput(_("Mehr als 40 feste Punkte nimmt eine Vorlage nicht auf."))
    row = _row(body, draft, len(rows))
    work.session.add(row)
    return _saved(work, body, row)


def _own(work: Work, key: str) -> tuple[FoundBody, list[AgendaTemplateItem]]:
    """The body, held, with its own template; the one that ships becomes its own with the first change."""
    body = body_by_key(work.session, key)
    if body is None:
        raise NotFound(_("Dieses Gremium gibt es nicht."))
    work.require(policy.may_plan_meeting(work.actor, body))
    work.session.exec(select(col(Body.id)).where(col(Body.id) == body.body_id).with_for_update()).one()
    rows = rows_of(work.session, body.body_id)
    if not rows:
        rows = [_row(body, each, place) for place, each in enumerate(SHIPPED)]
        work.session.add_all(rows)
        work.session.flush()
    return body, rows


def _row(body: FoundBody, draft: StandingItem, position: int) -> AgendaTemplateItem:
    row = AgendaTemplateItem(body_id=body.body_id, position=position, title=draft.title, kind=draft.kind)
    return _write(row, draft)


def _write(row: AgendaTemplateItem, draft: StandingItem) -> AgendaTemplateItem:
    row.title, row.kind, row.minutes = draft.title, draft.kind, draft.minutes
    row.place, row.part = draft.place, draft.part
    return row


def _saved(work: Work, body: FoundBody, row: AgendaTemplateItem) -> AgendaTemplateItem:
    for position, each in enumerate(rows_of(work.session, body.body_id)):
        each.position = position
        work.session.add(each)
    work.record("agenda_template.changed", body.body)
    return row


def _find(rows: list[AgendaTemplateItem], place: int) -> AgendaTemplateItem:
    if not 0 <= place < len(rows):
        raise NotFound(_("Diesen Punkt gibt es in der Vorlage nicht."))
    return rows[place]


def change_standing(work: Work, key: str, place: int, draft: StandingItem) -> AgendaTemplateItem:
    """Change the item at this place of the template, counted from 0."""
    body, rows = _own(work, key)
    row = _write(_find(rows, place), draft)
    work.session.add(row)
    work.session.flush()
    return _saved(work, body, row)


def move_standing(work: Work, key: str, place: int, steps: int) -> AgendaTemplateItem:
    """Take the item some places up (negative) or down among those that open, or close, the meeting."""
    body, rows = _own(work, key)
    row = _find(rows, place)
    level = [each for each in rows if each.place == row.place]
    at = level.index(row)
    level.insert(max(0, at + steps), level.pop(at))
    for position, each in enumerate(level):
        each.position = position
        work.session.add(each)
    work.session.flush()
    return _saved(work, body, row)


def remove_standing(work: Work, key: str, place: int) -> AgendaTemplateItem:
    """Take the item out. The last one stays: a template without items would be the one that ships."""
    body, rows = _own(work, key)
    row = _find(rows, place)
    if len(rows) == 1:
        raise InvalidInput(_("Eine Vorlage behält mindestens einen Punkt."))
    work.session.delete(row)
    work.session.flush()
    return _saved(work, body, row)


def from_last_meeting(work: Work, key: str) -> Body:
    """Make the formal items and the reports of the last meeting the template; what it decided on is not repeated."""
    body, rows = _own(work, key)
    last = last_meeting(work.session, body.body_id)
    items = _repeatable(work, last.id or 0) if last else []
    if not items:
        raise InvalidInput(_("Die letzte Sitzung hat keine Formalia und keine Berichte, die sich wiederholen ließen."))
    for row in rows:
        work.session.delete(row)
    end = _closing_from(items)
    for position, item in enumerate(items):
        place = TemplatePlace.CLOSING if position >= end else TemplatePlace.OPENING
        draft = StandingItem(item.title, item.kind, item.minutes, place, item.part)
        work.session.add(_row(body, draft, position))
    work.record("agenda_template.changed", body.body, items=len(items))
    return body.body


def _repeatable(work: Work, meeting_id: int) -> list[AgendaItem]:
    """Main items that say the same each time: no decision, no vote, no supplement, nothing carried over."""
    statement = select(AgendaItem).where(
        col(AgendaItem.meeting_id) == meeting_id,
        col(AgendaItem.parent_id).is_(None),
        col(AgendaItem.kind).in_((ItemKind.PROCEDURAL, ItemKind.REPORT)),
        col(AgendaItem.supplement).is_(False),
        col(AgendaItem.carried_from_id).is_(None),
    )
    return list(work.session.exec(statement.order_by(col(AgendaItem.position))).all())[:MOST]


def _closing_from(items: list[AgendaItem]) -> int:
    """Where the closing begins: at the last formal item, if something comes before it."""
    last = len(items) - 1
    return last if last > 0 and items[last].kind == ItemKind.PROCEDURAL else len(items)
