"""`lueckenlos erase due`: erase in every county what has been kept long enough, or say what that would be."""

from collections.abc import Iterator
from datetime import datetime

from app.core.clock import LOCAL
from app.core.config import Settings
from app.core.web import House
from app.search_command import opened
from knowledge.cases.actions import forget_accesses
from knowledge.cases.erasure_due import counties, due_cases, erase_due_of, forget_the_log
from knowledge.reports import erasing as reports


def erase_due(settings: Settings, now: datetime, dry_run: bool = False) -> Iterator[str]:
    """A line for every county, with the keys of its cases that are due."""
    with opened(settings) as app:
        house: House = app.extensions["lueckenlos"]
        for tenant_id, key in counties(house.database):
            keys = _due(house, tenant_id, now) if dry_run else erase_due_of(house, tenant_id, now)
            yield f"{key}: {'due' if dry_run else 'erased'}: {', '.join(keys) or 'nothing'}"
        if not dry_run:
            reports.erase_due(house, now)
            forget_accesses(house, now)
            if house.database.is_sqlite:
                forget_the_log(house.database)


def _due(house: House, tenant_id: int, now: datetime) -> list[str]:
    with house.database.read(tenant_id) as session:
        return [each.key for each in due_cases(session, now.astimezone(LOCAL).date())]
