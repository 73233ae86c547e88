"""Deciding about marked passages of stations that the round added, and putting their words right."""

from flask import Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core.errors import DomainError, InvalidInput
from app.core.web import page, perform_once, reading, requires, signed_in
from knowledge.aftermath import passage_actions, passages, queries
from knowledge.aftermath.blueprint import blueprint, may_review, review_page
from knowledge.aftermath.forms import StationWordsForm
from knowledge.aftermath.queries import FoundWorkshop
from knowledge.cases.actions_stations import draft_of
from knowledge.cases.models import Station
from knowledge.cases.passages import answers_in

_AT = "/workshops/<key>/nachbereitung"


@blueprint.post(f"{_AT}/stellen")
@requires(may_review, load=queries.workshop_by_key)
def decide_passages(found: FoundWorkshop, key: str) -> AnyResponse:
    """Save what somebody says about the passages."""
    workshop_id, given = found.workshop.id or 0, answers_in(request.form)
    try:
        return perform_once(
            passage_actions.decide,
            workshop_id,
            given,
            then=lambda _kept: url_for("aftermath.show", key=key, _anchor="stellen"),
        )
    except InvalidInput as error:
        return review_page(found, error.status, error.message)


@blueprint.get(f"{_AT}/stationen/<int:station_id>")
@requires(may_review, load=queries.workshop_by_key)
def station(found: FoundWorkshop, key: str, station_id: int) -> Response:
    """The words of an added station, to put right."""
    del key
    row = _station(found, station_id)
    values = {"title": row.title, "text": row.text, "helped": row.what_helped or ""}
    form = StationWordsForm(formdata=None, shown=draft_of(reading(), row).mark, **values)
    return _station_page(found, row, form)


@blueprint.post(f"{_AT}/stationen/<int:station_id>")
@requires(may_review, load=queries.workshop_by_key)
def reword(found: FoundWorkshop, key: str, station_id: int) -> AnyResponse:
    """Save them."""
    row, form = _station(found, station_id), StationWordsForm()
    if not form.validate_on_submit():
        return _station_page(found, row, form, status=422)
    words = (form.title.data or "", form.text.data or "", form.helped.data or "", form.shown.data or "")
    try:
        return perform_once(
            passage_actions.reword,
            found.workshop.id or 0,
            station_id,
            *words,
            then=lambda _row: url_for("aftermath.show", key=key, _anchor="stellen"),
        )
    except DomainError as error:
        form.form_errors.append(error.message)
        return _station_page(found, row, form, status=error.status)


def _station(found: FoundWorkshop, station_id: int) -> Station:
    session, workshop_id = reading(), found.workshop.id or 0
    readable = queries.readable_ids(session, signed_in(), workshop_id)
    return passages.added_station(session, workshop_id, readable, station_id)


def _station_page(found: FoundWorkshop, row: Station, form: StationWordsForm, status: int = 200) -> Response:
    return page("aftermath/station.html", status=status, workshop=found.workshop, station=row, form=form)
