"""Deferred gaps come back by themselves: once a day, those whose day of review has come, into the topic store."""

from datetime import datetime
from functools import partial

from sqlmodel import Session, col, select

from app.core import jobs
from app.core.clock import LOCAL
from app.core.i18n import _
from app.core.lifecycle import RefusedMove
from app.core.live import notify
from app.core.permissions import Actor
from app.core.web import House
from app.core.work import Work
from app.people.models import Tenant
from knowledge.gaps.actions import move_gap
from knowledge.gaps.models import Gap
from knowledge.gaps.states import GapStatus

HOUR = 5
"""Local time from which on the day's reviews are due."""


def register() -> None:
    """Tell the background worker."""
    jobs.daily("gaps.deferral", HOUR, bring_back)


def bring_back(house: House, now: datetime) -> None:
    """Move every due gap of every county; each in a transaction of its own, so that one cannot hold the others up."""
    with house.database.read() as session:
        tenants = [tenant_id or 0 for tenant_id in session.exec(select(Tenant.id))]
    for tenant_id in tenants:
        with house.database.read(tenant_id) as session:
            keys = due(session, now)
        for key in keys:
            house.writer.run(partial(_return, tenant_id=tenant_id, key=key, now=now), tenant_id)


def due(session: Session, now: datetime) -> list[str]:
    """The keys of the deferred gaps whose day has come. One statement."""
    today = now.astimezone(LOCAL).date()
    wanted = (col(Gap.status) == GapStatus.DEFERRED, col(Gap.deferred_until) <= today)
    return list(session.exec(select(Gap.key).where(*wanted).order_by(col(Gap.deferred_until), col(Gap.key))))


def nobody(tenant_id: int) -> Actor:
    """Who acts when the house does what is due: no person, with the coordination's right to take steps."""
    return Actor(0, tenant_id, 0, "", frozenset({"coordination"}), (), "", "")


def _return(session: Session, tenant_id: int, key: str, now: datetime) -> None:
    """One gap back; one that somebody moved meanwhile stays where it is."""
    work = Work(session, nobody(tenant_id), now, "deferral")
    try:
        move_gap(work, key, GapStatus.TOPIC_STORE, _("Wiedervorlage"))
    except RefusedMove:
        return
    notify(session, work.finish())
