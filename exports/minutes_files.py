"""The files of minutes: full and public, Word and PDF, and the extracts of their decisions."""

from io import BytesIO

from sqlmodel import Session, col, select

from app.core import clock
from app.core.database import SCOPE
from app.people.models import Tenant
from exports.docx.content import MinutesDocument
from exports.docx.document import write_document as write_docx
from exports.docx.minutes import write_minutes
from exports.extract import extract_document
from exports.minutes_content import SIGNED, minutes_document
from exports.pdf.document import write_document as write_pdf
from exports.pdf.minutes import write_minutes_pdf
from meetings.decisions.models import Decision
from meetings.minutes.files import Written, register_writer
from meetings.minutes.models import KeptFile
from meetings.minutes.publicity import public_sheet
from meetings.minutes.queries import ItemSheet, MinutesSheet
from meetings.minutes.states import PUBLIC_FILES, FilePurpose
from meetings.voting.results import results_of


def register() -> None:
    """Write the files of minutes when they are signed."""
    register_writer(signed_files)


def document_of(session: Session, sheet: MinutesSheet) -> MinutesDocument:
    """The document of a sheet, full or public."""
    polls = [poll.id or 0 for entry in sheet.items for poll in entry.polls]
    return minutes_document(sheet, tenant_of(session), results_of(session, polls))


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
    word, pdf = extract_files(session, sheet, entry, decision)
    name = f"Beschlussauszug-{decision.key}"
    return [
        Written(FilePurpose.EXTRACT_DOCX, f"{name}.docx", word, decision.id),
        Written(FilePurpose.EXTRACT_PDF, f"{name}.pdf", pdf, decision.id),
    ]


def extract_files(session: Session, sheet: MinutesSheet, entry: ItemSheet, decision: Decision) -> tuple[bytes, bytes]:
    """The extract of a decision as Word document and as PDF."""
    document = extract_document(
        decision,
        sheet.body,
        sheet.meeting,
        entry.item,
        tenant_of(session),
        signed=str(sheet.state) in SIGNED,
        now=clock.now(),
    )
    word, pdf = BytesIO(), BytesIO()
    write_docx(document, word)
    write_pdf(document, pdf)
    return word.getvalue(), pdf.getvalue()
