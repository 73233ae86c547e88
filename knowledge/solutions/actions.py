"""Writing solutions down: a new one, and a change of one. The coordination keeps the knowledge base."""

from dataclasses import asdict, dataclass, fields
from typing import Any

from sqlmodel import Session, col, delete, select

from app.core.clock import LOCAL
from app.core.errors import DomainError, InvalidInput, NotFound
from app.core.i18n import _
from app.core.work import Work
from app.people.models import Tenant
from app.people.states import Visibility
from knowledge.gaps.models import Gap
from knowledge.search.documents import Kind
from knowledge.search.outbox import enqueue
from knowledge.solutions.models import Solution, SolutionDocument, SolutionGap, SolutionLesson, SolutionOrganisation
from knowledge.solutions.policy import may_edit_solution
from knowledge.solutions.rules import next_key
from knowledge.solutions.states import EffectRating


class ChangedMeanwhile(DomainError):
    """Somebody else saved the solution after this form was opened; nothing was overwritten."""


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


def create_solution(work: Work, text: SolutionText) -> Solution:
    """A new entry with the next key of the year in which it began."""
    work.require(may_edit_solution(work.actor))
    gaps = _gaps(work.session, text.gaps)
    work.session.exec(select(Tenant).where(col(Tenant.id) == work.tenant_id).with_for_update()).one()
    year = int(text.period_start[:4]) if text.period_start else work.now.astimezone(LOCAL).year
    row = Solution(key=next_key(year, work.session.exec(select(Solution.key))), **_columns(text))
    work.session.add(row)
    work.session.flush()
    _write_lists(work.session, row, text, gaps)
    work.record("solution.created", row, effect=row.effect.value, gaps=len(gaps))
    _index(work, row, gaps)
    return row


def edit_solution(work: Work, key: str, text: SolutionText, version: int) -> Solution:
    """Write a change down if the solution is still as the form showed it; otherwise ChangedMeanwhile."""
    work.require(may_edit_solution(work.actor))
    row = work.session.exec(select(Solution).where(col(Solution.key) == key).with_for_update()).first()
    if row is None:
        raise NotFound(_("Diese Seite gibt es nicht."))
    if row.version != version:
        raise ChangedMeanwhile(_("Diese Lösung wurde inzwischen von jemand anderem geändert."))
    gaps = _gaps(work.session, text.gaps)
    before = _linked(work.session, row)
    for name, value in _columns(text).items():
        setattr(row, name, value)
    row.version += 1
    work.session.add(row)
    _write_lists(work.session, row, text, gaps)
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
    """Lessons, documents, organisations and gaps anew; a gap's own order of its solutions stays."""
    solution_id = row.id or 0
    places = dict(
        session.exec(
            select(SolutionGap.gap_id, SolutionGap.gap_position).where(col(SolutionGap.solution_id) == solution_id)
        ).all()
    )
    for table in (SolutionLesson, SolutionDocument, SolutionOrganisation, SolutionGap):
        session.exec(delete(table).where(col(table.solution_id) == solution_id))
    for place, lesson in enumerate(text.lessons):
        session.add(SolutionLesson(solution_id=solution_id, position=place, text=lesson))
    for place, title in enumerate(text.documents):
        session.add(SolutionDocument(solution_id=solution_id, position=place, title=title))
    for place, organisation_id in enumerate(text.organisations):
        session.add(SolutionOrganisation(solution_id=solution_id, organisation_id=organisation_id, position=place))
    for place, gap in enumerate(gaps):
        gap_id = gap.id or 0
        session.add(
            SolutionGap(
                solution_id=solution_id, gap_id=gap_id, position=place, gap_position=places.get(gap_id, LAST_PLACE)
            )
        )


LAST_PLACE = 1_000
"""A newly linked solution stands after those that a gap already has."""


def _index(work: Work, row: Solution, gaps: list[Gap]) -> None:
    enqueue(work.session, Kind.SOLUTION, row.key)
    for gap in {gap.key: gap for gap in gaps}.values():
        work.announce(f"gap:{gap.id}", "solutions")


def texts_of(text: SolutionText) -> dict[str, str]:
    """The texts of which versions are kept."""
    whole = asdict(text)
    kept = {name: str(whole[name] or "") for name in ("title", "description", "result", "shortfall", "conditions")}
    return {**kept, "transfer": text.transfer, "lessons": "\n".join(text.lessons)}
