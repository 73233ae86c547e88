"""A workshop to come in the demo county: cases that are free again, a plan over them, and who is who."""

from datetime import date, time
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, select

from app.core.work import Work
from app.people.models import Organisation, Person
from knowledge.cases.models import Case
from knowledge.workshops.models import Workshop, WorkshopCase
from knowledge.workshops.planning import create_workshop
from knowledge.workshops.rules import Plan, Slot
from knowledge.workshops.states import WorkshopFormat
from tests.support.demo import Demo

DAY = date(2027, 3, 16)


def ids(session: Session, table: Any, *keys: str) -> tuple[int, ...]:
    """The ids of these keys, in their order."""
    found = {row.key: row.id or 0 for row in session.exec(select(table).where(col(table.key).in_(keys)))}
    return tuple(found[key] for key in keys)


def free_cases(demo: Demo) -> Demo:
    """Take the cases of the autumn workshop out of it, so that they can be planned again."""

    def job(work: Work) -> None:
        workshop = work.session.exec(select(Workshop).where(col(Workshop.key) == "W-2026-2")).one()
        work.session.exec(delete(WorkshopCase).where(col(WorkshopCase.workshop_id) == workshop.id))
        work.record("test.freed", workshop)

    demo.perform("p-albers", job)
    return demo


def a_plan(demo: Demo, **changes: Any) -> Plan:
    """Erle with the authorities, Weide among counselling services only; Caritas, AWO and the Jobcenter are invited."""
    with demo.session() as session:
        moderation, minutes = ids(session, Person, "p-albers", "p-kaya")
        erle, weide = ids(session, Case, "erle", "weide")
        organisations = ids(session, Organisation, "caritas", "awo", "jobcenter")
    given = {
        "title": "Fallrekonstruktion Frühjahr 2027",
        "day": DAY,
        "starts": time(9),
        "ends": time(13, 30),
        "format": WorkshopFormat.IN_PERSON,
        "place": "Kreishaus, Raum 1.14",
        "moderation_id": moderation,
        "minute_taker_id": minutes,
        "slots": (Slot(erle, time(9, 30), time(11)), Slot(weide)),
        "organisation_ids": organisations,
    }
    return Plan(**{**given, **changes})


def planned(demo: Demo, **changes: Any) -> str:
    """The key of a planned workshop."""
    free_cases(demo)
    plan = a_plan(demo, **changes)
    return str(demo.perform("p-albers", create_workshop, plan).key)


def workshop_of(demo: Demo, key: str) -> Workshop:
    """The row."""
    with demo.session() as session:
        return session.exec(select(Workshop).where(col(Workshop.key) == key)).one()
