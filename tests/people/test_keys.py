"""The keys that things get: they go on after the highest, and none is given twice."""

import pytest
from sqlmodel import col, delete, select

from app.people.keys import key_of, next_key, next_keys, number_in
from app.people.models import KeyNumber
from knowledge.gaps.models import Topic
from tests.support.demo import Demo

SQLITE = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
NONE = select(Topic.key).where(col(Topic.key) == "none")


@pytest.mark.parametrize(
    ("key", "number"),
    [("F-2026-07", 7), ("F-2026-100", 100), ("F-2025-07", 0), ("F-2026-alt", 0), ("T-07", 0), ("", 0)],
)
def test_a_key_has_its_number_in_its_own_series_only(key: str, number: int) -> None:
    assert number_in(key, "F-2026") == number
    assert not number or key_of("F-2026", number) == key


@SQLITE
def test_keys_go_on_after_the_highest_even_where_its_thing_is_gone(demo: Demo) -> None:
    with demo.database.session(demo.database.writing, demo.tenant_id) as session:
        session.add(Topic(key="T-41", title="Eins"))
        session.flush()
        assert next_key(session, demo.tenant_id, "T", select(Topic.key)) == "T-42"
        session.exec(delete(Topic).where(col(Topic.key) == "T-41"))
        assert next_key(session, demo.tenant_id, "T", select(Topic.key)) == "T-43"


@SQLITE
def test_each_series_counts_for_itself(demo: Demo) -> None:
    with demo.database.session(demo.database.writing, demo.tenant_id) as session:
        ones = next_keys(session, demo.tenant_id, "X-2026", NONE)
        assert [next(ones), next(ones)] == ["X-2026-01", "X-2026-02"]
        assert next_key(session, demo.tenant_id, "X-2027", NONE) == "X-2027-01"
        last = select(KeyNumber.last).where(col(KeyNumber.series) == "X-2026")
        assert session.exec(last).one() == 2
