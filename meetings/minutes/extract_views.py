"""The extract of a decision as a page: for those who may read the decision, and for those whose paper it was about."""

from flask import Blueprint, Response, url_for
from sqlmodel import Session, col, select
from werkzeug.wrappers import Response as AnyResponse

from app.core.forms import ConfirmForm
from app.core.web import page, perform_once, reading, requires, signed_in
from meetings.decisions.policy import may_read_decision
from meetings.minutes import policy
from meetings.minutes.models import KeptFile
from meetings.minutes.returning import FoundExtract, extract_by_key, note
from meetings.minutes.wording import purpose_words
from meetings.papers.models import Paper
from meetings.papers.policy import may_read_paper
from meetings.papers.queries import found_papers

blueprint = Blueprint("extracts", __name__, template_folder="templates")


@blueprint.get("/beschluesse/<key>/auszug")
@requires(policy.may_have_extract, load=extract_by_key)
def show(extract: FoundExtract, key: str) -> Response:
    """The decision, where it came from, and its extract as a file."""
    del key
    session, actor = reading(), signed_in()
    mine = [each for each in extract.returned if policy.came_from(actor, each)]
    reads = bool(may_read_decision(actor, extract.found))
    return page(
        "minutes/extract.html",
        extract=extract,
        decision=extract.decision,
        reads_decision=reads,
        returned=extract.returned if reads else mine,
        open_papers=_readable_papers(session, extract),
        to_note=[each for each in mine if each.row.noted_at is None],
        files=_files(session, extract.found.id),
        purpose=purpose_words,
        form=ConfirmForm(),
    )


def _readable_papers(session: Session, extract: FoundExtract) -> set[int]:
    ids = [each.row.paper_id for each in extract.returned]
    if not ids:
        return set()
    return {each.id for each in found_papers(session, col(Paper.id).in_(ids)) if may_read_paper(signed_in(), each)}


def _files(session: Session, decision_id: int) -> list[tuple[str, str]]:
    """What the kept files of the extract are, with their hashes. One statement."""
    statement = select(KeptFile.purpose, KeptFile.sha256).where(col(KeptFile.decision_id) == decision_id)
    return [(purpose_words(purpose), sha256) for purpose, sha256 in session.exec(statement.order_by(col(KeptFile.id)))]


@blueprint.post("/beschluesse/<key>/auszug")
@requires(policy.may_note_extract, load=extract_by_key)
def confirm(extract: FoundExtract, key: str) -> AnyResponse:
    """Say that one has the extract."""
    del extract
    return perform_once(note, key, then=lambda _decision: url_for("extracts.show", key=key))
