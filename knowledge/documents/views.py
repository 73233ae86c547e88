"""The list of documents and one document."""

from flask import Blueprint, Response, request, url_for

from app.core.i18n import _
from app.core.web import page, reading, requires, signed_in
from knowledge.documents import policy, queries
from knowledge.documents.models import Document
from knowledge.documents.rules import even_headings
from knowledge.documents.states import PaperKind
from knowledge.documents.wording import PAPERS
from knowledge.trace.queries import thread_of
from knowledge.trace.rules import NodeId
from knowledge.trace.wording import entries

blueprint = Blueprint("documents", __name__, template_folder="templates")


@blueprint.get("/dokumente")
@requires(policy.may_read_documents)
def index() -> Response:
    """One page of the papers, all of them or of one kind."""
    wanted = request.args.get("art", "")
    paper = PaperKind(wanted) if wanted in set(PaperKind) else None
    number = min(max(1, request.args.get("seite", 1, type=int)), 10**6)
    counts = queries.counts_by_paper(reading(), signed_in())
    total = counts.get(paper, 0) if paper else sum(counts.values())
    return page(
        "documents/index.html",
        rows=queries.documents(reading(), signed_in(), paper, number),
        paper=paper,
        papers=PAPERS,
        number=number,
        pages=-(-total // queries.PER_PAGE),
        page_url=lambda to: url_for("documents.index", seite=to, art=paper.value if paper else None),
        may_import=bool(policy.may_import(signed_in())),
        tabs=[
            {
                "label": _("Alle"),
                "url": url_for("documents.index"),
                "current": paper is None,
                "count": sum(counts.values()),
            },
            *(_tab(each, counts[each], paper) for each in PaperKind if counts.get(each)),
        ],
    )


def _tab(each: PaperKind, count: int, chosen: PaperKind | None) -> dict[str, object]:
    url = url_for("documents.index", art=each.value)
    return {"label": PAPERS[each], "url": url, "current": each is chosen, "count": count}


@blueprint.get("/dokumente/<path:key>")
@requires(policy.may_read_document, load=queries.document_by_key)
def show(document: Document, key: str) -> Response:
    """One paper: its text and where it came from."""
    del key
    thread = thread_of(reading(), signed_in(), NodeId("document", document.id or 0))
    return page(
        "documents/show.html",
        document=document,
        text=even_headings(document.text),
        paper=PAPERS[document.paper],
        importer=queries.importer_name(reading(), document),
        sources=entries(thread.sources),
        consequences=entries(thread.consequences),
    )
