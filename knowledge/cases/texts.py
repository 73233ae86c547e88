"""Everything that somebody typed about a case, field by field, for the check on recognisable people (DP-1)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from app.core.i18n import _
from app.core.records import AuditEntry
from knowledge.cases.models import Case, Finding, OpenQuestion, Station
from knowledge.cases.names import word_of
from knowledge.privacy.gate import OpenHit, Subject, names_for, open_hits

WRITING = (
    "case.created",
    "case.changed",
    "case.questions",
    "station.added",
    "station.added_live",
    "station.back",
    "station.changed",
    "finding.added",
    "finding.changed",
    "finding.revised",
)
"""Acts after which somebody is an author of the case's texts."""


@dataclass(frozen=True)
class CaseText:
    """One text: the name of its field, what people call the place, and on which step of the wizard it is written."""

    field: str
    place: str
    text: str
    step: str


def case_texts(session: Session, case: Case) -> list[CaseText]:
    """All texts of a case that are not empty, in the order of the pages. Three statements."""
    frame = [
        CaseText("title", _("Titel"), case.title, "rahmen"),
        CaseText("household", _("Haushalt"), case.household, "rahmen"),
        CaseText("anchor", _("Ankerereignis"), case.anchor, "rahmen"),
        CaseText("client_view", _("Sicht der Person"), case.client_view or "", "rahmen"),
    ]
    stations = session.exec(
        select(Station).where(col(Station.case_id) == case.id).order_by(col(Station.month), col(Station.position))
    ).all()
    findings = session.exec(
        select(Finding, Station.key)
        .join(Station, col(Station.id) == col(Finding.station_id))
        .where(col(Station.case_id) == case.id)
        .order_by(col(Station.month), col(Station.position), col(Finding.position), col(Finding.id))
    ).all()
    questions = session.exec(
        select(OpenQuestion).where(col(OpenQuestion.case_id) == case.id).order_by(col(OpenQuestion.position))
    ).all()
    found = [
        *frame,
        *(text for station in stations for text in station_texts(station)),
        *(
            CaseText(f"finding:{finding.id}", _("Befund zu %(station)s", station=key), finding.text, "befunde")
            for finding, key in findings
        ),
        *(
            CaseText(f"question:{place}", _("Offene Frage %(number)s", number=place), question.text, "befunde")
            for place, question in enumerate(questions, 1)
        ),
    ]
    return [each for each in found if each.text]


def station_texts(station: Station) -> list[CaseText]:
    """The texts of one station."""
    name = _("Station %(station)s", station=station.key)
    return [
        CaseText(f"station:{station.id}:title", _("%(station)s, Titel", station=name), station.title, "stationen"),
        CaseText(f"station:{station.id}:text", name, station.text, "stationen"),
        CaseText(
            f"station:{station.id}:helped",
            _("%(station)s, was geholfen hat", station=name),
            station.what_helped or "",
            "stationen",
        ),
    ]


def subject_of(case: Case) -> Subject:
    """How the gate calls the case."""
    return "case", case.id or 0


def allowed_words(case: Case) -> Collection[str]:
    """The neutral word of the case is no name."""
    return {word for word in (word_of(case.key), case.key) if word}


def authors_of(session: Session, case: Case) -> frozenset[int]:
    """The case giver, and whoever has changed a text of the case since; as the log of acts has it. One statement."""
    statement = select(AuditEntry.person_id).where(
        col(AuditEntry.object_type) == "case",
        col(AuditEntry.object_key) == case.key,
        col(AuditEntry.action).in_(WRITING),
    )
    found = {person_id for person_id in session.exec(statement.distinct()) if person_id}
    return frozenset(found | ({case.case_giver_id} if case.case_giver_id else set()))


def case_hits(session: Session, case: Case, texts: Collection[CaseText]) -> list[OpenHit]:
    """What stands out in the texts, with the decisions of others than their authors. Four statements."""
    authors = authors_of(session, case)
    given: Mapping[str, str] = {each.field: each.text for each in texts}
    return open_hits(session, subject_of(case), given, names_for(session), authors, allowed_words(case))
