"""Findings with the gap that they point at, chosen by a search in the catalogue; and the open questions."""

from typing import Any

from flask import Response, request, url_for
from sqlmodel import Session, col, select
from werkzeug.wrappers import Response as AnyResponse

from app.core.errors import ChangedMeanwhile, DomainError, InvalidInput
from app.core.forms import visible
from app.core.i18n import _
from app.core.web import house, page, perform_once, reading, requires, signed_in
from knowledge.cases import actions_findings, policy, queries, wording
from knowledge.cases.access import FoundCase
from knowledge.cases.actions_findings import mark_of_finding, questions_of
from knowledge.cases.blueprint import blueprint
from knowledge.cases.drafts import mark_of
from knowledge.cases.editing import owned
from knowledge.cases.forms import FindingForm, QuestionsForm, finding_values
from knowledge.cases.models import Finding, Station, StationAgency
from knowledge.cases.states import FindingKind
from knowledge.cases.wizard import case_by_key, conflict, step_page
from knowledge.gaps.models import Gap
from knowledge.gaps.nearest import nearest
from knowledge.gaps.states import GapFacetName
from knowledge.gaps.visibility import readable_gaps

LONGEST_QUESTION = 2000


@blueprint.get("/faelle/<key>/befunde")
@requires(policy.may_edit_case, load=case_by_key)
def findings(found: FoundCase, key: str) -> Response:
    """What each station shows, and the open questions."""
    del key
    written = questions_of(reading(), found.id)
    return _list_page(QuestionsForm(questions="\n".join(written), shown=mark_of(written)), found)


@blueprint.post("/faelle/<key>/fragen")
@requires(policy.may_edit_case, load=case_by_key)
def change_questions(found: FoundCase, key: str) -> AnyResponse:
    """Save the open questions."""
    form = QuestionsForm()
    if not form.validate_on_submit():
        return _list_page(form, found, status=422)
    given = form.lines(), form.shown.data or ""
    try:
        return perform_once(
            actions_findings.write_questions,
            found.id,
            *given,
            then=lambda _none: url_for("cases.findings", key=key, _anchor="fragen"),
        )
    except ChangedMeanwhile as error:
        now = questions_of(reading(), found.id)
        return _list_page(form, found, **conflict(form, {"questions": "\n".join(now)}, error, mark_of(now)))
    except InvalidInput as error:
        form.questions.errors = [error.message]
        return _list_page(form, found, status=error.status)


def _list_page(form: QuestionsForm, found: FoundCase, status: int = 200, **more: Any) -> Response:
    return step_page(
        "cases/findings.html",
        found,
        "befunde",
        status=status,
        form=form,
        sheet=queries.sheet(reading(), signed_in(), found),
        month=wording.month_words,
        word=wording.assessment_word,
        symbols=wording.SYMBOLS,
        **more,
    )


@blueprint.get("/faelle/<key>/befunde/neu")
@requires(policy.may_edit_case, load=case_by_key)
def new_finding(found: FoundCase, key: str) -> Response:
    """An empty finding; `?station=` says at which station."""
    del key
    wanted = request.args.get("station", "")[:9]
    return _form_page(_form(found, station=wanted, kind=FindingKind.SUPPORTS.value, gap=""), found)


@blueprint.post("/faelle/<key>/befunde")
@requires(policy.may_edit_case, load=case_by_key)
def add_finding(found: FoundCase, key: str) -> AnyResponse:
    """Add one."""
    form = _form(found)
    if not form.validate_on_submit():
        return _form_page(form, found, status=422)
    given = int(form.station.data), form.text.data or "", *_link(form)
    try:
        return perform_once(actions_findings.add_finding, *given, then=lambda _row: _back(key))
    except DomainError as error:
        form.text.errors = [error.message]
        return _form_page(form, found, status=error.status)


@blueprint.get("/faelle/<key>/befunde/<int:finding_id>")
@requires(policy.may_edit_case, load=case_by_key)
def finding(found: FoundCase, key: str, finding_id: int) -> Response:
    """A finding as it is written."""
    del key
    row = _finding(found, finding_id)
    return _form_page(_form(found, row, **finding_values(row)), found, row)


@blueprint.post("/faelle/<key>/befunde/<int:finding_id>")
@requires(policy.may_edit_case, load=case_by_key)
def change_finding(found: FoundCase, key: str, finding_id: int) -> AnyResponse:
    """Save; if somebody else saved meanwhile, both texts are shown and nothing is overwritten."""
    row = _finding(found, finding_id)
    form = _form(found, row)
    if not form.validate_on_submit():
        return _form_page(form, found, row, status=422)
    given = form.text.data or "", *_link(form), form.shown.data or ""
    try:
        return perform_once(actions_findings.change_finding, finding_id, *given, then=lambda _row: _back(key))
    except ChangedMeanwhile as error:
        return _form_page(form, found, row, **conflict(form, finding_values(row), error, mark_of_finding(row)))
    except DomainError as error:
        form.text.errors = [error.message]
        return _form_page(form, found, row, status=error.status)


