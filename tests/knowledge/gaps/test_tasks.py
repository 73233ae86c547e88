"""What the desk says because of gaps and cases."""

from datetime import date

from app.people.tasks import TaskGroup
from knowledge.cases.tasks import own_cases
from knowledge.gaps.states import GapStatus
from knowledge.gaps.tasks import SHOWN, deadlines, due_again, in_review, tiles, to_reopen
from tests.knowledge.gaps.rows import a_gap
from tests.support.demo import Demo
from tests.support.time import TODAY


def group(demo: Demo, source: object, person: str, today: date = TODAY) -> TaskGroup | None:
    with demo.app.test_request_context(), demo.session() as session:
        found: TaskGroup | None = source(session, demo.actor(person), today)  # type: ignore[operator]
        return found


def titles(found: TaskGroup | None) -> list[str]:
    assert found is not None
    return [task.title for task in found.tasks]


def test_the_coordination_is_asked_about_reviews_deadlines_and_resolved_gaps(demo: Demo) -> None:
    assert titles(group(demo, in_review, "p-albers")) == ["Basiskonto wird trotz Anspruch verweigert"]
    assert titles(group(demo, to_reopen, "p-albers")) == ["Unterlagen müssen bei jeder Stelle neu vorgelegt werden"]
    assert titles(group(demo, deadlines, "p-kaya")) == ["Bleiberechte ohne gemeinsame Fristen- und Prüfliste"]


def test_a_deferred_gap_comes_back_on_its_day(demo: Demo) -> None:
    assert titles(group(demo, due_again, "p-albers", date(2027, 3, 30))) == []
    due = titles(group(demo, due_again, "p-albers", date(2027, 3, 31)))
    assert due == ["Kurs- und Schulorte zu den nötigen Zeiten nicht erreichbar"]


def test_a_deadline_is_shown_nine_months_ahead_and_stays_when_it_has_passed(demo: Demo) -> None:
    assert titles(group(demo, deadlines, "p-albers", date(2026, 9, 28))) == []
    late = group(demo, deadlines, "p-albers", date(2027, 7, 1))
    assert late is not None
    assert [task.tone for task in late.tasks] == ["danger"]


def test_nobody_else_has_these_groups(demo: Demo) -> None:
    for source in (in_review, due_again, to_reopen, deadlines):
        assert group(demo, source, "p-brandes") is None


def test_a_case_giver_sees_the_own_cases_and_nobody_elses(demo: Demo) -> None:
    assert titles(group(demo, own_cases, "p-terhorst")) == ["Familie Ahorn: anerkannt – und sechs Wochen ohne Geld"]
    assert len(titles(group(demo, own_cases, "p-marx"))) == 2
    assert group(demo, own_cases, "p-albers") is None
    assert group(demo, own_cases, "p-brandes") is None


def test_tiles_count_what_the_reader_may_read(demo: Demo) -> None:
    with demo.app.test_request_context(), demo.session() as session:
        assert [tile.value for tile in tiles(session, demo.actor("p-albers"))] == ["14", "13", "1"]
        assert [tile.value for tile in tiles(session, demo.actor("p-fricke"))] == ["8", "7", "0"]


def test_of_a_long_list_the_desk_shows_the_first_and_says_how_many_follow(demo: Demo) -> None:
    with demo.database.session(demo.database.writing, demo.tenant_id) as session:
        for _ in range(SHOWN + 4):
            a_gap(session, status=GapStatus.REPORTED)
        session.commit()
    found = group(demo, in_review, "p-albers")
    assert found is not None
    assert (len(found.tasks), found.further, found.number) == (SHOWN, 5, SHOWN + 5)
    page = demo.client("p-albers").get("/").get_data(as_text=True)
    assert '<a href="/fehlstellen?status=reported&amp;status=in_review">5 weitere</a>' in page


def test_the_desk_shows_them(demo: Demo) -> None:
    page = demo.client("p-albers").get("/").get_data(as_text=True)
    assert "Wieder zu öffnen?" in page
    assert "/fehlstellen/F-2024-03" in page
