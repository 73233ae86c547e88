"""Who opened a case when, for coordination and data protection (DP-15). No text, and no list of who reads most."""

from dataclasses import dataclass
from datetime import datetime

from flask import Response, request, url_for
from sqlmodel import Session, col, func, select

from app.core.permissions import Actor, Verdict, shown_if
from app.core.web import page, reading, requires
from app.people.models import Organisation, Person
from knowledge.cases.access import FoundCase
from knowledge.cases.blueprint import blueprint
from knowledge.cases.models import Case, CaseAccessEntry
from knowledge.cases.policy import may_read_case_log
from knowledge.cases.wizard import case_by_key

PER_PAGE = 50


@dataclass(frozen=True)
class Opening:
    """One opening of the case."""

    at: datetime
    person: str
    organisation: str


def may_read_log(actor: Actor, found: FoundCase) -> Verdict:
    """The log of any case, also of one that the officer may not read; the case's title stands nowhere on it.

    For everybody else there is no such page, whether or not there is such a case.
    """
    del found
    return shown_if(bool(may_read_case_log(actor)))


@blueprint.get("/faelle/zugriffe")
@requires(may_read_case_log)
def all_accesses() -> Response:
    """The cases by their neutral words, with how often each was opened: where the officer begins."""
    return page("cases/all_accesses.html", rows=openings_by_case(reading()))


@dataclass(frozen=True)
class Openings:
    """How often a case was opened in the last twelve months, and when last."""

    key: str
    number: int
    last: datetime | None


def openings_by_case(session: Session) -> list[Openings]:
    """Every case, the one that was opened last first. One statement."""
    last = func.max(col(CaseAccessEntry.at))
    rows = session.exec(
        select(Case.key, func.count(col(CaseAccessEntry.id)), last)
        .outerjoin(CaseAccessEntry, col(CaseAccessEntry.case_id) == col(Case.id))
        .group_by(col(Case.id), col(Case.key))
        .order_by(last.is_(None), last.desc(), col(Case.key))
    )
    return [Openings(key, number, at) for key, number, at in rows]


@blueprint.get("/faelle/<key>/zugriffe")
@requires(may_read_log, load=case_by_key)
def accesses(found: FoundCase, key: str) -> Response:
    """The openings of the last twelve months, the newest first."""
    typed = request.args.get("seite", "1")
    number = int(typed) if typed.isascii() and typed.isdecimal() and 0 < len(typed) < 6 else 1
    total, rows = openings(reading(), found.id, max(number, 1))
    return page(
        "cases/accesses.html",
        key=key,
        rows=rows,
        page_number=max(number, 1),
        pages=-(-total // PER_PAGE) or 1,
        page_url=lambda wanted: url_for("cases.accesses", key=key, seite=wanted),
    )


def openings(session: Session, case_id: int, number: int) -> tuple[int, list[Opening]]:
    """How many there are, and one page of them. Two statements."""
    mine = col(CaseAccessEntry.case_id) == case_id
    total = session.exec(select(func.count(col(CaseAccessEntry.id))).where(mine)).one()
    rows = session.exec(
        select(CaseAccessEntry.at, Person.name, Organisation.name)
        .join(Person, col(Person.id) == col(CaseAccessEntry.person_id))
        .outerjoin(Organisation, col(Organisation.id) == col(Person.organisation_id))
        .where(mine)
        .order_by(col(CaseAccessEntry.at).desc(), col(CaseAccessEntry.id).desc())
        .limit(PER_PAGE)
        .offset((number - 1) * PER_PAGE)
    )
    return total, [Opening(at, person, organisation or "") for at, person, organisation in rows]
