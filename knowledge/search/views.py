"""The search page, what it suggests while somebody types, and what a person searched for before."""

import json
from typing import Any

from flask import Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock
from app.core.errors import StorageBusy
from app.core.forms import visible
from app.core.i18n import ngettext
from app.core.web import house, page, perform_once, reading, requires, signed_in
from app.ui.shell import has_room
from knowledge.search import policy, recent, saved, saved_views, synonym_views, wording
from knowledge.search.backend import Results
from knowledge.search.blueprint import blueprint
from knowledge.search.broader import helpful
from knowledge.search.choice import Choice, read
from knowledge.search.forms import SavedSearchForm
from knowledge.search.models import SavedSearch
from knowledge.search.service import SearchService

PER_PAGE = 20
__all__ = ["blueprint", "saved_views", "synonym_views"]


@blueprint.get("/suche")
@requires(policy.may_search)
def index() -> Response:
    """Hits over all kinds, as the reader may see them; the whole search stands in the address."""
    choice = read(request.args, visible(request.args.get("q", "")))
    if choice.is_empty:
        return page("search/start.html", recent=recent.of(reading(), signed_in().person_id), can_edit=_can_edit())
    results = find(choice)
    if results is None:
        return page("search/building.html", choice=choice)
    _remember(choice, results)
    return page("search/index.html", **_found(choice, results))


@blueprint.get("/suche/eingabe")
@requires(policy.may_search)
def suggestions() -> Response:
    """Titles and words that the reader may mean, a fragment for the list below the field."""
    typed = visible(request.args.get("q", ""))[:200]
    before = recent.beginning(reading(), signed_in().person_id, typed)
    known = {text.casefold() for text in before}
    found = [one for one in service().suggest(signed_in(), typed) if one.kind or one.text.casefold() not in known]
    response = page("search/_suggestions.html", before=before, suggestions=found, kind_words=wording.KINDS)
    number = len(before) + len(found)
    words = ngettext("%(num)s Vorschlag", "%(num)s Vorschläge", number) if number else ""
    response.headers["HX-Trigger"] = json.dumps({"announce": words})
    return response


@blueprint.post("/suche/verlauf/loeschen")
@requires(policy.may_search)
def forget() -> AnyResponse:
    """Erase one of the reader's own searches, or all."""
    number = request.form.get("nummer", type=int)
    return perform_once(recent.forget, number, then=lambda _none: url_for("search.index", _anchor="verlauf"))


def service() -> SearchService:
    """The house's search."""
    found: SearchService = house().search
    return found


def find(choice: Choice, *, limit: int = PER_PAGE, snippets: bool = True) -> Results | None:
    """One page of what the reader may find."""
    return service().find(
        signed_in(),
        choice.query,
        limit=limit,
        offset=(choice.page - 1) * PER_PAGE,
        facets=choice.values,
        newest=choice.newest,
        literal=choice.literal,
        snippets=snippets,
    )


def _count(choice: Choice) -> int:
    results = find(choice, limit=0, snippets=False)
    return results.total if results else 0


def _found(choice: Choice, results: Results) -> dict[str, Any]:
    towns = wording.town_names(reading())
    kept = _kept()
    return {
        "choice": choice,
        "results": results,
        "kind_words": wording.KINDS,
        "groups": wording.facet_groups(results, choice, towns),
        "chips": wording.chips(choice, towns),
        "clear_url": wording.address(choice.without_filters()) if choice.values else None,
        "orders": wording.order_tabs(choice),
        "pages": -(-results.total // PER_PAGE),
        "per_page": PER_PAGE,
        "page_url": lambda number: wording.address(Choice(**{**vars(choice), "page": number})),
        "corrected_url": wording.address(choice.asking(results.corrected)) if results.corrected else None,
        "literal_url": wording.address(Choice(choice.query, choice.values, choice.newest, literal=True)),
        "understood": wording.understood(choice),
        "wordless": not results.total and wording.is_wordless(choice),
        "broader": [] if results.total else helpful(choice, _count),
        "address": wording.address,
        "save_form": SavedSearchForm(formdata=None, name=choice.query[:60]),
        "save_url": url_for("search.save", **_parameters(choice)),
        "fresh": kept[1],
        "saved": kept[0],
        "report_url": url_for("reporting.choose") if has_room("reporting.choose") else None,
        "can_edit": _can_edit(),
    }


def _parameters(choice: Choice) -> dict[str, Any]:
    return dict(choice.parameters())


def _kept() -> tuple[SavedSearch | None, frozenset[tuple[str, str]]]:
    """The saved search that this page shows, if it is the reader's, with its new hits, which are seen from now on."""
    number = request.args.get("gespeichert", type=int)
    row = saved.by_id(reading(), number) if number and number < 2**31 else None
    if row is None or not policy.may_use_saved(signed_in(), row):
        return None, frozenset()
    saved.update(house(), signed_in(), clock.now())
    with house().database.read(signed_in().tenant_id) as session:
        fresh = saved.new_names(session, row)
    saved.see(house(), signed_in(), row.id or 0, clock.now())
    return row, frozenset((kind.value, key) for kind, key in fresh)


def _remember(choice: Choice, results: Results) -> None:
    """Keep the words for next time; a busy database is no reason not to show what was found."""
    is_typed = choice.query and choice.page == 1 and len(choice.query) <= recent.LONGEST
    if not is_typed or not results.total or results.corrected:
        return
    try:
        recent.remember(house(), signed_in().tenant_id, signed_in().person_id, choice.query, clock.now())
    except StorageBusy:
        return


def _can_edit() -> bool:
    return bool(policy.may_edit_synonyms(signed_in()))
