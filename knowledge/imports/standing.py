"""Where an import stands: locking it, what may be done in which state, whether its job still goes on."""

from sqlmodel import Session, col, select

from app.core.errors import DomainError, NotFound
from app.core.i18n import _
from app.core.jobs_states import OPEN
from app.core.records import Job
from app.core.work import Work
from knowledge.documents.policy import may_import
from knowledge.imports.models import ImportRun
from knowledge.imports.states import ImportState


def locked(work: Work, import_id: int) -> ImportRun:
    """The import, locked until this transaction ends."""
    work.require(may_import(work.actor))
    statement = select(ImportRun).where(col(ImportRun.id) == import_id).with_for_update()
    run = work.session.exec(statement).first()
    if run is None:
        raise NotFound(_("Diese Seite gibt es nicht."))
    return run


def only_in(run: ImportRun, *states: ImportState) -> None:
    """DomainError unless the import stands in one of these states."""
    if run.state not in states:
        raise DomainError(_("Dieser Import ist inzwischen weiter. Bitte laden Sie die Seite neu."))


def has_stopped(session: Session, run: ImportRun) -> bool:
    """Whether the job that this import waits for will not go on: it failed or somebody stopped it."""
    if run.state not in (ImportState.READING, ImportState.TAKING, ImportState.REMOVING):
        return False
    state = session.exec(select(Job.state).where(col(Job.id) == run.job_id)).first()
    return state not in OPEN
