"""The brief of a topic: as a page to read and print, as a Word document, as PDF. Who may read the topic may have it."""

import re
from collections.abc import Callable
from io import BytesIO

from flask import Blueprint, g, redirect, request, send_file, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock
from app.core.web import page, reading, requires, signed_in
from exports.document import Document
from exports.docx.document import write_document as write_docx
from exports.letterhead.dressing import dressed
from exports.pdf.document import write_document as write_pdf
from exports.topic_brief import brief_document, gaps_told_of
from knowledge.gaps import topic_queries, topics
from knowledge.gaps.policy import may_read_topic
from knowledge.gaps.topics import FoundTopic

blueprint = Blueprint("topic_brief", __name__, template_folder="templates")
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
_UNFIT_FOR_NAME = re.compile(r"[^A-Za-z0-9]+")


@blueprint.get("/themen/<key>/steckbrief")
@requires(may_read_topic, load=topics.topic_by_key)
def show(found: FoundTopic, key: str) -> AnyResponse:
    """The brief to read and to print."""
    del key
    return _elsewhere(found) or page("topic_brief/show.html", topic=found.topic, document=_document(found))


@blueprint.get("/themen/<key>/steckbrief.docx")
@requires(may_read_topic, load=topics.topic_by_key)
def docx(found: FoundTopic, key: str) -> AnyResponse:
    """The brief as a Word document."""
    del key
    return _elsewhere(found) or _file(found, write_docx, DOCX, "docx")


@blueprint.get("/themen/<key>/steckbrief.pdf")
@requires(may_read_topic, load=topics.topic_by_key)
def pdf(found: FoundTopic, key: str) -> AnyResponse:
    """The brief as PDF."""
    del key
    return _elsewhere(found) or _file(found, write_pdf, PDF, "pdf")


def _elsewhere(found: FoundTopic) -> AnyResponse | None:
    """A merged topic has no brief any more; its address leads to that of the topic that took it in."""
    if found.target is None:
        return None
    return redirect(url_for(str(request.endpoint), key=found.target.key), code=301)


def _document(found: FoundTopic) -> Document:
    sheet = topics.sheet(reading(), signed_in(), found)
    told = gaps_told_of(found, sheet, g.tenant.min_cell)
    scope = topic_queries.scope_of(reading(), found.gap_ids, told)
    return brief_document(found, sheet, scope, g.tenant, clock.now())


def _file(found: FoundTopic, write: Callable[[Document, BytesIO], None], kind: str, suffix: str) -> AnyResponse:
    stream = BytesIO()
    write(dressed(reading(), _document(found)), stream)
    stream.seek(0)
    return send_file(stream, kind, as_attachment=True, download_name=f"Themensteckbrief-{safe_name(found)}.{suffix}")


def safe_name(found: FoundTopic) -> str:
    """The topic's key as part of a file name: letters, digits and hyphens of ASCII."""
    return _UNFIT_FOR_NAME.sub("-", found.topic.key).strip("-") or "Thema"
