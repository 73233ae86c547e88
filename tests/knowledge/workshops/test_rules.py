"""The rules of planning: which times exist, which slots fit, who is told what; checked over all inputs."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from knowledge.cases.rules import may_attend
from knowledge.workshops.rules import (
    Clock,
    Guest,
    Plan,
    Sent,
    Slot,
    clock_of,
    locked_cells,
    may_change_plan,
    may_lead,
    moment,
    named_cases,
    next_number,
    post_due,
    problems,
)
from knowledge.workshops.states import InvitationMethod, WorkshopFormat, WorkshopState

BERLIN = ZoneInfo("Europe/Berlin")
TODAY = date(2026, 11, 23)
REQUEST, CANCEL = InvitationMethod.REQUEST, InvitationMethod.CANCEL


def plan(**changes: object) -> Plan:
    """A plan without fault."""
    given_ = {
        "title": "Fallrekonstruktion",
        "day": date(2027, 3, 16),
        "starts": time(9),
        "ends": time(13),
        "format": WorkshopFormat.ONLINE,
    }
    return Plan(**{**given_, **changes})  # type: ignore[arg-type]


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.times())
def test_a_time_that_exists_once_comes_back_from_utc(day: date, at: time) -> None:
    if clock_of(day, at, BERLIN) is Clock.ONCE:
        back = moment(day, at, BERLIN).astimezone(BERLIN)
        assert (back.date(), back.time()) == (day, at)


def test_the_nights_when_clocks_change() -> None:
    assert clock_of(date(2027, 3, 28), time(2, 30), BERLIN) is Clock.NEVER
    assert clock_of(date(2027, 10, 31), time(2, 30), BERLIN) is Clock.TWICE
    assert clock_of(date(2027, 3, 28), time(3, 0), BERLIN) is Clock.ONCE
    assert clock_of(date(2027, 3, 28), time(2, 30), ZoneInfo("UTC")) is Clock.ONCE
    assert moment(date(2027, 3, 28), time(9), BERLIN) == datetime(2027, 3, 28, 7, tzinfo=UTC)


def test_a_good_plan_has_no_problem_and_a_past_day_may_stay() -> None:
    assert problems(plan(), BERLIN, TODAY) == []
    past = plan(day=TODAY - timedelta(days=1))
    assert [each.field for each in problems(past, BERLIN, TODAY)] == ["date"]
    assert problems(past, BERLIN, TODAY, day_before=past.day) == []
    assert [each.field for each in problems(plan(day=date(9999, 12, 31)), BERLIN, TODAY)] == ["date"]


def test_times_of_cases_lie_inside_and_apart() -> None:
    def found(*slots: Slot) -> list[str]:
        return [each.field for each in problems(plan(slots=slots), BERLIN, TODAY)]

    assert found(Slot(1, time(9), time(11)), Slot(2, time(11), time(13)), Slot(3)) == []
    assert found(Slot(1, time(9), time(11)), Slot(2, time(10, 59), time(13))) == ["case-2"]
    assert found(Slot(1, time(9), None)) == ["case-1"]
    assert found(Slot(1, time(11), time(10))) == ["case-1"]
    assert found(Slot(1, time(8, 59), time(10))) == ["case-1"]


def test_only_a_planned_workshop_changes() -> None:
    assert [state for state in WorkshopState if may_change_plan(state)] == [WorkshopState.PLANNED]
    assert "begonnen" in may_change_plan(WorkshopState.HELD).reason


scopes = st.frozensets(st.sampled_from(["workshop", "welfare_only", "with_authorities", "gap_text"]))
kinds = st.sampled_from(["ki", "kim_casemgmt", "migration_advice", "jobcenter", "municipality", "unknown"])


@given(st.dictionaries(st.integers(1, 4), kinds), st.dictionaries(st.integers(1, 4), scopes))
def test_the_grid_locks_exactly_what_the_consent_locks(
    types: dict[int, str], given_: dict[int, frozenset[str]]
) -> None:
    locked = locked_cells(types, given_)
    for organisation, kind in types.items():
        for case, scope in given_.items():
            assert ((organisation, case) in locked) != bool(may_attend(kind, scope))
    assert all(reason.endswith(".") for reason in locked.values())


def test_whoever_leads_is_admitted_to_every_case() -> None:
    assert may_lead("ki", [{"workshop", "welfare_only"}])
    assert not may_lead("jobcenter", [{"workshop", "with_authorities"}, {"workshop"}])


def test_a_case_is_found_by_its_name_alone() -> None:
    assert named_cases(["Rekonstruktion (Ahorn)"], ["ahorn", "birke"]) == ["ahorn"]
    assert named_cases(["Am Ahornweg 3"], ["ahorn"]) == []


def test_keys_count_on() -> None:
    assert next_number(["W-2027-2", "W-2027-x", "W-2026-9"], 2027) == 3


addresses = st.lists(st.sampled_from(["a@x.de", "b@x.de", "c@x.de", "A@x.de"]), max_size=4)


@given(st.lists(st.tuples(addresses, st.booleans()), max_size=8))
def test_nobody_gets_the_same_twice_and_the_sequence_only_rises(steps: list[tuple[list[str], bool]]) -> None:
    """A story of invitations: at each step other people are wanted, and the day has changed or not."""
    log: dict[str, Sent] = {}
    revision = 0
    for wanted, changed in steps:
        revision += changed
        post = post_due([Guest(each) for each in wanted], log.values(), revision)
        for letter in post.letters:
            key = letter.guest.email.casefold()
            before = log.get(key)
            assert before is None or letter.sequence > before.sequence
            assert letter.method == REQUEST or (before is not None and before.method == REQUEST)
            log[key] = Sent(letter.guest.email, letter.method, letter.sequence, revision)
        assert not post_due([Guest(each) for each in wanted], log.values(), revision).letters
        told = {key for key, sent in log.items() if sent.method == REQUEST}
        assert told == {each.casefold() for each in wanted}
        assert all(log[key].revision == revision for key in told)
