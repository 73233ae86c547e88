"""Reading session folders: which there are of a meeting, which of them a reader may have, what has changed since."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from app.core.i18n import language
from app.core.jobs import Job
from app.core.jobs_states import OPEN
from app.core.permissions import Actor
from exports.folder.gathering import gather
from exports.folder.models import SessionFolder
from exports.folder.plan import FolderPlan, Parts
from exports.folder.policy import may_have
from meetings.agenda.models import AgendaItem
from meetings.agenda.parts import is_public
from meetings.agenda.queries import FoundMeeting
from meetings.invitations.policy import may_see_whole_agenda
from meetings.papers.models import Paper, PaperAttachment
from meetings.papers.policy import may_read_paper
from meetings.papers.queries import found_papers


@dataclass(frozen=True)
class Shelf:
    """The folders of a meeting for one reader: what would go into one today, the newest one, one that is being made."""

    plan: FolderPlan
    ready: SessionFolder | None = None
    job: Job | None = None

    @property
    def is_current(self) -> bool:
        """Whether the newest folder is as the papers are now."""
        return self.ready is not None and self.ready.fingerprint == self.plan.fingerprint

    @property
    def is_under_way(self) -> bool:
        """Whether a folder as it would be today is being made."""
        return self.job is not None and self.job.state in OPEN


def shelf(session: Session, meeting: FoundMeeting, reader: Actor, now: datetime) -> Shelf:
    """What the page of the folder shows. A fixed number of statements."""
    plan = gather(session, meeting, reader, now)
    rows = folders_of(session, meeting.id)
    mine = _permitted(session, meeting, reader, [row for row, _job in rows if is_ready(row, now)])
    jobs = [job for row, job in rows if row.made_at is None and row.fingerprint == plan.fingerprint and _ours(row)]
    newest = next((row for row in mine if row.fingerprint == plan.fingerprint), mine[0] if mine else None)
    return Shelf(plan, newest, jobs[0] if jobs else None)


def folders_of(session: Session, meeting_id: int) -> list[tuple[SessionFolder, Job | None]]:
    """The folders of a meeting with their jobs, the newest first. One statement."""
    statement = (
        select(SessionFolder, Job)
        .outerjoin(Job, col(Job.id) == col(SessionFolder.job_id))
        .where(col(SessionFolder.meeting_id) == meeting_id)
        .order_by(col(SessionFolder.id).desc())
    )
    return list(session.exec(statement).all())


def is_ready(row: SessionFolder, now: datetime) -> bool:
    """Whether the folder was made and is still kept."""
    return row.made_at is not None and row.expires_at is not None and now < row.expires_at


def _ours(row: SessionFolder) -> bool:
    return row.language == language()


def _permitted(
    session: Session, meeting: FoundMeeting, reader: Actor, rows: Collection[SessionFolder]
) -> list[SessionFolder]:
    """Those of these folders that the reader may have today, in the reader's language. Six statements."""
    known = {row.id: Parts.of(row.parts) for row in rows if _ours(row)}
    papers = {id_ for parts in known.values() for id_, _version in parts.papers}
    files = {id_ for parts in known.values() for id_ in parts.enclosures}
    readable = {each.id for each in found_papers(session, col(Paper.id).in_(papers)) if may_read_paper(reader, each)}
    there = select(col(PaperAttachment.id)).where(
        col(PaperAttachment.id).in_(files), col(PaperAttachment.erased_at).is_(None)
    )
    kept = {id_ or 0 for id_ in session.exec(there)}
    whole = bool(may_see_whole_agenda(reader, meeting))
    told = {
        item.id or 0
        for item in session.exec(select(AgendaItem).where(col(AgendaItem.meeting_id) == meeting.id))
        if is_public(item, meeting.rules)
    }
    return [
        row
        for row in rows
        if row.id in known and may_have(known[row.id], sees_whole=whole, items=told, papers=readable, enclosures=kept)
    ]


def folder_for(
    session: Session, meeting: FoundMeeting, reader: Actor, folder_id: int, now: datetime
) -> SessionFolder | None:
    """The folder of this number, if the reader may have it and it is still kept. Seven statements."""
    statement = select(SessionFolder).where(
        col(SessionFolder.id) == folder_id, col(SessionFolder.meeting_id) == meeting.id
    )
    row = session.exec(statement).first()
    if row is None or not is_ready(row, now):
        return None
    return next(iter(_permitted(session, meeting, reader, [row])), None)
