"""How attendance is said in words."""

from collections.abc import Iterable

from app.core.i18n import _
from meetings.minutes.rules import SeatAtMeeting


def remark(seat: SeatAtMeeting) -> str:
    """For whom somebody sat there, empty if for themselves."""
    return _("in Vertretung für %(name)s", name=seat.substitute_for) if seat.substitute_for else ""


def seat_rows(seats: Iterable[SeatAtMeeting]) -> list[list[str]]:
    """Organisation, name and remark of each seat, for a table."""
    return [[seat.organisation, seat.present or seat.holder, remark(seat)] for seat in seats]
