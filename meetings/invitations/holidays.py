"""Public holidays for notice periods in working days. North Rhine-Westphalia, from the package `holidays`."""

from datetime import date
from functools import lru_cache

from holidays import country_holidays

COUNTRY, STATE = "DE", "NW"


@lru_cache(maxsize=64)
def holidays_of(year: int) -> frozenset[date]:
    """The public holidays of a year."""
    return frozenset(country_holidays(COUNTRY, subdiv=STATE, years=year))


def holidays_before(day: date) -> frozenset[date]:
    """The public holidays of the day's year and of the one before: no notice period reaches further back."""
    return holidays_of(day.year) | holidays_of(day.year - 1)
