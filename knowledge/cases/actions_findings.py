"""What stations show about the system: findings with the gap that they feed, and the questions that stay open.

While a case is a draft, a finding only proposes a gap. It counts as evidence once the case is released (`count`).
"""

from collections.abc import Iterable

from sqlmodel import Session, col, delete, func, select

from app.core.errors import DomainError, InvalidInput, NotFound
from app.core.i18n import _
from app.core.permissions import Actor, Verdict, all_of, allowed_if
from app.core.work import Work
from knowledge.cases.access import FoundCase
from knowledge.cases.drafts import LONGEST_LINE, MOST_QUESTIONS, mark_of
from knowledge.cases.editing import case_of_station, locked_case, same_or_changed
from knowledge.cases.models import Finding, OpenQuestion, Station
from knowledge.cases.policy import CaseAccess, may_edit_case, may_write_finding
from knowledge.cases.states import CaseState, FindingKind
from knowledge.gaps.actions import index_again
from knowledge.gaps.models import Evidence, Gap
from knowledge.gaps.states import Polarity
from knowledge.gaps.visibility import readable_gaps

COUNTING = (CaseState.RELEASED, CaseState.CLOSED)


def may_note_finding(actor: Actor, case: CaseAccess) -> Verdict:
    """In a draft those who edit it; once released those who hold findings of the workshop."""
    if case.state in COUNTING:
        return may_write_finding(actor, case)
    return all_of(may_write_finding(actor, case), may_edit_case(actor, case))


def may_change_finding(actor: Actor, case: CaseAccess) -> Verdict:
    """What a released case found is changed in the review of its workshop, not here."""
    return all_of(
        may_note_finding(actor, case),
        allowed_if(case.state not in COUNTING, "Der Fall ist freigegeben; Befunde ändert die Nachbereitung."),
    )


def add_finding(
    work: Work, station_id: int, text: str, gap_id: int | None = None, kind: FindingKind = FindingKind.SUPPORTS
) -> Finding:
    """A finding at a station. In a released case it counts as evidence for its gap at once."""
    found, station = case_of_station(work, station_id, may_note_finding)
    text = _checked(text)
    _readable(work, gap_id)
    highest = work.session.exec(select(func.max(Finding.position)).where(col(Finding.station_id) == station_id)).one()
    finding = Finding(
        station_id=station_id,
        gap_id=gap_id,
        position=0 if highest is None else highest + 1,
        text=text,
        kind=kind,
    )
    work.session.add(finding)
    work.session.flush()
    work.record("finding.added", found.case, station=station.key, linked=gap_id is not None)
    if found.case.state in COUNTING:
        count(work, found)
    return finding


def change_finding(
    work: Work, finding_id: int, text: str, gap_id: int | None, kind: FindingKind, shown: str
) -> Finding:
    """Write a change of a draft's finding down if it is still as the form showed it."""
    finding = work.session.exec(select(Finding).where(col(Finding.id) == finding_id)).first()
    if finding is None:
        raise NotFound(_("Diese Seite gibt es nicht."))
    found, station = case_of_station(work, finding.station_id, may_change_finding)
    work.session.refresh(finding)
    same_or_changed(shown, mark_of_finding(finding))
    if gap_id != finding.gap_id:
        _readable(work, gap_id)
    finding.text, finding.gap_id, finding.kind = _checked(text), gap_id, kind
    work.session.add(finding)
    work.record("finding.changed", found.case, station=station.key, linked=gap_id is not None)
    return finding


def remove_finding(work: Work, finding_id: int) -> int:
    """Take a finding out of a draft; the id of its case."""
    finding = work.session.exec(select(Finding).where(col(Finding.id) == finding_id)).first()
    if finding is None:
        raise NotFound(_("Diese Seite gibt es nicht."))
    found, station = case_of_station(work, finding.station_id, may_change_finding)
    work.session.delete(finding)
    work.record("finding.removed", found.case, station=station.key)
    return found.id


def write_questions(work: Work, case_id: int, texts: Iterable[str], shown: str) -> None:
    """The open questions of a draft, in this order, if they are still as the form showed them."""
    found = locked_case(work, case_id)
    same_or_changed(shown, mark_of(questions_of(work.session, case_id)))
    questions = [_checked(text) for text in texts if text.strip()]
    if len(questions) > MOST_QUESTIONS:
        raise InvalidInput(_("Bitte halten Sie höchstens %(most)d Fragen fest.", most=MOST_QUESTIONS))
    work.session.exec(delete(OpenQuestion).where(col(OpenQuestion.case_id) == case_id))
    work.session.add_all(
        OpenQuestion(case_id=case_id, position=place, text=text) for place, text in enumerate(questions)
    )
    work.record("case.questions", found.case, number=len(questions))


def questions_of(session: Session, case_id: int) -> tuple[str, ...]:
    """The open questions in their order."""
    statement = select(OpenQuestion.text).where(col(OpenQuestion.case_id) == case_id)
    return tuple(session.exec(statement.order_by(col(OpenQuestion.position), col(OpenQuestion.id))))


def mark_of_finding(finding: Finding) -> str:
    """The mark of everything that the form shows."""
    return mark_of(finding.text, finding.gap_id, finding.kind.value)


def count(work: Work, found: FoundCase) -> None:
    """Let each finding that points at a gap count there, once per station and direction (domain.md 2.4)."""
    rows = work.session.exec(
        select(Finding, Gap)
        .join(Station, col(Station.id) == col(Finding.station_id))
        .join(Gap, col(Gap.id) == col(Finding.gap_id))
        .where(col(Station.case_id) == found.id)
        .order_by(col(Station.position), col(Finding.position), col(Finding.id))
    ).all()
    station_ids = {finding.station_id for finding, _gap in rows}
    there = set(
        work.session.exec(
            select(Evidence.gap_id, Evidence.station_id, Evidence.polarity).where(
                col(Evidence.station_id).in_(station_ids)
            )
        )
    )
    for finding, gap in rows:
        polarity = Polarity.FOR if finding.kind == FindingKind.SUPPORTS else Polarity.AGAINST
        place = (gap.id or 0, finding.station_id, polarity)
        if place in there:
            continue
        there.add(place)
        own = finding.id if polarity == Polarity.FOR else None
        work.session.add(Evidence(gap_id=place[0], station_id=finding.station_id, finding_id=own, polarity=polarity))
        work.record("gap.evidence_added", gap, polarity=polarity.value)
        work.announce(f"gap:{gap.id}", "evidence")
        index_again(work, gap)
    work.session.flush()


def _checked(text: str) -> str:
    tidy = text.strip().replace("\r\n", "\n")
    if not tidy:
        raise InvalidInput(_("Bitte schreiben Sie einen Satz."))
    if len(tidy) > LONGEST_LINE:
        raise InvalidInput(_("Bitte kürzen Sie den Satz auf höchstens %(max)d Zeichen.", max=LONGEST_LINE))
    return tidy


def _readable(work: Work, gap_id: int | None) -> None:
    if gap_id is None:
        return
    known = select(Gap.id).where(col(Gap.id) == gap_id, readable_gaps(work.actor), col(Gap.merged_into_id).is_(None))
    if work.session.exec(known).first() is None:
        raise DomainError(_("Diese Fehlstelle gibt es nicht."))