@blueprint.post("/faelle/<key>/befunde/<int:finding_id>/entfernen")
@requires(policy.may_edit_case, load=case_by_key)
def remove_finding(found: FoundCase, key: str, finding_id: int) -> AnyResponse:
    """Take it out."""
    _finding(found, finding_id)
    return perform_once(actions_findings.remove_finding, finding_id, then=lambda _case_id: _back(key))


@blueprint.post("/faelle/<key>/befunde/fehlstellen")
@requires(policy.may_edit_case, load=case_by_key)
def nearest_gaps(found: FoundCase, key: str) -> Response:
    """The gaps that are near to what is being typed: a fragment, or the form again; nothing is kept of the text."""
    del key
    typed = request.form.get("finding", "")
    row = _finding(found, int(typed)) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else None
    return _form_page(_form(found, row), found, row, fragment="cases/_gap_choice.html")


def _back(key: str) -> str:
    return url_for("cases.findings", key=key)


def _link(form: FindingForm) -> tuple[int | None, FindingKind]:
    kind = FindingKind(form.kind.data) if form.kind.data in set(FindingKind) else FindingKind.SUPPORTS
    return (int(form.gap.data) if form.gap.data else None), kind


def _finding(found: FoundCase, finding_id: int) -> Finding:
    statement = select(Finding, Station).join(Station, col(Station.id) == col(Finding.station_id))
    pair = reading().exec(statement.where(col(Finding.id) == finding_id)).first()
    row, station = pair or (None, None)
    owned(station, found.id)
    return row  # type: ignore[return-value]


def _form(found: FoundCase, row: Finding | None = None, /, **values: Any) -> FindingForm:
    """The form with the stations of the case, the gap that is chosen, and those that are near."""
    stations = (
        reading()
        .exec(
            select(Station).where(col(Station.case_id) == found.id).order_by(col(Station.month), col(Station.position))
        )
        .all()
    )
    form = FindingForm.over([(each.id or 0, f"{each.key} · {each.title}") for each in stations], [], **values)
    form.kind.data = form.kind.data or FindingKind.SUPPORTS.value
    form.gap.data = form.gap.data or ""
    chosen = next((each for each in stations if str(each.id) == form.station.data), None)
    form.gap.choices = [("", _("noch keine")), *_gaps(reading(), form, row, chosen)]
    return form


def _gaps(session: Session, form: FindingForm, row: Finding | None, station: Station | None) -> list[tuple[str, str]]:
    """The gap that is chosen already, one that is named by its key, and the five nearest that the reader may read."""
    words = visible(form.words.data or "").strip()
    text = (words or visible(form.text.data or "").strip())[:LONGEST_QUESTION]
    found = nearest(session, signed_in(), house().search, text, _codes_of(session, station))
    wanted = {typed for typed in (form.gap.data, str(row.gap_id or "") if row else "") if typed and typed.isdecimal()}
    named = (col(Gap.id).in_([int(each) for each in wanted if len(each) < 10])) | (col(Gap.key) == words.upper())
    own = session.exec(select(Gap).where(named, readable_gaps(signed_in()))).all()
    choices = {str(gap.id): f"{gap.key} {gap.title}" for gap in (*own, *(near.gap for near in found))}
    if row is not None and row.gap_id is not None and str(row.gap_id) not in choices:
        choices[str(row.gap_id)] = _("verknüpft, für Sie nicht lesbar")
    return list(choices.items())


def _codes_of(session: Session, station: Station | None) -> dict[GapFacetName, list[str]]:
    if station is None:
        return {}
    agencies = session.exec(select(StationAgency.agency_type).where(col(StationAgency.station_id) == station.id)).all()
    return {
        GapFacetName.TRANSITION: [station.transition] if station.transition else [],
        GapFacetName.INTERFACE: list(agencies),
    }


def _form_page(
    form: FindingForm,
    found: FoundCase,
    row: Finding | None = None,
    status: int = 200,
    fragment: str | None = None,
    **more: Any,
) -> Response:
    if fragment is not None and request.headers.get("HX-Request"):
        return page(fragment, form=form)
    return step_page("cases/finding_form.html", found, "befunde", status=status, form=form, finding=row, **more)
