"""Target agreements: the list, one agreement, and the consent of one's own organisation."""

from flask import Blueprint, Response, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core.errors import InvalidInput
from app.core.permissions import Actor, Verdict
from app.core.web import page, perform_once, reading, requires, signed_in
from knowledge.conversation.queries import beside
from knowledge.trace.queries import thread_of
from knowledge.trace.rules import NodeId
from knowledge.trace.wording import entries
from meetings.agreements import actions, policy, queries
from meetings.agreements.forms import ConsentForm
from meetings.agreements.queries import AgreementSheet

blueprint = Blueprint("agreements", __name__, template_folder="templates")


def may_list(actor: Actor) -> Verdict:
    """Everybody has a list; it holds what they may read."""
    return policy.may_list_agreements(actor)


def may_read(actor: Actor, sheet: AgreementSheet) -> Verdict:
    """The policy over a loaded sheet."""
    return policy.may_read_agreement(actor, sheet.access)


def may_answer(actor: Actor, sheet: AgreementSheet) -> Verdict:
    """The policy over a loaded sheet, for one's own organisation."""
    return policy.may_give_consent(actor, sheet.access, actor.organisation_id)


@blueprint.get("/vereinbarungen")
@requires(may_list)
def index() -> Response:
    """The agreements that the reader may see."""
    return page("agreements/index.html", lines=queries.readable(reading(), signed_in()))


@blueprint.get("/vereinbarungen/<key>")
@requires(may_read, load=queries.sheet_by_key)
def show(sheet: AgreementSheet, key: str) -> Response:
    """One agreement."""
    del key
    return _sheet_page(sheet, ConsentForm(formdata=None))


@blueprint.post("/vereinbarungen/<key>/zustimmung")
@requires(may_answer, load=queries.sheet_by_key)
def answer(sheet: AgreementSheet, key: str) -> Response | AnyResponse:
    """The answer of the reader's organisation."""
    form = ConsentForm()
    if not form.validate_on_submit():
        return _sheet_page(sheet, form, 422)
    try:
        return perform_once(
            actions.answer,
            key,
            form.answer.data,
            form.reservation.data or "",
            then=lambda _consent: url_for("agreements.show", key=key, _anchor="verpflichtungen"),
        )
    except InvalidInput as error:
        form.reservation.errors = [error.message]
        return _sheet_page(sheet, form, error.status)


def _sheet_page(sheet: AgreementSheet, form: ConsentForm, status: int = 200) -> Response:
    actor = signed_in()
    own = sheet.obligation_of(actor.organisation_id)
    thread = thread_of(reading(), actor, NodeId("agreement", sheet.agreement.id or 0))
    return page(
        "agreements/show.html",
        status=status,
        sheet=sheet,
        own=own if own and may_answer(actor, sheet) else None,
        form=form,
        sources=entries(thread.sources),
        consequences=entries(thread.consequences),
        beside=beside(reading(), actor, "agreement", sheet.agreement.id or 0),
    )
