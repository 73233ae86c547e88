"""Import from the command line: files and folders into the knowledge base, in batches, repeatable by key."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from sqlmodel import Session, col, select

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
from knowledge.imports.models import ImportRun
from knowledge.imports.readers.values import Found, Unreadable
from knowledge.imports.reading import read
from knowledge.imports.states import ImportState, TargetKind
from knowledge.imports.targets import Candidate
from knowledge.imports.wording import problem

BATCH = 500


class BadImport(Exception):
    """Nothing can be imported like this; the message is a sentence."""


@dataclass
class Report:
    """What came of it; `left` are places with reasons, in German as on the pages."""

    added: int = 0
    updated: int = 0
    left: list[str] = field(default_factory=list)


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
        person = _importer(session, tenant.id or 0, email)
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


def files_below(paths: Iterable[Path]) -> list[Path]:
    """The files, and those in the folders, in order; hidden ones are not meant."""
    found: list[Path] = []
    for path in paths:
        inside = sorted(each for each in path.rglob("*") if each.is_file()) if path.is_dir() else [path]
        found.extend(each for each in inside if not each.name.startswith("."))
    return found


def steps_of(path: Path) -> int:
    """How many steps of the progress bar a file is: its lines where each line is a text, else one."""
    if rules.suffix_of(path.name) not in ("jsonl", "csv"):
        return 1
    with path.open("rb") as file:
        return max(1, sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b"")))


def import_files(order: Order, files: Sequence[Path], advance: Callable[[int], None]) -> Report:
    """Take everything in; `advance` is told of steps done. One transaction per batch of 500."""
    report = Report()
    with order.house.within():
        for path in files:
            before = steps_of(path)
            for taken in _file(order, path, report):
                advance(min(taken, before))
                before -= min(taken, before)
            advance(before)
    return report


def _file(order: Order, path: Path, report: Report) -> Iterator[int]:
    code = rules.refusal(path.name)
    if code:
        report.left.append(f"{path}: {problem(code)}")
        return
    mapping: dict[str, str] = {}
    found = read(path, path.name)
    try:
        while part := list(islice(found, BATCH)):
            columns = dict.fromkeys(name for each in part if isinstance(each, Found) for name in each.given)
            mapping = mapping or rules.guess_mapping(list(columns), order.target.value)
            report.left += [
                f"{path}:{each.place}: {problem(each.code)}" for each in part if not isinstance(each, Found)
            ]
            _take(order, path, [each for each in part if isinstance(each, Found)], mapping, report)
            yield len(part)
    except Unreadable as error:
        report.left.append(f"{path}: {problem(error.code)}")


def _take(order: Order, path: Path, found: Sequence[Found], mapping: dict[str, str], report: Report) -> None:
    batch = list(
        {each.fields["key"]: each for each in (_candidate(order, path, one, mapping) for one in found)}.values()
    )
    places = {_candidate(order, path, one, mapping).fields["key"]: one.place for one in found}

    def job(session: Session) -> list[targets.Outcome]:
        work = Work(session, order.actor, clock.now(), "import")
        run = ImportRun(
            target=order.target, visibility=order.visibility, person_id=order.actor.person_id, started_at=work.now
        )
        run.state = ImportState.TAKEN
        session.add(run)
        outcomes = targets.take_batch(work, order.target, order.visibility, batch, update=True)
        work.record("import.batch_taken", run, rows=len(batch), target=order.target.value)
        work.finish()
        return outcomes

    for candidate, outcome in zip(batch, order.house.writer.run(job, order.actor.tenant_id), strict=True):
        if outcome.left:
            report.left.append(f"{path}:{places[candidate.fields['key']]}: {problem(outcome.left)}")
        elif outcome.updated:
            report.updated += 1
        else:
            report.added += 1


def _candidate(order: Order, path: Path, found: Found, mapping: dict[str, str]) -> Candidate:
    """A row with a key that is the same next time: its own, else made from its file and place."""
    fields = rules.fields_of(found.given, mapping)
    if not found.place and not found.given.get("title"):
        fields["title"] = rules.title_of_name(path.name)
    fields["key"] = fields.get("key") or f"{order.target.value[0]}-{targets.digest(f'{path.name} {found.place}')[:12]}"
    return Candidate(fields, targets.digest(fields["title"] + fields["text"]), path.name)
