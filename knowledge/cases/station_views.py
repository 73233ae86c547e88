"""The stations of a draft: listed, added, changed, taken out and put back, moved within their month."""

from typing import Any

from flask import Response, request, url_for
from sqlmodel import Session, col, select
from werkzeug.wrappers import Response as AnyResponse

from app.core.errors import ChangedMeanwhile, DomainError, InvalidInput, NotFound
from app.core.i18n import _
from app.core.web import perform_once, reading, requires, signed_in
from knowledge.cases import actions_stations, policy, queries, wording
from knowledge.cases.access import FoundCase
from knowledge.cases.actions_stations import BeyondSpan, draft_of
from knowledge.cases.blueprint import blueprint
from knowledge.cases.editing import owned
from knowledge.cases.forms import StationForm, station_values
from knowledge.cases.models import RemovedStation, Station
from knowledge.cases.picture import picture_of
from knowledge.cases.wizard import case_by_key, conflict, step_page


@blueprint.get("/faelle/<key>/stationen")
@requires(policy.may_edit_case, load=case_by_key)
def stations(found: FoundCase, key: str) -> Response:
    """The timeline as picture and list, with a button for everything that can be done to a station."""
    del key
    sheet = queries.sheet(reading(), signed_in(), found)
    months = [row.station.month for row in sheet.stations]
    return step_page(
        "cases/stations.html",
        found,
        "stationen",
        sheet=sheet,
        timeline=picture_of(sheet),
        first_of_month=[place == 0 or months[place - 1] != month for place, month in enumerate(months)],
        last_of_month=[place == len(months) - 1 or months[place + 1] != month for place, month in enumerate(months)],
        removed=_removed(reading(), found, request.args.get("entfernt", "")),
        month=wording.month_words,
        word=wording.assessment_word,
        symbols=wording.SYMBOLS,
        days_without=wording.days_without,
    )


def _removed(session: Session, found: FoundCase, typed: str) -> RemovedStation | None:
    """The station that was just taken out, while it can be put back."""
    if not (typed.isascii() and typed.isdecimal() and len(typed) < 10):
        return None
    statement = select(RemovedStation).where(col(RemovedStation.id) == int(typed))
    return session.exec(statement.where(col(RemovedStation.case_id) == found.id)).first()


@blueprint.get("/faelle/<key>/stationen/neu")
@requires(policy.may_edit_case, load=case_by_key)
def new_station(found: FoundCase, key: str) -> Response:
    """An empty station."""
    del key
    return _form_page(StationForm.over(), found)


@blueprint.post("/faelle/<key>/stationen")
@requires(policy.may_edit_case, load=case_by_key)
def add_station(found: FoundCase, key: str) -> AnyResponse:
    """Add one."""
    del key
    form = StationForm.over()
    if not form.validate_on_submit():
        return _form_page(form, found, status=422)
    try:
        return perform_once(actions_stations.add_station, found.id, form.draft(), then=lambda row: _at(found, row))
    except BeyondSpan as error:
        form.extends.errors = [error.message]
        return _form_page(form, found, status=error.status)
    except DomainError as error:
        form.title.errors = [error.message]
        return _form_page(form, found, status=error.status)


def _at(found: FoundCase, station: Station) -> str:
    return url_for("cases.stations", key=found.case.key, _anchor=f"station-{station.key}")


@blueprint.get("/faelle/<key>/stationen/<int:station_id>")
@requires(policy.may_edit_case, load=case_by_key)
def station(found: FoundCase, key: str, station_id: int) -> Response:
    """A station as it is written."""
    del key
    row = _station(found, station_id)
    return _form_page(StationForm.over(**station_values(draft_of(reading(), row))), found, row)


@blueprint.post("/faelle/<key>/stationen/<int:station_id>")
@requires(policy.may_edit_case, load=case_by_key)
def change_station(found: FoundCase, key: str, station_id: int) -> AnyResponse:
    """Save; if somebody else saved meanwhile, both texts are shown and nothing is overwritten."""
    del key
    row = _station(found, station_id)
    form = StationForm.over()
    if not form.validate_on_submit():
        return _form_page(form, found, row, status=422)
    given = form.draft(), form.shown.data or ""
    try:
        return perform_once(actions_stations.change_station, station_id, *given, then=lambda row: _at(found, row))
    except ChangedMeanwhile as error:
        now = draft_of(reading(), row)
        return _form_page(form, found, row, **conflict(form, station_values(now), error, now.mark))
    except BeyondSpan as error:
        form.extends.errors = [error.message]
        return _form_page(form, found, row, status=error.status)
    except InvalidInput as error:
        form.title.errors = [error.message]
        return _form_page(form, found, row, status=error.status)


@blueprint.post("/faelle/<key>/stationen/<int:station_id>/entfernen")
@requires(policy.may_edit_case, load=case_by_key)
def remove_station(found: FoundCase, key: str, station_id: int) -> AnyResponse:
    """Take it out; the page that follows offers to put it back."""
    _station(found, station_id)
    return perform_once(
        actions_stations.remove_station,
        station_id,
        then=lambda removed: url_for("cases.stations", key=key, entfernt=removed.id),
    )


@blueprint.post("/faelle/<key>/stationen/zurueckholen")
@requires(policy.may_edit_case, load=case_by_key)
def put_back_station(found: FoundCase, key: str) -> AnyResponse:
    """Put it back."""
    del key
    removed = _removed(reading(), found, request.form.get("entfernt", ""))
    if removed is None:
        raise NotFound(_("Diese Station lässt sich nicht mehr zurückholen."))
    return perform_once(actions_stations.put_back, removed.id or 0, then=lambda row: _at(found, row))


@blueprint.post("/faelle/<key>/stationen/<int:station_id>/verschieben")
@requires(policy.may_edit_case, load=case_by_key)
def move_station(found: FoundCase, key: str, station_id: int) -> AnyResponse:
    """One place up or down within its month."""
    del key
    _station(found, station_id)
    up = request.form.get("richtung") == "hoch"
    return perform_once(actions_stations.move_station, station_id, up, then=lambda row: _at(found, row))


def _station(found: FoundCase, station_id: int) -> Station:
    row: Station = owned(reading().exec(select(Station).where(col(Station.id) == station_id)).first(), found.id)
    return row


def _form_page(
    form: StationForm, found: FoundCase, row: Station | None = None, status: int = 200, **more: Any
) -> Response:
    return step_page("cases/station_form.html", found, "stationen", status=status, form=form, station=row, **more)
