"""From a report to the first text of a gap: what the form begins with, and what it hands over."""

from app.people.states import Visibility
from knowledge.gaps.actions_text import GapText
from knowledge.gaps.states import GapFacetName, SolvableAt
from knowledge.reports.forms import NewGapForm
from knowledge.reports.models import Report
from knowledge.reports.queries import ReportSheet
from knowledge.reports.rules import SCALE
from knowledge.taxonomy import lists
from knowledge.taxonomy.terms import label


def prepared(form: NewGapForm, report: Report) -> NewGapForm:
    """The form with its choices; if it is new, with the report's text and a first guess at its frequency."""
    form.solvable_at.choices = [(key, label("solvable_at", key)) for key in lists.keys("solvable_at")]
    for field in (form.severity, form.frequency):
        field.choices = [(key, _anchored(field.name, key)) for key in lists.keys(field.name)]
    if not form.is_submitted():
        form.summary.data = report.happened
        form.frequency.data = str(SCALE[report.frequency.value])
    return form


def _anchored(scale: str, key: str) -> str:
    return f"{key} – {label(scale, key)}"


def text_of(form: NewGapForm, sheet: ReportSheet) -> GapText:
    """The gap as typed, with the codes and the place of the report, for the coordination alone."""
    return GapText(
        title=(form.title.data or "").strip(),
        summary=(form.summary.data or "").strip(),
        solvable_at=SolvableAt(form.solvable_at.data),
        severity=int(form.severity.data),
        frequency=int(form.frequency.data),
        visibility=Visibility.COORDINATION,
        codes={GapFacetName(name): keys for name, keys in sheet.codes.items()},
        municipalities=(sheet.report.municipality_id,) if sheet.report.municipality_id else (),
    )
