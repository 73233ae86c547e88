"""Import from the command line: files and folders into the knowledge base, in batches, repeatable by key."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, func, select

from app.core import clock
from app.core.config import Settings
from app.core.database import every_tenant
from app.core.permissions import Actor
from app.core.web import House
from app.core.work import Work
from app.factory import create_app
from app.people.actors import actor_of
from app.people.models import Person, PersonRole, Tenant
from app.people.rules import normal_email
from app.people.states import Role, Visibility
from knowledge.documents.policy import may_import
from knowledge.imports import rules, targets
from knowledge.imports.models import ImportFile, ImportRow, ImportRun
from knowledge.imports.passages import points_at_somebody
from knowledge.imports.readers.values import Found, Unreadable, is_note
from knowledge.imports.reading import read
from knowledge.imports.states import ImportState, RowState, TargetKind
from knowledge.imports.targets import Candidate
from knowledge.imports.wording import problem

BATCH = 500


class BadImport(Exception):
    """Nothing can be imported like this; the message is a sentence."""


@dataclass
class Report:
    """What came of it; `left` are places with reasons, `notes` other words on files, in German as on the pages.

    `marked` is how many entries have passages that could point at a person (DP-10).
    """

    added: int = 0
    updated: int = 0
    marked: int = 0
    left: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Source:
    """A file to import. `name` stays the same from run to run and tells it from files of the same name elsewhere."""

    path: Path
    name: str


@dataclass(frozen=True)
class Order:
    """What is wanted: whose, as what, for whom, by whom."""

    house: House
    actor: Actor
    target: TargetKind
    visibility: Visibility


def order_of(settings: Settings, target: str, tenant_key: str, email: str | None, visibility: str) -> Order:
    """The order; BadImport for an unknown tenant, or a person who may not import."""
    app = create_app(settings)
    house: House = app.extensions["lueckenlos"]
    with house.database.read() as session, every_tenant(session):
        tenant = session.exec(select(Tenant).where(col(Tenant.key) == tenant_key)).first()
        if tenant is None:
            known = ", ".join(session.exec(select(Tenant.key).order_by(col(Tenant.key))))
            raise BadImport(f"There is no tenant {tenant_key}; there are: {known or 'none'}.")
        tenant_id = tenant.id or 0
    with house.database.read(tenant_id) as session:
        person = _importer(session, tenant_id, email)
        actor = actor_of(session, person, app.extensions["seats"], clock.today())
    verdict = may_import(actor)
    if not verdict:
        raise BadImport(verdict.reason)
    return Order(house, actor, TargetKind(target), Visibility(visibility))


def _importer(session: Session, tenant_id: int, email: str | None) -> Person:
    statement = select(Person).where(col(Person.tenant_id) == tenant_id)
    if email is not None:
        statement = statement.where(col(Person.email) == normal_email(email))
    else:
        in_coordination = select(PersonRole.person_id).where(col(PersonRole.role) == Role.COORDINATION)
        statement = statement.where(col(Person.active).is_(True), col(Person.id).in_(in_coordination))
    person = session.exec(statement.order_by(col(Person.id))).first()
    if person is None:
        raise BadImport(f"Nobody of this tenant has the address {email}." if email else "Nobody here is coordination.")
    return person


def files_below(paths: Iterable[Path]) -> list[Source]:
    """The files, and those in the folders, in order; hidden ones are not meant.

    A file is named from its given folder on; files of one name in this run are named by their whole path.
    """
    found: dict[Path, str] = {}
    for path in (each.resolve() for each in paths):
        above = path.parent if path.is_dir() else path.parent.parent
        inside = sorted(each for each in path.rglob("*") if each.is_file()) if path.is_dir() else [path]
        for each in inside:
            if not each.name.startswith("."):
                found.setdefault(each, each.relative_to(above).as_posix())
    often = Counter(found.values())
    return [Source(path, name if often[name] == 1 else path.as_posix()) for path, name in found.items()]


def steps_of(source: Source) -> int:
    """How many steps of the progress bar a file is: its lines where each line is a text, else one."""
    if rules.suffix_of(source.name) not in ("jsonl", "csv"):
        return 1
    with source.path.open("rb") as file:
        return max(1, sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b"")))


def import_files(order: Order, files: Sequence[Source], advance: Callable[[int], None]) -> Report:
    """Take everything in; `advance` is told of steps done. One transaction per batch of 500.

    The list of imports shows it as one import, which can be taken back there; what was only brought up to date stays.
    """
    report = Report()
    with order.house.within():
        run_id = begin_run(order)
        for source in files:
            before = steps_of(source)
            for taken in _file(order, _Into(run_id, source), report):
                advance(min(taken, before))
                before -= min(taken, before)
            advance(before)
    return report


@dataclass
class _Into:
    """Which import a file belongs to, and the row of the file, once something of it was taken."""

    run_id: int
    source: Source
    file_id: int | None = None


def _file(order: Order, into: _Into, report: Report) -> Iterator[int]:
    path = into.source.path
    code = rules.refusal(path.name)
    if code:
        report.left.append(f"{path}: {problem(code)}")
        return
    mapping: dict[str, str] = {}
    keys = _Keys(order.target, into.source.name)
    found = read(path, path.name)
    try:
        while part := list(islice(found, BATCH)):
            columns = dict.fromkeys(name for each in part if isinstance(each, Found) for name in each.given)
            mapping = mapping or rules.guess_mapping(list(columns), order.target.value)
            for each in part:
                if is_note(each):
                    report.notes.append(f"{path}: {problem(each.code)}")
                elif not isinstance(each, Found):
                    report.left.append(f"{path}:{each.place}: {problem(each.code)}")
            rows = [each for each in part if isinstance(each, Found)]
            report.marked += sum(points_at_somebody(each.given.values()) for each in rows)
            _take(order, into, {key: (one, place) for key, one, place in keys.given_to(path, rows, mapping)}, report)
            yield len(part)
    except Unreadable as error:
        report.left.append(f"{path}: {problem(error.code)}")


@dataclass
class _Keys:
    """Gives the rows of a file keys that are the same next time: their own, else made from file and title.

    The number of a row makes no key: a row put on top would turn each text into another. Of several rows with one
    title, the first is known by it, the others by their texts.
    """

    target: TargetKind
    name: str
    first: dict[str, str] = field(default_factory=dict)

    def given_to(
        self, path: Path, rows: Iterable[Found], mapping: dict[str, str]
    ) -> Iterator[tuple[str, Candidate, int]]:
        """Key, candidate and place of each row."""
        for found in rows:
            fields = rules.fields_of(found.given, mapping)
            if not found.place and not found.given.get("title"):
                fields["title"] = rules.title_of_name(path.name)
            content = targets.digest(fields["title"] + fields["text"])
            fields["key"] = fields.get("key") or self._made(found.place, fields["title"], content)
            yield fields["key"], Candidate(fields, content, path.name), found.place

    def _made(self, place: int, title: str, content: str) -> str:
        what = f"{self.name} {title}" if place else f"{self.name} 0"
        if self.first.setdefault(what, content) != content:
            what = f"{what} {content}"
        return f"{self.target.value[0]}-{targets.digest(what)[:12]}"


def _take(order: Order, into: _Into, rows: dict[str, tuple[Candidate, int]], report: Report) -> None:
    batch = list(rows.values())

    def job(session: Session) -> tuple[int, list[targets.Outcome]]:
        work = Work(session, order.actor, clock.now(), "import")
        run = session.exec(select(ImportRun).where(col(ImportRun.id) == into.run_id)).one()
        candidates = [candidate for candidate, _place in batch]
        outcomes = targets.take_batch(work, order.target, order.visibility, candidates, update=True)
        file_id = into.file_id or _file_row(session, into)
        _keep(session, run, file_id, zip(batch, outcomes, strict=True))
        work.record("import.batch_taken", run, rows=len(batch), target=order.target.value)
        work.finish()
        return file_id, outcomes

    into.file_id, outcomes = order.house.writer.run(job, order.actor.tenant_id)
    for (_candidate, place), outcome in zip(batch, outcomes, strict=True):
        if outcome.left:
            report.left.append(f"{into.source.path}:{place}: {problem(outcome.left)}")
        elif outcome.updated:
            report.updated += 1
        else:
            report.added += 1


def begin_run(order: Order) -> int:
    """The import as the list of imports shows it; its number."""

    def job(session: Session) -> int:
        work = Work(session, order.actor, clock.now(), "import")
        run = ImportRun(
            target=order.target, visibility=order.visibility, person_id=order.actor.person_id, started_at=work.now
        )
        run.state = ImportState.TAKEN
        session.add(run)
        session.flush()
        work.record("import.begun", run, target=order.target.value)
        work.finish()
        return run.id or 0

    return int(order.house.writer.run(job, order.actor.tenant_id))


def _file_row(session: Session, into: _Into) -> int:
    path = into.source.path
    with path.open("rb") as content:
        sha256 = hashlib.file_digest(content, "sha256").hexdigest()
    row = ImportFile(
        import_id=into.run_id, name=into.source.name[-255:], stored="", size=path.stat().st_size, sha256=sha256
    )
    session.add(row)
    session.flush()
    return row.id or 0


def _keep(session: Session, run: ImportRun, file_id: int, taken: Iterable[Any]) -> None:
    """One row for each text that is new or was left out, as an import on the page keeps them."""
    of_run = select(func.coalesce(func.max(col(ImportRow.position)), -1)).where(col(ImportRow.import_id) == run.id)
    position = session.exec(of_run).one()
    for (candidate, place), outcome in taken:
        if outcome.updated:
            continue
        position += 1
        row = ImportRow(import_id=run.id or 0, file_id=file_id, position=position, place=str(place))
        row.sha256, row.reason = candidate.sha256, outcome.left
        row.state = RowState.SKIPPED if outcome.left else RowState.TAKEN
        row.target_id, row.target_key = outcome.id, outcome.key
        session.add(row)
