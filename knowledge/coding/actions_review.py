"""A second person confirms or changes a coding, and rounds are opened, blinded and closed."""

from sqlmodel import col, select

from app.core.errors import DomainError
from app.core.i18n import _
from app.core.work import Work
from knowledge.cases.access import FoundCase
from knowledge.coding.actions import codable, coding_in, is_untouched, put, require_target
from knowledge.coding.models import Category, Coding, CodingRound, Passage
from knowledge.coding.policy import may_review_coding, may_steer_rounds
from knowledge.coding.rows import CodingRow, rounds_of
from knowledge.coding.rules import Target
from knowledge.coding.states import CodingState, RoundState


def confirm(work: Work, key: str, coding_id: int) -> Coding:
    """The second person sees it the same way."""
    row = _to_review(work, codable(work, key), coding_id)
    return _reviewed(work, row.coding, CodingState.CONFIRMED)


def change(work: Work, key: str, coding_id: int, target: Target, memo: str = "") -> Coding:
    """The second person attaches the passage to something else; both codings stay to be compared."""
    found = codable(work, key)
    row = _to_review(work, found, coding_id)
    if str(target) == row.coding.target:
        raise DomainError(_("Das ist dieselbe Zuordnung. Bestätigen Sie sie oder wählen Sie eine andere."))
    require_target(work, found, target)
    replacement = put(work, row.passage, target, row.coding.round, memo)
    row.coding.replaced_by_id = replacement.id
    _reviewed(work, row.coding, CodingState.CHANGED)
    return replacement


def take_back(work: Work, key: str, coding_id: int) -> Coding:
    """Take one's own confirmation or change back; the coding that replaced it stays one's own."""
    coding = coding_in(work, codable(work, key), coding_id).coding
    if coding.reviewer_id != work.actor.person_id:
        raise DomainError(_("Zurücknehmen kann eine Prüfung nur, wer sie gemacht hat."))
    coding.state, coding.reviewer_id, coding.reviewed_at = CodingState.PROPOSED, None, None
    coding.replaced_by_id = None
    work.session.add(coding)
    work.record("coding.review_taken_back", coding)
    return coding


def _to_review(work: Work, found: FoundCase, coding_id: int) -> CodingRow:
    row = coding_in(work, found, coding_id)
    work.require(may_review_coding(work.actor, row.facts))
    if not is_untouched(row.coding):
        raise DomainError(_("Diese Kodierung hat schon eine zweite Person geprüft."))
    return row


def _reviewed(work: Work, coding: Coding, state: CodingState) -> Coding:
    coding.state, coding.reviewer_id, coding.reviewed_at = state, work.actor.person_id, work.now
    work.session.add(coding)
    work.record("coding.reviewed", coding, state=state.value)
    return coding


def open_round(work: Work, key: str, blind: bool) -> CodingRound:
    """Begin the next round; the one before is closed."""
    found = codable(work, key)
    work.require(may_steer_rounds(work.actor, found))
    rounds = rounds_of(work.session, found.id)
    if rounds and rounds[-1].state == RoundState.OPEN:
        raise DomainError(_("Es läuft schon eine Runde. Schließen Sie sie zuerst ab."))
    new = CodingRound(case_id=found.id, number=len(rounds) + 1, blind=blind, opened_at=work.now)
    work.session.add(new)
    work.record("coding_round.opened", new, number=new.number, blind=blind)
    return new


def blind_round(work: Work, key: str) -> CodingRound:
    """Hide everybody's codings from the others, until the round is closed; only closing ends it."""
    current = _running(work, key)
    current.blind = True
    work.session.add(current)
    work.record("coding_round.blinded", current, number=current.number)
    return current


def close_round(work: Work, key: str) -> CodingRound:
    """Everybody sees everything again; what was removed is gone for good."""
    current = _running(work, key)
    current.state, current.closed_at = RoundState.CLOSED, work.now
    work.session.add(current)
    _sweep(work, current)
    work.record("coding_round.closed", current, number=current.number)
    return current


def _running(work: Work, key: str) -> CodingRound:
    found = codable(work, key)
    work.require(may_steer_rounds(work.actor, found))
    rounds = rounds_of(work.session, found.id)
    if not rounds or rounds[-1].state == RoundState.CLOSED:
        raise DomainError(_("Es läuft keine Runde."))
    return rounds[-1]


def _sweep(work: Work, closed: CodingRound) -> None:
    """Delete removed codings of the round, and passages that nothing is attached to any more."""
    session = work.session
    of_case = select(Passage.id).where(col(Passage.case_id) == closed.case_id)
    removed = select(Coding).where(
        col(Coding.passage_id).in_(of_case), col(Coding.round) == closed.number, col(Coding.removed_at).is_not(None)
    )
    for coding in session.exec(removed).all():
        session.delete(coding)
    session.flush()
    used = select(Coding.passage_id)
    examples = select(Category.example_passage_id).where(col(Category.example_passage_id).is_not(None))
    unused = select(Passage).where(
        col(Passage.case_id) == closed.case_id, col(Passage.id).not_in(used), col(Passage.id).not_in(examples)
    )
    for passage in session.exec(unused).all():
        session.delete(passage)
