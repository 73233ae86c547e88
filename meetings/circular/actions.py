"""Sending a circular, answering, counting, withdrawing. What was sent and what was answered is never edited."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, func, select

from app.core import clock
from app.core.errors import DomainError, InvalidInput, NotFound
from app.core.i18n import _
from app.core.work import Work
from knowledge.search.documents import Kind
from knowledge.search.outbox import enqueue
from meetings.agenda.states import DecisionKind
from meetings.bodies.models import Body
from meetings.bodies.policy import roles_in
from meetings.bodies.queries import FoundBody, body_by_key, rules_of, seat_rows
from meetings.bodies.states import BodyKind, SeatKind
from meetings.circular import letters, policy, rules
from meetings.circular.models import Circular, CircularVoice
from meetings.circular.queries import FoundCircular, circular_by_key
from meetings.circular.rules import CIRCULAR_LIFECYCLE, CircularFacts
from meetings.circular.states import CircularKind, CircularState, Voice
from meetings.decisions.models import Decision
from meetings.decisions.states import DecisionMode
from meetings.voting.ballot_files import CountedPaper, sha256
from meetings.voting.poll_counting import PollCount, count_poll, freeze_count, outcome_of
from meetings.voting.poll_rule import PollRule
from meetings.voting.rules import SeatView
from meetings.voting.rules import electorate as seats_that_vote
from meetings.voting.states import PollMethod, PollMode
from meetings.voting.wording import result_sentence


@dataclass(frozen=True)
class CircularDraft:
    """What the office wants decided, why in writing, until when, by which majority."""

    title: str
    text: str
    reason: str
    deadline: datetime
    majority: str
    kind: CircularKind = CircularKind.CONCEPT


def send_circular(work: Work, body_key: str, draft: CircularDraft) -> Circular:
    """Freeze text, rule and electorate, and write to every voting seat."""
    found = body_by_key(work.session, body_key)
    if found is None:
        raise NotFound(_("Dieses Gremium gibt es nicht."))
    work.session.exec(select(col(Body.id)).where(col(Body.id) == found.body.id).with_for_update()).first()
    work.require(policy.may_send_circular(work.actor, found))
    procedure = rules_of(work.session, [found.body])[found.body_id]
    work.require(rules.may_be_circular(str(procedure.circular_decision)))
    if not rules.deadline_fits(work.now, draft.deadline):
        raise InvalidInput(_("Bitte lassen Sie mindestens 24 Stunden Zeit zum Antworten."))
    seats = _seats(work, found, str(procedure.vote_unit))
    if not seats:
        raise InvalidInput(_("Es ist niemand stimmberechtigt."))
    circular = _add(work, found, draft, str(procedure.vote_unit), len(seats))
    work.session.add_all(
        CircularVoice(circular_id=circular.id or 0, seat_id=seat.seat_id, organisation_id=seat.organisation_id)
        for seat in seats
    )
    work.record("circular.sent", circular, seats=len(seats), rule=circular.rule_sha256)
    letters.announce(work.session, circular, [seat.seat_id for seat in seats])
    return circular


def _seats(work: Work, found: FoundBody, vote_unit: str) -> tuple[SeatView, ...]:
    """All voting seats, whoever might be in a room: one for each vote of the body."""
    rows = seat_rows(work.session, found.body_id, work.now.astimezone(clock.LOCAL).date())
    views = [SeatView(row.seat_id, row.organisation_id, str(row.kind)) for row in rows if row.kind == SeatKind.VOTING]
    everyone = {view.seat_id for view in views}
    return seats_that_vote(views, everyone, vote_unit=vote_unit)


def _add(work: Work, found: FoundBody, draft: CircularDraft, vote_unit: str, seats: int) -> Circular:
    rule = PollRule(
        PollMethod.MAJORITY,
        mode=PollMode.NAMED,
        vote_unit=vote_unit,
        motion=draft.text.strip(),
        majority=draft.majority,
        tie="rejected",
        members=seats,
        present=seats,
    )
    circular = Circular(
        key=_key(work, found.body),
        body_id=found.body_id,
        title=draft.title.strip(),
        text=draft.text.strip(),
        reason=draft.reason.strip() or None,
        kind=draft.kind,
        opened_at=work.now,
        opened_by_id=work.actor.person_id,
        deadline=draft.deadline,
        rule=rule.canonical(),
        rule_sha256=rule.sha256(),
    )
    work.session.add(circular)
    work.session.flush()
    return circular


def _key(work: Work, body: Body) -> str:
    """„U-lg-kim-2026-1“: the first circular of the body in this year; the body is held, so none comes twice."""
    prefix = f"U-{body.key}-{work.now.astimezone(clock.LOCAL).year}-"
    taken = work.session.exec(select(func.count()).where(col(Circular.key).startswith(prefix, autoescape=True))).one()
    return f"{prefix}{taken + 1}"


def answer_circular(work: Work, key: str, answer: Voice, reason: str = "") -> Circular:
    """Take the answer of the person's seat; an objection ends the circular where the body's rule says so."""
    found = held_circular(work, key)
    work.require(policy.may_read_circular(work.actor, found))
    if not found.is_running or work.now >= found.row.deadline:
        raise DomainError(_("Dieser Umlauf ist zu Ende. Ihre Antwort wurde nicht gezählt."))
    work.require(policy.may_answer(work.actor, found))
    seat = policy.seat_to_answer(work.actor, found)
    if answer == Voice.OBJECT and not reason.strip():
        raise InvalidInput(_("Ein Widerspruch gegen das Umlaufverfahren braucht einen Grund."))
    _put(work, found, seat.seat_id if seat else 0, answer, reason)
    work.record("circular.answered", found.row, seat=seat.seat_id if seat else 0)
    procedure = rules_of(work.session, [found.body_row])[found.row.body_id]
    if rules.stops(str(procedure.circular_decision), (answer,)):
        _stop(work, found)
    return found.row


def _put(work: Work, found: FoundCircular, seat_id: int, answer: Voice, reason: str) -> None:
    statement = select(CircularVoice).where(
        col(CircularVoice.circular_id) == found.id, col(CircularVoice.seat_id) == seat_id
    )
    voice = work.session.exec(statement).one()
    voice.answer, voice.reason = answer, reason.strip() or None
    voice.answered_by_id, voice.answered_at = work.actor.person_id, work.now
    work.session.add(voice)
    work.session.flush()


def _stop(work: Work, found: FoundCircular) -> None:
    row = found.row
    row.state, row.closed_at = CircularState.STOPPED, work.now
    row.note = _("Ein Mitglied hat dem Umlaufverfahren widersprochen. Der Antrag gehört auf die nächste Tagesordnung.")
    work.session.add(row)
    work.record("circular.stopped", row)


def close_circular(work: Work, key: str) -> Circular:
    """Count after the deadline, or before it if every seat has answered, and record the decision."""
    found = held_circular(work, key)
    work.require(policy.may_steer_circular(work.actor, found))
    facts = CircularFacts(over=work.now >= found.row.deadline, all_answered=not found.missing)
    CIRCULAR_LIFECYCLE.require(found.row.state, CircularState.CLOSED, roles_in(work.actor, found.body), facts)
    answers = rules.votes_of([voice.answer for voice in found.voices if voice.answer])
    papers = [CountedPaper({"answer": answer}) for answer in answers]
    row, rule = found.row, found.rule
    row.file, count = count_poll(rule, papers, len(found.voices))
    row.tally = freeze_count(count)
    row.file_sha256, row.tally_sha256 = sha256(row.file), sha256(row.tally)
    row.state, row.closed_at, row.closed_by_id = CircularState.CLOSED, work.now, work.actor.person_id
    row.decision_id = _decide(work, found, count)
    work.session.add(row)
    work.record("circular.closed", row, tally=row.tally_sha256, file=row.file_sha256)
    return row


def _decide(work: Work, found: FoundCircular, count: PollCount) -> int | None:
    """The decision of the steering body, made in writing; its id. Other bodies keep theirs on the circular's page."""
    outcome, votes = outcome_of(found.rule, count), count.votes
    if outcome is None or votes is None or found.body_row.kind != BodyKind.STEERING:
        return None
    decision = Decision(
        key=f"D-{found.row.key}",
        date=work.now.astimezone(clock.LOCAL).date(),
        mode=DecisionMode.CIRCULAR,
        kind=DecisionKind(found.row.kind.value),
        text=found.row.text,
        in_favour=votes.yes,
        against=votes.no,
        abstained=votes.abstain,
        accepted=outcome.accepted,
        result_text=result_sentence(outcome, votes),
        recorded_by_id=work.actor.person_id,
    )
    work.session.add(decision)
    work.session.flush()
    work.record("decision.recorded", decision, circular=found.row.key)
    enqueue(work.session, Kind.DECISION, decision.key)
    return decision.id


def withdraw_circular(work: Work, key: str, reason: str) -> Circular:
    """Take the motion back before it is decided."""
    found = held_circular(work, key)
    work.require(policy.may_steer_circular(work.actor, found))
    facts = CircularFacts(has_reason=bool(reason.strip()))
    CIRCULAR_LIFECYCLE.require(found.row.state, CircularState.WITHDRAWN, roles_in(work.actor, found.body), facts)
    found.row.state, found.row.closed_at, found.row.note = CircularState.WITHDRAWN, work.now, reason.strip()
    found.row.closed_by_id = work.actor.person_id
    work.session.add(found.row)
    work.record("circular.withdrawn", found.row)
    return found.row


def held_circular(work: Work, key: str) -> FoundCircular:
    """The circular, held until the transaction ends; NotFound if there is none."""
    work.session.exec(select(col(Circular.id)).where(col(Circular.key) == key).with_for_update()).first()
    found = circular_by_key(work.session, key)
    if found is None:
        raise NotFound(_("Diesen Umlaufbeschluss gibt es nicht."))
    return found
