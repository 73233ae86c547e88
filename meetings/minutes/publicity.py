"""The public version of minutes: of items that are not public it says that they were there, of people no names.

It is made by leaving out, never by marking: what is not in the sheet cannot get into a document.
"""

from dataclasses import replace
from typing import Any

from app.core.i18n import _
from meetings.agenda.models import AgendaItem
from meetings.agenda.parts import is_public, shows_heading
from meetings.bodies.models import BodyRules
from meetings.bodies.states import SeatKind
from meetings.minutes.queries import ItemSheet, MinutesSheet
from meetings.minutes.recorded import NOTHING
from meetings.minutes.rules import SeatAtMeeting
from meetings.room.states import CapturedKind


def public_sheet(sheet: MinutesSheet) -> MinutesSheet:
    """The sheet as the public may read it."""
    items = tuple(
        _public(entry) if is_public(entry.item, sheet.rules) else _reduced(entry)
        for entry in sheet.items
        if _is_told_of(entry.item, sheet.rules)
    )
    return replace(
        sheet,
        items=items,
        seats=tuple(_nameless(seat) for seat in sheet.seats if seat.kind != SeatKind.GUEST),
        guests=(),
        treated=(),
        objections=(),
        distribution=(),
        annexes=(),
        public=True,
    )


def _is_told_of(item: AgendaItem, rules: BodyRules | None) -> bool:
    return is_public(item, rules) or (rules is not None and shows_heading(item, rules, sees_all=False))


def _public(entry: ItemSheet) -> ItemSheet:
    """A public item without the names of those who spoke, moved or were charged; organisations stay."""
    kept = tuple(
        replace(each, person=None, person_id=None) for each in entry.recorded.captured if each.kind != CapturedKind.NOTE
    )
    papers = tuple(each for each in entry.recorded.papers if each.public)
    return replace(entry, speaker="", circulars=(), recorded=replace(entry.recorded, captured=kept, papers=papers))


def _reduced(entry: ItemSheet) -> ItemSheet:
    """The number and that there was something; a title may tell what the part is closed for, so it stays inside."""
    item: dict[str, Any] = {
        "number": entry.item.number,
        "title": _("Nicht öffentlicher Tagesordnungspunkt"),
        "kind": entry.item.kind,
        "part": entry.item.part,
    }
    bare = AgendaItem(id=entry.item.id, meeting_id=entry.item.meeting_id, **item)
    return ItemSheet(bare, "", "", 0, (), (), NOTHING, None, reduced=True, kind=entry.kind)


def _nameless(seat: SeatAtMeeting) -> SeatAtMeeting:
    """That the organisation was there, not who."""
    return SeatAtMeeting(seat.organisation, seat.kind, "", None if seat.present is None else "", seat.attended)
