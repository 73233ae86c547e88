"""A random walk over all that can happen to agendas: numbers have no gaps before the invitation and stand after it.

Add, change the part, move, take out, invite, supplement, deal with, end, carry over, hand over, merge topics.
"""

from datetime import date, time
from typing import Any, ClassVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlmodel import Session, col, select

from app.core.errors import DomainError
from app.core.lifecycle import RefusedMove
from knowledge.gaps.topic_bundle import merge_topics
from meetings.agenda import actions, drafting, outcomes, planning, suggestions
from meetings.agenda.drafts import ItemDraft, MeetingDraft
from meetings.agenda.models import AgendaItem, Meeting
from meetings.agenda.ordering import LEVELS, entries_of, numbers, placed
from meetings.agenda.results import offered
from meetings.agenda.states import ItemKind, ItemPart, ItemResult, MeetingState
from meetings.bodies.models import Body, BodyRules
from meetings.bodies.states import PartNumbering
from tests.meetings.walk import INVITED_ON, OFFICE, PLANNER, TOPICS
from tests.support.demo import Demo

TITLES = ("Eröffnung", "Niederschrift der letzten Sitzung", "Bericht", "Verschiedenes", "Haushalt", "Anfragen")
BODY = "lg-kim"
DRAFT = MeetingDraft("Sitzung", date(2027, 6, 10), time(14), time(16), "Kreishaus")
PLANNED = (MeetingState.DRAFT, MeetingState.SCHEDULED)
a_place = st.integers(0, 40)


