"""Every night addresses of reporters are erased whose day has come (DP-8), and held reports that nobody released."""

from datetime import datetime, timedelta
from functools import partial

from sqlmodel import Session, col, select

from app.core import jobs
from app.core.clock import LOCAL
from app.core.permissions import Actor
from app.core.web import House
from app.core.work import Work
from app.people.queries import tenant_keys
from knowledge.reports import addresses, mailing
from knowledge.reports.models import Report, ReportContact
from knowledge.reports.states import ReportState
from knowledge.reports.visitors import visitor

HOUR = 3
HELD_DAYS = 30
"""So long a report is held for somebody to look at it; then it was nothing."""


def register() -> None:
    """Tell the periodic work."""
    jobs.daily("reports.erase_contacts", HOUR, erase_due)


def erase_due(house: House, now: datetime) -> None:
    """Erase what is due in every county, each in a transaction of its own."""
    with house.database.read() as plain:
        counties = tenant_keys(plain)
    for tenant_id, _key in counties:
        house.writer.run(partial(_erase, visitor(tenant_id), now, house.settings.secret_key()), tenant_id)


def _erase(nobody: Actor, now: datetime, secret: bytes, session: Session) -> int:
    work = Work(session, nobody, now)
    erased = _erase_contacts(work) + _erase_held(work)
    _seal_the_old(work, secret)
    work.finish()
    return erased


def _erase_held(work: Work) -> int:
    """Held reports that waited long enough, with everything that hangs on them."""
    until = work.now - timedelta(days=HELD_DAYS)
    held = select(Report).where(col(Report.state) == ReportState.HELD, col(Report.received_at) <= until)
    due = work.session.exec(held.with_for_update()).all()
    for report in due:
        mailing.call_back(work.session, report)
        work.record("report.expired", report)
        work.session.delete(report)
    work.session.flush()
    return len(due)


def _seal_the_old(work: Work, secret: bytes) -> None:
    """Encrypt addresses from before they were."""
    for contact in work.session.exec(select(ReportContact)).all():
        if not addresses.is_sealed(contact.email):
            contact.email = addresses.sealed(secret, contact.email)
            work.session.add(contact)
            work.record("report.contact_sealed", contact)


def _erase_contacts(work: Work) -> int:
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
    work.session.flush()
    return len(due)
