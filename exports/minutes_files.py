"""The files of minutes: full and public, Word and PDF, and the extracts of their decisions."""

import json
from collections.abc import Callable
from io import BytesIO

from sqlmodel import Session, col, select

from app.core import clock
from app.core.database import SCOPE
from app.core.i18n import show_date
from app.people.models import Municipality, Organisation, Tenant
from exports.document import Document
from exports.docx.content import MinutesDocument
from exports.docx.document import write_document as write_docx
from exports.docx.minutes import write_minutes
from exports.extract import Attested, extract_document
from exports.letterhead.dressing import dressed, dressed_minutes
from exports.letterhead.states import Purpose
from exports.letterhead.values import extract_filling
from exports.minutes_content import SIGNED, minutes_document
from exports.minutes_text import write_markdown
from exports.minutes_votes import vote_tables
from exports.pdf.document import write_document as write_pdf
from exports.pdf.minutes import write_minutes_pdf
from meetings.agenda.models import AgendaItem
from meetings.bodies.models import Body
from meetings.decisions.models import Decision
from meetings.decisions.queries import FoundDecision
from meetings.follow_up.queries import tasks_of_decisions
from meetings.minutes.content_hash import content_of
from meetings.minutes.files import Written, register_writer
from meetings.minutes.models import KeptFile
from meetings.minutes.publicity import public_sheet
from meetings.minutes.queries import ItemSheet, MinutesSheet, sheet_by_key
from meetings.minutes.returning import origins_of
from meetings.minutes.states import PUBLIC_FILES, FilePurpose
from meetings.room.captured import Captured
from meetings.room.states import CapturedKind


def register() -> None:
    """Write the files of minutes when they are signed."""
    register_writer(signed_files)


def document_of(session: Session, sheet: MinutesSheet) -> MinutesDocument:
    """The document of a sheet, full or public."""
    polls = [poll.id or 0 for entry in sheet.items for poll in entry.polls]
    document = minutes_document(sheet, tenant_of(session), vote_tables(session, polls, public=sheet.public))
    return dressed_minutes(session, document, sheet.body.id)


def tenant_of(session: Session) -> Tenant:
    """The county of the session."""
    return session.exec(select(Tenant).where(col(Tenant.id) == session.info[SCOPE])).one()


def as_docx(document: MinutesDocument) -> bytes:
    """The minutes as a Word document."""
    stream = BytesIO()
    write_minutes(document, stream)
    return stream.getvalue()


def as_pdf(document: MinutesDocument) -> bytes:
    """The minutes as PDF."""
    stream = BytesIO()
    write_minutes_pdf(document, stream)
    return stream.getvalue()


def kept(session: Session, minutes_id: int | None, purpose: FilePurpose) -> bytes | None:
    """The file that was kept when the minutes were signed: from then on nothing else is given out. One statement."""
    of_minutes = (col(KeptFile.minutes_id) == minutes_id, col(KeptFile.purpose) == purpose)
    statement = select(KeptFile.content).where(*of_minutes)
    return session.exec(statement.order_by(col(KeptFile.id))).first()


def given_out(session: Session, sheet: MinutesSheet, purpose: FilePurpose) -> bytes:
    """The minutes as this file: the one that was signed, else as they stand now."""
    return kept(session, sheet.id, purpose) or _written(session, sheet, purpose)


def as_text(session: Session, sheet: MinutesSheet, form: str) -> bytes:
    """The minutes as they stand as data: `json`, the content that is signed, or `md`, Markdown."""
    if form == "json":
        return json.dumps(content_of(sheet), ensure_ascii=False, indent=1).encode()
    return write_markdown(document_of(session, sheet)).encode()


def _written(session: Session, sheet: MinutesSheet, purpose: FilePurpose) -> bytes:
    document = document_of(session, public_sheet(sheet) if purpose in PUBLIC_FILES else sheet)
    return as_docx(document) if purpose in (FilePurpose.SIGNED_DOCX, FilePurpose.PUBLIC_DOCX) else as_pdf(document)


