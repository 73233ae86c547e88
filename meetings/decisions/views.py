"""Decisions as pages: recording one, the register, one decision with its thread."""

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock
from app.core.errors import InvalidInput
from app.core.web import house, page, perform_once, reading, requires, signed_in
from knowledge.conversation.queries import beside
from knowledge.trace.queries import thread_of
from knowledge.trace.rules import NodeId
from knowledge.trace.wording import entries
from meetings.agenda.queries import FoundItem, item_by_number
from meetings.bodies.policy import may_read_bodies
from meetings.bodies.queries import all_bodies
from meetings.decisions import actions, pages, policy, queries
from meetings.decisions.forms import RecordForm
from meetings.decisions.queries import FoundDecision, Search
from meetings.register.policy import may_note_replacement
from meetings.register.wording import citation

blueprint = Blueprint("decisions", __name__, template_folder="templates")


@blueprint.route("/sitzungen/<key>/top/<number>/beschluss", methods=["GET", "POST"])
@requires(policy.may_record_decision, load=item_by_number)
def record(item: FoundItem, key: str, number: str) -> Response | AnyResponse:
    """Record what the body decided on an item."""
    sheet = pages.record_sheet(reading(), item, clock.now())
    form = RecordForm.over(sheet.proposal, sheet.groups)
    if request.method == "GET" or not form.validate_on_submit():
        return _record_page(sheet, form, 200 if request.method == "GET" else 422)
    try:
        return perform_once(
            actions.record_decision,
            key,
            number,
            form.draft(sheet.proposal.kind),
            then=lambda decision: url_for("decisions.show", key=decision.key),
        )
    except InvalidInput as error:
        form.form_errors.append(error.message)
        return _record_page(sheet, form, error.status)


def _record_page(sheet: pages.RecordSheet, form: RecordForm, status: int) -> Response:
    return page("decisions/record.html", status=status, sheet=sheet, form=form)


@blueprint.get("/beschluesse")
@requires(may_read_bodies)
def index() -> Response:
    """The register: what was decided, by year, kind and body."""
    session, search = reading(), Search.of(request.args)
    return page(
        "decisions/index.html",
        register=queries.register(session, signed_in(), search),
        years=queries.years(session),
        bodies=all_bodies(session),
        kinds=queries.KINDS,
        organisations=pages.obliged_organisations(session),
        page_url=lambda number: url_for("decisions.index", **{**search.parameters, "seite": number}),
    )


def _lasting_address(found: FoundDecision) -> str:
    """The address under which the decision is cited; it stays as long as the house does."""
    base = house().settings.public_url or request.host_url.rstrip("/")
    return base + url_for("decisions.show", key=found.decision.key)


@blueprint.get("/beschluesse/<key>")
@requires(policy.may_read_decision, load=queries.decision_by_key)
def show(found: FoundDecision, key: str) -> Response:
    """One decision: its text, its count, what it is about, and where it stands in the thread."""
    del key
    session, actor = reading(), signed_in()
    thread = thread_of(session, actor, NodeId("decision", found.id))
    return page(
        "decisions/show.html",
        view=pages.decision_page(session, actor, found),
        citation=citation(found),
        address=_lasting_address(found),
        may_replace=bool(may_note_replacement(actor, found)),
        sources=entries(thread.sources),
        consequences=entries(thread.consequences),
        beside=beside(session, actor, "decision", found.id),
    )
