"""Attaching passages, finding them again after the text changed, a second person's look, rounds, erasing."""

from typing import Any

import pytest
from sqlmodel import SQLModel, col, select

from app.core.errors import DomainError, Forbidden, InvalidInput, NotFound
from app.core.records import AuditEntry, LiveEvent
from knowledge.cases.models import Case, Finding, Station
from knowledge.coding import actions, actions_codebook, actions_review, queries
from knowledge.coding.actions import Marked
from knowledge.coding.anchoring import Found
from knowledge.coding.comparison import compare
from knowledge.coding.models import Coding, CodingRound, Passage
from knowledge.coding.queries import CodingSheet
from knowledge.coding.rules import CATEGORY, FINDING, GAP, Target
from knowledge.coding.states import CodingState
from knowledge.gaps.models import Gap
from tests.knowledge.coding.coded import CASE, category, coded, texts
from tests.support.demo import Demo

SQLITE = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)


def seen(demo: Demo, person: str, key: str = CASE, only_mine: bool = False) -> CodingSheet:
    with demo.session() as session:
        found = queries.case_by_key(session, key)
        assert found is not None
        return queries.sheet(session, demo.actor(person), found, only_mine)


def rows(demo: Demo, table: type[SQLModel]) -> list[Any]:
    with demo.session() as session:
        return list(session.exec(select(table)).all())


def rewrite(demo: Demo, text: str | None) -> None:
    """Change the case's own text, as editing does."""

    def write(work: Any) -> None:
        case = work.session.exec(select(Case).where(col(Case.key) == CASE)).one()
        case.client_view = text
        work.session.add(case)
        work.record("case.edited", case)

    demo.perform("p-albers", write)


def test_a_passage_gets_category_gap_and_finding_at_once(demo: Demo) -> None:
    made = category(demo)
    source = texts(demo)[0]
    with demo.session() as session:
        gap = session.exec(select(Gap).where(col(Gap.key) == "F-2026-01")).one()
        finding = session.exec(select(Finding).join(Station).join(Case).where(col(Case.key) == CASE)).first()
    assert finding is not None
    targets = [Target(CATEGORY, made.id or 0), Target(GAP, gap.id or 0), Target(FINDING, finding.id or 0)]
    demo.perform("p-terhorst", actions.attach, CASE, Marked(source.key, 0, 30), targets, "ein Memo")
    again = demo.perform("p-terhorst", actions.attach, CASE, Marked(source.key, 0, 30), targets)
    shown = seen(demo, "p-albers")
    assert len(shown.marks) == 3
    assert len(rows(demo, Passage)) == 1
    assert {mark.row.coding.memo for mark in shown.marks} == {"ein Memo"}
    assert {coding.id for coding in again} == {mark.row.id for mark in shown.marks}
    assert seen(demo, "p-albers", only_mine=True).marks == ()


@SQLITE
def test_what_makes_no_passage_is_refused(demo: Demo) -> None:
    made, source = category(demo), texts(demo)[0]
    target = [Target(CATEGORY, made.id or 0)]
    for wrong in (Marked("unbekannt-0", 0, 3), Marked(source.key, 3, 3), Marked(source.key, 0, 10**6)):
        with pytest.raises(InvalidInput):
            demo.perform("p-albers", actions.attach, CASE, wrong, target)
    for nothing in ([], [Target(CATEGORY, 999)], [Target(GAP, 999)], [Target(FINDING, 999)]):
        with pytest.raises(InvalidInput):
            demo.perform("p-albers", actions.attach, CASE, Marked(source.key, 0, 5), nothing)
    assert rows(demo, Coding) == []


@SQLITE
def test_a_finding_of_another_case_is_no_target(demo: Demo) -> None:
    with demo.session() as session:
        other = session.exec(select(Finding).join(Station).join(Case).where(col(Case.key) == "birke")).first()
    assert other is not None
    with pytest.raises(InvalidInput):
        demo.perform("p-albers", actions.attach, CASE, Marked("client_view-0", 0, 5), [Target(FINDING, other.id or 0)])


