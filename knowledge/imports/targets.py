"""What the rows of an import become: documents, solutions, gaps as reported. One statement per table and batch.

A row that cannot be taken is left out with a code of `wording.PROBLEMS`; it never stops the others.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, SQLModel, col, select

from app.core.clock import LOCAL
from app.core.work import Work
from app.people.states import Visibility
from knowledge.documents.models import Document
from knowledge.documents.states import PaperKind
from knowledge.gaps import keys as gap_keys
from knowledge.gaps.models import Gap
from knowledge.gaps.states import SolvableAt
from knowledge.imports import rules
from knowledge.imports.states import TargetKind
from knowledge.search.documents import Kind
from knowledge.search.outbox import enqueue
from knowledge.solutions import keys as solution_keys
from knowledge.solutions.models import Solution, SolutionLesson
from knowledge.solutions.states import EffectRating
from knowledge.taxonomy import lists

Target = Document | Solution | Gap
MODELS: Mapping[TargetKind, Any] = {
    TargetKind.DOCUMENT: Document,
    TargetKind.SOLUTION: Solution,
    TargetKind.GAP: Gap,
}
KINDS = {TargetKind.DOCUMENT: Kind.DOCUMENT, TargetKind.SOLUTION: Kind.SOLUTION, TargetKind.GAP: Kind.GAP}
LONGEST_KEY = {TargetKind.DOCUMENT: 128, TargetKind.SOLUTION: 64, TargetKind.GAP: 64}
_EFFECTS = {"wirksam": "effective", "teilweise wirksam": "partly", "nicht wirksam": "ineffective"}


@dataclass(frozen=True)
class Candidate:
    """A row with the fields of its target; `sha256` is the digest of its content, `source` its file."""

    fields: Mapping[str, str]
    sha256: str
    source: str


@dataclass(frozen=True)
class Outcome:
    """What became of a row: the thing's id and key, or the code of why it was left out. `updated`: it was there."""

    id: int | None = None
    key: str | None = None
    left: str | None = None
    updated: bool = False


@dataclass(frozen=True)
class _Written:
    """A row of the target's table, new or written over, and what was learnt, one lesson a line."""

    row: Any
    updated: bool
    lesson: str = ""


class _Left(Exception):
    """This row is left out; the argument is a code."""


