"""Recording decisions. A recorded decision is never edited; what it moves is moved in the same transaction."""

from dataclasses import dataclass, field
from datetime import date

from sqlmodel import col, func, select

from app.core import clock
from app.core.errors import InvalidInput
from app.core.i18n import _
from app.core.work import Work
from knowledge.gaps.models import Escalation
from knowledge.search.documents import Kind
from knowledge.search.outbox import enqueue
from meetings.agenda.locking import locked_item
from meetings.agenda.queries import FoundItem
from meetings.agenda.states import DecisionKind, ItemState
from meetings.bodies.models import Body, TopicMandate
from meetings.bodies.states import BodyKind, TieRule
from meetings.decisions import policy
from meetings.decisions.carrying_out import carry_out
from meetings.decisions.keys import decision_key
from meetings.decisions.models import Decision, DecisionSubject
from meetings.decisions.proposal import Particulars, Proposal, Resolution, Things, effects_of, proposal_of
from meetings.decisions.states import SubjectRelation
from meetings.room.actions import AGENDA
from meetings.room.spans import leave_if_current
from meetings.room.wording import quorum_sentence
from meetings.voting.lots.queries import drawn_in, lot_of
from meetings.voting.majority import CountMismatch, Outcome, VoteCount, check_identity, evaluate, rule_for, settled
from meetings.voting.models import Poll
from meetings.voting.poll_counting import majority_of
from meetings.voting.states import PollState
from meetings.voting.wording import result_sentence

NOTED = (DecisionKind.ACKNOWLEDGE,)
"""Kinds on which nobody votes: the body takes note."""


@dataclass(frozen=True)
class Draft:
    """What the office typed: the text, the count, and what the kind of decision needs besides."""

    kind: DecisionKind
    text: str
    yes: int = 0
    no: int = 0
    abstain: int = 0
    not_cast: int = 0
    attempt: int = 1
    chair_vote: str | None = None
    topic_ids: tuple[int, ...] = ()
    particulars: Particulars = field(default_factory=Particulars)


def record_decision(work: Work, key: str, number: str, draft: Draft) -> Decision:
    """Record what the body decided on an item: text, count and result; then carry out what follows from it."""
    item = locked_item(work, key, number)
    work.require(policy.may_record_decision(work.actor, item))
    _require_no_open_poll(work, item)
    proposal = proposal_of(work.session, item, work.now)
    outcome, count = _outcome(proposal, draft, _lot(work, proposal))
    decision = _add(work, proposal, draft, outcome, count)
    things = proposal.things.chosen(draft.topic_ids)
    _add_subjects(work, decision, draft, things)
    if outcome is None or outcome.accepted:
        _follow(work, decision, proposal, draft, things)
    _note_on_item(work, proposal)
    quorum = proposal.room.quorum
    work.record(
        "decision.recorded", decision, meeting=key, kind=str(draft.kind), yes=draft.yes, no=draft.no,
        abstained=draft.abstain, present=quorum.present, entitled=quorum.entitled, quorum=quorum.reached,
    )  # fmt: skip
    work.announce(item.channel, AGENDA)
    enqueue(work.session, Kind.DECISION, decision.key)
    return decision


def _require_no_open_poll(work: Work, item: FoundItem) -> None:
    """What is being voted on is not decided yet."""
    statement = select(Poll.id).where(col(Poll.item_id) == item.item.id, col(Poll.state) == PollState.OPEN)
    if work.session.exec(statement).first() is not None:
        raise InvalidInput(_("Zu diesem Punkt läuft noch eine Abstimmung. Bitte schließen Sie sie zuerst."))


def _lot(work: Work, proposal: Proposal) -> str:
    """On what the lot fell where the vote on the motion was tied; empty where none was drawn."""
    voted = proposal.resolution
    won = drawn_in(lot_of(work.session, voted.poll.id or 0)) if voted else ()
    return won[0][0] if won else ""


def _outcome(proposal: Proposal, draft: Draft, lot: str) -> tuple[Outcome | None, VoteCount]:
    """The result by the body's rule; InvalidInput where the count does not add up or nothing is decided yet."""
    voted = proposal.resolution
    invalid = voted.votes.invalid if voted else 0
    count = VoteCount(draft.yes, draft.no, draft.abstain, invalid, draft.not_cast, proposal.recused)
    if draft.kind in NOTED:
        return None, count
    if not proposal.room.quorum.reached:
        raise InvalidInput(quorum_sentence(proposal.room.quorum))
    _require_identity(count, proposal)
    _require_the_poll(count, voted, lot)
    rules = proposal.item.rules
    chair_vote = draft.chair_vote if rules.tie == TieRule.CHAIR_DECIDES else None
    rule = rule_for(rules.decision, draft.attempt, rules.tie)
    if voted and voted.votes == count:
        rule, chair_vote = majority_of(voted.rule), voted.count.chair_vote or chair_vote
    outcome = settled(evaluate(rule, count, proposal.members, chair_vote), lot)
    if outcome.accepted is None:
        raise InvalidInput(_("Noch ist nichts entschieden: %(result)s.", result=result_sentence(outcome, count)))
    if outcome.kind == "no_consensus":
        raise InvalidInput(
            _(
                "Es gibt Gegenstimmen, also kein Einvernehmen. Beraten Sie weiter, "
                "oder halten Sie nach zwei Versuchen die Mehrheit fest."
            )
        )
    return outcome, count


