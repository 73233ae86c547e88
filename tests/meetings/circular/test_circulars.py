"""Decisions in writing: everybody is asked, silence is no yes, an objection ends it, the next meeting hears of it."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from app.core import clock
from app.core.errors import DomainError, Forbidden, InvalidInput
from app.core.lifecycle import RefusedMove
from app.core.records import MailOutbox
from app.core.web import house
from app.people.models import Person
from meetings.agenda.queries import meeting_by_key
from meetings.bodies.actions import add_seat, found_body, set_holders
from meetings.bodies.drafts import BodyDraft, HoldersDraft, SeatDraft
from meetings.bodies.models import Body, BodyRules, Seat, SeatHolder
from meetings.bodies.queries import access_of
from meetings.bodies.states import BodyKind, SeatKind
from meetings.circular import actions, letters, rules
from meetings.circular.actions import CircularDraft
from meetings.circular.models import Circular
from meetings.circular.policy import CircularAccess, may_answer, may_read_circular, may_send_circular
from meetings.circular.states import CircularKind, CircularState, Voice
from meetings.circular.suggesting import suggestions
from meetings.decisions.models import Decision
from meetings.decisions.queries import decision_by_key
from tests.meetings.walk import ADVISOR, CHAIR, DEPUTY, GUEST, HELD_BY, MEMBER, OFFICE, OUTSIDER, PLANNER
from tests.support.demo import Demo

SQLITE = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)


def sent(demo: Demo, majority: str = "simple_of_cast", days: int = 7) -> str:
    deadline = clock.now() + timedelta(days=days)
    text, kind = "Die Kammer wird Mitglied.", CircularKind.MEMBERSHIP
    draft = CircularDraft("Neue Mitgliedschaft", text, "Sie bat darum.", deadline, majority, kind)
    circular: Circular = demo.perform(OFFICE, actions.send_circular, "lg-kim", draft)
    return circular.key


def loaded(demo: Demo, key: str) -> Circular:
    with demo.session() as session:
        return session.exec(select(Circular).where(Circular.key == key)).one()


@SQLITE
def test_a_circular_from_sending_to_the_next_agenda(demo: Demo) -> None:
    with pytest.raises(InvalidInput, match="24 Stunden"):
        sent(demo, days=0)
    key = sent(demo)
    with demo.session() as session:
        mails = session.exec(select(MailOutbox).where(MailOutbox.reference == f"circular:{loaded(demo, key).id}")).all()
        assert len(mails) >= 16
        assert all("Kammer" not in mail.text for mail in mails)
    demo.perform(DEPUTY, actions.answer_circular, key, Voice.YES)
    with pytest.raises(Forbidden, match="schon geantwortet"):
        demo.perform(HELD_BY, actions.answer_circular, key, Voice.NO)
    for person in (ADVISOR, OFFICE):
        with pytest.raises(Forbidden, match="keine Stimme"):
            demo.perform(person, actions.answer_circular, key, Voice.YES)
    demo.perform(MEMBER, actions.answer_circular, key, Voice.ABSTAIN)
    with pytest.raises(InvalidInput, match="Grund"):
        demo.perform("p-kessler", actions.answer_circular, key, Voice.OBJECT)
    with pytest.raises(RefusedMove, match="nach Fristende"):
        demo.perform(OFFICE, actions.close_circular, key)
    page = demo.client(MEMBER).get(f"/umlauf/{key}").get_data(as_text=True)
    assert "2 von 16 Stimmberechtigten haben geantwortet" in page
    assert page.count("Enthaltung") == 1, "only the own answer is shown while it runs"
    assert demo.client(GUEST).get(f"/umlauf/{key}").status_code == 403
    now = loaded(demo, key).deadline - timedelta(hours=20)
    with demo.app.app_context():
        for _time in range(2):
            letters.remind_all(house(), now)
    with demo.session() as session:
        reminders = [mail for mail in session.exec(select(MailOutbox)) if (mail.once or "").find(":reminder:") > 0]
    assert reminders
    assert len({mail.recipient for mail in reminders}) == len(reminders)
    assert loaded(demo, key).reminded_at == now


@SQLITE
def test_an_objection_ends_it_and_the_motion_comes_back_on_the_agenda(demo: Demo) -> None:
    key = sent(demo)
    demo.perform(MEMBER, actions.answer_circular, key, Voice.OBJECT, "Das gehört beraten.")
    stopped = loaded(demo, key)
    assert stopped.state == CircularState.STOPPED
    assert "Durch Widerspruch beendet" in demo.client(MEMBER).get(f"/umlauf/{key}").get_data(as_text=True)
    with pytest.raises(DomainError, match="zu Ende"):
        demo.perform("p-kessler", actions.answer_circular, key, Voice.YES)
    with demo.session() as session, demo.app.test_request_context():
        meeting = meeting_by_key(session, "LG-09")
        assert meeting is not None
        item = next(iter(suggestions(session, meeting)))
        assert (item.title, item.proposal) == ("Neue Mitgliedschaft", "Die Kammer wird Mitglied.")
    with pytest.raises(RefusedMove):
        demo.perform(OFFICE, actions.withdraw_circular, key, "Zu spät.")


@SQLITE
def test_holder_and_deputy_do_not_see_what_the_other_answered(demo: Demo) -> None:
    for first, second in ((DEPUTY, HELD_BY), (HELD_BY, DEPUTY)):
        key = sent(demo)
        demo.perform(first, actions.answer_circular, key, Voice.ABSTAIN)
        assert "Enthaltung" in demo.client(first).get(f"/umlauf/{key}").get_data(as_text=True)
        page = demo.client(second).get(f"/umlauf/{key}").get_data(as_text=True)
        assert "Für Ihren Sitz ist geantwortet." in page
        assert "Enthaltung" not in page


@SQLITE
def test_the_reason_of_an_objection_is_not_called_optional(demo: Demo) -> None:
    page = demo.client(MEMBER).get(f"/umlauf/{sent(demo)}").get_data(as_text=True)
    reason = page[page.index("Grund des Widerspruchs") : page.index("Antwort abgeben")]
    assert "freiwillig" not in reason
    assert "Nötig bei einem Widerspruch" in reason
    assert " required" not in reason, "the browser must let the other answers through"


@SQLITE
def test_when_all_have_answered_it_is_counted_and_decided(demo: Demo) -> None:
    key = sent(demo, "two_thirds_of_members")
    with demo.session() as session:
        people = _voting_people(demo)
    for place, person in enumerate(people):
        demo.perform(person, actions.answer_circular, key, Voice.YES if place < 11 else Voice.NO)
    demo.perform(OFFICE, actions.close_circular, key)
    closed = loaded(demo, key)
    with demo.session() as session:
        decision = session.exec(select(Decision).where(Decision.id == closed.decision_id)).one()
    assert (decision.mode, decision.in_favour, decision.against, decision.accepted) == ("circular", 11, 5, True)
    assert "mehrheitlich angenommen (11 Ja, 5 Nein)" in (decision.result_text or "")
    assert "Mehrheitlich angenommen (11 Ja, 5 Nein)" in demo.client(MEMBER).get(f"/umlauf/{key}").get_data(as_text=True)
    assert demo.client(MEMBER).get("/gremien/lg-kim/umlauf").status_code == 200
    assert demo.client(OFFICE).get("/gremien/lg-kim/umlauf/neu").status_code == 200


def _voting_people(demo: Demo) -> list[str]:
    with demo.session() as session:
        statement = (
            select(Person.key)
            .join(SeatHolder, SeatHolder.person_id == Person.id)  # type: ignore[arg-type]
            .join(Seat, Seat.id == SeatHolder.seat_id)  # type: ignore[arg-type]
            .join(Body, Body.id == Seat.body_id)  # type: ignore[arg-type]
            .where(Body.key == "lg-kim", Seat.kind == "voting", SeatHolder.rank == 0)
        )
        return list(session.exec(statement))


@SQLITE
def test_a_decision_in_writing_belongs_to_the_body_that_was_asked(demo: Demo) -> None:
    """A county may have two steering bodies: the other one neither reads the decision nor finds it among its own."""
    chair, member = demo.actor(CHAIR).person_id, demo.actor(HELD_BY)
    found = BodyDraft("Lenkungsgruppe Wohnen", BodyKind.STEERING, chair_id=chair)
    body: Body = demo.perform(PLANNER, found_body, found)
    seat: Seat = demo.perform(
        PLANNER, add_seat, body.key, SeatDraft(member.organisation_id, SeatKind.VOTING, clock.today())
    )
    demo.perform(PLANNER, set_holders, body.key, seat.id, HoldersDraft(member.person_id, (), clock.today()))
    draft = CircularDraft("Satzung", "Die Satzung gilt.", "", clock.now() + timedelta(days=7), "simple_of_cast")
    key = demo.perform(CHAIR, actions.send_circular, body.key, draft).key
    demo.perform(HELD_BY, actions.answer_circular, key, Voice.YES)
    demo.perform(CHAIR, actions.close_circular, key)
    with demo.session() as session:
        decision = decision_by_key(session, f"D-{key}")
    assert decision is not None
    assert decision.body_row.key == body.key
    page = f"/beschluesse/D-{key}"
    assert [demo.client(person).get(page).status_code for person in (HELD_BY, CHAIR, MEMBER)] == [200, 200, 404]
    assert f"D-{key}" in demo.client(HELD_BY).get(f"/beschluesse?gremium={body.key}").get_data(as_text=True)


@SQLITE
def test_who_may_send_read_and_answer(demo: Demo) -> None:
    with demo.session() as session:
        body = session.exec(select(Body).where(Body.key == "lg-kim")).one()
    access = access_of(body)
    seat = next(seat.seat_id for seat in demo.actor(MEMBER).seats if seat.body_id == body.id)
    running = CircularAccess(access, "running", {seat: None})
    people = (OFFICE, CHAIR, MEMBER, ADVISOR, GUEST, PLANNER, OUTSIDER)
    assert [p for p in people if may_send_circular(demo.actor(p), access)] == [OFFICE, CHAIR]
    assert [p for p in people if may_read_circular(demo.actor(p), running)] == [OFFICE, CHAIR, MEMBER, ADVISOR]
    assert [p for p in people if may_answer(demo.actor(p), running)] == [MEMBER]
    assert not may_answer(demo.actor(MEMBER), CircularAccess(access, "closed", {seat: None}))


@SQLITE
def test_a_body_whose_rules_forbid_it_sends_none(demo: Demo) -> None:
    def forbid(work: object) -> None:
        row = work.session.exec(select(BodyRules).join(Body).where(Body.key == "lg-kim")).one()  # type: ignore[attr-defined]
        row.circular_decision = "not_allowed"
        work.session.add(row)  # type: ignore[attr-defined]
        work.record("body.rules", row)  # type: ignore[attr-defined]

    demo.perform(OFFICE, forbid)
    with pytest.raises(Forbidden, match="nicht im Umlauf"):
        sent(demo)


@given(st.integers(24, 24 * 60), st.integers(0, 24 * 60))
def test_a_reminder_comes_before_the_deadline_and_not_with_the_sending(hours: int, after: int) -> None:
    opened = clock.now()
    deadline, now = opened + timedelta(hours=hours), opened + timedelta(hours=after)
    if rules.reminds_now(now, deadline, opened):
        assert opened < now < deadline
        assert now >= min(deadline - rules.REMIND_BEFORE, opened + timedelta(hours=hours / 2)) or hours >= 96


def test_an_objection_stops_only_where_the_rule_says_so() -> None:
    assert rules.stops("allowed_unless_objection", ["yes", "object"])
    assert not rules.stops("allowed", ["object"])
    assert rules.votes_of(["yes", "object"]) == ["yes", "no"]
