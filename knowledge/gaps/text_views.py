"""Writing a gap down and changing it, and the gaps that are near to what is being typed."""

from typing import Any

from flask import Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core.errors import ChangedMeanwhile, InvalidInput
from app.core.forms import visible
from app.core.i18n import _
from app.core.web import house, page, perform_once, reading, requires, signed_in
from knowledge.gaps import actions_text, policy, queries
from knowledge.gaps.barred import merged_away
from knowledge.gaps.blueprint import blueprint
from knowledge.gaps.models import Gap
from knowledge.gaps.nearest import WEIGHTS, nearest
from knowledge.gaps.text_codes import CODES
from knowledge.gaps.text_form import GapForm, blank, filled
from knowledge.privacy.confirming import Unchecked
from knowledge.privacy.wording import KIND_LABELS
from knowledge.taxonomy import lists

LONGEST_QUESTION = 4000


@blueprint.get("/fehlstellen/neu")
@requires(policy.may_edit_gap)
def new() -> Response:
    """An empty form."""
    return _form_page(GapForm.over(reading(), **blank()))


def form_for_proposal(title: str, summary: str) -> Response:
    """The form for a new gap with a proposal in it, for rooms in which gaps suggest themselves."""
    return _form_page(GapForm.over(reading(), **{**blank(), "title": title, "summary": summary}))


@blueprint.post("/fehlstellen")
@requires(policy.may_edit_gap)
def create() -> AnyResponse:
    """Write a new gap down."""
    form = GapForm.over(reading())
    if not form.validate_on_submit():
        return _form_page(form, status=422)
    try:
        return perform_once(actions_text.create_gap, form.text(), confirmed_hits(), then=address)
    except Unchecked as error:
        return _form_page(form, status=error.status, hits=error.hits, problem=error.message)
    except InvalidInput as error:
        form.owner_id.errors = [error.message]
        return _form_page(form, status=422)


@blueprint.get("/fehlstellen/<key>/bearbeiten")
@requires(policy.may_change_gap, load=queries.gap_by_key)
def edit(gap: Gap, key: str) -> Response:
    """The form with what is written."""
    del key
    if barred := merged_away(gap):
        return barred
    return _form_page(GapForm.over(reading(), **filled(gap, actions_text.text_of(reading(), gap))), gap)


@blueprint.post("/fehlstellen/<key>")
@requires(policy.may_change_gap, load=queries.gap_by_key)
def change(gap: Gap, key: str) -> AnyResponse:
    """Save; if somebody else saved meanwhile, both texts are shown and nothing is overwritten."""
    form = GapForm.over(reading())
    if not form.validate_on_submit():
        return _form_page(form, gap, status=422)
    given = form.text(), shown_version(form), confirmed_hits()
    try:
        return perform_once(actions_text.edit_gap, key, *given, then=address)
    except Unchecked as error:
        return _form_page(form, gap, status=error.status, hits=error.hits, problem=error.message)
    except InvalidInput as error:
        form.owner_id.errors = [error.message]
        return _form_page(form, gap, status=422)
    except ChangedMeanwhile as error:
        return _conflict_page(form, gap, error)


@blueprint.post("/fehlstellen/aehnliche")
@requires(policy.may_edit_gap)
def similar() -> Response:
    """The nearest gaps to what is being typed, as a fragment beside the form or as a page; nothing is kept of it."""
    text = visible(f"{request.form.get('title', '')}\n{request.form.get('summary', '')}")[:LONGEST_QUESTION].strip()
    codes = {facet: request.form.getlist(facet.value)[:50] for facet in WEIGHTS}
    found = nearest(reading(), signed_in(), house().search, text, codes, request.form.get("key", "")[:64])
    asked = bool(text or any(codes.values()))
    return page("gaps/similar.html", fragment="gaps/_similar.html", found=found, asked=asked)


def address(gap: Gap) -> str:
    """Where the gap stands."""
    return url_for("gaps.show", key=gap.key)


def shown_version(form: Any) -> int:
    """The version that the form showed when it was opened; 0, which nothing has, for anything else."""
    shown = form.version.data or ""
    return int(shown) if shown.isascii() and shown.isdecimal() and len(shown) < 10 else 0


def confirmed_hits() -> frozenset[str]:
    """The hits of the privacy check that were marked as harmless."""
    return frozenset(key[:16] for key in request.form.getlist("harmless"))


def _conflict_page(form: GapForm, gap: Gap, error: ChangedMeanwhile) -> Response:
    """The typed text in the form, the saved one beside it; sending the form again is then a decision."""
    now = queries.gap_by_id(reading(), gap.id) or gap
    saved = filled(now, actions_text.text_of(reading(), now))
    differing = [
        (form[name].label.text, _words(form[name], value))
        for name, value in saved.items()
        if name not in ("version", "figures") and _plain(form[name].data) != _plain(value)
    ]
    before, typed = actions_text.text_of(reading(), now).figures, form.text().figures
    if before != typed:
        rows = "\n".join(" · ".join(part for part in figure.texts() if part) for figure in before)
        differing.append((form.figures.label.text, rows))
    form.version.data = str(now.version)
    return _form_page(form, gap, status=error.status, conflict=error.message, differing=differing)


def _plain(value: Any) -> Any:
    """A field's value so that nothing, an empty text and an empty list are the same."""
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value or ""


def _words(field: Any, value: Any) -> str:
    """A saved value as people read it: choices by their labels."""
    labels = dict(field.choices) if getattr(field, "choices", None) else {}
    values = value if isinstance(value, list) else [value]
    return ", ".join(str(labels.get(each, each)) for each in values if each not in (None, ""))


def _form_page(form: GapForm, gap: Gap | None = None, status: int = 200, **more: Any) -> Response:
    anchors = {
        scale: {entry.key: _(entry.anchor) for entry in lists.entries(scale)} for scale in ("severity", "frequency")
    }
    return page(
        "gaps/form.html",
        status=status,
        form=form,
        gap=gap,
        anchors=anchors,
        code_fields=[form[facet.value] for facet in CODES],
        confirmed=confirmed_hits() if request.method == "POST" else frozenset(),
        kind_words=KIND_LABELS,
        **more,
    )
