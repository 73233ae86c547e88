"""A decision says what its poll said: other numbers than those that were counted are not recorded under it."""

import pytest
from sqlmodel import select

from app.core.errors import InvalidInput
from app.core.work import Work
from meetings.agenda.states import DecisionKind
from meetings.bodies.models import BodyRules
from meetings.bodies.states import TieRule
from meetings.decisions.actions import Draft, record_decision
from meetings.voting import actions
from meetings.voting.lots.actions import record_draw
from meetings.voting.states import PollMethod, PollMode
from tests.meetings.voting.test_every_method import VOTERS, PollWish, opened
from tests.meetings.walk import OFFICE, run_with_everyone
from tests.support.demo import Demo

pytestmark = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)


def voted(demo: Demo, majority: str) -> int:
    """Three vote yes, one no, on item 6."""
    wish = PollWish(PollMethod.MAJORITY, PollMode.NAMED, motion="Es wird gehandelt.", majority=majority)
    poll_id = opened(demo, wish)
    for person, vote in zip(VOTERS[1:], ("yes", "yes", "no", "yes"), strict=True):
        demo.perform(person, actions.cast_answer, poll_id, {"answer": vote})
    demo.perform(OFFICE, actions.close_poll, poll_id)
    return poll_id


def test_what_a_poll_decided_is_recorded_with_its_numbers(demo: Demo) -> None:
    run_with_everyone(demo)
    poll_id = voted(demo, "simple_of_cast")
    with pytest.raises(InvalidInput, match="ergab 3 Ja, 1 Nein"):
        demo.perform(OFFICE, record_decision, "LG-09", "6", Draft(DecisionKind.REPORT, "Anders.", yes=16))
    draft = Draft(DecisionKind.REPORT, "Es wird gehandelt.", yes=3, no=1, not_cast=12)
    assert demo.perform(OFFICE, record_decision, "LG-09", "6", draft).poll_id == poll_id


def test_where_a_poll_decided_nothing_a_show_of_hands_does_not_claim_to_rest_on_it(demo: Demo) -> None:
    run_with_everyone(demo)
    voted(demo, "consensus_then_majority")
    draft = Draft(DecisionKind.REPORT, "Es wird gehandelt.", yes=16)
    assert demo.perform(OFFICE, record_decision, "LG-09", "6", draft).poll_id is None


def test_no_consensus_is_filled_in_where_somebody_voted_no(demo: Demo) -> None:
    run_with_everyone(demo)
    voted(demo, "consensus_then_majority")
    page = demo.client(OFFICE).get("/sitzungen/LG-09/top/6/beschluss").get_data(as_text=True)
    asked = page[page.index("Wie wurde entschieden?") :]
    assert "checked" not in asked[: asked.index("nach zwei Versuchen ohne Einvernehmen")]


def decide_ties_by_lot(work: Work) -> None:
    """The body's rules as they are, but for the tie."""
    rules = work.session.exec(select(BodyRules)).all()
    for row in rules:
        row.tie, row.decision = TieRule.LOT, "simple_of_cast"
    work.record("body.rules_changed", rules[0])


def test_a_tie_that_the_lot_settled_can_be_recorded(demo: Demo) -> None:
    run_with_everyone(demo)
    demo.perform(OFFICE, decide_ties_by_lot)
    wish = PollWish(PollMethod.MAJORITY, PollMode.NAMED, motion="Es wird gehandelt.", majority="simple_of_cast")
    poll_id = opened(demo, wish)
    for person, vote in zip(VOTERS[1:3], ("yes", "no"), strict=True):
        demo.perform(person, actions.cast_answer, poll_id, {"answer": vote})
    demo.perform(OFFICE, actions.close_poll, poll_id)
    draft = Draft(DecisionKind.REPORT, "Es wird gehandelt.", yes=1, no=1, not_cast=14)
    with pytest.raises(InvalidInput, match="Noch ist nichts entschieden"):
        demo.perform(OFFICE, record_decision, "LG-09", "6", draft)
    demo.perform(OFFICE, record_draw, poll_id, "Karin Wieland", ["yes"])
    with pytest.raises(InvalidInput, match="Bitte übernehmen Sie"):
        demo.perform(OFFICE, record_decision, "LG-09", "6", Draft(DecisionKind.REPORT, "Anders.", yes=16))
    decision = demo.perform(OFFICE, record_decision, "LG-09", "6", draft)
    assert decision.result_text == "angenommen; bei Stimmengleichheit entschied das Los (1 Ja, 1 Nein)"
