"""What every change of a case begins with: the case, locked, and the right to change it.

Actions of this room take the id of a case and get back what they need; a case that the person may not read does not
exist for them.
"""

from collections.abc import Callable
from typing import Any

from sqlmodel import col, select

from app.core.clock import LOCAL
from app.core.errors import ChangedMeanwhile, NotFound
from app.core.i18n import _
from app.core.permissions import Actor, Verdict
from app.core.work import Work
from knowledge.cases import access
from knowledge.cases.access import FoundCase
from knowledge.cases.models import Case, Station
from knowledge.cases.policy import CaseAccess, may_edit_case

May = Callable[[Actor, CaseAccess], Verdict]


def locked_case(work: Work, case_id: int, may: May = may_edit_case) -> FoundCase:
    """The case of this id, locked until the transaction ends, if the person may; NotFound if there is none."""
    work.session.exec(select(Case.id).where(col(Case.id) == case_id).with_for_update()).first()
    found = access.case_by_id(work.session, case_id, work.now.astimezone(LOCAL).date())
    if found is None:
        raise NotFound(_("Diese Seite gibt es nicht."))
    work.require(may(work.actor, found))
    return found


def case_of_station(work: Work, station_id: int, may: May = may_edit_case) -> tuple[FoundCase, Station]:
    """The station and its case, both locked."""
    statement = select(Station).where(col(Station.id) == station_id)
    station = work.session.exec(statement).first()
    if station is None:
        raise NotFound(_("Diese Seite gibt es nicht."))
    found = locked_case(work, station.case_id, may)
    work.session.refresh(station)
    return found, station


def same_or_changed(shown: str, written: str) -> None:
    """Nothing if the form showed what is written now; else ChangedMeanwhile."""
    if shown != written:
        raise ChangedMeanwhile(_("Das wurde inzwischen von jemand anderem geändert."))


def owned(row: Any, case_id: int) -> Any:
    """The row if it belongs to the case, else NotFound: addresses name both."""
    if row is None or row.case_id != case_id:
        raise NotFound(_("Diese Seite gibt es nicht."))
    return row