def signed_files(session: Session, sheet: MinutesSheet) -> list[Written]:
    """Everything that is kept of signed minutes."""
    full, public = document_of(session, sheet), document_of(session, public_sheet(sheet))
    key = sheet.meeting.key
    files = [
        Written(FilePurpose.SIGNED_DOCX, f"Niederschrift-{key}.docx", as_docx(full)),
        Written(FilePurpose.SIGNED_PDF, f"Niederschrift-{key}.pdf", as_pdf(full)),
        Written(FilePurpose.PUBLIC_DOCX, f"Niederschrift-{key}-oeffentlich.docx", as_docx(public)),
        Written(FilePurpose.PUBLIC_PDF, f"Niederschrift-{key}-oeffentlich.pdf", as_pdf(public)),
    ]
    for entry in sheet.items:
        for decision in entry.decisions:
            files += _extracts(session, sheet, entry, decision)
    return files


def _extracts(session: Session, sheet: MinutesSheet, entry: ItemSheet, decision: Decision) -> list[Written]:
    name = f"Beschlussauszug-{decision.key}"
    document = _extract_of(session, sheet, entry.item, decision)
    return [
        Written(FilePurpose.EXTRACT_DOCX, f"{name}.docx", _short(document, write_docx), decision.id),
        Written(FilePurpose.EXTRACT_PDF, f"{name}.pdf", _short(document, write_pdf), decision.id),
    ]


def extract_given_out(session: Session, found: FoundDecision, purpose: FilePurpose) -> bytes:
    """The extract as this file: the one that was kept when the minutes were signed, else as things stand now."""
    statement = select(KeptFile.content).where(col(KeptFile.decision_id) == found.id, col(KeptFile.purpose) == purpose)
    known = session.exec(statement.order_by(col(KeptFile.id))).first()
    if known is not None:
        return known
    sheet = sheet_by_key(session, found.meeting.key) if found.meeting else None
    document = _extract_of(session, sheet, found.item, found.decision) if sheet else _circular_extract(session, found)
    return _short(document, write_docx if purpose == FilePurpose.EXTRACT_DOCX else write_pdf)


def _short(document: Document, write: Callable[[Document, BytesIO], None]) -> bytes:
    stream = BytesIO()
    write(document, stream)
    return stream.getvalue()


def _extract_of(session: Session, sheet: MinutesSheet, item: AgendaItem | None, decision: Decision) -> Document:
    papers = tuple(origins_of(session, item))
    charged = [each.organisation for each in tasks_of_decisions(session, [decision.id or 0])]
    charged += [each.organisation or "" for each in captured_tasks(sheet, item.id if item else None)]
    office, place = office_of(session, sheet.body)
    attested = Attested(
        signed=str(sheet.state) in SIGNED,
        now=clock.now(),
        place=place,
        office=office,
        clerk=sheet.minute_taker,
        signatures=tuple(f"{each.name}, {show_date(each.at)}" for each in sheet.signatures if not each.refused),
        checksum=sheet.content_sha256,
        papers=papers,
        receivers=tuple(dict.fromkeys(name for name in (*(each[1] for each in papers), *charged) if name)),
    )
    document = extract_document(decision, sheet.body, sheet.meeting, item, tenant_of(session), attested)
    filling = extract_filling(decision, sheet.body, sheet.meeting, item)
    return dressed(session, document, sheet.body.id, Purpose.EXTRACT, filling)


def _circular_extract(session: Session, found: FoundDecision) -> Document:
    """A decision in writing has no minutes of its own; it holds from the day on which it was recorded."""
    office, place = office_of(session, found.body_row)
    charged = [each.organisation for each in tasks_of_decisions(session, [found.id])]
    receivers = tuple(dict.fromkeys(name for name in charged if name))
    attested = Attested(signed=True, now=clock.now(), place=place, office=office, receivers=receivers)
    document = extract_document(found.decision, found.body_row, None, found.item, tenant_of(session), attested)
    filling = extract_filling(found.decision, found.body_row, None, found.item)
    return dressed(session, document, found.body_row.id, Purpose.EXTRACT, filling)


def captured_tasks(sheet: MinutesSheet, item_id: int | None) -> list[Captured]:
    """What was captured as a task at an item."""
    entries = (entry for entry in sheet.items if entry.item.id == item_id)
    return [each for entry in entries for each in entry.recorded.of_kind(CapturedKind.TASK)]


def office_of(session: Session, body: Body) -> tuple[str, str]:
    """The organisation that runs the body's office and the municipality where it is; empty where unknown."""
    statement = (
        select(Organisation.name, Municipality.name)
        .outerjoin(Municipality, col(Municipality.id) == col(Organisation.municipality_id))
        .where(col(Organisation.id) == body.office_id)
    )
    name, place = session.exec(statement).first() or ("", "")
    return name, place or ""
