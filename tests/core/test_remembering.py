"""Answers that are kept until the county's next act."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select

from app.core.remembering import MOST, until_next_act
from app.core.work import Work
from app.people.models import Person
from tests.support.demo import Demo

SQLITE = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)


def asked(demo: Demo, name: str, answers: list[int], tenant_id: int | None = None) -> int:
    with demo.database.session(demo.database.reading, tenant_id or demo.tenant_id) as session:
        return until_next_act(session, name, lambda: answers.append(len(answers)) or answers[-1])


def act(demo: Demo) -> None:
    with demo.database.session(demo.database.writing, demo.tenant_id) as session:
        person = session.exec(select(Person)).first()
        assert person
        work = Work(session, demo.actor("p-albers"), datetime.now(UTC))
        work.record("person.seen", person)
        work.finish()
        session.commit()


@SQLITE
def test_an_answer_holds_until_the_next_act(demo: Demo) -> None:
    answers: list[int] = []
    act(demo)
    assert [asked(demo, "one", answers), asked(demo, "one", answers), asked(demo, "two", answers)] == [0, 0, 1]
    act(demo)
    assert asked(demo, "one", answers) == 2


@SQLITE
def test_another_county_has_answers_of_its_own(demo: Demo) -> None:
    answers: list[int] = []
    act(demo)
    assert asked(demo, "one", answers) == 0
    assert asked(demo, "one", answers, demo.tenant_id + 1) == 1


@SQLITE
def test_a_session_that_changed_something_is_answered_anew(demo: Demo) -> None:
    act(demo)
    answers: list[int] = []
    with demo.database.session(demo.database.writing, demo.tenant_id) as session:
        session.info["changed"] = True
        assert [until_next_act(session, "x", lambda: answers.append(1) or len(answers)) for _ in "ab"] == [1, 2]


@SQLITE
def test_only_so_many_answers_are_kept(demo: Demo) -> None:
    act(demo)
    answers: list[int] = []
    for number in range(MOST + 1):
        asked(demo, f"{number}", answers)
    assert asked(demo, "1", answers) == 1
    assert asked(demo, "0", answers) == MOST + 1
