"""Writing a tenant's facts back out in the shape of a `kim-demo/1` file: the proof that a load loses nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from app.core.database import SCOPE
from app.dataset import dump_agreements, dump_cases, dump_codebook, dump_knowledge, dump_meetings, dump_people
from app.people.models import Tenant


def dump_demo(session: Session, tenant_key: str) -> dict[str, Any]:
    """The tenant as plain values, like a parsed file; sqlalchemy.exc.NoResultFound for an unknown tenant."""
    tenant = session.exec(select(Tenant).where(col(Tenant.key) == tenant_key)).one()
    zone = ZoneInfo(tenant.timezone)
    with _belonging_to(session, tenant):
        facts = {
            "meta": dump_people.meta(session, tenant),
            "tenant": dump_people.tenant_facts(session, tenant),
            "municipalities": dump_people.municipalities(session),
            "organisations": dump_people.organisations(session),
            "people": dump_people.people(session),
            "bodies": dump_meetings.bodies(session),
            "workshops": dump_knowledge.workshops(session, zone),
            "cases": dump_cases.cases(session),
            "gaps": dump_knowledge.gaps(session),
            "topics": dump_knowledge.topics(session),
            "past_solutions": dump_knowledge.solutions(session),
            "decisions": dump_meetings.decisions(session),
            "agenda": dump_meetings.agenda(session, zone),
            "agreement": dump_agreements.agreement(session),
            "codebook": dump_codebook.codebook(session) or None,
            "codings": dump_codebook.codings(session) or None,
        }
    return {name: value for name, value in facts.items() if value is not None}


@contextmanager
def _belonging_to(session: Session, tenant: Tenant) -> Iterator[None]:
    """The session reads as this tenant, then as before."""
    before = session.info.get(SCOPE)
    session.info[SCOPE] = tenant.id
    try:
        yield
    finally:
        session.info[SCOPE] = before
