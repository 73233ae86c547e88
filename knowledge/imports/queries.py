"""Reading imports: the list, one with its files, its rows page by page, its report."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, func, select

from app.core.jobs_states import JobState
from app.core.records import Job
from app.people.models import Person
from knowledge.imports import targets
from knowledge.imports.actions import candidate
from knowledge.imports.models import ImportFile, ImportRow, ImportRun
from knowledge.imports.passages import PASSAGES
from knowledge.imports.rules import plain
from knowledge.imports.states import ImportState, RowState
from knowledge.imports.taking_back import kept_of, taken_rows
from knowledge.imports.targets import Candidate

PER_PAGE = 50
MOST_RUNS = 50


@dataclass(frozen=True)
class PreviewRow:
    """A row with the fields it would get; `warning` is a code if the same seems to be there already."""

    row: ImportRow
    candidate: Candidate
    warning: str | None


def run_by_id(session: Session, import_id: int) -> ImportRun | None:
    """The import of this number."""
    return session.exec(select(ImportRun).where(col(ImportRun.id) == import_id)).first() if import_id < 2**31 else None


def runs(session: Session) -> list[tuple[ImportRun, str, int, JobState | None]]:
    """The latest imports that were begun on the page: each with its importer, number of files and job's state."""
    statement = (
        select(ImportRun, Person.name, func.count(col(ImportFile.id)), Job.state)
        .join(Person, col(Person.id) == col(ImportRun.person_id))
        .join(ImportFile, col(ImportFile.import_id) == col(ImportRun.id))
        .join(Job, col(Job.id) == col(ImportRun.job_id), isouter=True)
        .group_by(col(ImportRun.id), col(Person.id), col(Job.id))
        .order_by(col(ImportRun.id).desc())
        .limit(MOST_RUNS)
    )
    return [
        (run, name, number, JobState(state) if state else None) for run, name, number, state in session.exec(statement)
    ]


def files(session: Session, run: ImportRun) -> list[ImportFile]:
    """The files of an import."""
    statement = select(ImportFile).where(col(ImportFile.import_id) == run.id).order_by(col(ImportFile.id))
    return list(session.exec(statement))


def numbers(session: Session, run: ImportRun) -> dict[tuple[RowState, bool], int]:
    """How many rows are in which state, chosen or not. One statement."""
    statement = (
        select(ImportRow.state, ImportRow.chosen, func.count(col(ImportRow.id)))
        .where(col(ImportRow.import_id) == run.id)
        .group_by(col(ImportRow.state), col(ImportRow.chosen))
    )
    return {(RowState(state), chosen): number for state, chosen, number in session.exec(statement)}


def preview(session: Session, run: ImportRun, names: Mapping[int | None, str], page: int) -> list[PreviewRow]:
    """One page of the rows that wait. At most three statements, whatever the number of rows."""
    rows = _rows(session, run, page, col(ImportRow.state) == RowState.WAITING)
    mapping = json.loads(run.mapping)
    found = [(row, candidate(row, mapping, names.get(row.file_id, ""))) for row in rows]
    titles = targets.known_titles(session, run.target, {each.fields["title"] for _row, each in found})
    contents = targets.known_contents(session, run.target, {each.sha256 for _row, each in found})
    return [PreviewRow(row, each, _warning(each, titles, contents)) for row, each in found]


def _warning(each: Candidate, titles: set[str], contents: set[str]) -> str | None:
    if not each.fields["title"]:
        return "no_title"
    if not each.fields["text"]:
        return "no_text"
    if each.sha256 in contents:
        return "known_content"
    return "known_title" if plain(each.fields["title"]) in titles else None


def has_passages(session: Session, run: ImportRun) -> bool:
    """Whether a row that waits could point at a person."""
    of_run = (col(ImportRow.import_id) == run.id, col(ImportRow.state) == RowState.WAITING)
    marked = select(ImportRow.id).where(*of_run, col(ImportRow.reason) == PASSAGES).limit(1)
    return session.exec(marked).first() is not None


def left(session: Session, run: ImportRun, page: int) -> list[ImportRow]:
    """One page of the rows that were left out."""
    return _rows(session, run, page, col(ImportRow.state) == RowState.SKIPPED)


def taken(session: Session, run: ImportRun, page: int) -> list[ImportRow]:
    """One page of the rows that were taken, or of an import that was taken back, those that are gone."""
    state = RowState.REMOVED if run.state == ImportState.REMOVED else RowState.TAKEN
    return _rows(session, run, page, col(ImportRow.state) == state)


def kept(session: Session, run: ImportRun, page: int) -> list[ImportRow]:
    """Of an import that was taken back, one page of the rows that stayed."""
    return _rows(session, run, page, col(ImportRow.state) == RowState.TAKEN)


def titles(session: Session, run: ImportRun, rows: Iterable[ImportRow]) -> dict[int, str]:
    """How the things are called today that these rows became, by row id. One statement."""
    model = targets.MODELS[run.target]
    there = [row for row in rows if row.state == RowState.TAKEN]
    found = select(model.id, model.key, model.title).where(model.id.in_([row.target_id for row in there]))
    names = {(thing_id, key): title for thing_id, key, title in session.exec(found)}
    return {row.id or 0: names.get((row.target_id, row.target_key), "") for row in there}


def staying(session: Session, run: ImportRun) -> list[tuple[str, str]]:
    """What taking back would leave, as key and code of the reason; in batches over the whole import."""
    found: list[tuple[str, str]] = []
    after = -1
    while rows := taken_rows(session, run.id or 0, after):
        reasons = kept_of(session, run, rows)
        found += [(row.target_key or "", reasons[row.id or 0]) for row in rows if row.id in reasons]
        after = rows[-1].position
    return found


def _rows(session: Session, run: ImportRun, page: int, condition: Any) -> list[ImportRow]:
    statement = select(ImportRow).where(col(ImportRow.import_id) == run.id, condition).order_by(col(ImportRow.position))
    return list(session.exec(statement.limit(PER_PAGE).offset((page - 1) * PER_PAGE)))
