"""Addresses of reporters whose day has come are erased every night (DP-8)."""

from datetime import datetime
from functools import partial

from sqlmodel import Session, col, select

from app.core import jobs
from app.core.clock import LOCAL
from app.core.permissions import Actor
from app.core.web import House
from app.core.work import Work
from app.people.queries import tenant_keys
from knowledge.reports import mailing
from knowledge.reports.models import Report, ReportContact
from knowledge.reports.visitors import visitor

HOUR = 3


def register() -> None:
    """Tell the periodic work."""
    jobs.daily("reports.erase_contacts", HOUR, erase_due)


def erase_due(house: House, now: datetime) -> None:
    """Erase what is due in every county, each in a transaction of its own."""
    with house.database.read() as plain:
        counties = tenant_keys(plain)
    for tenant_id, _key in counties:
        house.writer.run(partial(_erase, visitor(tenant_id), now), tenant_id)


def _erase(nobody: Actor, now: datetime, session: Session) -> int:
    work = Work(session, nobody, now)
    today = work.now.astimezone(LOCAL).date()
    statement = (
        select(ReportContact, Report)
        .join(Report, col(Report.id) == col(ReportContact.report_id))
        .where(col(ReportContact.erase_on) <= today)
    )
    due = work.session.exec(statement).all()
    for contact, report in due:
        work.session.delete(contact)
        mailing.call_back(work.session, report)
        work.record("report.contact_erased", report)
    work.finish()
    return len(due)
