"""The timeline of a case in a document: lanes that hold every station once, and no word of it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exports.case_lanes import MOST_MONTHS, lanes, legend
from knowledge.cases.models import Station
from knowledge.cases.states import StationAssessment
from tests.support.demo import Demo

SQLITE = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
DOMAINS = ("asylblg", "sgb2", "aufenthg")


def station(number: int, month: int, domain: str, assessment: StationAssessment) -> Station:
    return Station(
        case_id=1,
        key=f"A{number}",
        month=month,
        title="Geheim",
        text="Geheim",
        legal_domain=domain,
        life_domain="housing",
        assessment=assessment,
    )


STATIONS = st.lists(
    st.tuples(st.integers(0, 30), st.sampled_from(DOMAINS), st.sampled_from(list(StationAssessment))),
    min_size=1,
    max_size=30,
).map(lambda given: [station(number, *each) for number, each in enumerate(sorted(given, key=lambda row: row[0]), 1)])


@SQLITE
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(stations=STATIONS)
def test_each_station_stands_once_in_its_lane_and_month(demo: Demo, stations: list[Station]) -> None:
    with demo.app.test_request_context():
        tables = list(lanes("Ahorn", stations))
    placed = [
        (cell.split()[place], int(month))
        for table in tables
        for row in table.rows
        for month, cell in zip(table.columns[1:], row[1:], strict=True)
        if cell != "–"
        for place in range(1, len(cell.split()), 2)
    ]
    assert sorted(placed) == sorted((each.key, each.month) for each in stations)
    assert all(len(table.columns) <= MOST_MONTHS + 1 for table in tables)
    assert "Geheim" not in repr(tables)


@SQLITE
def test_signs_are_told_in_words_as_far_as_they_occur(demo: Demo) -> None:
    with demo.app.test_request_context():
        assert legend([station(1, 0, "sgb2", StationAssessment.BREAK)]) == "✕ Bruch"
