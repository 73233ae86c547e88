"""The list of solutions, failed ones included, and one solution."""

from flask import Blueprint, Response, request, url_for

from app.core.i18n import _
from app.core.web import page, reading, requires, signed_in
from knowledge.solutions import policy, queries
from knowledge.solutions.models import Solution
from knowledge.solutions.states import EffectRating
from knowledge.solutions.wording import period
from knowledge.taxonomy.terms import label
from knowledge.trace.queries import thread_of
from knowledge.trace.rules import NodeId
from knowledge.trace.wording import entries

blueprint = Blueprint("solutions", __name__, template_folder="templates")


@blueprint.get("/loesungen")
@requires(policy.may_read_solutions)
def index() -> Response:
    """What was tried, all of it or by effect."""
    wanted = request.args.get("wirkung", "")
    effect = EffectRating(wanted) if wanted in set(EffectRating) else None
    actor = signed_in()
    counts = queries.counts_by_effect(reading(), actor)
    return page(
        "solutions/index.html",
        rows=queries.solutions(reading(), actor, effect),
        effect=effect,
        period=period,
        tabs=[
            {
                "label": _("Alle"),
                "url": url_for("solutions.index"),
                "current": effect is None,
                "count": sum(counts.values()),
            },
            *(_tab(each, counts[each], effect) for each in EffectRating if counts.get(each)),
        ],
    )


def _tab(each: EffectRating, count: int, chosen: EffectRating | None) -> dict[str, object]:
    url = url_for("solutions.index", wirkung=each.value)
    return {"label": label("effect_ratings", each.value), "url": url, "current": each is chosen, "count": count}


@blueprint.get("/loesungen/<key>")
@requires(policy.may_read_solution, load=queries.solution_by_key)
def show(solution: Solution, key: str) -> Response:
    """One solution: what was done, what came of it, what did not hold."""
    del key
    actor = signed_in()
    thread = thread_of(reading(), actor, NodeId("solution", solution.id or 0))
    return page(
        "solutions/show.html",
        sheet=queries.sheet(reading(), actor, solution),
        solution=solution,
        period=period,
        sources=entries(thread.sources),
        consequences=entries(thread.consequences),
    )
