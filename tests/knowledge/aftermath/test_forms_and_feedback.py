"""What the person is told about the gaps that nobody works on yet, and what the form of a finding asks for."""

import pytest

from knowledge.aftermath.feedback import Feedback
from knowledge.aftermath.forms import ClusterForm
from tests.support.demo import Demo


@pytest.mark.parametrize(
    ("found", "worked_on", "solved", "waiting"),
    [(1, 0, 0, 1), (3, 1, 1, 1), (2, 1, 1, 0), (0, 0, 0, 0)],
)
def test_gaps_wait_that_are_neither_worked_on_nor_closed(found: int, worked_on: int, solved: int, waiting: int) -> None:
    sheet = Feedback(hard=1, helped=0, found=found, worked_on=worked_on, solved=solved, released=True)
    assert sheet.waiting == waiting


@pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
def test_a_group_of_cards_needs_a_station_and_says_so(demo: Demo) -> None:
    with demo.app.test_request_context():
        assert ClusterForm.over([], formdata=None).station.flags.required
