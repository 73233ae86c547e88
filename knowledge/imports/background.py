"""The jobs of imports: read, take, take back. Each may be begun again at any time and comes to the same end."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from typing import Any

from flask import url_for
from rapidfuzz import fuzz
from sqlmodel import col, func, select

from app.core import jobs
from app.core.errors import DomainError
from app.core.i18n import _, lazy, ngettext
from app.core.jobs import Running
from app.core.web import House
from app.people.queries import tenant_keys
from knowledge.imports import actions, storage, taking_back, targets
from knowledge.imports.actions import Read
from knowledge.imports.models import ImportFile, ImportRow, ImportRun
from knowledge.imports.passages import points_at_somebody
from knowledge.imports.readers.values import Found, Left, Unreadable, is_note
from knowledge.imports.reading import read
from knowledge.imports.rules import PAPERS, suffix_of
from knowledge.imports.states import RowState

BATCH = 500
MOST_COMPARED = 200
"""So many rows are looked up in search; in a longer table only equal titles and contents are noticed."""
ALIKE = 88.0
"""From this likeness of two titles on, in percent of rapidfuzz's token_sort_ratio, a row is shown as similar."""


def register() -> None:
    """Tell the jobs and the daily tidying."""

    def page(arguments: Any) -> str:
        return url_for("imports.show", import_id=arguments["import_id"])

    jobs.register("import.read", read_files, lazy("Dateien lesen"), page)
    jobs.register("import.take", take_rows, lazy("Altbestand übernehmen"), page)
    jobs.register("import.remove", remove_rows, lazy("Import zurücknehmen"), page)
    jobs.daily("imports.sweep", 3, sweep_uploads)


def sweep_uploads(house: House, now: datetime) -> None:
    """Delete uploads that nobody went on with, and what was read for imports of more than a week ago."""
    storage.sweep(house.settings.data_dir)
    begun_before = now - timedelta(seconds=storage.KEPT_SECONDS)
    with house.database.read() as session:
        counties = tenant_keys(session)
    for tenant_id, _key in counties:
        house.writer.run(partial(taking_back.forget_texts, begun_before=begun_before), tenant_id)


def read_files(running: Running) -> dict[str, Any]:
    """Read every file of an import, then say what may be there already."""
    import_id = int(running.arguments["import_id"])
    running.perform(actions.forget_rows, import_id)
    with running.house.database.read(running.tenant_id) as session:
        files = session.exec(select(ImportFile).where(col(ImportFile.import_id) == import_id)).all()
    position = 0
    for number, file in enumerate(files):
        for batch in _batches(running, file, position):
            running.perform(actions.add_rows, import_id, batch)
            position += len(batch)
            running.progress(number, len(files), ngettext("%(num)s Zeile gelesen", "%(num)s Zeilen gelesen", position))
    rows = running.perform(actions.show_preview, import_id)
    _compare(running, import_id)
    return {"rows": rows}


def _batches(running: Running, file: ImportFile, position: int) -> Iterator[list[Read]]:
    if file.problem and not file.stored:
        return
    path = storage.folder(running.house.settings.data_dir) / file.stored
    sha256 = file.sha256 if suffix_of(file.name) in PAPERS else ""
    try:
        if not path.exists():
            raise Unreadable("missing")
        found = enumerate(read(path, file.name), position)
        while part := list(islice(found, BATCH)):
            yield [_read(place, file.id or 0, sha256, what) for place, what in part if not is_note(what)]
            for note in (what for _place, what in part if is_note(what)):
                running.perform(actions.name_problem, file.import_id, file.id or 0, note.code)
    except Unreadable as error:
        running.perform(actions.name_problem, file.import_id, file.id or 0, error.code)


def _read(position: int, file_id: int, sha256: str, what: Found | Left) -> Read:
    return Read(position, file_id, sha256, what, isinstance(what, Found) and points_at_somebody(what.given.values()))


def _compare(running: Running, import_id: int) -> None:
    """Look up the titles of a short import in search; what is much alike is named and not chosen."""
    with running.house.database.read(running.tenant_id) as session:
        run = session.exec(select(ImportRun).where(col(ImportRun.id) == import_id)).one()
        of_run = (col(ImportRow.import_id) == import_id, col(ImportRow.state) == RowState.WAITING)
        rows = session.exec(select(ImportRow).where(*of_run).limit(MOST_COMPARED + 1)).all()
        of_files = select(ImportFile.id, ImportFile.name).where(col(ImportFile.import_id) == import_id)
        names = dict(session.exec(of_files).all())
    if len(rows) > MOST_COMPARED:
        return
    mapping = json.loads(run.mapping)
    similar: dict[int, str] = {}
    for done, row in enumerate(rows):
        title = actions.candidate(row, mapping, names.get(row.file_id, "")).fields["title"]
        found = running.house.search.find(running.actor, title, (targets.KINDS[run.target],), 3) if title else None
        for hit in found.hits if found else ():
            if fuzz.token_sort_ratio(title.casefold(), hit.title.casefold()) >= ALIKE:
                similar[row.id or 0] = hit.title
                break
        running.progress(done, len(rows))
    if similar:
        running.perform(actions.note_similar, import_id, similar)


def take_rows(running: Running) -> dict[str, Any]:
    """Take all chosen rows, batch by batch; what an earlier attempt took is not taken again."""
    import_id = int(running.arguments["import_id"])
    total, done = _numbers(running, import_id)
    running.progress(done, total)
    while number := running.perform(actions.take_next, import_id):
        done += number
        running.progress(done, total)
    storage.forget(running.house.settings.data_dir, running.perform(actions.finish_taking, import_id))
    return {"rows": total}


def _numbers(running: Running, import_id: int) -> tuple[int, int]:
    """How many rows are chosen, and how many of them are dealt with."""
    with running.house.database.read(running.tenant_id) as session:
        chosen = (col(ImportRow.import_id) == import_id, col(ImportRow.chosen))
        statement = select(ImportRow.state, func.count(col(ImportRow.id))).where(*chosen).group_by(col(ImportRow.state))
        counts = dict(session.exec(statement).all())
    return sum(counts.values()), sum(counts.values()) - counts.get(RowState.WAITING, 0)


def remove_rows(running: Running) -> dict[str, Any]:
    """Take an import back, batch by batch; DomainError if all of it stays."""
    import_id = int(running.arguments["import_id"])
    total, done, after = _taken(running, import_id), 0, -1
    while (last := running.perform(taking_back.remove_next, import_id, after)) is not None:
        done, after = min(total, done + taking_back.BATCH), last
        running.progress(done, total)
    gone, kept = running.perform(taking_back.finish_removing, import_id)
    if kept and not gone:
        raise DomainError(
            _(
                "Der Import kann nicht mehr zurückgenommen werden: Alle Einträge daraus wurden inzwischen bearbeitet "
                "oder kommentiert, oder es wird auf sie verwiesen. Löschen oder korrigieren Sie die Einträge einzeln."
            )
        )
    return {"rows": gone, "kept": kept}


def _taken(running: Running, import_id: int) -> int:
    with running.house.database.read(running.tenant_id) as session:
        of_run = (col(ImportRow.import_id) == import_id, col(ImportRow.state) == RowState.TAKEN)
        return session.exec(select(func.count()).select_from(ImportRow).where(*of_run)).one()
