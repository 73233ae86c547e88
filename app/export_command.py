"""`lueckenlos export minutes|agenda KEY`: one document of a meeting as a file, for the operator of the machine."""

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from sqlmodel import Session, col, select

from app.core import clock
from app.core.config import Settings
from app.core.database import every_tenant
from app.core.web import House
from app.people.models import Tenant
from app.search_command import opened
from exports.agenda_document import agenda_document
from exports.document import Document
from exports.docx.document import write_document as write_docx
from exports.letterhead.dressing import dressed
from exports.minutes_files import as_text, given_out, tenant_of
from exports.minutes_text import plain
from exports.pdf.document import write_document as write_pdf
from meetings.agenda.models import Meeting
from meetings.agenda.queries import agenda_of, meeting_by_key
from meetings.minutes.publicity import public_sheet
from meetings.minutes.queries import sheet_by_key
from meetings.minutes.states import FilePurpose

FORMATS = ("docx", "pdf", "md", "json")


class NothingToExport(Exception):
    """There is no such meeting, or several counties have one of this name."""


def export(
    settings: Settings, what: str, key: str, form: str, target: Path, *, public: bool, county: str | None
) -> int:
    """Write the document; how many bytes it has."""
    with opened(settings) as app, app.test_request_context():
        house: House = app.extensions["lueckenlos"]
        with house.database.read(county_of(house, key, county)) as session:
            content = _minutes(session, key, form, public) if what == "minutes" else _agenda(session, key, form)
    try:
        target.write_bytes(content)
    except OSError as error:
        raise NothingToExport(f"{target} cannot be written: {error.strerror}.") from None
    return len(content)


def county_of(house: House, key: str, county: str | None) -> int:
    """The county whose meeting it is; it must be named where several have one of this key."""
    with house.database.read() as session, every_tenant(session):
        statement = (
            select(Tenant.id).join(Meeting, col(Meeting.tenant_id) == col(Tenant.id)).where(col(Meeting.key) == key)
        )
        if county:
            statement = statement.where(col(Tenant.key) == county)
        found = session.exec(statement).all()
    if len(found) != 1:
        several = f"{len(found)} counties have a meeting called {key}. Name the --county."
        raise NothingToExport(several if found else f"No meeting is called {key}.")
    return found[0] or 0


def _minutes(session: Session, key: str, form: str, public: bool) -> bytes:
    sheet = sheet_by_key(session, key)
    if sheet is None:
        raise NothingToExport(f"No meeting is called {key}.")
    told = public_sheet(sheet) if public else sheet
    writers: dict[str, Callable[[], bytes]] = {
        "docx": lambda: given_out(session, sheet, FilePurpose.PUBLIC_DOCX if public else FilePurpose.SIGNED_DOCX),
        "pdf": lambda: given_out(session, sheet, FilePurpose.PUBLIC_PDF if public else FilePurpose.SIGNED_PDF),
        "md": lambda: as_text(session, told, "md"),
        "json": lambda: as_text(session, told, "json"),
    }
    return writers[form]()


def _agenda(session: Session, key: str, form: str) -> bytes:
    meeting = meeting_by_key(session, key)
    if meeting is None:
        raise NothingToExport(f"No meeting is called {key}.")
    document = agenda_document(meeting, agenda_of(session, meeting.id), tenant_of(session), clock.now())
    document = dressed(session, document, meeting.body_row.id)
    if form in ("docx", "pdf"):
        stream = BytesIO()
        (write_docx if form == "docx" else write_pdf)(document, stream)
        return stream.getvalue()
    return _agenda_text(document, form)


def _agenda_text(document: Document, form: str) -> bytes:
    tables = [section.table for section in document.sections if section.table]
    if form == "json":
        rows = [dict(zip(table.columns, row, strict=True)) for table in tables for row in table.rows]
        found = {"number": document.number, "title": document.title, "items": rows}
        return json.dumps(found, ensure_ascii=False, indent=1).encode()
    lines = [f"# {plain(document.title)}"]
    lines += [f"- {row[0]} {plain(row[1])}" for table in tables for row in table.rows]
    return ("\n".join([lines[0], "", *lines[1:]]) + "\n").encode()
