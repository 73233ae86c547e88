"""Attaching passages to categories, gaps and findings; changing, removing and bringing back; finding places again."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from app.core import clock
from app.core.errors import DomainError, InvalidInput, NotFound
from app.core.i18n import _
from app.core.permissions import Actor
from app.core.work import Work
from knowledge.cases import access
from knowledge.cases.access import FoundCase
from knowledge.cases.models import Case, Finding, Station
from knowledge.coding.anchoring import Quote, quote_of
from knowledge.coding.models import Category, Coding, CodingRound, Passage
from knowledge.coding.policy import may_change_coding, may_code_case
from knowledge.coding.rows import CodingRow, coding_rows, rounds_of
from knowledge.coding.rules import CATEGORY, FINDING, GAP, Target
from knowledge.coding.sources import Source, place, sources_of
from knowledge.coding.states import CategoryState, CodingState, RoundState, SourceField
from knowledge.gaps.models import Gap
from knowledge.gaps.visibility import readable_gaps

LONGEST_PASSAGE = 5000
LONGEST_MEMO = 2000


@dataclass(frozen=True)
class Marked:
    """What a person marked: the source by its key, and offsets in its text."""

    source: str
    start: int
    end: int


def attach(work: Work, key: str, marked: Marked, targets: Sequence[Target], memo: str = "") -> list[Coding]:
    """Attach a passage to each of the targets; what the person attached before stays once."""
    found = codable(work, key)
    if not targets:
        raise InvalidInput(_("Bitte wählen Sie, wozu die Stelle gehört."))
    for target in targets:
        _require_target(work.session, work.actor, found, target)
    number = _open_round(work, found).number
    passage = _passage(work.session, found, marked)
    return [put(work, passage, target, number, memo) for target in targets]


def codable(work: Work, key: str) -> FoundCase:
    """The case, if it exists and the person may code it now; its row stays locked."""
    found = access.case_by_key(work.session, key, clock.today())
    if found is None:
        raise NotFound(_("Diese Seite gibt es nicht."))
    work.require(may_code_case(work.actor, found))
    work.session.exec(select(Case.id).where(col(Case.id) == found.id).with_for_update()).one()
    return found


def put(work: Work, passage: Passage, target: Target, number: int, memo: str = "") -> Coding:
    """The acting person's coding at this place: a new one, or the one that was there, brought back if removed."""
    coding = work.session.exec(
        select(Coding).where(
            col(Coding.passage_id) == passage.id,
            col(Coding.target) == str(target),
            col(Coding.coder_id) == work.actor.person_id,
            col(Coding.round) == number,
        )
    ).first()
    if coding is None:
        coding = Coding(
            guid=str(uuid.uuid4()),
            passage_id=passage.id or 0,
            target=str(target),
            category_id=target.id if target.kind == CATEGORY else None,
            gap_id=target.id if target.kind == GAP else None,
            finding_id=target.id if target.kind == FINDING else None,
            coder_id=work.actor.person_id,
            round=number,
            created_at=work.now,
            changed_at=work.now,
        )
    if memo.strip():
        coding.memo = memo.strip()[:LONGEST_MEMO]
    coding.removed_at, coding.changed_at = None, work.now
    work.session.add(coding)
    work.record("coding.added", coding, target=target.kind, round=number)
    return coding


def change_memo(work: Work, key: str, coding_id: int, memo: str) -> Coding:
    """Write the memo of one's own coding anew."""
    row = _own(work, key, coding_id)
    row.coding.memo = memo.strip()[:LONGEST_MEMO] or None
    row.coding.changed_at = work.now
    work.session.add(row.coding)
    work.record("coding.changed", row.coding)
    return row.coding


def remove(work: Work, key: str, coding_id: int) -> Coding:
    """Take one's own coding away; it can be brought back until the round is closed."""
    row = _own(work, key, coding_id)
    row.coding.removed_at = row.coding.removed_at or work.now
    work.session.add(row.coding)
    work.record("coding.removed", row.coding)
    return row.coding


def restore(work: Work, key: str, coding_id: int) -> Coding:
    """Bring one's own coding back."""
    row = _own(work, key, coding_id)
    row.coding.removed_at = None
    work.session.add(row.coding)
    work.record("coding.restored", row.coding)
    return row.coding


def coding_in(work: Work, found: FoundCase, coding_id: int) -> CodingRow:
    """A coding of this case that the person may see."""
    conditions = (col(Coding.id) == coding_id, col(Passage.case_id) == found.id)
    row = next(iter(coding_rows(work.session, work.actor, *conditions)), None)
    if row is None:
        raise NotFound(_("Diese Seite gibt es nicht."))
    return row


