"""`lueckenlos erase due` erases what has been kept long enough, and says what that is."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlmodel import col, select

from app.core.config import Settings
from app.erase_command import erase_due
from knowledge.cases.models import Case
from knowledge.cases.rules import erase_on
from knowledge.cases.states import CaseState
from knowledge.gaps.evidence import strengths
from knowledge.gaps.models import Gap
from tests.support.demo import Demo


@pytest.mark.parametrize(
    ("begins", "months", "ends"),
    [
        (date(2026, 4, 2), 12, date(2027, 4, 2)),
        (date(2025, 2, 28), 24, date(2027, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (None, 12, None),
    ],
)
def test_a_case_is_kept_so_many_months_after_its_release(begins: date | None, months: int, ends: date | None) -> None:
    assert erase_on(begins, months) == ends


@pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
def test_the_command_erases_on_the_day_and_not_before_and_the_count_stays(demo: Demo, tmp_path: Path) -> None:
    settings = Settings(str(demo.database.url.render_as_string(hide_password=False)), tmp_path / "data")
    with demo.session() as session:
        ids = [id_ or 0 for id_ in session.exec(select(Gap.id))]
        before = strengths(session, ids)
    assert list(erase_due(settings, datetime(2027, 4, 1, 12, tzinfo=UTC))) == ["kreis-sonderau: erased: nothing"]
    day = datetime(2027, 4, 2, 12, tzinfo=UTC)
    told = ["kreis-sonderau: due: ahorn, birke, eiche"]
    assert list(erase_due(settings, day, dry_run=True)) == told
    assert list(erase_due(settings, day)) == ["kreis-sonderau: erased: ahorn, birke, eiche"]
    assert list(erase_due(settings, day)) == ["kreis-sonderau: erased: nothing"]
    with demo.session() as session:
        assert strengths(session, ids) == before
        gone = session.exec(select(Case.key).where(col(Case.state) == CaseState.ERASED).order_by(col(Case.key))).all()
        assert gone == ["ahorn", "birke", "eiche"]
