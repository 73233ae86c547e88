"""The clock. Rules get the time as an argument; whoever needs the present asks here, so that tests can set it."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Europe/Berlin")


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The present day where the county is."""
    return now().astimezone(LOCAL).date()
