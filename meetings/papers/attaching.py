"""Attachments of a paper: added, replaced by a newer version, put in order, erased."""

from sqlmodel import col, select

from app.core.errors import InvalidInput, NotFound
from app.core.i18n import _
from app.core.work import Work
from meetings.papers import policy
from meetings.papers.actions import locked
from meetings.papers.files import StoredFile
from meetings.papers.models import PaperAttachment
from meetings.papers.queries import FoundPaper
from meetings.papers.rules import MOST_ATTACHMENTS


def attach(work: Work, paper_id: int, file: StoredFile, place: int = 0) -> PaperAttachment:
    """Add a stored file at the end, or as the next version of the one at `place`."""
    found = _editable(work, paper_id)
    rows = _rows(work, found)
    if len(rows) >= MOST_ATTACHMENTS:
        raise InvalidInput(_("Mehr als 40 Dateien nimmt eine Vorlage nicht auf."))
    versions = [row.version for row in rows if row.place == place]
    if place and not versions:
        raise NotFound(_("Diese Anlage gibt es nicht."))
    row = PaperAttachment(
        paper_id=found.id,
        place=place or max([0, *(row.place for row in rows)]) + 1,
        version=max(versions, default=0) + 1,
        name=file.name,
        media=file.media,
        size=file.size,
        sha256=file.sha256,
        stored=file.stored,
        added_at=work.now,
        added_by_id=work.actor.person_id,
    )
    work.session.add(row)
    work.record("paper.attached", found.paper, attachment_version=row.version, size=row.size)
    return row


def _editable(work: Work, paper_id: int) -> FoundPaper:
    found = locked(work, paper_id)
    work.require(policy.may_edit_paper(work.actor, found))
    return found


def _rows(work: Work, found: FoundPaper) -> list[PaperAttachment]:
    statement = select(PaperAttachment).where(col(PaperAttachment.paper_id) == found.id)
    return list(work.session.exec(statement.order_by(col(PaperAttachment.place), col(PaperAttachment.version))))


def move_attachment(work: Work, paper_id: int, place: int, steps: int) -> FoundPaper:
    """Change places with the neighbour above (-1) or below (+1), with all versions."""
    found = _editable(work, paper_id)
    rows = _rows(work, found)
    places = sorted({row.place for row in rows if row.erased_at is None})
    if place not in places:
        raise NotFound(_("Diese Anlage gibt es nicht."))
    index = places.index(place) + steps
    if 0 <= index < len(places):
        _swap(work, rows, place, places[index])
    work.record("paper.attachments_ordered", found.paper)
    return found


def _swap(work: Work, rows: list[PaperAttachment], one: int, other: int) -> None:
    """In two steps, for no two rows may share place and version in between."""
    moving = [(row, other if row.place == one else one) for row in rows if row.place in (one, other)]
    for row, target in moving:
        row.place = -target
    work.session.flush()
    for row, target in moving:
        row.place = target
    work.session.add_all(rows)


def erase_attachment(work: Work, paper_id: int, attachment_id: int, gone: list[str]) -> FoundPaper:
    """Take a file away for good; `gone` gets its stored name, to be deleted once this is committed."""
    found = _editable(work, paper_id)
    row = next((each for each in _rows(work, found) if each.id == attachment_id and each.erased_at is None), None)
    if row is None:
        raise NotFound(_("Diese Anlage gibt es nicht."))
    gone.append(row.stored)
    row.erased_at, row.name, row.stored = work.now, "", ""
    work.session.add(row)
    work.record("paper.attachment_erased", found.paper, attachment=attachment_id)
    return found