class Agendas(RuleBasedStateMachine):
    """The agendas of one body, meeting after meeting, and of a second one that items are handed over to."""

    demo: ClassVar[Demo]
    there: ClassVar[str]

    def __init__(self) -> None:
        super().__init__()
        self.key = ""
        self.printed: dict[int, str] = {}
        self.ever: set[tuple[str, str]] = set()

    def act(self, action: Any, *args: Any, **more: Any) -> Any:
        """Do it, or be told why not."""
        try:
            return self.demo.perform(OFFICE, action, *args, **more)
        except (DomainError, RefusedMove):
            return None

    def plan(self, body: str, *, standing: bool, carry_over: bool) -> str:
        meeting: Meeting = self.demo.perform(
            PLANNER, planning.plan_meeting, body, DRAFT, standing=standing, carry_over=carry_over
        )
        return meeting.key

    @initialize(standing=st.booleans(), restarts=st.booleans())
    def begin(self, standing: bool, restarts: bool) -> None:
        """A new meeting; the non-public part counts anew or goes on."""
        numbering = PartNumbering.RESTART if restarts else PartNumbering.THROUGH

        def job(session: Session) -> None:
            for row in session.exec(select(BodyRules)):
                row.part_numbering = numbering
                session.add(row)

        self.demo.app.extensions["lueckenlos"].writer.run(job, self.demo.tenant_id)
        self.key = self.plan(BODY, standing=standing, carry_over=False)
        self.act(drafting.add_item, self.key, ItemDraft("Wahl des Vorsitzes", ItemKind.DECISION, 5))

    def rows(self) -> list[AgendaItem]:
        with self.demo.session() as session:
            statement = select(AgendaItem).join(Meeting, col(Meeting.id) == col(AgendaItem.meeting_id))
            return list(session.exec(statement.where(col(Meeting.key) == self.key).order_by(col(AgendaItem.position))))

    def state(self) -> MeetingState:
        with self.demo.session() as session:
            return session.exec(select(Meeting.state).where(col(Meeting.key) == self.key)).one()

    def one(self, place: int) -> AgendaItem | None:
        rows = self.rows()
        return rows[place % len(rows)] if rows else None

    @rule(title=st.sampled_from(TITLES), kind=st.sampled_from(ItemKind), closed=st.booleans(), below=a_place)
    def add(self, title: str, kind: ItemKind, closed: bool, below: int) -> None:
        """Add an item, sometimes below another one; once people are invited, behind another one."""
        part = ItemPart.NON_PUBLIC if closed else ItemPart.PUBLIC
        other = self.one(below // 2) if below % 2 else None
        if self.state() in PLANNED:
            self.act(
                drafting.add_item, self.key, ItemDraft(title, kind, 5, parent_id=other.id if other else None, part=part)
            )
        else:
            self.act(drafting.add_item, self.key, ItemDraft(title, kind, 5, part=part), other.number if other else "")

    @rule(place=a_place, steps=st.integers(-4, 4))
    def move(self, place: int, steps: int) -> None:
        """Move an item among its siblings."""
        if item := self.one(place):
            self.act(drafting.move_item, self.key, item.number, steps)

    @rule(place=a_place)
    def remove(self, place: int) -> None:
        """Take an item out, with what hangs on it."""
        if item := self.one(place):
            self.act(drafting.remove_item, self.key, item.number)

    @rule(place=a_place)
    def change_part(self, place: int) -> None:
        """Take an item to the other part."""
        if item := self.one(place):
            other = ItemPart.PUBLIC if item.part == ItemPart.NON_PUBLIC else ItemPart.NON_PUBLIC
            draft = ItemDraft(item.title, item.kind, 5, parent_id=item.parent_id, part=other)
            self.act(drafting.change_item, self.key, item.number, draft, item.version)

    @rule()
    def take_suggestions(self) -> None:
        """Put everything on the agenda that is suggested."""
        self.act(suggestions.take, self.key, None)

    @precondition(lambda self: self.state() in PLANNED)
    @rule()
    def invite(self) -> None:
        """From here on the numbers stand."""
        self.act(actions.move_meeting, self.key, "scheduled")
        self.act(actions.move_meeting, self.key, "invited", INVITED_ON)

    @precondition(lambda self: self.state() == MeetingState.INVITED)
    @rule(place=a_place, result=st.sampled_from(ItemResult))
    def hold(self, place: int, result: ItemResult) -> None:
        """Open the meeting, put something off or hand it over, end it, and plan the next one with what is left."""
        self.act(actions.move_meeting, self.key, "running")
        if item := self.one(place):
            self.act(actions.call_item, self.key, item.number)
            if result in offered(item.kind):
                self.act(outcomes.record_result, self.key, item.number, result, "", self.there)
        self.act(actions.move_meeting, self.key, "held")
        self.check()
        if result == ItemResult.REFERRED:
            self.key = self.plan(self.there, standing=False, carry_over=False)
            self.printed.clear()
            self.act(suggestions.take, self.key, None)
            self.check()
        self.key = self.plan(BODY, standing=False, carry_over=True)
        self.printed.clear()

    @rule(one=st.sampled_from(TOPICS), other=st.sampled_from(TOPICS))
    def merge(self, one: str, other: str) -> None:
        """Merge two topics; an agenda's numbers have nothing to do with it."""
        self.act(merge_topics, one, other)

    @invariant()
    def check(self) -> None:
        """The order is a tree without gaps; until the invitation the numbers follow it, afterwards they stand."""
        if not self.key:
            return
        rows = self.rows()
        places = placed(entries_of(rows))
        assert [row.position for row in rows] == list(range(len(rows)))
        assert [each.id for each in places] == [row.id for row in rows]
        assert all(each.depth < LEVELS for each in places)
        by_id = {row.id: row for row in rows}
        assert all(row.part == by_id[row.parent_id].part for row in rows if row.parent_id)
        given = {row.id or 0: row.number or "" for row in rows}
        assert all(given.values())
        assert len(set(given.values())) == len(given)
        if self.state() in PLANNED:
            with self.demo.session() as session:
                anew = session.exec(select(BodyRules.part_numbering)).first() == PartNumbering.RESTART
            assert given == numbers(places, "N" if anew else "")
            return
        assert {id_: given.get(id_) for id_ in self.printed} == self.printed
        self.printed = given


@pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
def test_numbers_have_no_gaps_before_the_invitation_and_never_change_after_it(demo: Demo) -> None:
    with demo.session() as session:
        there = session.exec(select(Body.key).where(col(Body.key) != BODY).order_by(col(Body.id))).first() or ""
    walk = type("Walk", (Agendas,), {"demo": demo, "there": there})
    run_state_machine_as_test(walk, settings=settings(max_examples=12, stateful_step_count=28))
