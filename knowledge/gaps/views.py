"""The catalogue of gaps, one gap, and its next step."""

from flask import Blueprint, Response, g, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock
from app.core.i18n import _
from app.core.lifecycle import RefusedMove
from app.core.web import go_to, page, perform_once, reading, requires, signed_in
from knowledge.cases.wording import station_caption
from knowledge.gaps import actions, figures, lifeline, panel, policy, queries
from knowledge.gaps.catalogue import catalogue, read_choice
from knowledge.gaps.facts import is_newer, next_steps
from knowledge.gaps.forms import MoveForm
from knowledge.gaps.models import Gap
from knowledge.gaps.states import GapStatus, Polarity
from knowledge.gaps.visibility import reader
from knowledge.taxonomy import lists
from knowledge.taxonomy.terms import label
from knowledge.trace.queries import thread_of
from knowledge.trace.rules import NodeId
from knowledge.trace.wording import entries

blueprint = Blueprint("gaps", __name__, template_folder="templates")


@blueprint.get("/fehlstellen")
@requires(policy.may_read_catalogue)
def index() -> Response:
    """One page of the catalogue; what is chosen stands in the address."""
    found = catalogue(reading(), signed_in(), read_choice(request.args))
    municipalities = panel.municipality_names(reading())
    return page(
        "gaps/index.html",
        found=found,
        in_coordination=bool(policy.may_read_evidence(signed_in())),
        groups=panel.facet_groups(found, municipalities),
        chips=panel.chips(found.choice, municipalities),
        sorts=panel.sort_tabs(found.choice),
        page_url=lambda number: panel.address(found.choice, number),
    )


@blueprint.get("/fehlstellen/<key>")
@requires(policy.may_read_gap, load=queries.gap_by_key)
def show(gap: Gap, key: str) -> Response | AnyResponse:
    """One gap; the address of a merged one leads to the gap that took it in."""
    target = queries.gap_by_id(reading(), gap.merged_into_id)
    if target is not None and policy.may_read_gap(signed_in(), target) and "original" not in request.args:
        return go_to(url_for("gaps.show", key=target.key, von=key))
    return _gap_page(gap, MoveForm(formdata=None))


@blueprint.post("/fehlstellen/<key>/schritt")
@requires(policy.may_read_gap, load=queries.gap_by_key)
def move(gap: Gap, key: str) -> Response | AnyResponse:
    """The next step, where no body decides it; a refused one comes back with what was typed."""
    form = MoveForm()
    if not form.validate_on_submit():
        return _gap_page(gap, form, 422)
    try:
        return perform_once(
            actions.move_gap,
            key,
            form.target.data,
            form.reason.data or "",
            then=lambda moved: url_for("gaps.show", key=moved.key),
        )
    except RefusedMove as error:
        form.target.errors = [_(error.reason)]
        return _gap_page(gap, form, 422)


def _gap_page(gap: Gap, form: MoveForm, status: int = 200) -> Response:
    actor, session = signed_in(), reading()
    eyes = reader(actor, g.tenant.min_cell)
    sheet = queries.sheet(session, actor, gap)
    sentence = figures.evidence_sentence(eyes, sheet.strength.cases, sheet.strength.organisations)
    thread = thread_of(session, actor, NodeId("gap", gap.id or 0))
    steps = next_steps(session, gap, actor.roles, clock.today()) if policy.may_move_gap(actor) else []
    form.target.choices = [(target, label("gap_states", target)) for target, verdict in steps if verdict]
    return page(
        "gaps/show.html",
        status=status,
        sheet=sheet,
        gap=gap,
        form=form,
        may_move=bool(policy.may_move_gap(actor)),
        barred=[(label("gap_states", target), _(verdict.reason)) for target, verdict in steps if not verdict],
        steps=[{"label": label("gap_states", key), "state": state} for key, state in lifeline.steps(gap.status.value)],
        anchors={name: _(lists.entry(name, step).anchor) for name, step in _scales(gap)},
        caption=station_caption,
        sentence=sentence,
        in_coordination=eyes.in_coordination,
        supporting=_evidence(gap, Polarity.FOR),
        opposing=_evidence(gap, Polarity.AGAINST),
        reopens=eyes.in_coordination and gap.status == GapStatus.RESOLVED and is_newer(sheet.strength, sheet.since),
        came_from=request.args.get("von", ""),
        sources=[*entries(thread.sources), *figures.concealed_sources(eyes, sentence)],
        consequences=entries(thread.consequences),
    )


def _scales(gap: Gap) -> tuple[tuple[str, int], ...]:
    return ("severity", gap.severity), ("frequency", gap.frequency)


def _evidence(gap: Gap, polarity: Polarity) -> tuple[queries.EvidenceLine, ...]:
    if not policy.may_read_evidence(signed_in()):
        return ()
    return queries.evidence_lines(reading(), gap.id or 0, polarity)
