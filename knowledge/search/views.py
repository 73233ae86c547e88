"""The search page."""

from flask import Blueprint, Response, request, url_for

from app.core.forms import visible
from app.core.web import house, page, requires, signed_in
from knowledge.search import policy
from knowledge.search.documents import Kind
from knowledge.search.service import SearchService
from knowledge.search.wording import KINDS, kind_facet

blueprint = Blueprint("search", __name__, template_folder="templates")
PER_PAGE = 20
LONGEST_QUERY = 300


@blueprint.get("/suche")
@requires(policy.may_search)
def index() -> Response:
    """Hits over all kinds, as the reader may see them; the whole search stands in the address."""
    query = visible(request.args.get("q", "")).strip()[:LONGEST_QUERY]
    kinds = [Kind(name) for name in request.args.getlist("art") if name in set(Kind)]
    number = max(1, request.args.get("seite", 1, type=int))
    literal = request.args.get("genau") == "1"
    service: SearchService = house().search
    results = (
        service.find(signed_in(), query, kinds, PER_PAGE, (number - 1) * PER_PAGE, literal=literal) if query else None
    )
    return page(
        "search/index.html",
        query=query,
        results=results,
        kind_words=KINDS,
        is_building=bool(query) and results is None,
        kinds=kind_facet(results, query, kinds),
        clear_url=url_for("search.index", q=query) if kinds else None,
        number=number,
        pages=-(-results.total // PER_PAGE) if results else 0,
        page_url=lambda wanted: url_for("search.index", q=query, art=kinds, seite=wanted),
        corrected_url=url_for("search.index", q=results.corrected) if results and results.corrected else None,
        literal_url=url_for("search.index", q=query, genau=1),
    )
