"""A draft that nobody checks and no workshop takes has a day on which it is erased."""

from datetime import date

import pytest

from knowledge.cases.erasure_due import due_cases, periods
from knowledge.cases.rules import erase_on
from tests.support.demo import Demo
from tests.support.prepared import begin, case_of


@pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
def test_a_draft_is_erased_counting_from_its_first_day(demo: Demo) -> None:
    key = begin(demo.client("p-terhorst"))
    first = case_of(demo, key).created_on
    assert first is not None
    with demo.session() as session:
        found = {each.key: each.erase_on for each in periods(session, 12)}
        assert found[key] == erase_on(first, 12) == date(first.year + 1, first.month, first.day)
        assert None not in found.values(), "every case has its day"
        assert key not in [each.key for each in due_cases(session, first)]
        assert key in [each.key for each in due_cases(session, date(first.year + 3, 1, 1))]
