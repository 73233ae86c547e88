"""The pages of saved searches: the list, keeping a search, renaming and deleting it."""

from typing import Any

from flask import Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock
from app.core.forms import ConfirmForm, visible
from app.core.i18n import _
from app.core.web import house, page, perform_once, requires, signed_in
from knowledge.search import actions, policy, saved, wording
from knowledge.search.blueprint import blueprint
from knowledge.search.choice import read
from knowledge.search.forms import SavedSearchForm
from knowledge.search.models import SavedSearch

NUMBER = "<int(max=2147483647):saved_id>"


@blueprint.get("/suche/gespeichert")
@requires(policy.may_search)
def saved_searches() -> Response:
    """What the reader saved, each with its hits and the new ones among them."""
    found = saved.overview(house(), signed_in(), clock.now())
    return page("search/saved.html", found=found, address=wording.address, run_url=run_url)


@blueprint.route("/suche/speichern", methods=["GET", "POST"])
@requires(policy.may_search)
def save() -> Response | AnyResponse:
    """Keep the search that stands in the address."""
    choice = read(request.args, visible(request.args.get("q", "")))
    form = SavedSearchForm(name=choice.query[:60])
    if choice.is_empty or not form.validate_on_submit():
        status = 422 if request.method == "POST" else 200
        parameters: dict[str, Any] = choice.parameters()
        here = url_for("search.save", **parameters)
        back = wording.address(choice)
        return page("search/save.html", status=status, form=form, action_url=here, back_url=back, choice=choice)
    found = saved.names(saved.hits(house(), signed_in(), choice) or ())
    return perform_once(
        actions.save_search,
        form.name.data,
        choice,
        bool(form.notify.data),
        found,
        then=lambda _row: url_for("search.saved_searches"),
    )


@blueprint.route(f"/suche/gespeichert/{NUMBER}", methods=["GET", "POST"])
@requires(policy.may_use_saved, load=saved.by_id)
def change_saved(row: SavedSearch, saved_id: int) -> Response | AnyResponse:
    """Another name, or other wishes about new hits."""
    form = SavedSearchForm(name=row.name, notify=row.notify)
    if form.validate_on_submit():
        return perform_once(
            actions.change_saved,
            saved_id,
            form.name.data,
            bool(form.notify.data),
            then=lambda _row: url_for("search.saved_searches"),
        )
    return page(
        "search/save.html",
        status=422 if request.method == "POST" else 200,
        form=form,
        action_url=url_for("search.change_saved", saved_id=saved_id),
        back_url=url_for("search.saved_searches"),
        choice=saved.choice_of(row),
    )


@blueprint.route(f"/suche/gespeichert/{NUMBER}/loeschen", methods=["GET", "POST"])
@requires(policy.may_use_saved, load=saved.by_id)
def delete_saved(row: SavedSearch, saved_id: int) -> Response | AnyResponse:
    """What deleting means, then the deletion."""
    form = ConfirmForm()
    if form.validate_on_submit():
        return perform_once(actions.delete_saved, saved_id, then=lambda _none: url_for("search.saved_searches"))
    return page(
        "ui/confirm.html",
        title=_("Gespeicherte Suche löschen"),
        text=_("Die Suche „%(name)s“ wird gelöscht. Was sie findet, bleibt unberührt.", name=row.name),
        facts=[],
        form=form,
        action_url=url_for("search.delete_saved", saved_id=saved_id),
        confirm_label=_("Suche löschen"),
        back_url=url_for("search.saved_searches"),
    )


def run_url(row: SavedSearch) -> str:
    """Where a saved search is run, with its new hits marked."""
    parameters: dict[str, Any] = saved.choice_of(row).parameters()
    return url_for("search.index", gespeichert=row.id, **parameters)