def digest(text: str) -> str:
    """SHA-256 of a text without the differences that white space makes, as 64 hexadecimal digits."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()


@dataclass
class _Known:
    """What is there already, for the keys, titles and contents of one batch."""

    rows: dict[str, Any]
    titles: set[str]
    contents: set[str]
    numbers: Iterator[str]


def take_batch(
    work: Work, target: TargetKind, visibility: Visibility, batch: Sequence[Candidate], *, update: bool = False
) -> list[Outcome]:
    """Write a batch and queue it for search; the caller records it. With `update` a known key is written over."""
    known = _known(work, target, batch)
    taken = [_taken(work, target, visibility, candidate, known, update) for candidate in batch]
    work.session.flush()
    return [_finished(work.session, target, each) for each in taken]


def _known(work: Work, target: TargetKind, batch: Sequence[Candidate]) -> _Known:
    model = MODELS[target]
    keys = {each.fields["key"] for each in batch if each.fields.get("key")}
    rows = {row.key: row for row in work.session.exec(select(model).where(model.key.in_(keys)))} if keys else {}
    contents = known_contents(work.session, target, {each.sha256 for each in batch})
    titles = known_titles(work.session, target, {each.fields["title"] for each in batch})
    return _Known(rows, titles, contents, _numbers(work, target))


def known_contents(session: Session, target: TargetKind, digests: set[str]) -> set[str]:
    """Which of these contents are there already; only documents keep the digest of theirs."""
    if target != TargetKind.DOCUMENT:
        return set()
    return set(session.exec(select(Document.sha256).where(col(Document.sha256).in_(digests))))


def known_titles(session: Session, target: TargetKind, titles: set[str]) -> set[str]:
    """Which of these titles are there already, written the same; as `rules.plain` writes them. One statement."""
    model = MODELS[target]
    return {rules.plain(title) for title in session.exec(select(model.title).where(model.title.in_(titles)))}


def _numbers(work: Work, target: TargetKind) -> Iterator[str]:
    """The keys that come next; one that was given to something that was taken back is not given again."""
    year = work.now.astimezone(LOCAL).year
    given = gap_keys if target == TargetKind.GAP else solution_keys
    return given.next_keys(work.session, work.tenant_id, year)


def _taken(
    work: Work, target: TargetKind, visibility: Visibility, candidate: Candidate, known: _Known, update: bool
) -> "_Written | Outcome":
    fields = candidate.fields
    key = fields.get("key", "")
    row = known.rows.get(key) if key else None
    try:
        _check(target, candidate, known, row is not None, update)
        columns = BUILDERS[target](fields, candidate, work)
    except _Left as left:
        return Outcome(left=str(left))
    if row is None:
        columns |= {"key": key or _new_key(target, candidate, known), "visibility": visibility}
        written = _Written(MODELS[target](**columns), False, fields.get("lesson", ""))
    else:
        for name, value in columns.items():
            setattr(row, name, value)
        written = _Written(row, True)
    work.session.add(written.row)
    known.rows[written.row.key] = written.row
    known.titles.add(rules.plain(fields["title"]))
    known.contents.add(candidate.sha256)
    return written


def _check(target: TargetKind, candidate: Candidate, known: _Known, is_there: bool, update: bool) -> None:
    fields = candidate.fields
    if not fields.get("title"):
        raise _Left("no_title")
    if not fields.get("text"):
        raise _Left("no_text")
    if len(fields.get("key", "")) > LONGEST_KEY[target]:
        raise _Left("long_key")
    if not rules.is_address(fields.get("key", ""), with_slash=target == TargetKind.DOCUMENT):
        raise _Left("bad_key")
    if is_there and not update:
        raise _Left("known_key")
    if update:
        return
    if candidate.sha256 in known.contents:
        raise _Left("known_content")
    if not fields.get("key") and rules.plain(fields["title"]) in known.titles:
        raise _Left("known_title")


def _new_key(target: TargetKind, candidate: Candidate, known: _Known) -> str:
    if target != TargetKind.DOCUMENT:
        return next(key for key in known.numbers if key not in known.rows)
    key = f"d-{digest(candidate.fields['title'] + candidate.sha256)[:12]}"
    return key if key not in known.rows else f"{key}-{len(known.rows)}"


def _finished(session: Session, target: TargetKind, taken: "_Written | Outcome") -> Outcome:
    if isinstance(taken, Outcome):
        return taken
    row = taken.row
    if target == TargetKind.SOLUTION:
        for position, text in enumerate(filter(None, map(str.strip, taken.lesson.split("\n")))):
            session.add(SolutionLesson(solution_id=row.id, position=position, text=text))
    enqueue(session, KINDS[target], row.key)
    return Outcome(row.id, row.key, updated=taken.updated)


def _document(fields: Mapping[str, str], candidate: Candidate, work: Work) -> dict[str, Any]:
    words = f"{fields['title']} {candidate.source}"
    paper = fields.get("paper", "").lower()
    dated = rules.day_in(fields.get("dated", "")) or rules.day_in(words) or rules.day_in(fields["text"][:600])
    return {
        "title": fields["title"],
        "text": fields["text"],
        "dated": dated,
        "paper": PaperKind(paper if paper in set(PaperKind) else rules.paper_of(f"{paper} {words}")),
        "source_name": candidate.source[:255],
        "sha256": candidate.sha256,
        "imported_at": work.now,
        "imported_by_id": work.actor.person_id,
    }


def _solution(fields: Mapping[str, str], _candidate: Candidate, _work: Work) -> dict[str, Any]:
    effect = fields.get("effect", "").lower()
    return {
        "title": fields["title"],
        "description": fields["text"],
        "kind": _code("solution_kinds", fields.get("kind", ""), "procedure"),
        "effect": EffectRating(_EFFECTS.get(effect, effect if effect in set(EffectRating) else "unknown")),
        "result": fields.get("result") or None,
        "transfer": fields.get("transfer") or None,
        "period_start": rules.month_in(fields.get("begun", "")),
        "period_end": rules.month_in(fields.get("ended", "")),
    }


def _gap(fields: Mapping[str, str], _candidate: Candidate, work: Work) -> dict[str, Any]:
    level = fields.get("solvable_at", "").lower()
    return {
        "title": fields["title"],
        "summary": fields["text"],
        "solvable_at": SolvableAt(level if level in set(SolvableAt) else SolvableAt.STRATEGIC),
        "severity": _scale(fields.get("severity", "")),
        "frequency": _scale(fields.get("frequency", "")),
        "first_reported": _today(work),
        "reports": 1,
    }


def _today(work: Work) -> date:
    return work.now.astimezone(LOCAL).date()


def _scale(text: str) -> int:
    if not text:
        return 2
    if text not in ("1", "2", "3", "4"):
        raise _Left("unknown_code")
    return int(text)


def _code(name: str, text: str, fallback: str) -> str:
    """A code of a taxonomy list by its key or its label; the fallback where nothing was said."""
    if not text:
        return fallback
    entries = lists.entries(name)
    found = next((each.key for each in entries if text.lower() in (str(each.key).lower(), each.label.lower())), None)
    if found is None:
        raise _Left("unknown_code")
    return str(found)


BUILDERS: Mapping[TargetKind, Callable[[Mapping[str, str], Candidate, Work], dict[str, Any]]] = {
    TargetKind.DOCUMENT: _document,
    TargetKind.SOLUTION: _solution,
    TargetKind.GAP: _gap,
}


def referred_to(session: Session, target: TargetKind, ids: Sequence[int]) -> set[int]:
    """Which of these things a row of any table refers to; lessons of a solution are part of it. Fixed statements."""
    model = MODELS[target]
    found: set[int] = set()
    for mapper in SQLModel._sa_registry.mappers:
        for column in mapper.local_table.columns:
            points_here = any(key.column is model.__table__.c.id for key in column.foreign_keys)
            if points_here and mapper.class_ is not SolutionLesson:
                attribute = getattr(mapper.class_, column.key)
                found |= set(session.exec(select(attribute).where(attribute.in_(ids)).distinct()))
    return found
