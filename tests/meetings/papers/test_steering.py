"""Whose turn it is with a paper, what waits on whose desk, and what is asked before more people read a text."""

import re

import pytest

from app.core.permissions import OFFICE as OFFICE_SEAT
from app.core.permissions import Actor, SeatHeld
from meetings.bodies.policy import BodyAccess
from meetings.papers import actions, routing
from meetings.papers.policy import PaperAccess, roles_in, steers_now
from meetings.papers.queries import paper_by_id
from meetings.papers.rules import OFFICE
from meetings.papers.states import PaperState, Recommendation, Standing
from tests.meetings.papers.test_walk import JOBCENTER, MEMBER, STRANGER, begun, body_id, permitted, steps
from tests.meetings.walk import DEPUTY
from tests.meetings.walk import OFFICE as CLERK
from tests.support.demo import Demo, post

on_sqlite = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
FIRST, SECOND = BodyAccess(1), BodyAccess(2)
TURNS = [(FIRST, True, False), (SECOND, False, True), (None, False, False)]


def clerk_of(body: int) -> Actor:
    return Actor(5, 1, 3, "county", frozenset(), (SeatHeld(7, body, OFFICE_SEAT, False),), "Clerk", "Kreis")


@pytest.mark.parametrize(("turn", "first", "second"), TURNS)
def test_only_the_office_whose_turn_it_is_permits(turn: BodyAccess | None, first: bool, second: bool) -> None:
    paper = PaperAccess(state=PaperState.SUBMITTED, public=True, originator_id=8, route=(FIRST, SECOND), turn=turn)
    assert steers_now(clerk_of(1), paper) is first
    assert (OFFICE in roles_in(clerk_of(2), paper)) is second


@on_sqlite
def test_a_submitted_paper_waits_on_the_desk_of_the_office_and_a_returned_one_on_its_authors(demo: Demo) -> None:
    paper_id = begun(demo)
    here = f"/vorlagen/{paper_id}"

    def desks() -> set[str]:
        people = (CLERK, JOBCENTER, DEPUTY, MEMBER, STRANGER)
        return {key for key in people if f'href="{here}"' in demo.client(key).get("/").get_data(as_text=True)}

    assert desks() == set()
    demo.perform(JOBCENTER, actions.move_paper, paper_id, PaperState.SUBMITTED)
    assert desks() == {CLERK}
    demo.perform(CLERK, actions.move_paper, paper_id, PaperState.DRAFT, "Bitte die Kosten nennen")
    assert desks() == {JOBCENTER}
    demo.perform(JOBCENTER, actions.move_paper, paper_id, PaperState.SUBMITTED)
    demo.perform(CLERK, actions.move_paper, paper_id, PaperState.PERMITTED)
    assert desks() == set()


@on_sqlite
def test_what_could_point_at_a_person_is_confirmed_before_it_is_kept(demo: Demo) -> None:
    client, address = demo.client(JOBCENTER), "/vorlagen/neu"
    form = {
        "title": "Frist", "kind": "decision", "summary": "Frau Amira Haddad, geboren am 12.03.1990, wartete.",
        "proposal": "Satz", "route-0-body": str(body_id(demo)), "route-0-role": "decision",
    }  # fmt: skip

    asked = post(client, address, form)

    page = asked.get_data(as_text=True)
    assert asked.status_code == 422
    assert "könnten auf einen Menschen zeigen" in page
    assert "geboren am 12.03.1990, wartete." in page
    keys = re.findall(r'name="confirmed"[^>]*value="([^"]+)"', page) or re.findall(
        r'value="([^"]+)"[^>]*name="confirmed"', page
    )
    assert len(keys) >= 2
    assert post(client, address, {**form, "confirmed": keys[:1]}).status_code == 422
    kept = post(client, address, {**form, "confirmed": keys})
    assert kept.status_code == 303
    paper = kept.headers["Location"]
    again = {**form, "proposal": "Ein anderer Satz", "version": "1"}
    assert post(client, f"{paper}/bearbeiten", again).status_code == 303
    new = {**again, "proposal": "Herr Milan Petrović bittet darum.", "version": "2"}
    assert post(client, f"{paper}/bearbeiten", new).status_code == 422
    demo.perform(JOBCENTER, actions.move_paper, int(paper.rpartition("/")[2]), PaperState.SUBMITTED)
    demo.perform(CLERK, actions.move_paper, int(paper.rpartition("/")[2]), PaperState.PERMITTED)
    assert post(demo.client(CLERK), f"{paper}/beschlussfassung", {"text": "Ein Wortlaut"}).status_code == 409


@on_sqlite
def test_a_body_that_has_advised_is_done_and_the_next_one_has_its_turn(demo: Demo) -> None:
    paper_id = permitted(demo)
    first, _second = steps(demo, paper_id)
    demo.perform(CLERK, routing.recommend, paper_id, first, Recommendation.ADOPT, "")
    with demo.session() as session:
        found = paper_by_id(session, paper_id)
        assert found
        assert [stop.settled for stop in found.stops] == [True, False]
        assert found.turn == found.route[1]
        assert found.standing == Standing.PERMITTED
    page = demo.client(MEMBER).get(f"/vorlagen/{paper_id}").get_data(as_text=True)
    assert page.count("steht noch aus") == 1
    passage = {"advice": "adopt", "text": "Frau Amira Haddad, geboren am 12.03.1990, bat darum."}
    assert post(demo.client(CLERK), f"/vorlagen/{paper_id}/schritt/{first}/empfehlung", passage).status_code == 422
