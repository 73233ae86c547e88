"""Circulars as pages: those of a body, sending one, its page with the answer, counting, withdrawing."""

from collections.abc import Callable

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock
from app.core.errors import InvalidInput
from app.core.forms import BaseForm, ConfirmForm
from app.core.i18n import _
from app.core.permissions import Actor, Verdict
from app.core.web import page, perform_once, reading, requires, signed_in
from meetings.bodies.queries import FoundBody, body_by_key, rules_of
from meetings.circular import actions, policy, queries, rules
from meetings.circular.forms import AnswerForm, SendForm, WithdrawForm
from meetings.circular.queries import FoundCircular, circular_by_key
from meetings.circular.states import Voice
from meetings.circular.wording import result_words, state_words, voice_words
from meetings.voting.poll_result import result_of_file
from meetings.voting.poll_words import rule_sentences

blueprint = Blueprint("circulars", __name__, template_folder="templates")


@blueprint.context_processor
def words() -> dict[str, object]:
    """The words that the templates of this room use."""
    return {"circular_state": state_words, "circular_result": result_words, "voice_words": voice_words}


@blueprint.get("/gremien/<key>/umlauf")
@requires(policy.may_read_circulars, load=body_by_key)
def index(body: FoundBody, key: str) -> Response:
    """The circulars of a body."""
    del key
    found = queries.circulars_of(reading(), body.body_id)
    sends = bool(policy.may_send_circular(signed_in(), body))
    return page("circular/index.html", body=body.body, circulars=found, sends=sends)


@blueprint.route("/gremien/<key>/umlauf/neu", methods=["GET", "POST"])
@requires(policy.may_send_circular, load=body_by_key)
def send(body: FoundBody, key: str) -> Response | AnyResponse:
    """The motion before it is sent, and the sending."""
    procedure = rules_of(reading(), [body.body])[body.body_id]
    verdict = rules.may_be_circular(str(procedure.circular_decision))
    form = SendForm.blank(procedure.decision)
    status = 200
    if request.method == "POST":
        status = 422
        if verdict and form.validate_on_submit():
            try:
                return perform_once(
                    actions.send_circular, key, form.draft(), then=lambda sent: url_for("circulars.show", key=sent.key)
                )
            except InvalidInput as error:
                form.form_errors.append(error.message)
    return page("circular/send.html", status=status, body=body.body, form=form, verdict=verdict, rules=procedure)


@blueprint.get("/umlauf/<key>")
@requires(policy.may_read_circular, load=circular_by_key)
def show(found: FoundCircular, key: str) -> Response:
    """The motion, who has answered, the form of the reader's seat, and after the end the result."""
    del key
    return _page(found, AnswerForm.blank())


def _page(found: FoundCircular, form: BaseForm, status: int = 200) -> Response:
    actor, count = signed_in(), found.count
    result = result_of_file(found.rule, count, found.row.file or "", {}) if count else None
    over, seat = clock.now() >= found.row.deadline, policy.seat_to_answer(actor, found)
    return page(
        "circular/show.html",
        status=status,
        found=found,
        form=form,
        result=result,
        over=over,
        sentences=rule_sentences(found.rule)[:1],
        answers=not over and bool(policy.may_answer(actor, found)),
        seat=seat,
        own=found.own_answer(seat.seat_id, actor.person_id) if seat else None,
        steers=bool(policy.may_steer_circular(actor, found)),
    )


@blueprint.post("/umlauf/<key>/antwort")
@requires(policy.may_read_circular, load=circular_by_key)
def answer(found: FoundCircular, key: str) -> Response | AnyResponse:
    """Take the answer of the reader's seat."""
    form = AnswerForm.blank()
    if not form.validate_on_submit():
        return _page(found, form, 422)
    try:
        return perform_once(
            actions.answer_circular, key, Voice(form.answer.data), form.reason.data or "", then=_to_page(key)
        )
    except InvalidInput as error:
        form.reason.errors = [error.message]
        return _page(found, form, 422)


def _to_page(key: str) -> Callable[[object], str]:
    return lambda _circular: url_for("circulars.show", key=key)


def may_steer(actor: Actor, found: FoundCircular) -> Verdict:
    """The policy over a loaded circular."""
    return policy.may_steer_circular(actor, found)


@blueprint.route("/umlauf/<key>/auszaehlen", methods=["GET", "POST"])
@requires(may_steer, load=circular_by_key)
def close(found: FoundCircular, key: str) -> Response | AnyResponse:
    """What counting means, then the count."""
    form = ConfirmForm()
    if form.validate_on_submit():
        return perform_once(actions.close_circular, key, then=_to_page(key))
    return page(
        "ui/confirm.html",
        title=_("Umlauf auszählen"),
        text=_("Mit der Auszählung liegt das Ergebnis fest, und alle im Gremium sehen es."),
        facts=[(_("Antrag"), found.row.title), (_("Ohne Antwort"), "; ".join(found.missing) or _("niemand"))],
        form=form,
        action_url=url_for("circulars.close", key=key),
        confirm_label=_("Jetzt auszählen"),
        back_url=url_for("circulars.show", key=key),
    )


@blueprint.route("/umlauf/<key>/zurueckziehen", methods=["GET", "POST"])
@requires(may_steer, load=circular_by_key)
def withdraw(found: FoundCircular, key: str) -> Response | AnyResponse:
    """Why, then the circular is taken back."""
    form = WithdrawForm()
    if form.validate_on_submit():
        return perform_once(actions.withdraw_circular, key, form.reason.data, then=_to_page(key))
    return page("circular/withdraw.html", status=422 if request.method == "POST" else 200, found=found, form=form)
