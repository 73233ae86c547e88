"""Solutions as pages, failed ones included."""

import pytest
from sqlmodel import col, select

from app.people.states import Visibility
from knowledge.solutions.models import Solution
from knowledge.solutions.search import documents
from knowledge.solutions.wording import period
from tests.support.demo import Demo


def test_the_list_shows_what_worked_and_what_did_not(demo: Demo) -> None:
    page = demo.client("p-fricke").get("/loesungen").get_data(as_text=True)
    assert page.count("/loesungen/L-") == 4
    assert "nicht wirksam" in page
    failed = demo.client("p-fricke").get("/loesungen?wirkung=ineffective").get_data(as_text=True)
    assert failed.count("/loesungen/L-") == 1
    assert demo.client("p-fricke").get("/loesungen?wirkung=nonsense").status_code == 200


def test_a_failed_solution_says_what_did_not_hold(demo: Demo) -> None:
    page = demo.client("p-brandes").get("/loesungen/L-2023-01").get_data(as_text=True)
    assert "Was nicht trug, und warum" in page
    assert "ersetzt räumliche Nähe keine Absprache" in page
    assert "rund 60 Arbeitsstunden je Haus" in page
    assert "/fehlstellen/F-2026-03" in page


def test_a_solution_of_the_coordination_does_not_exist_for_others(demo: Demo) -> None:
    with demo.database.session(demo.database.writing, demo.tenant_id) as session:
        row = session.exec(select(Solution).where(col(Solution.key) == "L-2025-02")).one()
        row.visibility = Visibility.COORDINATION
        session.add(row)
        session.commit()
    assert demo.client("p-albers").get("/loesungen/L-2025-02").status_code == 200
    assert demo.client("p-brandes").get("/loesungen/L-2025-02").status_code == 404
    assert "L-2025-02" not in demo.client("p-brandes").get("/loesungen").get_data(as_text=True)
    assert "L-2025-02" not in demo.client("p-brandes").get("/fehlstellen/F-2025-02").get_data(as_text=True)


def test_the_list_costs_the_same_however_many_there_are(demo: Demo) -> None:
    before = demo.statements("p-fricke", "/loesungen")
    assert demo.statements("p-fricke", "/loesungen?wirkung=ineffective") == before
    assert demo.statements("p-fricke", "/loesungen?wirkung=unknown") == before


def test_every_solution_becomes_a_document_with_its_lessons(demo: Demo) -> None:
    with demo.session() as session:
        found = {document.key: document for document in documents(session)}
        assert [document.key for document in documents(session, ["L-2023-01"])] == ["L-2023-01"]
    assert len(found) == 4
    assert "ersetzt räumliche Nähe keine Absprache" in found["L-2023-01"].body
    with demo.app.test_request_context():
        assert all(each.url == demo.app.url_for("solutions.show", key=each.key) for each in found.values())


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [("2023-05", "2024-03", "05/2023 bis 03/2024"), ("2024-09", None, "seit 09/2024"), (None, "2024-03", "bis 03/2024"),
     (None, None, None)],
)  # fmt: skip
def test_a_time_reads_as_people_write_it(start: str | None, end: str | None, words: str | None) -> None:
    assert (
        period(Solution(key="L-1", title="…", kind="form", description="…", period_start=start, period_end=end))
        == words
    )
