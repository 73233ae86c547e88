"""The keys of gaps: F-YYYY-NN, given by us and never twice, whoever writes at the same time."""

from sqlmodel import Session, col, select

from app.people.models import Tenant
from knowledge.gaps.models import Gap, GapNumber
from knowledge.gaps.rules import key_of, number_in


def next_key(session: Session, tenant_id: int, year: int) -> str:
    """The next key of the year. Locks the county's row until the transaction ends, so that two writers take turns.

    The number given last is kept, so that a key is not given again even where its gap is gone.
    """
    session.exec(select(Tenant.id).where(col(Tenant.id) == tenant_id).with_for_update()).one()
    row = session.exec(select(GapNumber).where(col(GapNumber.year) == year)).first() or GapNumber(year=year)
    known = session.exec(select(Gap.key).where(col(Gap.key).startswith(f"F-{year}-")))
    row.last = max([row.last, *(number_in(key, year) for key in known)]) + 1
    session.add(row)
    session.flush()
    return key_of(year, row.last)
