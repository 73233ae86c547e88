"""A decision says what its poll said: other numbers than those that were counted are not recorded under it."""

import pytest

from app.core.errors import InvalidInput
from meetings.agenda.states import DecisionKind
from meetings.decisions.actions import Draft, record_decision
from meetings.voting import actions
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
