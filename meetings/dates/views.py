"""Finding a date as pages: propose, answer in the grid, pick, drop."""

from dataclasses import dataclass

from flask import Blueprint, Response, flash, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response as AnyResponse

from app.core.errors import InvalidInput
from app.core.forms import ConfirmForm
from app.core.i18n import _
from app.core.web import page, perform_once, reading, requires, signed_in
from meetings.bodies.queries import FoundBody, body_by_key
from meetings.dates import actions, policy, queries, wording
from meetings.dates.forms import ProposalForm, answer_form, answered
from meetings.dates.queries import FoundPoll

blueprint = Blueprint("dates", __name__, template_folder="templates")

for name, words in wording.FILTERS.items():
    blueprint.add_app_template_filter(words, name)


@dataclass(frozen=True)
class BodyToMeet(policy.DatePollAccess):
    """A body for which a date may be sought."""

    body: FoundBody


def _body(session: Session, key: str) -> BodyToMeet | None:
    found = body_by_key(session, key)
    return BodyToMeet(found) if found else None


@blueprint.get("/gremien/<key>/termin-finden")
@requires(policy.may_steer_poll, load=_body)
def new(found: BodyToMeet, key: str) -> Response:
    """An empty search."""
    del key
    return _proposal_page(found, ProposalForm())


def _proposal_page(found: BodyToMeet, form: ProposalForm, problem: str = "", status: int = 200) -> Response:
    return page("dates/propose.html", status=status, body=found.body.body, form=form, problem=problem)


@blueprint.post("/gremien/<key>/termin-finden")
@requires(policy.may_steer_poll, load=_body)
def propose(found: BodyToMeet, key: str) -> AnyResponse:
    """Ask the members."""
    form = ProposalForm()
    if not form.validate_on_submit():
        return _proposal_page(found, form, status=422)
    try:
        return perform_once(
            actions.propose, key, form.draft(), then=lambda poll: url_for("dates.show", poll_id=poll.id)
        )
    except InvalidInput as error:
        return _proposal_page(found, form, error.message, error.status)


@blueprint.get("/terminumfragen/<int(max=2147483647):poll_id>")
@requires(policy.may_read_poll, load=queries.poll_by_id)
def show(found: FoundPoll, poll_id: int) -> Response:
    """The grid, with one's own answers to fill in."""
    del poll_id
    return _poll_page(found)


def _poll_page(found: FoundPoll, status: int = 200) -> Response:
    grid = queries.grid_of(reading(), signed_in(), found)
    labels = [wording.option_words(each) for each in grid.options]
    return page(
        "dates/show.html",
        status=status,
        grid=grid,
        form=answer_form(grid.options, labels, grid.own),
        confirm=ConfirmForm(formdata=None),
        answers=grid.is_open and bool(policy.may_answer_poll(signed_in(), found)),
        steers=bool(policy.may_steer_poll(signed_in(), found)),
    )


@blueprint.post("/terminumfragen/<int(max=2147483647):poll_id>")
@requires(policy.may_answer_poll, load=queries.poll_by_id)
def answer(found: FoundPoll, poll_id: int) -> AnyResponse:
    """Keep what was said."""
    options = queries.options_of(reading(), poll_id)
    form = answer_form(options, [""] * len(options), {})
    if not form.validate_on_submit():
        return _poll_page(found, 422)
    response = perform_once(
        actions.answer, poll_id, answered(form, options), then=lambda _poll: url_for("dates.show", poll_id=poll_id)
    )
    flash(_("Ihre Antwort ist festgehalten. Sie können sie ändern, bis ein Termin gewählt ist."), "success")
    return response


def _with_option(session: Session, poll_id: int, option_id: int) -> FoundPoll | None:
    """The search; whether the option is one of its own, the action asks."""
    del option_id
    return queries.poll_by_id(session, poll_id)


@blueprint.post("/terminumfragen/<int(max=2147483647):poll_id>/termin/<int(max=2147483647):option_id>")
@requires(policy.may_steer_poll, load=_with_option)
def pick(found: FoundPoll, poll_id: int, option_id: int) -> AnyResponse:
    """Take one of the days."""
    del found
    return perform_once(
        actions.pick, poll_id, option_id, then=lambda meeting: url_for("meetings.show", key=meeting.key)
    )


@blueprint.post("/terminumfragen/<int(max=2147483647):poll_id>/beenden")
@requires(policy.may_steer_poll, load=queries.poll_by_id)
def drop(found: FoundPoll, poll_id: int) -> AnyResponse:
    """End the search without a date."""
    del found
    return perform_once(actions.drop, poll_id, then=lambda _poll: url_for("dates.show", poll_id=poll_id))
