"""A decision is recorded with its count, and what follows from it is carried out with it."""

from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from app.core.errors import Forbidden, InvalidInput, NotFound
from app.core.work import Work
from knowledge.gaps.models import Escalation, Gap, GapHistory, Topic
from knowledge.gaps.states import GapStatus, TopicState
from meetings.agenda import actions as agenda
from meetings.agenda import outcomes
from meetings.agenda.models import AgendaItem, Meeting
from meetings.agenda.states import DecisionKind, ItemResult, ItemState
from meetings.agreements.models import Agreement
from meetings.bodies.models import Body, BodyRules, TopicMandate
from meetings.bodies.states import TieRule
from meetings.decisions.actions import Draft, record_decision
from meetings.decisions.models import Decision, DecisionSubject, TopicDecision
from meetings.decisions.proposal import Particulars
from meetings.room import actions as room
from meetings.room.models import Presence
from tests.meetings.walk import CHAIR, MEMBER, OFFICE, OUTSIDER, PLANNER, closed_poll, run, run_with_everyone
from tests.support.demo import Demo
from tests.support.time import NOW

FOUR = {"p-diallo": (2, 1, 0, 0), "p-kessler": (2, 1, 0, 0), "p-marx": (0, 1, 2, 0)}
UNANIMOUS = {"yes": 16}


def topics(demo: Demo) -> dict[str, Topic]:
    with demo.session() as session:
        return {topic.key: topic for topic in session.exec(select(Topic))}


def gaps(demo: Demo) -> dict[str, Gap]:
    with demo.session() as session:
        return {gap.key: gap for gap in session.exec(select(Gap))}


def ids(demo: Demo, *keys: str) -> tuple[int, ...]:
    found = topics(demo)
    return tuple(found[key].id or 0 for key in keys)


def record(demo: Demo, number: str, kind: DecisionKind, person: str = OFFICE, **values: object) -> Decision:
    draft = Draft(kind=kind, text="Beschlossen.", **values)  # type: ignore[arg-type]
    decision: Decision = demo.perform(person, record_decision, "LG-09", number, draft)
    return decision


def item(demo: Demo, number: str) -> AgendaItem:
    with demo.session() as session:
        return session.exec(select(AgendaItem).where(col(AgendaItem.number) == number)).one()


def change_item(demo: Demo, number: str, **values: object) -> None:
    def change(work: object) -> None:
        session = work.session  # type: ignore[attr-defined]
        row = session.exec(select(AgendaItem).where(col(AgendaItem.number) == number)).one()
        for name, value in values.items():
            setattr(row, name, value)
        session.add(row)
        work.record("item.changed", row)  # type: ignore[attr-defined]

    demo.perform(OFFICE, change)


def test_a_ranking_is_recorded_with_its_poll_and_result(demo: Demo) -> None:
    poll_id = closed_poll(demo, FOUR)
    decision = record(demo, "6", DecisionKind.PRIORITISE, yes=14, abstain=2, topic_ids=ids(demo, "T-03", "T-04"))
    assert (decision.key, decision.poll_id, decision.date) == ("D-09-1", poll_id, date(2026, 12, 10))
    assert (decision.in_favour, decision.against, decision.abstained) == (14, 0, 2)
    assert (decision.accepted, decision.result_text) == (True, "einstimmig bei 2 Enthaltungen angenommen")


def test_a_ranking_moves_its_topics_and_their_gaps(demo: Demo) -> None:
    closed_poll(demo, FOUR)
    record(demo, "6", DecisionKind.PRIORITISE, **UNANIMOUS, topic_ids=ids(demo, "T-03", "T-04", "T-05"))
    found = topics(demo)
    ranks = {key: (topic.state, topic.rank) for key, topic in found.items() if key in ("T-03", "T-04", "T-05", "T-07")}
    assert ranks == {
        "T-03": (TopicState.PRIORITISED, 1),
        "T-04": (TopicState.PRIORITISED, 2),
        "T-05": (TopicState.PRIORITISED, 3),
        "T-07": (TopicState.SUBMITTED, None),
    }
    assert gaps(demo)["F-2026-09"].status == GapStatus.PRIORITISED
    assert gaps(demo)["F-2026-08"].status == GapStatus.SUBMITTED


def test_each_step_is_in_the_gap_s_history_and_the_topic_knows_its_meeting(demo: Demo) -> None:
    closed_poll(demo, FOUR)
    decision = record(demo, "6", DecisionKind.PRIORITISE, **UNANIMOUS, topic_ids=ids(demo, "T-03"))
    with demo.session() as session:
        step = session.exec(select(GapHistory).where(col(GapHistory.gap_id) == gaps(demo)["F-2026-09"].id)).one()
        noted = session.exec(select(TopicDecision).where(col(TopicDecision.topic_id) == ids(demo, "T-03")[0])).one()
    assert (step.source, step.target, step.reason) == (GapStatus.SUBMITTED, GapStatus.PRIORITISED, "Beschluss D-09-1")
    assert (step.person_id, step.at) == (demo.actor(OFFICE).person_id, NOW)
    assert noted.meeting_id == decision.meeting_id


