"""A paper as a document of its own."""

from datetime import datetime

from sqlmodel import Session

from app.core.i18n import _, language, show_date
from exports.document import Document, Entry, Fact, Section
from exports.docx.letterhead import Letterhead
from exports.docx.wording import ENGLISH, GERMAN
from exports.folder.plan import FolderPaper, FolderPlan
from exports.letterhead.dressing import dressed


def look_of(session: Session, plan: FolderPlan) -> Letterhead:
    """The look that a document of this body has."""
    nobody = FolderPaper(0, 0, "", "", "")
    return dressed(session, paper_document(nobody, plan.owner, "", plan.as_of), plan.body_id).letterhead


def paper_document(paper: FolderPaper, owner: str, classification: str, now: datetime) -> Document:
    """Its texts, its way through the bodies, the names of its attachments."""
    sections = [Section(part.title, part.text) for part in paper.texts]
    if paper.enclosures:
        sections.append(Section(_("Anlagen"), entries=tuple(Entry(each.name) for each in paper.enclosures)))
    return Document(
        owner=owner,
        programme=_("Kommunales Integrationsmanagement"),
        kind=paper.kind,
        number=paper.reference,
        title=paper.title,
        classification=classification,
        date=_("Stand: %(date)s", date=show_date(now)),
        sections=tuple(sections),
        issued_at=now,
        facts=tuple(Fact(label, text) for label, text in paper.facts),
        language="en-GB" if language() == "en" else "de-DE",
        wording=ENGLISH if language() == "en" else GERMAN,
    )