@SQLITE
def test_who_is_not_of_the_case_team_cannot_code(demo: Demo) -> None:
    made = category(demo)
    coding = coded(demo, "p-terhorst", made)
    for person in ("p-brandes", "p-steffens", "p-diallo"):
        with pytest.raises((Forbidden, NotFound)):
            coded(demo, person, made)
        with pytest.raises((Forbidden, NotFound)):
            demo.perform(person, actions_review.confirm, CASE, coding.id)


@SQLITE
def test_a_coding_is_not_reached_through_another_case(demo: Demo) -> None:
    coding = coded(demo, "p-albers", category(demo))
    for action in (actions.remove, actions.restore, actions_review.confirm, actions_review.take_back):
        with pytest.raises(NotFound):
            demo.perform("p-kaya", action, "birke", coding.id)


@SQLITE
def test_removing_can_be_taken_back_until_the_round_is_closed(demo: Demo) -> None:
    coding = coded(demo, "p-terhorst", category(demo))
    demo.perform("p-terhorst", actions.remove, CASE, coding.id)
    shown = seen(demo, "p-terhorst")
    assert shown.marks == ()
    assert [row.id for row in shown.removed] == [coding.id]
    assert seen(demo, "p-albers").removed == (), "nobody else needs to see it"
    demo.perform("p-terhorst", actions.restore, CASE, coding.id)
    assert len(seen(demo, "p-terhorst").marks) == 1
    demo.perform("p-terhorst", actions.remove, CASE, coding.id)
    demo.perform("p-albers", actions_review.close_round, CASE)
    assert rows(demo, Coding) == []
    assert rows(demo, Passage) == []


@SQLITE
def test_a_second_person_confirms_or_sees_it_differently(demo: Demo) -> None:
    waiting, unclear = category(demo), category(demo, "Zuständigkeit unklar")
    first, second = coded(demo, "p-terhorst", waiting), coded(demo, "p-terhorst", waiting, source=1)
    with pytest.raises(Forbidden):
        demo.perform("p-terhorst", actions_review.confirm, CASE, first.id)
    demo.perform("p-albers", actions_review.confirm, CASE, first.id)
    with pytest.raises(DomainError):
        demo.perform("p-kaya", actions_review.confirm, CASE, first.id)
    with pytest.raises(DomainError):
        demo.perform("p-kaya", actions_review.change, CASE, second.id, Target(CATEGORY, waiting.id or 0))
    other = demo.perform("p-albers", actions_review.change, CASE, second.id, Target(CATEGORY, unclear.id or 0), "eher")
    states = {mark.row.id: mark.row.coding.state for mark in seen(demo, "p-albers").marks}
    assert states == {
        first.id: CodingState.CONFIRMED,
        second.id: CodingState.CHANGED,
        other.id: CodingState.PROPOSED,
    }
    compared = compare(seen(demo, "p-albers"), 1)
    counted = {line.category.key: line.counts for line in compared.lines}
    assert (counted[waiting.key].both, counted[waiting.key].only_first + counted[waiting.key].only_second) == (1, 1)
    assert counted[unclear.key].both == 0
    assert (compared.confirmed, compared.changed) == (1, 1)
    demo.perform("p-albers", actions_review.take_back, CASE, first.id)
    with pytest.raises(DomainError):
        demo.perform("p-kaya", actions_review.take_back, CASE, second.id)


def test_a_blind_round_shows_everybody_only_their_own(demo: Demo) -> None:
    made = category(demo)
    demo.perform("p-albers", actions_review.open_round, CASE, True)
    mine, theirs = coded(demo, "p-terhorst", made), coded(demo, "p-kaya", made)
    assert [mark.row.id for mark in seen(demo, "p-terhorst").marks] == [mine.id]
    assert [mark.row.id for mark in seen(demo, "p-kaya").marks] == [theirs.id]
    assert seen(demo, "p-albers").marks == ()
    assert compare(seen(demo, "p-kaya"), 1).second is None
    with pytest.raises(NotFound):
        demo.perform("p-kaya", actions_review.confirm, CASE, mine.id)
    demo.perform("p-albers", actions_review.close_round, CASE)
    assert len(seen(demo, "p-albers").marks) == 2
    compared = compare(seen(demo, "p-albers"), 1)
    assert [(line.counts.both, line.alpha) for line in compared.lines] == [(1, 1)]