def test_what_it_is_about_stands_with_it(demo: Demo) -> None:
    closed_poll(demo, FOUR)
    record(demo, "6", DecisionKind.PRIORITISE, **UNANIMOUS, topic_ids=ids(demo, "T-03"))
    with demo.session() as session:
        rows = session.exec(
            select(DecisionSubject)
            .join(Decision)
            .where(col(Decision.key) == "D-09-1")
            .order_by(col(DecisionSubject.position))
        ).all()
    assert [(row.topic_id, row.gap_id) for row in rows] == [
        (ids(demo, "T-03")[0], None),
        (None, gaps(demo)["F-2026-09"].id),
    ]


def test_a_rejected_proposal_moves_nothing(demo: Demo) -> None:
    closed_poll(demo, FOUR)
    decision = record(demo, "6", DecisionKind.PRIORITISE, yes=5, no=11, attempt=3, topic_ids=ids(demo, "T-03"))
    assert (decision.accepted, decision.result_text) == (False, "mehrheitlich abgelehnt (5 Ja, 11 Nein)")
    assert topics(demo)["T-03"].state == TopicState.SUBMITTED


def test_without_a_count_no_topic_is_ranked(demo: Demo) -> None:
    run_with_everyone(demo)
    record(demo, "6", DecisionKind.PRIORITISE, **UNANIMOUS, topic_ids=ids(demo, "T-03"))
    assert topics(demo)["T-03"].state == TopicState.SUBMITTED


@pytest.mark.parametrize(("yes", "abstain", "not_cast"), [(15, 0, 0), (16, 1, 0), (10, 5, 0), (0, 0, 0)])
def test_votes_that_do_not_add_up_are_not_recorded(demo: Demo, yes: int, abstain: int, not_cast: int) -> None:
    run_with_everyone(demo)
    with pytest.raises(InvalidInput, match="Die Stimmen gehen nicht auf"):
        record(demo, "2", DecisionKind.MINUTES, yes=yes, abstain=abstain, not_cast=not_cast)


def test_the_recused_are_not_expected_to_vote(demo: Demo) -> None:
    run_with_everyone(demo)
    demo.perform(MEMBER, room.declare_recusal, "LG-09", "2")
    decision = record(demo, "2", DecisionKind.MINUTES, yes=15)
    assert decision.result_text == ("einstimmig angenommen; 1 Mitglied hat wegen Befangenheit nicht mitgewirkt")


def test_who_is_there_and_says_nothing_is_accounted_for(demo: Demo) -> None:
    run_with_everyone(demo)
    assert record(demo, "2", DecisionKind.MINUTES, yes=12, not_cast=4).accepted is True


def test_a_vote_against_is_no_consensus(demo: Demo) -> None:
    run_with_everyone(demo)
    with pytest.raises(InvalidInput, match="kein Einvernehmen"):
        record(demo, "2", DecisionKind.MINUTES, yes=15, no=1)
    assert record(demo, "2", DecisionKind.MINUTES, yes=15, no=1, attempt=3).result_text == (
        "mehrheitlich angenommen (15 Ja, 1 Nein)"
    )


def test_a_tie_that_still_has_to_be_broken_is_not_recorded(demo: Demo) -> None:
    run_with_everyone(demo)

    def vote_again(work: object) -> None:
        rules = work.session.exec(select(BodyRules)).one()  # type: ignore[attr-defined]
        rules.tie = TieRule.REVOTE
        work.session.add(rules)  # type: ignore[attr-defined]
        work.record("rules.changed", rules)  # type: ignore[attr-defined]

    demo.perform(OFFICE, vote_again)
    with pytest.raises(InvalidInput, match="Noch ist nichts entschieden"):
        record(demo, "2", DecisionKind.MINUTES, yes=8, no=8, attempt=3)


def test_without_a_quorum_nothing_is_decided(demo: Demo) -> None:
    run(demo)
    demo.perform(MEMBER, room.arrive, "LG-09")
    with pytest.raises(InvalidInput, match="1 von 16 Stimmberechtigten anwesend"):
        record(demo, "2", DecisionKind.MINUTES, yes=1)


def test_the_quorum_stands_with_the_item(demo: Demo) -> None:
    run_with_everyone(demo)
    demo.perform("p-pohl", room.leave, "LG-09")
    record(demo, "2", DecisionKind.MINUTES, yes=15)
    decided = item(demo, "2")
    assert decided.outcome == "15 von 16 Stimmberechtigten anwesend, nötig sind 8: beschlussfähig."
    assert decided.state == ItemState.DONE


def test_what_is_only_noted_has_no_votes(demo: Demo) -> None:
    run_with_everyone(demo)
    decision = record(demo, "3", DecisionKind.ACKNOWLEDGE)
    assert (decision.accepted, decision.result_text) == (None, "zur Kenntnis genommen")


def test_each_decision_of_a_meeting_has_its_own_number(demo: Demo) -> None:
    run_with_everyone(demo)
    keys = [record(demo, number, DecisionKind.ACKNOWLEDGE).key for number in ("3", "8", "9", "8")]
    assert keys == ["D-09-1", "D-09-2", "D-09-3", "D-09-4"]


