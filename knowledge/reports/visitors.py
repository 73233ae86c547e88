"""People without an account: which county they speak to, and as whom an action of theirs runs."""

from flask import g
from sqlmodel import Session, col, select

from app.core.database import every_tenant
from app.core.errors import NotFound
from app.core.i18n import _
from app.core.permissions import Actor
from app.core.web import current_actor, house
from app.people.models import Tenant
from knowledge.reports.models import Report


def visitor(tenant_id: int) -> Actor:
    """Somebody of whom nothing is known; the audit names no person for what they do."""
    return Actor(0, tenant_id, 0, "", frozenset(), (), "", "")


def tenants() -> list[Tenant]:
    """All counties of this installation, by name."""
    with house().database.read() as plain:
        return list(plain.exec(select(Tenant).order_by(col(Tenant.name))))


def enter(tenant: Tenant | None) -> Tenant:
    """Let the request read in this county, its words and names included; NotFound if there is none."""
    if tenant is None:
        raise NotFound(_("Diese Seite gibt es nicht."))
    close_reading()
    g.tenant = tenant
    g.reading = house().database.session(house().database.reading, tenant.id)
    return tenant


def close_reading() -> None:
    """Give back a reading session that was opened for somebody else."""
    session: Session | None = g.pop("reading", None)
    if session is not None:
        session.close()


def enter_by_key(key: str) -> Tenant:
    """Enter the county of this key; a signed-in person stays in their own."""
    actor = current_actor()
    with house().database.read() as plain:
        tenant = plain.exec(select(Tenant).where(col(Tenant.key) == key)).first()
    if tenant is not None and actor is not None and actor.tenant_id != tenant.id:
        raise NotFound(_("Sie sind in einem anderen Kreis angemeldet. Melden Sie sich ab, um hier zu melden."))
    return enter(tenant)


def enter_by_report(token_hash: str) -> Report | None:
    """Enter the county that a report belongs to, whoever is signed in; None if no report has this token."""
    with house().database.read() as plain, every_tenant(plain):
        report = plain.exec(select(Report).where(col(Report.token_hash) == token_hash)).first()
        tenant = plain.exec(select(Tenant).where(col(Tenant.id) == report.tenant_id)).first() if report else None
    if tenant is not None:
        enter(tenant)
    return report