def take_place(work: Work, key: str, passage_id: int) -> Passage:
    """A person has looked: the place that was found is the passage from now on."""
    found = codable(work, key)
    passage = work.session.exec(
        select(Passage).where(col(Passage.id) == passage_id, col(Passage.case_id) == found.id)
    ).first()
    if passage is None or not coding_rows(work.session, work.actor, col(Coding.passage_id) == passage_id):
        raise NotFound(_("Diese Seite gibt es nicht."))
    placed = place([passage], sources_of(work.session, found.case))[0]
    if placed.source is None or placed.lost:
        raise DomainError(_("Diese Stelle ist im Text nicht mehr zu finden. Markieren Sie sie neu."))
    quote = quote_of(placed.source.text, placed.anchor.start, placed.anchor.end)
    for name, value in _columns(placed.source, quote).items():
        setattr(passage, name, value)
    work.session.add(passage)
    work.record("coding.place_taken", passage)
    return passage


def _own(work: Work, key: str, coding_id: int) -> CodingRow:
    row = coding_in(work, codable(work, key), coding_id)
    work.require(may_change_coding(work.actor, row.facts))
    return row


def _open_round(work: Work, found: FoundCase) -> CodingRound:
    """The round that goes on; the first coding of a case opens the first one."""
    rounds = rounds_of(work.session, found.id)
    if not rounds:
        first = CodingRound(case_id=found.id, number=1, opened_at=work.now)
        work.session.add(first)
        work.session.flush()
        return first
    if rounds[-1].state == RoundState.CLOSED:
        raise DomainError(_("Die Runde ist abgeschlossen. Eröffnen Sie eine neue, um weiter zu kodieren."))
    return rounds[-1]


def _passage(session: Session, found: FoundCase, marked: Marked) -> Passage:
    """The passage in its row; the same one is kept once."""
    source = next((each for each in sources_of(session, found.case) if each.key == marked.source), None)
    if source is None:
        raise InvalidInput(_("Bitte wählen Sie eine Stelle im Text."))
    try:
        quote = quote_of(source.text, marked.start, marked.end)
    except ValueError:
        raise InvalidInput(_("Bitte wählen Sie eine Stelle im Text.")) from None
    if len(quote.exact) > LONGEST_PASSAGE:
        raise InvalidInput(_("Die Stelle ist zu lang. Markieren Sie höchstens %(max)d Zeichen.", max=LONGEST_PASSAGE))
    passage = Passage(guid=str(uuid.uuid4()), case_id=found.id, **_columns(source, quote))
    same = session.exec(
        select(Passage).where(
            col(Passage.case_id) == found.id,
            col(Passage.field) == passage.field,
            col(Passage.station_id) == passage.station_id,
            col(Passage.question_id) == passage.question_id,
            col(Passage.start_at) == quote.start,
            col(Passage.end_at) == quote.end,
            col(Passage.text_hash) == quote.text_hash,
        )
    ).first()
    if same is None:
        session.add(passage)
        session.flush()
    return same or passage


def _columns(source: Source, quote: Quote) -> dict[str, Any]:
    in_station = source.field in (SourceField.STATION_TEXT, SourceField.STATION_HELP)
    return {
        "field": source.field,
        "station_id": source.row_id if in_station else None,
        "question_id": source.row_id if source.field == SourceField.QUESTION else None,
        "start_at": quote.start,
        "end_at": quote.end,
        "quote": quote.exact,
        "before": quote.before,
        "after": quote.after,
        "text_hash": quote.text_hash,
    }


def require_target(work: Work, found: FoundCase, target: Target) -> None:
    """InvalidInput unless the target is there for this person: an active category, a gap to read, a finding here."""
    _require_target(work.session, work.actor, found, target)


def _require_target(session: Session, actor: Actor, found: FoundCase, target: Target) -> None:
    if target.kind == CATEGORY:
        there = select(Category.id).where(col(Category.id) == target.id, col(Category.state) == CategoryState.ACTIVE)
    elif target.kind == GAP:
        there = select(Gap.id).where(col(Gap.id) == target.id, readable_gaps(actor), col(Gap.merged_into_id).is_(None))
    else:
        there = (
            select(Finding.id)
            .join(Station, col(Station.id) == col(Finding.station_id))
            .where(col(Finding.id) == target.id, col(Station.case_id) == found.id)
        )
    if session.exec(there).first() is None:
        raise InvalidInput(_("Bitte wählen Sie aus der Liste, wozu die Stelle gehört."))


def is_untouched(coding: Coding) -> bool:
    """Whether no second person has said anything about it."""
    return coding.state == CodingState.PROPOSED
