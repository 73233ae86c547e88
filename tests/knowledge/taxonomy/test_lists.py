"""The shipped lists are complete, and the enumerations of the tables say the same."""

from enum import StrEnum

import pytest
import yaml

from app.people.states import Visibility
from knowledge.cases.states import ConsentScopeName, StationAssessment
from knowledge.gaps.states import GapStatus, SolvableAt, TopicState
from knowledge.solutions.states import EffectRating
from knowledge.taxonomy import lists
from meetings.agenda.states import DecisionKind
from meetings.agreements.states import AgreementState, ConsentState, IndicatorKind, MeasureState

ENUMERATIONS = {
    "gap_states": GapStatus,
    "topic_states": TopicState,
    "solvable_at": SolvableAt,
    "visibility": Visibility,
    "station_assessments": StationAssessment,
    "consent_scopes": ConsentScopeName,
    "effect_ratings": EffectRating,
    "decision_kinds": DecisionKind,
    "agreement_states": AgreementState,
    "measure_states": MeasureState,
    "consent_states": ConsentState,
    "indicator_kinds": IndicatorKind,
}


@pytest.mark.parametrize("list_name", ENUMERATIONS)
def test_an_enumeration_has_the_keys_of_its_list(list_name: str):
    values: type[StrEnum] = ENUMERATIONS[list_name]
    assert tuple(member.value for member in values) == lists.keys(list_name)


@pytest.mark.parametrize("list_name", lists.names())
def test_every_code_has_a_label(list_name: str):
    assert all(entry.label for entry in lists.entries(list_name))


def test_a_code_is_called_by_its_label():
    assert lists.label("agency_types", "jobcenter") == "Jobcenter"


def test_a_scale_is_asked_for_by_number_or_text():
    assert lists.label("severity", 4) == lists.label("severity", "4") == "existenziell"


def test_a_scale_says_what_anchors_it():
    assert lists.entry("frequency", 1).anchor == "bis 5 Fälle im Jahr"


def test_a_transition_knows_where_it_comes_from_and_where_it_leads():
    entry = lists.entry("transitions", "asylblg_sgb2")
    assert (entry.source, entry.target) == ("asylblg", "sgb2")


@pytest.mark.parametrize(("list_name", "key"), [("no_such_list", "a"), ("life_domains", "no_such_key")])
def test_an_unknown_list_or_key_is_an_error(list_name: str, key: str):
    with pytest.raises(KeyError):
        lists.label(list_name, key)


def test_every_state_of_a_gap_can_be_reached():
    reached, todo = {"reported"}, ["reported"]
    while todo:
        here = todo.pop()
        ahead = {move.target for move in lists.gap_transitions() if move.source == here} - reached
        reached |= ahead
        todo.extend(ahead)
    assert reached == set(lists.keys("gap_states"))


def test_the_shipped_life_of_a_gap_has_twenty_five_moves():
    assert len(lists.gap_transitions()) == 25


def test_no_label_was_cut_at_a_comma():
    """`{label: Satzung, Weisung}` without quotes is a short label and a key without a value."""
    raw = yaml.safe_load(lists.SOURCE.read_text(encoding="utf-8"))
    rows = [entry for entries in raw.values() if isinstance(entries, list) for entry in entries]
    cut = [row for row in rows if isinstance(row, dict) and None in row.values()]
    assert cut == []
