"""Writing solutions down: a new one, and a change of one. The coordination keeps the knowledge base."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from typing import Any

from sqlmodel import Session, col, delete, select

from app.core.clock import LOCAL
from app.core.errors import ChangedMeanwhile, InvalidInput, NotFound
from app.core.i18n import _
from app.core.work import Work
from app.people.states import Visibility
from knowledge.conversation.versions import keep_version, pointing_at_somebody
from knowledge.gaps.models import Gap
from knowledge.gaps.policy import COORDINATION
from knowledge.privacy.confirming import Unchecked, places_for, refuse_unconfirmed
from knowledge.search.documents import Kind
from knowledge.search.outbox import enqueue
from knowledge.solutions.keys import next_keys
from knowledge.solutions.models import Solution, SolutionDocument, SolutionGap, SolutionLesson, SolutionOrganisation
from knowledge.solutions.policy import may_edit_solution
from knowledge.solutions.rules import lines
from knowledge.solutions.states import EffectRating


@dataclass(frozen=True)
class SolutionText:
    """A solution as typed: gaps by their keys, organisations by their ids, months as YYYY-MM."""

    title: str
    kind: str
    effect: EffectRating
    visibility: Visibility
    description: str
    period_start: str | None = None
    period_end: str | None = None
    result: str = ""
    shortfall: str = ""
    conditions: str = ""
    transfer: str = ""
    cost: str = ""
    contact_role: str = ""
    lessons: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    organisations: tuple[int, ...] = ()
    gaps: tuple[str, ...] = ()


_LISTS = {"lessons", "documents", "organisations", "gaps"}


def create_solution(work: Work, text: SolutionText, confirmed: Collection[str] = ()) -> Solution:
    """A new entry with the next key of the year in which it began.

    `confirmed` are the keys of passages that a person looked at and left in; Unchecked if others remain.
    """
    work.require(may_edit_solution(work.actor))
    _refuse_unconfirmed(work.session, text.visibility, _read_by_others(text), confirmed)
    gaps = _gaps(work.session, text.gaps)
    year = int(text.period_start[:4]) if text.period_start else work.now.astimezone(LOCAL).year
    row = Solution(key=next(next_keys(work.session, work.tenant_id, year)), **_columns(text))
    work.session.add(row)
    work.session.flush()
    _write_lists(work.session, row, text, gaps)
    keep_version(work, KIND, row.id or 0, texts_of(text))
    work.record("solution.created", row, effect=row.effect.value, gaps=len(gaps))
    _index(work, row, gaps)
    return row


def edit_solution(work: Work, key: str, text: SolutionText, version: int, confirmed: Collection[str] = ()) -> Solution:
    """Write a change down if the solution is still as the form showed it; otherwise ChangedMeanwhile."""
    work.require(may_edit_solution(work.actor))
    row = work.session.exec(select(Solution).where(col(Solution.key) == key).with_for_update()).first()
    if row is None:
        raise NotFound(_("Diese Seite gibt es nicht."))
    if row.version != version:
        raise ChangedMeanwhile(_("Diese Lösung wurde inzwischen von jemand anderem geändert."))
    texts_before = kept_texts(work.session, row)
    accepted = _already_read(work.session, row) if row.visibility.value != COORDINATION else {}
    _refuse_unconfirmed(work.session, text.visibility, _read_by_others(text), confirmed, accepted)
    gaps = _gaps(work.session, text.gaps)
    before = _linked(work.session, row)
    for name, value in _columns(text).items():
        setattr(row, name, value)
    row.version += 1
    work.session.add(row)
    _write_lists(work.session, row, text, gaps)
    keep_version(work, KIND, row.id or 0, texts_of(text), before=texts_before)
    work.record("solution.edited", row, version=row.version, effect=row.effect.value)
    _index(work, row, [*gaps, *before])
    return row


def _columns(text: SolutionText) -> dict[str, Any]:
    given = {field.name: getattr(text, field.name) for field in fields(text) if field.name not in _LISTS}
    return {name: value if value != "" or name in ("title", "description") else None for name, value in given.items()}


def _gaps(session: Session, keys: tuple[str, ...]) -> list[Gap]:
    """The gaps of these keys in their order; InvalidInput names those that do not exist."""
    found = {gap.key: gap for gap in session.exec(select(Gap).where(col(Gap.key).in_(keys)))}
    missing = [key for key in keys if key not in found]
    if missing:
        raise InvalidInput(
            _("Diese Fehlstellen gibt es nicht: %(keys)s. Bitte prüfen Sie die Kennungen.", keys=", ".join(missing))
        )
    return [found[key] for key in keys]


def _linked(session: Session, row: Solution) -> list[Gap]:
    statement = select(Gap).join(SolutionGap, col(SolutionGap.gap_id) == col(Gap.id))
    return list(session.exec(statement.where(col(SolutionGap.solution_id) == row.id)))


def _write_lists(session: Session, row: Solution, text: SolutionText, gaps: list[Gap]) -> None:
    """Lessons, documents and organisations anew; the links to gaps stay the rows that they are."""
    solution_id = row.id or 0
    for table in (SolutionLesson, SolutionDocument, SolutionOrganisation):
        session.exec(delete(table).where(col(table.solution_id) == solution_id))
    for place, lesson in enumerate(text.lessons):
        session.add(SolutionLesson(solution_id=solution_id, position=place, text=lesson))
    for place, title in enumerate(text.documents):
        session.add(SolutionDocument(solution_id=solution_id, position=place, title=title))
    for place, organisation_id in enumerate(text.organisations):
        session.add(SolutionOrganisation(solution_id=solution_id, organisation_id=organisation_id, position=place))
    _link_gaps(session, solution_id, [gap.id or 0 for gap in gaps])


def _link_gaps(session: Session, solution_id: int, gap_ids: list[int]) -> None:
    """A merge remembers a link by its row, and a gap its own order of solutions: only what differs is changed."""
    rows = session.exec(select(SolutionGap).where(col(SolutionGap.solution_id) == solution_id)).all()
    known = {row.gap_id: row for row in rows}
    for gap_id, row in known.items():
        if gap_id not in gap_ids:
            session.delete(row)
    for place, gap_id in enumerate(gap_ids):
        row = known.get(gap_id) or SolutionGap(solution_id=solution_id, gap_id=gap_id, gap_position=LAST_PLACE)
        row.position = place
        session.add(row)


LAST_PLACE = 1_000
"""A newly linked solution stands after those that a gap already has."""


def _index(work: Work, row: Solution, gaps: list[Gap]) -> None:
    enqueue(work.session, Kind.SOLUTION, row.key)
    for gap in {gap.key: gap for gap in gaps}.values():
        work.announce(f"gap:{gap.id}", "solutions")


def _refuse_unconfirmed(
    session: Session,
    visibility: Visibility,
    texts: Mapping[str, str],
    confirmed: Collection[str] = (),
    accepted: Mapping[str, str] = {},
) -> None:
    """Unchecked if a passage is neither confirmed nor in the text that more people read already."""
    if visibility.value != COORDINATION:
        refuse_unconfirmed(texts.values(), confirmed, accepted=accepted.values(), allowed=places_for(session))


def _read_by_others(text: SolutionText) -> dict[str, str]:
    """All that a person typed freely."""
    return (
        texts_of(text) | {name: getattr(text, name) for name in SHORT_TEXTS} | {"documents": "\n".join(text.documents)}
    )


def _already_read(session: Session, row: Solution) -> dict[str, str]:
    """The same of the stored solution."""
    documents = session.exec(select(SolutionDocument.title).where(col(SolutionDocument.solution_id) == row.id))
    short = {name: getattr(row, name) or "" for name in SHORT_TEXTS}
    return kept_texts(session, row) | short | {"documents": "\n".join(documents)}


def restore_solution(work: Work, solution_id: int, texts: Mapping[str, str]) -> None:
    """Put the texts of an earlier version back; all else stays. A DomainError if it was written for fewer readers."""
    work.require(may_edit_solution(work.actor))
    row = work.session.exec(select(Solution).where(col(Solution.id) == solution_id).with_for_update()).first()
    if row is None:
        raise NotFound(_("Diese Seite gibt es nicht."))
    try:
        _refuse_unconfirmed(work.session, row.visibility, texts, (), kept_texts(work.session, row))
    except Unchecked as error:
        raise pointing_at_somebody() from error
    for name in COLUMN_TEXTS:
        setattr(row, name, texts.get(name) or (None if name not in ("title", "description") else ""))
    row.version += 1
    work.session.exec(delete(SolutionLesson).where(col(SolutionLesson.solution_id) == solution_id))
    for place, lesson in enumerate(lines(texts.get("lessons", ""))):
        work.session.add(SolutionLesson(solution_id=solution_id, position=place, text=lesson))
    work.session.add(row)
    keep_version(work, KIND, solution_id, kept_texts(work.session, row))
    work.record("solution.restored", row, version=row.version)
    _index(work, row, [])


KIND = "solution"
COLUMN_TEXTS = ("title", "description", "result", "shortfall", "conditions", "transfer")
SHORT_TEXTS = ("cost", "contact_role")
"""Checked like the others; no versions are kept of them."""


def texts_of(text: SolutionText) -> dict[str, str]:
    """The texts of which versions are kept, as typed."""
    return {name: getattr(text, name) for name in COLUMN_TEXTS} | {"lessons": "\n".join(text.lessons)}


def kept_texts(session: Session, row: Solution) -> dict[str, str]:
    """The texts of which versions are kept, as they are stored."""
    of_row = select(SolutionLesson.text).where(col(SolutionLesson.solution_id) == row.id)
    lessons = session.exec(of_row.order_by(col(SolutionLesson.position)))
    return {name: getattr(row, name) or "" for name in COLUMN_TEXTS} | {"lessons": "\n".join(lessons)}
