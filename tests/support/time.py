"""The day on which the tests live: the demo county's dates lie around it, whatever the calendar says."""

import gc
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from app.core import clock

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
REAL = ("server", "chromium")
"""What has a clock of its own that no test can set: a test with one of these lives today, as they do."""
_A_TEST = timedelta(minutes=5)


@pytest.fixture(autouse=True)
def the_day(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let a test begin at `NOW`; the clock goes on from there."""
    if any(name in REAL for name in request.fixturenames):
        yield
        return
    with time_machine.travel(NOW, tick=True):
        yield


def moment() -> datetime:
    """When people of a test act: at `NOW` to the second, unless the test went elsewhere or lives today."""
    now = clock.now()
    return NOW if NOW <= now < NOW + _A_TEST else now


def computed(job: Callable[[], object]) -> float:
    """The seconds that this thread computes for a job, without tidying up after the tests before it."""
    gc.disable()
    try:
        began = time.thread_time()
        job()
        return time.thread_time() - began
    finally:
        gc.enable()
