"""What changes imports: begin one, say what is wanted of it, take it. Each is one transaction."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import col, delete, func, select, update

from app.core import jobs
from app.core.errors import DomainError, InvalidInput
from app.core.i18n import _
from app.core.work import Work
from app.people.states import Visibility
from knowledge.documents.policy import may_import
from knowledge.imports import rules, targets
from knowledge.imports.models import ImportFile, ImportRow, ImportRun
from knowledge.imports.passages import PASSAGES
from knowledge.imports.readers.values import Found, Left
from knowledge.imports.standing import has_stopped, locked, only_in
from knowledge.imports.states import ImportState, RowState, TargetKind
from knowledge.imports.storage import Stored
from knowledge.imports.targets import Candidate

BATCH = 500


def begin(work: Work, target: TargetKind, visibility: Visibility, files: Sequence[Stored]) -> ImportRun:
    """A new import of stored files; a job reads them."""
    work.require(may_import(work.actor))
    run = ImportRun(target=target, visibility=visibility, person_id=work.actor.person_id, started_at=work.now)
    work.session.add(run)
    work.session.flush()
    for each in files:
        file = ImportFile(import_id=run.id or 0, name=each.name, stored=each.stored, size=each.size, sha256=each.sha256)
        file.problem = each.problem
        work.session.add(file)
    work.record("import.begun", run, target=target.value, files=len(files))
    run.job_id = jobs.start(work, "import.read", import_id=run.id).id
    return run


def forget_rows(work: Work, import_id: int) -> None:
    """Reading begins: whatever an earlier attempt had read is read again."""
    run = locked(work, import_id)
    only_in(run, ImportState.READING, ImportState.PREVIEW, ImportState.UNREADABLE)
    run.state = ImportState.READING
    work.session.exec(delete(ImportRow).where(col(ImportRow.import_id) == import_id))
    run.columns = "[]"
    work.session.add(run)
    work.record("import.reading", run)


@dataclass(frozen=True)
class Read:
    """What was read at one position of an import, from the file of this id."""

    position: int
    file_id: int
    sha256: str
    what: Found | Left
    has_passages: bool = False


def add_rows(work: Work, import_id: int, batch: Sequence[Read]) -> None:
    """Keep what a job read, in its order."""
    run = locked(work, import_id)
    only_in(run, ImportState.READING)
    columns = dict.fromkeys(json.loads(run.columns))
    for each in batch:
        row = ImportRow(import_id=import_id, file_id=each.file_id, position=each.position, place=str(each.what.place))
        if isinstance(each.what, Left):
            row.state, row.reason, row.chosen = RowState.SKIPPED, each.what.code, False
        else:
            columns |= dict.fromkeys(each.what.given)
            row.given = json.dumps(dict(each.what.given), ensure_ascii=False)
            row.sha256 = each.sha256 or targets.digest(row.given)
            row.reason = PASSAGES if each.has_passages else None
            row.chosen = not (each.has_passages and reaches_others(run))
        work.session.add(row)
    run.columns = json.dumps(list(columns), ensure_ascii=False)
    work.session.add(run)
    work.record("import.rows_read", run, rows=len(batch))


def name_problem(work: Work, import_id: int, file_id: int, code: str) -> None:
    """This file cannot be read, or not to its end."""
    run = locked(work, import_id)
    file = work.session.exec(select(ImportFile).where(col(ImportFile.id) == file_id)).one()
    file.problem = code
    work.session.add(file)
    work.record("import.file_refused", run, reason=code)


def show_preview(work: Work, import_id: int) -> int:
    """All files are read; a person looks through what was found. Returns the number of rows."""
    run = locked(work, import_id)
    number = work.session.exec(
        select(func.count()).select_from(ImportRow).where(col(ImportRow.import_id) == import_id)
    ).one()
    run.state = ImportState.PREVIEW if number else ImportState.UNREADABLE
    run.mapping = json.dumps(rules.guess_mapping(json.loads(run.columns), run.target.value), ensure_ascii=False)
    work.session.add(run)
    work.record("import.read", run, rows=number)
    return number


def note_similar(work: Work, import_id: int, similar: Mapping[int, str]) -> None:
    """What search found to be much alike, by row; such a row is not chosen any more."""
    run = locked(work, import_id)
    for row in work.session.exec(select(ImportRow).where(col(ImportRow.id).in_(similar.keys()))):
        row.similar, row.chosen = similar[row.id or 0], False
        work.session.add(row)
    work.record("import.compared", run, rows=len(similar))


def map_columns(work: Work, import_id: int, mapping: Mapping[str, str]) -> ImportRun:
    """Which column fills which field; one column fills one field."""
    run = locked(work, import_id)
    only_in(run, ImportState.PREVIEW)
    known = set(json.loads(run.columns))
    chosen = {name: column for name, column in mapping.items() if column in known}
    if len(set(chosen.values())) < len(chosen):
        raise InvalidInput(_("Eine Spalte kann nur ein Feld füllen. Bitte wählen Sie für jedes Feld eine eigene."))
    if "title" not in chosen and "text" not in chosen:
        raise InvalidInput(_("Bitte sagen Sie, in welcher Spalte der Titel oder der Text steht."))
    run.mapping = json.dumps(chosen, ensure_ascii=False)
    work.session.add(run)
    work.record("import.mapped", run, fields=len(chosen))
    return run


def choose(work: Work, import_id: int, shown: Sequence[int], chosen: Sequence[int]) -> ImportRun:
    """Of the rows on one page, those that are wanted."""
    run = locked(work, import_id)
    only_in(run, ImportState.PREVIEW)
    of_page = (col(ImportRow.import_id) == import_id, col(ImportRow.state) == RowState.WAITING)
    statement = select(ImportRow).where(*of_page, col(ImportRow.id).in_(shown))
    wanted = set(chosen)
    for row in work.session.exec(statement):
        row.chosen = row.id in wanted
        work.session.add(row)
    work.record("import.chosen", run, rows=len(wanted))
    return run


def choose_all(work: Work, import_id: int, *, wanted: bool) -> ImportRun:
    """All rows, or none."""
    run = locked(work, import_id)
    only_in(run, ImportState.PREVIEW)
    work.session.exec(
        update(ImportRow)
        .where(col(ImportRow.import_id) == import_id, col(ImportRow.state) == RowState.WAITING)
        .values(chosen=wanted)
    )
    work.record("import.chosen", run, all=wanted)
    return run


def reaches_others(run: ImportRun) -> bool:
    """Whether more people than the coordination will read what is taken (DP-10)."""
    return run.visibility != Visibility.COORDINATION


def start_taking(
    work: Work, import_id: int, shown: Sequence[int] = (), chosen: Sequence[int] = (), *, confirmed: bool = False
) -> ImportRun:
    """Take what was chosen, the ticks of the page shown included; a job does it in batches.

    InvalidInput if nothing is chosen, or if what others will read could point at a person and nobody confirmed it.
    """
    run = choose(work, import_id, shown, chosen)
    wanted = _chosen(work, import_id)
    if not wanted:
        raise InvalidInput(_("Bitte wählen Sie mindestens einen Eintrag."))
    if PASSAGES in wanted and reaches_others(run) and not confirmed:
        raise InvalidInput(
            _("Bitte bestätigen Sie, dass Sie die Einträge mit Stellen, die auf Personen deuten können, geprüft haben.")
        )
    run.state = ImportState.TAKING
    _begin_taking(work, run)
    return run


def _chosen(work: Work, import_id: int) -> set[str | None]:
    """What the chosen rows are marked with."""
    of_run = (col(ImportRow.import_id) == import_id, col(ImportRow.state) == RowState.WAITING)
    return set(work.session.exec(select(ImportRow.reason).where(*of_run, col(ImportRow.chosen)).distinct()))


def go_on_taking(work: Work, import_id: int) -> ImportRun:
    """Go on with the taking that was stopped."""
    run = locked(work, import_id)
    only_in(run, ImportState.TAKING)
    if not has_stopped(work.session, run):
        raise DomainError(_("Dieser Import ist inzwischen weiter. Bitte laden Sie die Seite neu."))
    _begin_taking(work, run)
    return run


def _begin_taking(work: Work, run: ImportRun) -> None:
    run.job_id = jobs.start(work, "import.take", import_id=run.id).id
    work.session.add(run)
    work.record("import.started", run, target=run.target.value)


def take_next(work: Work, import_id: int) -> int:
    """Take the next batch of chosen rows; how many rows it dealt with, 0 at the end."""
    run = locked(work, import_id)
    only_in(run, ImportState.TAKING)
    waiting = (col(ImportRow.import_id) == import_id, col(ImportRow.state) == RowState.WAITING, col(ImportRow.chosen))
    rows = work.session.exec(select(ImportRow).where(*waiting).order_by(col(ImportRow.position)).limit(BATCH)).all()
    if not rows:
        return 0
    of_files = select(ImportFile.id, ImportFile.name).where(col(ImportFile.import_id) == import_id)
    names = dict(work.session.exec(of_files).all())
    mapping = json.loads(run.mapping)
    batch = [candidate(row, mapping, names.get(row.file_id, "")) for row in rows]
    for row, outcome in zip(rows, targets.take_batch(work, run.target, run.visibility, batch), strict=True):
        row.state = RowState.SKIPPED if outcome.left else RowState.TAKEN
        row.reason, row.target_id, row.target_key = outcome.left, outcome.id, outcome.key
        work.session.add(row)
    work.record("import.batch_taken", run, rows=len(rows))
    return len(rows)


def candidate(row: ImportRow, mapping: Mapping[str, str], file_name: str) -> Candidate:
    """A row with the fields that the mapping gives it; a paper without a title has that of its file."""
    fields = rules.fields_of(json.loads(row.given), mapping)
    if row.place == "0" and not json.loads(row.given).get("title"):
        fields["title"] = rules.title_of_name(file_name)
    return Candidate(fields, row.sha256, file_name)


def finish_taking(work: Work, import_id: int) -> list[str]:
    """The report stands; the names of the stored files, which are not needed any more."""
    run = locked(work, import_id)
    only_in(run, ImportState.TAKING)
    work.session.exec(
        update(ImportRow)
        .where(col(ImportRow.import_id) == import_id, col(ImportRow.state) == RowState.WAITING)
        .values(state=RowState.SKIPPED, reason="not_chosen")
    )
    run.state = ImportState.TAKEN
    work.session.add(run)
    work.record("import.taken", run)
    return list(work.session.exec(select(ImportFile.stored).where(col(ImportFile.import_id) == import_id)))