@SQLITE
def test_rounds_follow_one_another(demo: Demo) -> None:
    coding = coded(demo, "p-terhorst", category(demo))
    with pytest.raises(DomainError):
        demo.perform("p-albers", actions_review.open_round, CASE, False)
    with pytest.raises(Forbidden):
        demo.perform("p-terhorst", actions_review.close_round, CASE)
    demo.perform("p-albers", actions_review.blind_round, CASE)
    demo.perform("p-albers", actions_review.close_round, CASE)
    with pytest.raises(Forbidden):
        demo.perform("p-terhorst", actions.remove, CASE, coding.id)
    with pytest.raises(DomainError):
        coded(demo, "p-terhorst", category(demo, "Andere"))
    demo.perform("p-albers", actions_review.open_round, CASE, True)
    assert [(each.number, each.blind) for each in rows(demo, CodingRound)] == [(1, True), (2, True)]


@SQLITE
def test_a_changed_text_moves_asks_or_loses_in_sight(demo: Demo) -> None:
    made = category(demo)
    coded(demo, "p-terhorst", made, words=12)
    before = texts(demo)[0].text
    quote = seen(demo, "p-terhorst").marks[0].row.passage.quote
    rewrite(demo, "Ein Satz davor. " + before)
    assert seen(demo, "p-terhorst").marks[0].placed.anchor.found == Found.MOVED
    rewrite(demo, before.replace(quote.split()[3], "neulich"))
    mark = seen(demo, "p-terhorst").marks[0]
    assert mark.placed.anchor.found == Found.SIMILAR
    demo.perform("p-terhorst", actions.take_place, CASE, mark.row.passage.id)
    mark = seen(demo, "p-terhorst").marks[0]
    assert mark.placed.anchor.found == Found.IN_PLACE
    assert "neulich" in mark.row.passage.quote
    rewrite(demo, "Etwas ganz anderes.")
    shown = seen(demo, "p-terhorst")
    assert shown.marks == ()
    assert [each.row.passage.quote for each in shown.lost] == [mark.row.passage.quote]
    with pytest.raises(DomainError):
        demo.perform("p-terhorst", actions.take_place, CASE, mark.row.passage.id)


@SQLITE
def test_a_station_that_goes_leaves_its_codings_in_sight(demo: Demo) -> None:
    station = texts(demo)[1]
    coded(demo, "p-terhorst", category(demo), source=1)

    def take_away(work: Any) -> None:
        row = work.session.exec(select(Station).where(col(Station.id) == station.row_id)).one()
        work.session.delete(row)
        work.record("station.removed", row)

    demo.perform("p-albers", take_away)
    assert len(seen(demo, "p-terhorst").lost) == 1


@SQLITE
def test_what_a_passage_quotes_is_in_no_log(demo: Demo) -> None:
    coded(demo, "p-terhorst", category(demo), words=8)
    quote = seen(demo, "p-terhorst").marks[0].row.passage.quote
    logged = "\n".join(entry.facts + entry.object_key for entry in rows(demo, AuditEntry))
    assert quote not in logged
    assert "Weil es auffällt" not in logged
    assert not [event for event in rows(demo, LiveEvent) if "coding" in event.channel]


@SQLITE
def test_the_anchor_example_is_a_passage_of_the_case(demo: Demo) -> None:
    made = category(demo)
    coding = coded(demo, "p-terhorst", made)
    with pytest.raises(Forbidden):
        demo.perform("p-terhorst", actions_codebook.take_example, made.key, coding.passage_id)
    assert demo.perform("p-albers", actions_codebook.take_example, made.key, coding.passage_id).example_passage_id
    with pytest.raises(NotFound):
        demo.perform("p-albers", actions_codebook.take_example, made.key, 999)
