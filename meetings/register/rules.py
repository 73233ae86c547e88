"""Months as a calendar shows them, and which decision may take another's place. Pure."""

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta

from app.core.permissions import ALLOWED, Verdict, refused

_MONTH = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True, order=True)
class Month:
    """A month of a year."""

    year: int
    month: int

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    @property
    def key(self) -> str:
        """How an address names it: 2026-12."""
        return f"{self.year:04d}-{self.month:02d}"

    def moved(self, months: int) -> "Month":
        """So many months later, or earlier."""
        place = self.year * 12 + self.month - 1 + months
        return Month(min(max(place // 12, 1), MAXYEAR), place % 12 + 1)


def month_of(text: str, today: date) -> Month:
    """The month that an address names, else the present one."""
    found = _MONTH.fullmatch(text)
    year, month = (int(found[1]), int(found[2])) if found else (0, 0)
    if 1900 <= year <= 2200 and 1 <= month <= 12:
        return Month(year, month)
    return Month(today.year, today.month)


def weeks_of(month: Month) -> list[list[date]]:
    """The weeks of a month from Monday to Sunday, filled up with days of the neighbouring months."""
    first = month.first - timedelta(days=month.first.weekday())
    last = month.last + timedelta(days=6 - month.last.weekday())
    days = [first + timedelta(days=place) for place in range((last - first).days + 1)]
    return [days[place : place + 7] for place in range(0, len(days), 7)]


@dataclass(frozen=True)
class Placed:
    """A decision as the rule sees it."""

    id: int
    body_id: int
    date: date
    accepted: bool | None


def may_replace(newer: Placed, older: Placed, links: Iterable[tuple[int, int]]) -> Verdict:
    """Whether `newer` can take the place of `older`; `links` are (newer, older) so far."""
    known = set(links)
    if newer.body_id != older.body_id:
        return refused("Einen Beschluss ersetzt nur das Gremium, das ihn gefasst hat.")
    if newer.accepted is False or older.accepted is False:
        return refused("Ein abgelehnter Antrag ersetzt nichts und wird nicht ersetzt.")
    if (newer.id, older.id) in known:
        return refused("Dieser Beschluss ist dort schon eingetragen.")
    if (older.date, older.id) >= (newer.date, newer.id):
        return refused("Ersetzt wird ein früherer Beschluss durch einen späteren.")
    return ALLOWED
