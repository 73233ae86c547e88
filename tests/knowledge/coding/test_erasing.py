"""When a case is erased, whatever the reason, no quote, memo or coding of it is left; those of others stay."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import select

from knowledge.cases.access import case_by_key
from knowledge.cases.erasing import erase_case
from knowledge.cases.states import ErasureWhy
from knowledge.coding import actions_codebook, queries
from knowledge.coding.models import Category, Coding, CodingRound, Passage
from tests.knowledge.coding.coded import CASE, category, coded, texts
from tests.support.demo import Demo
from tests.support.time import TODAY


def count(demo: Demo, table: Any) -> int:
    with demo.session() as session:
        return len(session.exec(select(table)).all())


@pytest.mark.parametrize("why", [ErasureWhy.WITHDRAWAL, ErasureWhy.RETENTION])
def test_no_word_of_an_erased_case_is_left(demo: Demo, why: ErasureWhy) -> None:
    made = category(demo)
    coding = coded(demo, "p-terhorst", made, words=6)
    quote = " ".join(texts(demo)[0].text.split()[:6])
    coded(demo, "p-kaya", made, key="birke")
    demo.perform("p-albers", actions_codebook.take_example, made.key, coding.passage_id)
    with demo.session() as session:
        found = case_by_key(session, CASE, TODAY + timedelta(days=1))
    assert found is not None
    demo.perform("p-albers", erase_case, found.id, why=why)
    assert [count(demo, table) for table in (Passage, Coding, CodingRound, Category)] == [1, 1, 1, 1]
    with demo.database.reading.connect() as connection:
        for table, column in (
            ("coding_passage", "quote"),
            ("coding_passage", "before"),
            ("coding_category", "example"),
        ):
            words = connection.execute(text(f'SELECT "{column}" FROM {table}')).scalars().all()
            assert not [each for each in words if each and quote in each]
    with demo.session() as session:
        assert queries.categories(session)[0].example_passage_id is None
    assert demo.client("p-albers").get(f"/faelle/{CASE}/auswertung").status_code == 404
