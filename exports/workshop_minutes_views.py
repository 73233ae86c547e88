"""The minutes of a workshop as a Word document, for those who review it."""

from io import BytesIO

from flask import Blueprint, g, send_file
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock
from app.core.web import reading, requires, signed_in
from exports.docx.document import write_document
from exports.letterhead.dressing import dressed
from exports.workshop_minutes import minutes_document, presence_of, stations_of
from knowledge.aftermath.queries import FoundWorkshop, review_of, workshop_by_key
from knowledge.aftermath.views import may_review

blueprint = Blueprint("workshop_minutes", __name__)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@blueprint.get("/workshops/<key>/niederschrift.docx")
@requires(may_review, load=workshop_by_key)
def docx(found: FoundWorkshop, key: str) -> AnyResponse:
    """Cases by key, groups, gaps, questions; of cases that the reader may not read nothing but their number."""
    session = reading()
    review = review_of(session, signed_in(), found.workshop)
    presence = presence_of(session, found.workshop.id or 0)
    stream = BytesIO()
    stations = stations_of(session, review)
    document = minutes_document(found.workshop, review, presence, g.tenant, clock.now(), stations)
    write_document(dressed(session, document), stream)
    stream.seek(0)
    return send_file(stream, DOCX, as_attachment=True, download_name=f"Niederschrift-{key}.docx")