def _require_the_poll(count: VoteCount, voted: Resolution | None, lot: str) -> None:
    """What a poll decided is recorded with its numbers; only where it decided nothing others can be typed."""
    if voted is None or voted.votes == count or not (lot or _has_decided(voted)):
        return
    votes = voted.votes
    raise InvalidInput(
        _(
            "Die Abstimmung dazu ergab %(yes)s Ja, %(no)s Nein und %(abstain)s Enthaltungen. Bitte übernehmen Sie "
            "diese Zahlen, oder erklären Sie die Abstimmung zuerst für ungültig.",
            yes=votes.yes,
            no=votes.no,
            abstain=votes.abstain,
        )
    )


def _has_decided(voted: Resolution) -> bool:
    """Whether the poll came to a yes or a no by its own rule."""
    outcome = evaluate(majority_of(voted.rule), voted.votes, voted.rule.members, voted.count.chair_vote)
    return outcome.accepted is not None and outcome.kind != "no_consensus"


def _rests_on(proposal: Proposal, count: VoteCount) -> int | None:
    """The poll that the decision may name as its ground: one that counted the same."""
    if proposal.resolution is not None and proposal.resolution.votes != count:
        return None
    return proposal.poll.id if proposal.poll else None


def _require_identity(count: VoteCount, proposal: Proposal) -> None:
    try:
        check_identity(count, proposal.present)
    except CountMismatch as mismatch:
        raise InvalidInput(
            _(
                "Die Stimmen gehen nicht auf: %(counted)s sind gezählt, %(expected)s Stimmberechtigte wirken mit. "
                "Wer anwesend ist und nicht stimmt, zählt als „nicht abgegeben“.",
                counted=mismatch.counted,
                expected=mismatch.expected,
            )
        ) from None


def _add(work: Work, proposal: Proposal, draft: Draft, outcome: Outcome | None, count: VoteCount) -> Decision:
    meeting, item = proposal.item.meeting, proposal.item.item
    taken = work.session.exec(select(col(Decision.key)).where(col(Decision.meeting_id) == meeting.id)).all()
    first = work.session.exec(select(func.min(col(Body.id))).where(col(Body.kind) == BodyKind.STEERING)).one()
    decision = Decision(
        key=decision_key(meeting.key, proposal.item.body_row.kind, taken, is_first=first == meeting.body_id),
        meeting_id=meeting.id,
        item_id=item.id,
        poll_id=_rests_on(proposal, count),
        date=meeting.date or _today(work),
        kind=draft.kind,
        text=draft.text.strip(),
        in_favour=draft.yes,
        against=draft.no,
        abstained=draft.abstain,
        accepted=outcome.accepted if outcome else None,
        result_text=result_sentence(outcome, count) if outcome else _("zur Kenntnis genommen"),
        recorded_by_id=work.actor.person_id,
    )
    work.session.add(decision)
    work.session.flush()
    return decision


def _today(work: Work) -> date:
    return work.now.astimezone(clock.LOCAL).date()


def _add_subjects(work: Work, decision: Decision, draft: Draft, things: Things) -> None:
    escalates = draft.kind == DecisionKind.ESCALATE
    relation = SubjectRelation.ESCALATES if escalates else SubjectRelation.CONCERNS
    rows = [
        *(DecisionSubject(topic_id=topic.id) for topic in things.topics),
        *(DecisionSubject(gap_id=gap.id) for gap in things.gaps),
        *(DecisionSubject(agreement_id=agreement.id) for agreement in things.agreements),
    ]
    if draft.particulars.body_id is not None:
        rows.append(DecisionSubject(body_id=draft.particulars.body_id))
    for place, row in enumerate(rows):
        row.decision_id, row.position, row.relation = decision.id or 0, place, relation
    work.session.add_all(rows)


def _follow(work: Work, decision: Decision, proposal: Proposal, draft: Draft, things: Things) -> None:
    """The steps that an accepted decision causes; a step that a lifecycle refuses is left out."""
    places = proposal.ranking.places if proposal.ranking else {}
    _give_mandates(work, draft, things)
    _escalate(work, draft, things)
    for effect in effects_of(draft.kind, things, places, draft.particulars, _today(work)):
        if effect.verdict:
            carry_out(work, decision, effect.move, draft.particulars)


def _give_mandates(work: Work, draft: Draft, things: Things) -> None:
    body_id = draft.particulars.body_id
    if draft.kind != DecisionKind.MANDATE or body_id is None:
        return
    given = set(work.session.exec(select(col(TopicMandate.topic_id)).where(col(TopicMandate.body_id) == body_id)))
    work.session.add_all(
        TopicMandate(topic_id=topic.id or 0, body_id=body_id) for topic in things.topics if topic.id not in given
    )


def _escalate(work: Work, draft: Draft, things: Things) -> None:
    addressee = draft.particulars.addressee.strip()
    if draft.kind != DecisionKind.ESCALATE or not addressee:
        return
    ids = [gap.id for gap in things.gaps]
    known = set(work.session.exec(select(col(Escalation.gap_id)).where(col(Escalation.gap_id).in_(ids))))
    work.session.add_all(
        Escalation(gap_id=gap.id or 0, addressee=addressee) for gap in things.gaps if gap.id not in known
    )


def _note_on_item(work: Work, proposal: Proposal) -> None:
    """The item is done, and the finding about the quorum stands with it for the minutes."""
    item = proposal.item.item
    leave_if_current(work, proposal.item)
    item.state = ItemState.DONE
    item.outcome = quorum_sentence(proposal.room.quorum)
    work.session.add(item)
