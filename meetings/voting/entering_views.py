"""Pages of polls beside ballot and result: the office's entries, who votes how in an open vote, declaring void."""

import json
from collections.abc import Callable

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core.errors import InvalidInput
from app.core.forms import BaseForm
from app.core.permissions import Actor, Verdict
from app.core.web import page, perform_once, reading, requires, signed_in
from meetings.voting import entering, policy, queries
from meetings.voting.ballot_forms import ballot_form_of
from meetings.voting.entering_forms import Grid, PaperVotesForm, VoidForm
from meetings.voting.poll_pages import other_page
from meetings.voting.queries import FoundPoll
from meetings.voting.states import PollMode

blueprint = Blueprint("polls", __name__, template_folder="templates")
POLL = "/abstimmungen/<int(max=2147483647):poll_id>"


def may_void(actor: Actor, found: FoundPoll) -> Verdict:
    """The policy over a loaded poll."""
    return policy.may_void_poll(actor, found.meeting)


@blueprint.route(f"{POLL}/eintragen", methods=["GET", "POST"])
@requires(policy.may_enter_votes, load=queries.poll_by_id)
def enter(found: FoundPoll, poll_id: int) -> Response | AnyResponse:
    """The grid of seats, or what lay in the box."""
    del poll_id
    return _enter_paper(found) if found.mode == PollMode.PAPER else _enter_seats(found)


def _enter_seats(found: FoundPoll) -> Response | AnyResponse:
    grid = Grid(reading(), found)
    if request.method == "POST" and grid.form.validate_on_submit():
        try:
            return perform_once(entering.enter_votes, found.id, grid.answers(), then=_to_poll(found))
        except InvalidInput as error:
            grid.form.form_errors.append(error.message)
    status = 422 if request.method == "POST" else 200
    return page("voting/enter.html", status=status, found=found, form=grid.form, seats=grid.rows())


def _enter_paper(found: FoundPoll) -> Response | AnyResponse:
    typed = json.loads(found.poll.papers or "[]")
    votes = found.ruled.is_resolution
    before = {row["answer"]: row["count"] for row in typed} if votes else {}
    form: BaseForm = PaperVotesForm(**before) if votes else ballot_form_of(found.ruled)
    if request.method == "POST" and form.validate_on_submit():
        counts = form.counts() if isinstance(form, PaperVotesForm) else [(form.answer(), 1)]
        try:
            add, here = not votes, url_for("polls.enter", poll_id=found.id)
            then = _to_poll(found) if votes else lambda _poll: here
            return perform_once(entering.enter_paper, found.id, counts, add=add, then=then)
        except InvalidInput as error:
            form.form_errors.append(error.message)
    status = 422 if request.method == "POST" else 200
    number = sum(row["count"] for row in typed)
    return page("voting/enter.html", status=status, found=found, form=form, typed=number)


def _to_poll(found: FoundPoll) -> Callable[[object], str]:
    return lambda _poll: url_for("voting.show", poll_id=found.id)


@blueprint.post(f"{POLL}/eintragen/zuruecknehmen")
@requires(policy.may_enter_votes, load=queries.poll_by_id)
def drop(found: FoundPoll, poll_id: int) -> AnyResponse:
    """Take back the paper that was typed last."""
    return perform_once(entering.drop_last_paper, found.id, then=lambda _poll: url_for("polls.enter", poll_id=poll_id))


@blueprint.get(f"{POLL}/stimmen")
@requires(policy.may_read_running, load=queries.poll_by_id)
def named(found: FoundPoll, poll_id: int) -> Response:
    """The live part of an open vote: who votes how."""
    del poll_id
    return page("voting/_named.html", view=other_page(reading(), signed_in(), found))


@blueprint.route(f"{POLL}/ungueltig", methods=["GET", "POST"])
@requires(may_void, load=queries.poll_by_id)
def void(found: FoundPoll, poll_id: int) -> Response | AnyResponse:
    """Why, then the poll is void."""
    form = VoidForm()
    if form.validate_on_submit():
        return perform_once(entering.void_poll, poll_id, form.reason.data, then=_to_poll(found))
    return page("voting/void.html", status=422 if request.method == "POST" else 200, found=found, form=form)
