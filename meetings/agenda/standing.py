"""The items with which every agenda of a body begins and ends: its template, else the one that ships."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from meetings.agenda.models import AgendaTemplateItem
from meetings.agenda.states import ItemKind, ItemPart, TemplatePlace


@dataclass(frozen=True)
class StandingItem:
    """An item of a template; without an `id` it is one of those that ship."""

    title: str
    kind: ItemKind
    minutes: int
    place: TemplatePlace = TemplatePlace.OPENING
    part: ItemPart = ItemPart.PUBLIC
    id: int | None = None


SHIPPED = (
    StandingItem("Eröffnung, Feststellung der Beschlussfähigkeit und der Tagesordnung", ItemKind.PROCEDURAL, 5),
    StandingItem("Niederschrift der letzten Sitzung", ItemKind.PROCEDURAL, 5),
    StandingItem("Stand der Beschlüsse (Beschlusskontrolle)", ItemKind.REPORT, 10),
    StandingItem("Verschiedenes und nächste Termine", ItemKind.PROCEDURAL, 5, TemplatePlace.CLOSING),
)
"""What every meeting begins and ends with until its body has a template of its own (meetings.md 4.7)."""


def rows_of(session: Session, body_id: int) -> list[AgendaTemplateItem]:
    """The stored items of a body's template in their order. One statement."""
    statement = select(AgendaTemplateItem).where(col(AgendaTemplateItem.body_id) == body_id)
    rows = session.exec(statement.order_by(col(AgendaTemplateItem.position), col(AgendaTemplateItem.id))).all()
    return in_order(rows)


def in_order(rows: Sequence[AgendaTemplateItem]) -> list[AgendaTemplateItem]:
    """What opens a meeting, then what closes it."""
    return sorted(rows, key=lambda row: (row.place == TemplatePlace.CLOSING, row.position, row.id or 0))


def template_of(session: Session, body_id: int) -> list[StandingItem]:
    """The items of a body's template in their order; those that ship while it has none. One statement."""
    rows = rows_of(session, body_id)
    if not rows:
        return list(SHIPPED)
    return [StandingItem(row.title, row.kind, row.minutes, row.place, row.part, row.id) for row in rows]
