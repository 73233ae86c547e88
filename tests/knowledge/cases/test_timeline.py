"""The layout of a timeline: lanes, places, labels that never overlap. All demo-like cases and any others."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.cases.timeline import RADIUS, StationView, TimelineLayout, lay_out

TITLES = [
    "Kita-Platz",
    "Bewilligung nach SGB II",
    "Verlängerung des Titels, Zeit mit Fiktionsbescheinigung",
    "Meldung des schulpflichtigen Kindes, Erstberatung",
    "Berufsunfähigkeitszusatzversicherungsbescheinigung",
]
DOMAINS = {
    "asylblg": "AsylbLG",
    "sgb5": "SGB V (Krankenversicherung)",
    "municipal": "Kommunales Recht (Satzung, OBG)",
    "none": "kein Rechtskreis (freiwillige Leistung)",
}
ASSESSMENTS = ["break", "bridge", "delay", "turning_point", "neutral"]


def station(
    key: str = "A1",
    month: int = 0,
    domain: str = "asylblg",
    title: str = "Ankunft",
    transition: str | None = None,
    assessment: str = "neutral",
    without: str = "",
) -> StationView:
    label = "AsylbLG → SGB II" if transition else ""
    caption = f"Verzögerung · Monat {month}"
    return StationView(key, month, title, domain, DOMAINS[domain], assessment, transition, label, caption, without)


def test_lanes_follow_the_first_use_of_their_domain() -> None:
    layout = lay_out([station("A1", 0, "sgb5"), station("A2", 1, "asylblg"), station("A3", 2, "sgb5")], 2)

    assert [lane.key for lane in layout.lanes] == ["sgb5", "asylblg"]
    assert [mark.y for mark in layout.marks] == [layout.lanes[0].line, layout.lanes[1].line, layout.lanes[0].line]


def test_the_name_of_a_domain_and_its_bracket_are_told_apart() -> None:
    (lane,) = lay_out([station(domain="sgb5")], 0).lanes

    assert [line.text for line in lane.name] == ["SGB V"]
    assert [line.text for line in lane.note] == ["Krankenversicherung"]
    assert lane.strip.text == "SGB V · Krankenversicherung"


def test_months_are_drawn_to_scale() -> None:
    marks = lay_out([station("A1", 0), station("A2", 5, "sgb5"), station("A3", 10, "municipal")], 10).marks

    assert marks[1].x - marks[0].x == pytest.approx(marks[2].x - marks[1].x)


def test_several_stations_of_one_month_and_lane_are_spread() -> None:
    first, second, third = lay_out([station("A1", 8), station("A2", 8), station("A3", 8)], 14).marks

    assert second.x - first.x > 2 * RADIUS
    assert third.x - second.x > 2 * RADIUS
    assert [mark.station.key for mark in (first, second, third)] == ["A1", "A2", "A3"]


def test_a_station_at_a_transition_has_its_dashed_line() -> None:
    layout = lay_out([station("A1", 0), station("A2", 7, transition="asylblg_sgb2")], 14)

    (change,) = layout.transitions
    assert change.x == layout.marks[1].x
    assert change.lines[0].text == "AsylbLG → SGB II"


def test_days_without_benefits_are_told_below_their_station() -> None:
    layout = lay_out(
        [station("A1", 0), station("A2", 7, transition="asylblg_sgb2", without="41 Tage ohne Leistung")], 14
    )

    (note,) = layout.notes
    assert note.x == layout.marks[1].x
    assert note.lines[0].text == "41 Tage ohne Leistung"
    assert lay_out([station("A1", 0)], 14).notes == ()


def test_ticks_leave_room_for_their_numbers() -> None:
    long_case = lay_out([station("A1", 0), station("A2", 60)], 60)

    assert long_case.ticks[0].month == 0
    assert all(b.x - a.x >= 36 for a, b in pairwise(long_case.ticks))


def test_a_case_without_stations_is_an_empty_picture() -> None:
    layout = lay_out([], 12)

    assert layout.lanes == ()
    assert layout.way == ""
    assert layout.height > 0


cases = st.lists(
    st.builds(
        station,
        key=st.uuids().map(str),
        month=st.integers(0, 36),
        domain=st.sampled_from(sorted(DOMAINS)),
        title=st.sampled_from(TITLES),
        transition=st.none() | st.just("asylblg_sgb2"),
        assessment=st.sampled_from(ASSESSMENTS),
        without=st.sampled_from(["", "41 Tage ohne Leistung", "28 Tage ohne Leistung · 12 Tage ohne Versicherung"]),
    ),
    min_size=1,
    max_size=14,
)
layouts = st.builds(lay_out, cases, st.integers(0, 36))


@given(layouts)
def test_no_label_lies_on_another(layout: TimelineLayout) -> None:
    boxes = [mark.box for mark in layout.marks] + [line.box for line in (*layout.transitions, *layout.notes)]

    assert not any(a.overlaps(b) for a, b in combinations(boxes, 2))


@given(layouts)
def test_no_label_covers_a_sign(layout: TimelineLayout) -> None:
    for mark in layout.marks:
        for other in layout.marks:
            beside = mark.box.right <= other.x - RADIUS or other.x + RADIUS <= mark.box.x
            assert beside or mark.box.y >= other.y + RADIUS or mark.box.bottom <= other.y - RADIUS


@given(layouts)
def test_no_pole_runs_through_a_label(layout: TimelineLayout) -> None:
    for mark in layout.marks:
        if mark.pole_bottom is None:
            continue
        for other in layout.marks:
            crossed = other.box.x < mark.x < other.box.right
            assert not (crossed and mark.y < other.box.bottom and other.box.y < mark.pole_bottom)


@given(layouts)
def test_everything_is_inside_the_picture(layout: TimelineLayout) -> None:
    for mark in layout.marks:
        assert mark.box.x >= 0
        assert mark.box.right <= layout.width
        assert mark.box.bottom <= layout.height
    for change in layout.transitions:
        assert change.box.right <= layout.width
        assert change.box.bottom <= layout.lanes_top


@given(layouts)
def test_days_without_benefits_stand_below_the_lanes(layout: TimelineLayout) -> None:
    for note in layout.notes:
        assert layout.lanes_bottom <= note.box.y
        assert note.box.bottom <= layout.height
        assert note.box.right <= layout.width
        for other in layout.notes:
            assert not (other.box.x < note.x < other.box.right and other.box.y < note.box.bottom)


@given(layouts)
def test_each_label_stays_in_its_own_lane(layout: TimelineLayout) -> None:
    lanes = {lane.key: lane for lane in layout.lanes}

    for mark in layout.marks:
        lane = lanes[mark.station.legal_domain]
        assert lane.top <= mark.box.y
        assert mark.box.bottom <= lane.top + lane.height


@given(layouts)
def test_lanes_lie_under_one_another_without_gaps(layout: TimelineLayout) -> None:
    for upper, lower in pairwise(layout.lanes):
        assert lower.top == pytest.approx(upper.top + upper.height)


@given(cases)
def test_every_station_is_drawn_once_in_the_order_of_the_months(stations: list[StationView]) -> None:
    marks = lay_out(stations, 12).marks

    assert sorted(mark.station.key for mark in marks) == sorted(each.key for each in stations)
    assert [mark.station.month for mark in marks] == sorted(each.month for each in stations)
