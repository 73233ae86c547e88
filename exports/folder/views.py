"""The folder of a meeting as a page: ask for it, watch it being made, take it. Who may read the meeting may ask."""

from typing import Any

from flask import Blueprint, Response, redirect, send_file, url_for
from sqlmodel import Session, col, select
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock
from app.core.forms import ConfirmForm
from app.core.i18n import _
from app.core.web import house, page, perform_once, reading, requires, signed_in
from exports.folder import actions, queries, storage, wording
from exports.folder.models import SessionFolder
from exports.folder.plan import Parts, difference
from meetings.agenda.models import Meeting
from meetings.agenda.policy import may_read_meeting
from meetings.agenda.queries import FoundMeeting, meeting_by_id, meeting_by_key
from meetings.papers.wording import size_words

blueprint = Blueprint("folder", __name__, template_folder="templates")
KINDS = {"pdf": "application/pdf", "zip": "application/zip"}


def meeting_at(session: Session, key: str, **_more: Any) -> FoundMeeting | None:
    """The meeting that an address names."""
    return meeting_by_key(session, key)


def meeting_of_folder(session: Session, folder_id: int) -> FoundMeeting | None:
    """The meeting of the folder with this number."""
    row = session.exec(select(SessionFolder.meeting_id).where(col(SessionFolder.id) == folder_id)).first()
    return meeting_by_id(session, row) if row else None


@blueprint.get("/sitzungen/<key>/mappe")
@requires(may_read_meeting, load=meeting_at)
def show(meeting: FoundMeeting, key: str) -> Response:
    """The folder as this reader may have it; htmx fetches the fragment again while it is being made."""
    del key
    return _page(meeting)


def _page(meeting: FoundMeeting, gone: bool = False, status: int = 200) -> Response:
    shelf = queries.shelf(reading(), meeting, signed_in(), clock.now())
    since = None
    if shelf.ready is not None and not shelf.is_current:
        found = difference(Parts.of(shelf.ready.parts), shelf.plan.parts)
        since = wording.difference_words(found.agenda, found.papers, found.enclosures)
    return page(
        "folder/show.html",
        fragment="folder/_standing.html",
        status=status,
        meeting=meeting.meeting,
        shelf=shelf,
        since=since,
        gone=gone,
        size_words=size_words,
        form=ConfirmForm(formdata=None),
    )


@blueprint.post("/sitzungen/<key>/mappe")
@requires(may_read_meeting, load=meeting_at)
def ask(meeting: FoundMeeting, key: str) -> AnyResponse:
    """Have it made."""
    del meeting
    return perform_once(actions.ask, key, then=_address)


def _address(meeting: Meeting) -> str:
    return url_for("folder.show", key=meeting.key)


@blueprint.get("/sitzungen/<key>/mappe/<int(max=2147483647):folder_id>.<any(pdf, zip):suffix>")
@requires(may_read_meeting, load=meeting_at)
def download(meeting: FoundMeeting, key: str, folder_id: int, suffix: str) -> AnyResponse:
    """The file; one that is no longer kept, or is not for this reader, leads to the page where to get another."""
    row = queries.folder_for(reading(), meeting, signed_in(), folder_id, clock.now())
    path = storage.shelves(house().settings.data_dir) / (getattr(row, suffix) if row else "-")
    if row is None or not path.is_file():
        return _page(meeting, gone=True, status=404)
    name = _("Sitzungsmappe") + f"-{key}.{suffix}"
    response = send_file(path, KINDS[suffix], as_attachment=True, download_name=name, etag=False)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@blueprint.get("/mappen/<int(max=2147483647):folder_id>")
@requires(may_read_meeting, load=meeting_of_folder)
def by_number(meeting: FoundMeeting, folder_id: int) -> AnyResponse:
    """Where the folder of a job stands."""
    del folder_id
    return redirect(_address(meeting.meeting))
