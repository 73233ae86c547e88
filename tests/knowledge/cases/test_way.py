"""The line through the stations: it reaches each of them and goes around labels where it can."""

import re

from hypothesis import given
from hypothesis import strategies as st

from knowledge.cases.way import Obstacle, Point, way


def verticals(path: str) -> list[float]:
    """Where the path changes its lane."""
    return [float(x) for x in re.findall(r"Q[^Q]* ([\d.-]+) [\d.-]+V", path)]


def test_no_station_no_way() -> None:
    assert way([]) == ""
    assert way([Point(20, 40)]) == "M20 40"


def test_along_one_lane_the_way_is_straight() -> None:
    assert way([Point(20, 40), Point(90, 40)]) == "M20 40H90"


def test_the_way_ends_at_the_last_station() -> None:
    assert way([Point(20, 40), Point(90, 140), Point(120, 40)]).endswith("H120")


def test_without_obstacles_it_changes_lane_at_the_coming_station() -> None:
    assert verticals(way([Point(20, 40), Point(200, 140)])) == [200]


def test_it_changes_lane_where_no_label_is_in_the_way() -> None:
    label = Obstacle(left=150, top=60, right=260, bottom=100)

    (change,) = verticals(way([Point(20, 40), Point(200, 140)], [label]))

    assert not label.left < change < label.right


places = st.builds(Point, st.integers(0, 900), st.integers(0, 600))


@given(st.lists(places, min_size=1, max_size=12))
def test_the_path_starts_at_the_first_and_ends_on_the_last_station(points: list[Point]) -> None:
    path = way(points)

    assert path.startswith(f"M{points[0].x:g} {points[0].y:g}")
    assert len(points) == 1 or path.endswith(f"H{points[-1].x:g}")
    assert "nan" not in path
    assert "inf" not in path
