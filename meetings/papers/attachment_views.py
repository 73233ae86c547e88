"""Attachments as pages: adding, ordering, erasing, and the file itself."""

from contextlib import ExitStack
from typing import Any

from flask import Blueprint, Response, request, send_file, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response as AnyResponse

from app.core.errors import NotFound
from app.core.forms import ConfirmForm
from app.core.i18n import _
from app.core.stored_files import RefusedFile
from app.core.uploads import takes_files
from app.core.web import house, page, perform_once, requires
from app.core.work import Work
from meetings.papers import attaching, files, policy, queries
from meetings.papers.forms import FileForm
from meetings.papers.models import PaperAttachment
from meetings.papers.queries import FoundAttachment, FoundPaper, attachment_view
from meetings.papers.views import ONE, address, paper_at
from meetings.papers.wording import REFUSALS, size_words

blueprint = Blueprint("attachments", __name__, template_folder="templates")
FILE = f"{ONE}/anlage/<int(max=2147483647):attachment_id>"
SANDBOX = "default-src 'none'; sandbox"


@blueprint.get(f"{ONE}/anlagen")
@requires(policy.may_edit_paper, load=paper_at)
def new(found: FoundPaper, paper_id: int) -> Response:
    """The form for a file; `?stelle=` makes it the next version of one that is there."""
    del paper_id
    return _upload_page(found, FileForm(formdata=None))


def _upload_page(found: FoundPaper, form: FileForm, status: int = 200) -> Response:
    place = request.values.get("stelle", 0, type=int)
    return page(
        "papers/upload.html",
        status=status,
        found=found,
        form=form,
        place=place,
        accepted=files.ACCEPTED,
        largest=files.LARGEST,
    )


@blueprint.post(f"{ONE}/anlagen")
@takes_files
@requires(policy.may_edit_paper, load=paper_at)
def add(found: FoundPaper, paper_id: int) -> AnyResponse:
    """Store the file; what is refused, or belongs to no row in the end, leaves nothing behind."""
    form, upload = FileForm(), request.files.get("file")
    if not form.validate_on_submit() or upload is None or not upload.filename:
        return _upload_page(found, form, 422)
    try:
        stored = files.store(house().settings.data_dir, upload.filename, upload.stream)
    except RefusedFile as refused:
        form.file.errors = [REFUSALS[refused.code]]
        return _upload_page(found, form, 422)
    place, kept = request.form.get("stelle", 0, type=int), []

    def attach(work: Work) -> PaperAttachment:
        row = attaching.attach(work, paper_id, stored, place)
        kept.append(row)
        return row

    with ExitStack() as undo:
        undo.callback(files.forget, house().settings.data_dir, [stored.stored])
        answer = perform_once(attach, then=lambda _row: address(paper_id, "anlagen"))
        if kept:
            undo.pop_all()
    return answer


def attachment_at(session: Session, paper_id: int, attachment_id: int) -> FoundAttachment | None:
    """The file that an address names."""
    return queries.attachment_by_id(session, paper_id, attachment_id)


@blueprint.get(FILE)
@requires(policy.may_read_paper, load=attachment_at)
def download(found: FoundAttachment, **_address: Any) -> AnyResponse:
    """The file, to be saved and never to be shown as a page of ours."""
    row = found.row
    path = queries.attachment_file(house().settings.data_dir, attachment_view(row))
    if not path.is_file():
        raise NotFound(_("Diese Datei fehlt auf dem Server. Bitte sagen Sie der Geschäftsstelle Bescheid."))
    response = send_file(path, mimetype=row.media, as_attachment=True, download_name=row.name, etag=False)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = SANDBOX
    return response


@blueprint.post(f"{ONE}/anlagen/<int(max=9999):place>/verschieben")
@requires(policy.may_edit_paper, load=paper_at)
def move(found: FoundPaper, paper_id: int, place: int) -> AnyResponse:
    """Change places with the neighbour."""
    del found
    steps = -1 if request.form.get("richtung") == "hoch" else 1
    target = address(paper_id, "anlagen")
    return perform_once(attaching.move_attachment, paper_id, place, steps, then=lambda _found: target)


@blueprint.get(f"{FILE}/entfernen")
@requires(policy.may_edit_paper, load=attachment_at)
def ask_erasure(found: FoundAttachment, paper_id: int, attachment_id: int) -> Response:
    """What erasing a file means."""
    return page(
        "ui/confirm.html",
        title=_("Anlage löschen?"),
        text=_(
            "Die Datei wird vom Server gelöscht und kommt nicht wieder. "
            "Ältere Fassungen bleiben, bis auch sie gelöscht werden."
        ),
        facts=[(_("Datei"), found.row.name), (_("Größe"), size_words(found.row.size))],
        form=ConfirmForm(formdata=None),
        action_url=url_for("attachments.erase", paper_id=paper_id, attachment_id=attachment_id),
        confirm_label=_("Löschen"),
        tone="danger",
        back_url=address(paper_id, "anlagen"),
    )


@blueprint.post(f"{FILE}/entfernen")
@requires(policy.may_edit_paper, load=attachment_at)
def erase(found: FoundAttachment, paper_id: int, attachment_id: int) -> AnyResponse:
    """Erase it: first the row, and when that is certain the file."""
    del found
    gone: list[str] = []
    target = address(paper_id, "anlagen")
    answer = perform_once(attaching.erase_attachment, paper_id, attachment_id, gone, then=lambda _found: target)
    files.forget(house().settings.data_dir, gone)
    return answer
