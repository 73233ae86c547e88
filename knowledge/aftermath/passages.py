"""What the privacy check marks in stations that the round added: decided by people before a workshop is released.

The case was checked before the workshop; what came on the table later nobody but its author has looked at (DP-1, DP-4).
"""

from collections.abc import Collection, Iterable
from dataclasses import replace

from sqlmodel import Session, col, select

from app.core.errors import NotFound
from app.core.i18n import _
from knowledge.cases.models import Case, Station
from knowledge.cases.passages import MarkedText, marked_texts
from knowledge.cases.texts import CaseText, case_hits, station_texts
from knowledge.privacy.gate import OpenHit, blocking
from knowledge.workshops.models import WorkshopCase


def added_stations(session: Session, workshop_id: int) -> list[tuple[Case, list[Station]]]:
    """The stations of a workshop that were added while it ran, by case. One statement."""
    rows = session.exec(
        select(Case, Station)
        .join(Station, col(Station.case_id) == col(Case.id))
        .join(WorkshopCase, col(WorkshopCase.case_id) == col(Case.id))
        .where(col(WorkshopCase.workshop_id) == workshop_id, col(Station.added_live))
        .order_by(col(WorkshopCase.position), col(Station.month), col(Station.position))
    )
    found: dict[int, tuple[Case, list[Station]]] = {}
    for case, station in rows:
        found.setdefault(case.id or 0, (case, []))[1].append(station)
    return list(found.values())


def marked_in(session: Session, case: Case, stations: Iterable[Station]) -> tuple[list[CaseText], list[OpenHit]]:
    """The texts of these stations of one case, and what stands out in them with what was decided. Four statements."""
    texts = [replace(text, step=str(each.id)) for each in stations for text in station_texts(each) if text.text]
    return texts, case_hits(session, case, texts)


def to_decide(session: Session, workshop_id: int, readable: Collection[int]) -> list[MarkedText]:
    """What the page shows: only of cases that the reader may read."""
    found = []
    for case, stations in added_stations(session, workshop_id):
        if case.id in readable:
            found += marked_texts(*marked_in(session, case, stations))
    return found


def count_open(session: Session, workshop_id: int) -> int:
    """How many passages hold the release back, in all cases of the workshop."""
    added = added_stations(session, workshop_id)
    return sum(len(blocking(marked_in(session, case, stations)[1])) for case, stations in added)


def added_station(session: Session, workshop_id: int, readable: Collection[int], station_id: int) -> Station:
    """One of them, for who may read its case."""
    for case, stations in added_stations(session, workshop_id):
        for station in stations:
            if station.id == station_id and case.id in readable:
                return station
    raise NotFound(_("Diese Seite gibt es nicht."))
