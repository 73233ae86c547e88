"""The life of a paper, where it stands, its route and the names of its files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.agenda.states import DecisionKind, ItemPart
from meetings.papers.drafts import PaperDraft, item_draft
from meetings.papers.rules import (
    LIFE,
    OFFICE,
    ORIGINATOR,
    Dealt,
    PaperFacts,
    ends_somewhere,
    may_take_route,
    safe_name,
    series_of,
    standing,
)
from meetings.papers.states import PaperState, Standing, StationRole

HEARING, PRELIMINARY, NOTING, DECISION = StationRole
routes = st.lists(st.builds(Dealt, st.sampled_from(StationRole), st.booleans(), st.booleans()), max_size=5)


@pytest.mark.parametrize(
    ("source", "target", "role", "facts", "may"),
    [
        ("draft", "submitted", ORIGINATOR, PaperFacts(), True),
        ("draft", "submitted", ORIGINATOR, PaperFacts(written=False), False),
        ("draft", "submitted", ORIGINATOR, PaperFacts(decides=False), False),
        ("submitted", "permitted", OFFICE, PaperFacts(), True),
        ("submitted", "permitted", ORIGINATOR, PaperFacts(), False),
        ("submitted", "draft", OFFICE, PaperFacts(), False),
        ("submitted", "draft", OFFICE, PaperFacts(comment="Kosten fehlen"), True),
        ("permitted", "draft", OFFICE, PaperFacts(comment="neu", on_agenda=True), False),
        ("permitted", "withdrawn", ORIGINATOR, PaperFacts(comment="erledigt"), True),
        ("permitted", "withdrawn", ORIGINATOR, PaperFacts(comment="erledigt", decided=True), False),
        ("withdrawn", "draft", OFFICE, PaperFacts(comment="doch"), False),
    ],
)
def test_a_paper_lives_by_its_table(source: str, target: str, role: str, facts: PaperFacts, may: bool) -> None:
    assert bool(LIFE.check(source, target, {role}, facts)) is may


@given(st.sampled_from(PaperState), routes)
def test_only_a_permitted_paper_is_scheduled_or_decided(state: PaperState, route: list[Dealt]) -> None:
    stands = standing(state, route)
    if state != PaperState.PERMITTED:
        assert stands.value == state.value
    if stands == Standing.DECIDED:
        assert any(each.settled for each in route)
    if stands == Standing.SCHEDULED:
        assert any(each.on_agenda and not each.settled for each in route)


def test_a_recommendation_decides_nothing() -> None:
    route = [Dealt(PRELIMINARY, settled=True), Dealt(DECISION)]
    assert standing(PaperState.PERMITTED, route) == Standing.PERMITTED
    assert standing(PaperState.PERMITTED, [route[0], Dealt(DECISION, on_agenda=True)]) == Standing.SCHEDULED
    assert standing(PaperState.PERMITTED, [route[0], Dealt(DECISION, settled=True)]) == Standing.DECIDED
    assert standing(PaperState.PERMITTED, [Dealt(NOTING, settled=True)]) == Standing.DECIDED


def test_a_route_ends_with_its_decision() -> None:
    assert may_take_route([(1, PRELIMINARY), (2, DECISION), (3, NOTING)])
    assert not may_take_route([(1, DECISION), (2, DECISION)])
    assert not may_take_route([(2, DECISION), (1, HEARING)])
    assert not may_take_route([(1, HEARING), (1, HEARING)])
    assert not may_take_route([(number, NOTING) for number in range(9)])
    assert not ends_somewhere([HEARING, PRELIMINARY])


@given(st.text(max_size=300))
def test_a_files_name_is_no_path_and_has_the_suffix_of_its_content(name: str) -> None:
    safe = safe_name(name, "pdf")
    assert safe.endswith(".pdf")
    assert not set(safe) & set('/\\\x00\r\n"')
    assert not safe.startswith(".")
    assert len(safe) < 200


@pytest.mark.parametrize("kind", ["gap", "topic", "agreement"])
def test_the_item_of_a_paper_moves_no_gap_by_itself(kind: str) -> None:
    made = item_draft(PaperDraft("Frist", proposal="Es gilt.", subjects=((kind, 1),)), DECISION)
    assert made.decision_kind == (DecisionKind.APPROVE_AGREEMENT if kind == "agreement" else DecisionKind.CONCEPT)
    assert made.proposal == "Es gilt."
    assert item_draft(PaperDraft("Frist", proposal="Es gilt.", public=False), DECISION).proposal == ""
    assert item_draft(PaperDraft("Frist", public=False), DECISION).part == ItemPart.NON_PUBLIC
    assert item_draft(PaperDraft("Frist"), NOTING).decision_kind is None


def test_references_fit_their_column() -> None:
    assert series_of("lg-kim", 2026) == "LG-KIM-V-2026"
    assert len(series_of("x" * 64, 2026)) <= 32
