"""Taking an import back, in batches: what people made of its entries since then stays, and is named with a reason.

SQLite gives the ids of deleted rows again. So nothing is deleted that a comment hangs on, and with an entry goes
everything that names it by kind and id: watching, read marks, versions, news.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlmodel import Session, col, delete, func, or_, select, update

from app.core import jobs
from app.core.records import AuditEntry
from app.core.work import Work
from knowledge.conversation.models import Comment, KeptVersion, Watch
from knowledge.imports import targets
from knowledge.imports.models import ImportFile, ImportRow, ImportRun
from knowledge.imports.standing import has_stopped, locked, only_in
from knowledge.imports.states import ImportState, RowState, TargetKind
from knowledge.search.models import SavedSearchHit
from knowledge.search.outbox import enqueue
from knowledge.solutions.models import SolutionLesson

BATCH = 500
OF_PEOPLE = ("topic_id", "merged_into_id", "owner_id")
"""Columns of a gap that no import fills: whoever filled them meant the gap to stay."""


def start_removing(work: Work, import_id: int) -> ImportRun:
    """Take the import back, also one whose taking was stopped halfway; a job does it in batches."""
    run = locked(work, import_id)
    if not has_stopped(work.session, run):
        only_in(run, ImportState.TAKEN)
    only_in(run, ImportState.TAKEN, ImportState.TAKING, ImportState.REMOVING)
    run.state = ImportState.REMOVING
    run.job_id = jobs.start(work, "import.remove", import_id=import_id).id
    work.session.add(run)
    work.record("import.removal_started", run)
    return run


def remove_next(work: Work, import_id: int, after: int) -> int | None:
    """Delete the next batch behind the position `after`; its last position, None at the end."""
    run = locked(work, import_id)
    only_in(run, ImportState.REMOVING)
    rows = taken_rows(work.session, import_id, after)
    if not rows:
        return None
    model = targets.MODELS[run.target]
    work.session.exec(select(model.id).where(model.id.in_([row.target_id for row in rows])).with_for_update())
    kept = kept_of(work.session, run, rows)
    gone = [row for row in rows if row.id not in kept]
    _delete(work.session, run.target, gone)
    for row in rows:
        row.reason = kept.get(row.id or 0)
        if row.reason is None:
            enqueue(work.session, targets.KINDS[run.target], row.target_key or "")
            row.state = RowState.REMOVED
        work.session.add(row)
    work.record("import.batch_removed", run, rows=len(gone), kept=len(kept))
    return rows[-1].position


def taken_rows(session: Session, import_id: int, after: int) -> Sequence[ImportRow]:
    """The next batch of rows that were taken and are there still."""
    of_run = (col(ImportRow.import_id) == import_id, col(ImportRow.state) == RowState.TAKEN)
    statement = select(ImportRow).where(*of_run, col(ImportRow.position) > after)
    return session.exec(statement.order_by(col(ImportRow.position)).limit(BATCH)).all()


def kept_of(session: Session, run: ImportRun, rows: Sequence[ImportRow]) -> dict[int, str]:
    """Which of these rows stay what they became, by row id: the code of why. A fixed number of statements."""
    model = targets.MODELS[run.target]
    ids = [row.target_id or 0 for row in rows]
    things = {each.id: each for each in session.exec(select(model).where(model.id.in_(ids)))}
    commented = _ids_in(session, Comment, run.target, ids)
    referred = targets.referred_to(session, run.target, ids)
    edited = _edited(session, run, things.values())
    kept: dict[int, str] = {}
    for row in rows:
        thing = things.get(row.target_id)
        if thing is not None and thing.key == row.target_key:
            reasons = (("commented", commented), ("referred", referred), ("edited", edited))
            code = next((code for code, of in reasons if thing.id in of), None)
            if code:
                kept[row.id or 0] = code
    return kept


def _ids_in(session: Session, model: type[Comment | KeptVersion], target: TargetKind, ids: Sequence[int]) -> set[int]:
    """Which of the things this table names by kind and id; of versions, the first is no change."""
    statement = select(model.thing_id).where(col(model.kind) == target.value, col(model.thing_id).in_(ids))
    if model is KeptVersion:
        statement = statement.where(col(KeptVersion.number) > 1)
    return set(session.exec(statement))


def _edited(session: Session, run: ImportRun, things: Iterable[targets.Target]) -> set[int]:
    """Which of the things people changed since the import, as far as their columns, versions or the audit know."""
    by_key = {each.key: each.id or 0 for each in things}
    acts = select(AuditEntry.object_key).where(
        col(AuditEntry.at) >= run.started_at,
        col(AuditEntry.object_type) == targets.MODELS[run.target].__tablename__,
        col(AuditEntry.object_key).in_(by_key),
    )
    found = {by_key[key] for key in session.exec(acts)}
    found |= _ids_in(session, KeptVersion, run.target, list(by_key.values()))
    return found | {each.id or 0 for each in things if _shows_a_hand(each)}


def _shows_a_hand(thing: targets.Target) -> bool:
    return getattr(thing, "version", 1) > 1 or any(getattr(thing, name, None) is not None for name in OF_PEOPLE)


def _delete(session: Session, target: TargetKind, rows: Sequence[ImportRow]) -> None:
    """Delete what these rows became; an id that was given to something else meanwhile is left alone."""
    model = targets.MODELS[target]
    keys = {row.target_id: row.target_key for row in rows}
    found = session.exec(select(model.id, model.key).where(model.id.in_(keys)))
    ids = [thing_id for thing_id, key in found if keys[thing_id] == key]
    names = [keys[thing_id] for thing_id in ids]
    for named in (Watch, KeptVersion):
        session.exec(delete(named).where(col(named.kind) == target.value, col(named.thing_id).in_(ids)))
    news = (col(SavedSearchHit.kind) == targets.KINDS[target], col(SavedSearchHit.key).in_(names))
    session.exec(delete(SavedSearchHit).where(*news))
    if target == TargetKind.SOLUTION:
        session.exec(delete(SolutionLesson).where(col(SolutionLesson.solution_id).in_(ids)))
    session.exec(delete(model).where(model.id.in_(ids)))


def finish_removing(work: Work, import_id: int) -> tuple[int, int]:
    """The report stands, without the texts of the rows (DP-9); how many entries are gone, how many stay.

    Where every entry stays, the import stays taken.
    """
    run = locked(work, import_id)
    only_in(run, ImportState.REMOVING)
    of_run = col(ImportRow.import_id) == import_id
    counts = dict(
        work.session.exec(
            select(ImportRow.state, func.count(col(ImportRow.id))).where(of_run).group_by(col(ImportRow.state))
        ).all()
    )
    gone, kept = counts.get(RowState.REMOVED, 0), counts.get(RowState.TAKEN, 0)
    run.state = ImportState.TAKEN if kept and not gone else ImportState.REMOVED
    waiting = update(ImportRow).where(of_run, col(ImportRow.state) == RowState.WAITING)
    work.session.exec(waiting.values(state=RowState.SKIPPED, reason="not_chosen"))
    if run.state == ImportState.REMOVED:
        work.session.exec(update(ImportRow).where(of_run).values(given="{}", similar=None))
    work.session.add(run)
    work.record("import.removed" if gone or not kept else "import.kept", run, rows=gone, kept=kept)
    return gone, kept


def discard(work: Work, import_id: int) -> ImportRun:
    """Drop an import of which nothing was taken, with everything that was read for it; the caller drops the files."""
    run = locked(work, import_id)
    if not has_stopped(work.session, run):
        only_in(run, ImportState.PREVIEW, ImportState.UNREADABLE)
    only_in(run, ImportState.PREVIEW, ImportState.UNREADABLE, ImportState.READING)
    work.record("import.discarded", run)
    _drop(work.session, [import_id])
    return run


def _drop(session: Session, ids: Sequence[int]) -> None:
    for model in (ImportRow, ImportFile):
        session.exec(delete(model).where(col(model.import_id).in_(ids)))
    session.exec(delete(ImportRun).where(col(ImportRun.id).in_(ids)))


def forget_texts(session: Session, begun_before: datetime) -> None:
    """Of older imports, drop those that nobody went on with, and the texts that were read for the others (DP-9)."""
    old = col(ImportRun.started_at) < begun_before
    unused = (ImportState.READING, ImportState.PREVIEW, ImportState.UNREADABLE)
    dropped = session.exec(select(ImportRun.id).where(old, col(ImportRun.state).in_(unused)))
    _drop(session, [import_id or 0 for import_id in dropped])
    done = select(ImportRun.id).where(old, col(ImportRun.state).in_((ImportState.TAKEN, ImportState.REMOVED)))
    has_texts = or_(col(ImportRow.given) != "{}", col(ImportRow.similar).is_not(None))
    texts = update(ImportRow).where(col(ImportRow.import_id).in_(done), has_texts)
    session.exec(texts.values(given="{}", similar=None).execution_options(synchronize_session=False))
