"""What all pages of the wizard share: the case by its key, the five steps, and the page of two editors."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Response, url_for
from sqlmodel import Session, col, func, select

from app.core import clock
from app.core.errors import ChangedMeanwhile
from app.core.i18n import _
from app.core.web import page, perform, reading
from knowledge.cases import access, actions
from knowledge.cases.access import FoundCase
from knowledge.cases.actions_frame import consent_by_case
from knowledge.cases.models import Finding, Station

STEPS = ("rahmen", "stationen", "befunde", "einwilligung", "pruefung")


@dataclass(frozen=True)
class Progress:
    """Which steps have something in them."""

    frame: bool
    stations: int
    findings: int
    consent: bool
    submitted: bool


def case_by_key(session: Session, key: str, **_address: Any) -> FoundCase | None:
    """The case as it may be read today; other parts of the address do not matter here."""
    return access.case_by_key(session, key, clock.today())


def progress_of(session: Session, found: FoundCase) -> Progress:
    """How far the wizard is. Three statements."""
    stations = session.exec(select(func.count(col(Station.id))).where(col(Station.case_id) == found.id)).one()
    findings = session.exec(
        select(func.count(col(Finding.id)))
        .join(Station, col(Station.id) == col(Finding.station_id))
        .where(col(Station.case_id) == found.id)
    ).one()
    return Progress(
        bool(found.case.household), stations, findings, consent_by_case(session, found.id) is not None, found.submitted
    )


def steps_of(found: FoundCase | None, current: str) -> list[dict[str, Any]]:
    """The five steps for `ui.steps`; those of a case that exists are links."""
    words = {
        "rahmen": _("Rahmen"),
        "stationen": _("Stationen"),
        "befunde": _("Befunde"),
        "einwilligung": _("Einwilligung"),
        "pruefung": _("Prüfung"),
    }
    if found is None:
        return [{"label": words[step], "state": "current" if step == current else "todo"} for step in STEPS]
    done = progress_of(reading(), found)
    filled = dict(zip(STEPS, (done.frame, done.stations, done.findings, done.consent, done.submitted), strict=True))
    return [
        {
            "label": words[step],
            "state": "current" if step == current else "done" if filled[step] else "todo",
            "url": url_for(f"cases.{ENDPOINTS[step]}", key=found.case.key),
        }
        for step in STEPS
    ]


ENDPOINTS = {
    "rahmen": "frame",
    "stationen": "stations",
    "befunde": "findings",
    "einwilligung": "consent",
    "pruefung": "review",
}


def step_page(template: str, found: FoundCase | None, current: str, *, status: int = 200, **context: Any) -> Response:
    """A page of the wizard. That a case's page was opened is written down."""
    if found is not None:
        perform(actions.note_reading, found.id)
    return page(
        template,
        status=status,
        case=found.case if found else None,
        steps=steps_of(found, current),
        **context,
    )


def conflict(form: Any, saved: Mapping[str, Any], error: ChangedMeanwhile, mark: str) -> dict[str, Any]:
    """What a form page says when somebody else saved meanwhile; sending the form again is then a decision."""
    differing = [
        (form[name].label.text, _words(form[name], value))
        for name, value in saved.items()
        if name in form and name != "shown" and _plain(form[name].data) != _plain(value)
    ]
    form.shown.data = mark
    return {"status": error.status, "conflict": error.message, "differing": differing}


def _plain(value: Any) -> Any:
    """A field's value so that nothing, an empty text and an empty list are the same."""
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value or ""


def _words(field: Any, value: Any) -> str:
    """A saved value as people read it: choices by their labels."""
    labels = dict(field.choices) if getattr(field, "choices", None) else {}
    values = value if isinstance(value, list) else [value]
    return ", ".join(str(labels.get(each, each)) for each in values if each not in (None, ""))
