"""Asking for a folder, laying it down when it is made, letting it go when its time is up."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, or_, select

from app.core import jobs
from app.core.errors import NotFound
from app.core.i18n import _, language
from app.core.jobs_states import OPEN
from app.core.stored_files import Kept
from app.core.work import Work
from exports.folder.gathering import gather
from exports.folder.models import SessionFolder
from exports.folder.plan import FolderPlan, Parts
from exports.folder.queries import folders_of, is_ready
from meetings.agenda.models import Meeting
from meetings.agenda.policy import may_read_meeting
from meetings.agenda.queries import FoundMeeting, meeting_by_id, meeting_by_key
from meetings.papers.models import PaperAttachment

KIND = "folder.make"
KEPT_FOR = timedelta(days=14)


def ask(work: Work, key: str) -> Meeting:
    """Have the folder made that the person may see; one that is there or under way already is not made again."""
    work.session.exec(select(Meeting.id).where(col(Meeting.key) == key).with_for_update()).first()
    meeting = _found(meeting_by_key(work.session, key))
    work.require(may_read_meeting(work.actor, meeting))
    plan = gather(work.session, meeting, work.actor, work.now)
    if not _is_there(work, meeting.id, plan):
        row = SessionFolder(
            meeting_id=meeting.id,
            language=language(),
            fingerprint=plan.fingerprint,
            parts=plan.parts.as_json(),
            asked_by_id=work.actor.person_id,
            asked_at=work.now,
        )
        work.session.add(row)
        work.session.flush()
        row.job_id = jobs.start(work, KIND, folder_id=row.id, language=row.language).id
        work.session.add(row)
        work.record("folder.asked", row, papers=len(plan.papers))
    return meeting.meeting


def _found(meeting: FoundMeeting | None) -> FoundMeeting:
    if meeting is None:
        raise NotFound(_("Diese Seite gibt es nicht."))
    return meeting


def _is_there(work: Work, meeting_id: int, plan: FolderPlan) -> bool:
    rows = folders_of(work.session, meeting_id)
    return any(
        row.fingerprint == plan.fingerprint
        and row.language == language()
        and (is_ready(row, work.now) or (row.made_at is None and job is not None and job.state in OPEN))
        for row, job in rows
    )


def plan_of(session: Session, folder_id: int, actor_of: Work) -> FolderPlan | None:
    """What goes into this folder as the one who asked may see it now; None if it is made already or gone."""
    row = session.exec(select(SessionFolder).where(col(SessionFolder.id) == folder_id)).first()
    if row is None or row.made_at is not None:
        return None
    meeting = _found(meeting_by_id(session, row.meeting_id))
    actor_of.require(may_read_meeting(actor_of.actor, meeting))
    return gather(session, meeting, actor_of.actor, actor_of.now)


@dataclass(frozen=True)
class Laid:
    """The files of a folder on the shelf."""

    pdf: Kept
    zip: Kept
    pages: int
    left_out: int


def lay_down(work: Work, folder_id: int, plan: FolderPlan, laid: Laid) -> bool:
    """The folder is made; False if that was said before or nobody waits for it any more."""
    statement = select(SessionFolder).where(col(SessionFolder.id) == folder_id).with_for_update()
    row = work.session.exec(statement).first()
    if row is None or row.made_at is not None:
        return False
    row.fingerprint, row.parts = plan.fingerprint, plan.parts.as_json()
    row.made_at, row.expires_at = plan.as_of, work.now + KEPT_FOR
    row.pages, row.left_out = laid.pages, laid.left_out
    row.pdf, row.pdf_size, row.pdf_sha256 = laid.pdf.stored, laid.pdf.size, laid.pdf.sha256
    row.zip, row.zip_size, row.zip_sha256 = laid.zip.stored, laid.zip.size, laid.zip.sha256
    work.session.add(row)
    work.record("folder.made", row, pages=row.pages, left_out=row.left_out)
    return True


def forget_due(session: Session, now: datetime) -> list[str]:
    """Let go what is past its time, came to nothing, or holds an erased attachment; the names of its files."""
    old = or_(col(SessionFolder.expires_at) < now, col(SessionFolder.asked_at) < now - 2 * KEPT_FOR)
    unmade = col(SessionFolder.made_at).is_(None) & (col(SessionFolder.asked_at) < now - timedelta(days=1))
    due = list(session.exec(select(SessionFolder).where(or_(old, unmade))).all())
    rest = session.exec(select(SessionFolder).where(~or_(old, unmade))).all()
    erased = set(session.exec(select(col(PaperAttachment.id)).where(col(PaperAttachment.erased_at).is_not(None))))
    due += [row for row in rest if not erased.isdisjoint(Parts.of(row.parts).enclosures)]
    names = [name for row in due for name in (row.pdf, row.zip)]
    for row in due:
        session.delete(row)
    return names
