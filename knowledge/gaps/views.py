"""The catalogue of gaps, one gap, and its next step."""

from typing import Any

from flask import Response, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock
from app.core.i18n import _, lazy
from app.core.lifecycle import RefusedMove
from app.core.web import house, page, perform_once, reading, requires, signed_in
from knowledge.cases.wording import station_caption
from knowledge.conversation.queries import beside
from knowledge.gaps import (
    actions,
    escalation_views,
    figures,
    lifeline,
    lineage,
    lineage_views,
    panel,
    places,
    policy,
    queries,
    text_views,
)
from knowledge.gaps.barred import mergeable
from knowledge.gaps.blueprint import blueprint
from knowledge.gaps.catalogue import catalogue, read_choice
from knowledge.gaps.facts import is_newer, missing_fields, next_steps
from knowledge.gaps.forms import MoveForm
from knowledge.gaps.lineage import Opened
from knowledge.gaps.models import Gap
from knowledge.gaps.rules import REOPENED
from knowledge.gaps.states import GapStatus, Polarity
from knowledge.gaps.visibility import reader
from knowledge.gaps.wording import refusal
from knowledge.search.documents import Kind
from knowledge.solutions.policy import may_edit_solution
from knowledge.solutions.suggestions import Suggestion, suggestions_for
from knowledge.taxonomy import lists
from knowledge.taxonomy.terms import code_labels, label
from knowledge.trace.queries import thread_of
from knowledge.trace.rules import NodeId
from knowledge.trace.wording import entries

__all__ = ["blueprint"]

MORE_VIEWS = (text_views, lineage_views, escalation_views)
"""Modules that hang further routes on the same blueprint."""

NEIGHBOURS = {"pictures.index": lazy("In Bildern")}
"""Pages of other rooms about the same gaps, by their endpoint; they are offered where that room is there."""


@blueprint.get("/fehlstellen")
@requires(policy.may_read_catalogue)
def index() -> Response:
    """One page of the catalogue; what is chosen stands in the address."""
    actor = signed_in()
    found = catalogue(reading(), actor, read_choice(request.args), g.tenant.min_cell)
    municipalities = panel.municipality_names(reading())
    return page(
        "gaps/index.html",
        found=found,
        in_coordination=bool(policy.may_read_evidence(actor)),
        may_edit=bool(policy.may_edit_gap(actor)),
        neighbours=_neighbours(found.choice.parameters()),
        kept=panel.kept_beside_words(found.choice),
        groups=panel.facet_groups(found, municipalities),
        chips=panel.chips(found.choice, municipalities),
        sorts=panel.sort_tabs(found.choice),
        page_url=lambda number: panel.address(found.choice, number),
    )


def _neighbours(parameters: dict[str, Any]) -> list[tuple[str, str]]:
    there = current_app.view_functions
    return [(str(words), url_for(name, **parameters)) for name, words in NEIGHBOURS.items() if name in there]


@blueprint.get("/fehlstellen/<key>")
@requires(lineage.may_open, load=lineage.opened_by_key)
def show(opened: Opened, key: str) -> Response | AnyResponse:
    """One gap; the address of a merged one leads for good to the gap that took it in, until they are separated."""
    original = "original" in request.args and policy.may_edit_gap(signed_in())
    if opened.target is not None and not original:
        return redirect(url_for("gaps.show", key=opened.target.key, von=key), code=301)
    return _gap_page(opened.gap, MoveForm(formdata=None))


@blueprint.post("/fehlstellen/<key>/schritt")
@requires(policy.may_change_gap, load=queries.gap_by_key)
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
        form.target.errors = [error.reason]
        return _gap_page(gap, form, 422)


def _gap_page(gap: Gap, form: MoveForm, status: int = 200) -> Response:
    actor, session = signed_in(), reading()
    eyes = reader(actor, g.tenant.min_cell)
    sheet = queries.sheet(session, actor, gap)
    sentence = figures.evidence_sentence(eyes, sheet.strength.cases, sheet.strength.organisations)
    thread = thread_of(session, actor, NodeId("gap", gap.id or 0))
    steps = next_steps(session, gap, actor.roles, clock.today()) if policy.may_move_gap(actor) else []
    lacking = missing_fields(session, gap) if steps else ()
    form.target.choices = [(target, label("gap_states", target)) for target, verdict in steps if verdict]
    return page(
        "gaps/show.html",
        status=status,
        sheet=sheet,
        gap=gap,
        form=form,
        may_move=bool(policy.may_move_gap(actor)),
        barred=[
            (label("gap_states", target), refusal(verdict.reason, lacking)) for target, verdict in steps if not verdict
        ],
        steps=[{"label": label("gap_states", key), "state": state} for key, state in lifeline.steps(gap.status.value)],
        anchors={name: _(lists.entry(name, step).anchor) for name, step in _scales(gap)},
        caption=station_caption,
        sentence=sentence,
        in_coordination=eyes.in_coordination,
        supporting=_evidence(gap, Polarity.FOR),
        opposing=_evidence(gap, Polarity.AGAINST),
        reopens=eyes.in_coordination and gap.status in REOPENED and is_newer(sheet.strength, sheet.since),
        counter_sentence=figures.counter_sentence(eyes, sheet.against),
        municipalities=places.shown_municipalities(eyes, sheet.strength.cases, sheet.municipalities),
        groups=places.shown_groups(
            eyes, sheet.strength.cases, code_labels(sheet.codes("affected_group"), "affected_groups")
        ),
        suggested=_suggested(sheet),
        may_write_solution=bool(may_edit_solution(actor)),
        relations=lineage.relations(session, actor, gap),
        merged=gap.status == GapStatus.MERGED,
        mergeable=mergeable(gap.status),
        came_from=request.args.get("von", ""),
        sources=[*entries(thread.sources), *figures.concealed_sources(eyes, sentence)],
        consequences=entries(thread.consequences),
        beside=beside(session, actor, "gap", gap.id or 0),
    )


def _suggested(sheet: queries.GapSheet) -> list[Suggestion]:
    """What was tried elsewhere and may help here too."""
    alike = house().search.similar(signed_in(), like=(Kind.GAP, sheet.gap.key), kinds=[Kind.SOLUTION])
    linked = [solution.id or 0 for solution in sheet.solutions]
    return suggestions_for(reading(), signed_in(), sheet.facets, alike=alike, linked=linked)


def _scales(gap: Gap) -> tuple[tuple[str, int], ...]:
    return ("severity", gap.severity), ("frequency", gap.frequency)


def _evidence(gap: Gap, polarity: Polarity) -> tuple[queries.EvidenceLine, ...]:
    if not policy.may_read_evidence(signed_in()):
        return ()
    return queries.evidence_lines(reading(), gap.id or 0, polarity)
