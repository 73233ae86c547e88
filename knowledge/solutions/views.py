"""The list of solutions, failed ones included, and one solution: to read, to write and to change."""

from typing import Any

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock
from app.core.errors import ChangedMeanwhile, InvalidInput
from app.core.forms import visible
from app.core.i18n import _
from app.core.web import house, page, perform_once, reading, requires, signed_in
from knowledge.conversation.queries import beside
from knowledge.privacy.confirming import Unchecked
from knowledge.privacy.wording import HONEST, KIND_LABELS
from knowledge.search.documents import Kind
from knowledge.search.wording import KINDS
from knowledge.solutions import actions, policy, queries
from knowledge.solutions.forms import SolutionForm, blank, filled
from knowledge.solutions.models import Solution
from knowledge.solutions.states import EffectRating
from knowledge.solutions.wording import period
from knowledge.taxonomy.terms import label
from knowledge.trace.queries import thread_of
from knowledge.trace.rules import NodeId
from knowledge.trace.wording import entries

blueprint = Blueprint("solutions", __name__, template_folder="templates")
LONGEST_QUESTION = 4000


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
        may_edit=bool(policy.may_edit_solution(actor)),
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
        may_edit=bool(policy.may_edit_solution(actor)),
        sources=entries(thread.sources),
        consequences=entries(thread.consequences),
        beside=beside(reading(), actor, "solution", solution.id or 0),
    )


@blueprint.get("/loesungen/neu")
@requires(policy.may_edit_solution)
def new() -> Response:
    """An empty form; `?fehlstelle=` names the gap that it is meant for."""
    start = blank(clock.today(), visible(request.args.get("fehlstelle", ""))[:200])
    return _form_page(SolutionForm.over(queries.all_organisations(reading()), **start))


@blueprint.post("/loesungen")
@requires(policy.may_edit_solution)
def create() -> AnyResponse:
    """Write a new solution down."""
    form = SolutionForm.over(queries.all_organisations(reading()))
    if not form.validate_on_submit():
        return _form_page(form, status=422)
    try:
        return perform_once(actions.create_solution, form.text(), form.confirmed.data or (), then=_address)
    except Unchecked as error:
        return _unchecked_page(form, error)
    except InvalidInput as error:
        form.gaps.errors = [error.message]
        return _form_page(form, status=422)


@blueprint.get("/loesungen/<key>/bearbeiten")
@requires(policy.may_change_solution, load=queries.solution_by_key)
def edit(solution: Solution, key: str) -> Response:
    """The form with what is written."""
    del key
    sheet = queries.sheet(reading(), signed_in(), solution)
    return _form_page(SolutionForm.over(queries.all_organisations(reading()), **filled(sheet)), solution)


@blueprint.post("/loesungen/<key>")
@requires(policy.may_change_solution, load=queries.solution_by_key)
def change(solution: Solution, key: str) -> AnyResponse:
    """Save; if somebody else saved meanwhile, both texts are shown and nothing is overwritten."""
    form = SolutionForm.over(queries.all_organisations(reading()))
    if not form.validate_on_submit():
        return _form_page(form, solution, status=422)
    shown = form.version.data or ""
    version = int(shown) if shown.isdecimal() else 0
    try:
        return perform_once(actions.edit_solution, key, form.text(), version, form.confirmed.data or (), then=_address)
    except Unchecked as error:
        return _unchecked_page(form, error, solution)
    except InvalidInput as error:
        form.gaps.errors = [error.message]
        return _form_page(form, solution, status=422)
    except ChangedMeanwhile as error:
        return _conflict_page(form, solution, error)


def _address(solution: Solution) -> str:
    return url_for("solutions.show", key=solution.key)


def _unchecked_page(form: SolutionForm, error: Unchecked, solution: Solution | None = None) -> Response:
    """The passages that stand out, each to be taken out of the text or marked as harmless."""
    form.confirmed.choices = [(hit.key, f"{hit.text} ({KIND_LABELS[hit.kind]})") for hit in error.hits]
    form.confirmed.errors = [error.message]
    return _form_page(form, solution, status=error.status, hits=error.hits)


def _conflict_page(form: SolutionForm, solution: Solution, error: ChangedMeanwhile) -> Response:
    """The typed text in the form, the saved one beside it; sending the form again is then a decision."""
    sheet = queries.sheet(reading(), signed_in(), solution)
    saved = filled(sheet)
    differing = [
        (form[name].label.text, value) for name, value in saved.items() if _differs(form[name].data, value, name)
    ]
    form.version.data = str(solution.version)
    return _form_page(form, solution, status=error.status, conflict=error.message, differing=differing)


def _differs(typed: Any, saved: Any, name: str) -> bool:
    if name in ("version", "organisations"):
        return False
    return (typed or "").replace("\r\n", "\n").strip() != (saved or "").strip()


def _form_page(form: SolutionForm, solution: Solution | None = None, status: int = 200, **more: Any) -> Response:
    return page("solutions/form.html", status=status, form=form, solution=solution, honest=HONEST, **more)


@blueprint.route("/loesungen/schon-geloest", methods=["GET", "POST"])
@requires(policy.may_read_solutions)
def solved_before() -> Response:
    """„Haben wir das schon gelöst?“: what the network knows that is like a text, as a page or beside a form.

    Sent as a form, for a text has no place in an address or a log; nothing is kept of it. Beside a form the text is
    whatever that form calls its field.
    """
    typed = request.form.get("text") or request.form.get("description") or request.form.get("summary") or ""
    text = visible(typed)[:LONGEST_QUESTION].strip()
    kinds = (Kind.SOLUTION, Kind.GAP, Kind.DECISION, Kind.AGREEMENT, Kind.DOCUMENT, Kind.PAPER)
    hits = house().search.similar(signed_in(), text=text, kinds=kinds, limit=6) if text else ()
    hits = [hit for hit in hits if hit.key != request.form.get("own")]
    beside = "solutions/_solved_before.html"
    return page("solutions/solved_before.html", fragment=beside, text=text, hits=hits, kind_words=KINDS)