def test_a_target_agreement_is_approved_and_its_gaps_are_implemented(demo: Demo) -> None:
    run_with_everyone(demo)
    record(demo, "4", DecisionKind.APPROVE_AGREEMENT, **UNANIMOUS, topic_ids=ids(demo, "T-01"))
    with demo.session() as session:
        assert session.exec(select(Agreement)).one().state == "approved"
    assert gaps(demo)["F-2026-01"].status == gaps(demo)["F-2026-02"].status == GapStatus.IMPLEMENTING


def test_a_mandate_gives_a_topic_to_a_project_group(demo: Demo) -> None:
    run_with_everyone(demo)
    with demo.session() as session:
        group = session.exec(select(Body).where(col(Body.key) == "pg-uebergang")).one()
    given = {"topic_ids": ids(demo, "T-02"), "particulars": Particulars(body_id=group.id)}
    record(demo, "7", DecisionKind.MANDATE, **UNANIMOUS, **given)
    assert topics(demo)["T-02"].state == TopicState.MANDATED
    assert gaps(demo)["F-2026-03"].status == GapStatus.IN_PROJECT
    with demo.session() as session:
        pairs = session.exec(select(TopicMandate.topic_id).where(col(TopicMandate.body_id) == group.id)).all()
        about = session.exec(select(DecisionSubject.body_id).where(col(DecisionSubject.body_id) == group.id)).all()
    assert ids(demo, "T-02")[0] in pairs
    assert len(about) == 2


def test_a_mandate_without_a_group_hands_nothing_on(demo: Demo) -> None:
    run_with_everyone(demo)
    record(demo, "7", DecisionKind.MANDATE, **UNANIMOUS, topic_ids=ids(demo, "T-02"))
    assert topics(demo)["T-02"].state == TopicState.PRIORITISED


def test_a_deferral_keeps_the_day_of_review(demo: Demo) -> None:
    run_with_everyone(demo)
    change_item(demo, "6", decision_kind=DecisionKind.DEFER)
    day = date(2027, 3, 31)
    record(demo, "6", DecisionKind.DEFER, **UNANIMOUS, topic_ids=ids(demo, "T-03"), particulars=Particulars(day))
    gap = gaps(demo)["F-2026-09"]
    assert (gap.status, gap.deferred_until, gap.deferred_reason) == (GapStatus.DEFERRED, day, "Beschlossen.")


def test_a_report_to_the_state_names_its_addressee(demo: Demo) -> None:
    run_with_everyone(demo)
    given = {"topic_ids": ids(demo, "T-03"), "particulars": Particulars(addressee="Integrationsministerium")}
    record(demo, "6", DecisionKind.ESCALATE, **UNANIMOUS, **given)
    gap = gaps(demo)["F-2026-09"]
    with demo.session() as session:
        sent = session.exec(select(Escalation).where(col(Escalation.gap_id) == gap.id)).one()
    assert (gap.status, sent.addressee) == (GapStatus.ESCALATED, "Integrationsministerium")


@pytest.mark.parametrize(("person", "refusal"), [(MEMBER, Forbidden), (PLANNER, Forbidden), (OUTSIDER, NotFound)])
def test_only_chair_and_office_record(demo: Demo, person: str, refusal: type[Exception]) -> None:
    run_with_everyone(demo)
    with pytest.raises(refusal):
        record(demo, "3", DecisionKind.ACKNOWLEDGE, person)


def test_the_chair_records(demo: Demo) -> None:
    run_with_everyone(demo)
    assert record(demo, "3", DecisionKind.ACKNOWLEDGE, CHAIR).recorded_by_id == demo.actor(CHAIR).person_id


def end_two_hours_later(work: Work) -> None:
    """The clock of these tests stands still, so the meeting is given its two hours."""
    agenda.move_meeting(work, "LG-09", "held")
    for presence in work.session.exec(select(Presence)):
        presence.until = presence.since + timedelta(hours=2)
        work.session.add(presence)
    work.record("test.ended", work.session.exec(select(Meeting).where(col(Meeting.key) == "LG-09")).one())


def test_a_late_entry_counts_who_was_there_at_the_end(demo: Demo) -> None:
    run_with_everyone(demo)
    demo.perform(OFFICE, end_two_hours_later)

    late = record(demo, "4", DecisionKind.RETURN_AGREEMENT, **UNANIMOUS)

    assert (late.in_favour, late.accepted, late.date) == (16, True, date(2026, 12, 10))


def test_nothing_is_recorded_in_a_closed_meeting(demo: Demo) -> None:
    run_with_everyone(demo)
    demo.perform(OFFICE, agenda.move_meeting, "LG-09", "held")
    for number in ("2", "4", "6", "7"):
        demo.perform(OFFICE, outcomes.record_result, "LG-09", number, ItemResult.NO_DECISION)
    demo.perform(OFFICE, agenda.move_meeting, "LG-09", "closed")

    with pytest.raises(Forbidden, match="bis zum Abschluss"):
        record(demo, "3", DecisionKind.ACKNOWLEDGE)
