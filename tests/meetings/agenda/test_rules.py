"""The life of a meeting, its notice period, the time and numbers of its agenda."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.agenda.rules import (
    CANCELLABLE,
    MEETING_LIFECYCLE,
    MeetingFacts,
    NoticeRule,
    agenda_time,
    latest_dispatch,
    next_number,
    notice,
    notice_days,
    number_items,
    supplement_in_time,
)

OFFICE = frozenset({"office"})
READY = MeetingFacts(has_date_and_place=True, items=10, all_members_invited=True, notice_kept=True, has_reason=True)

KREISTAG_NEUSS = NoticeRule(days=6, urgent_days=3, urgent_unit="working", supplement_days=3)
METTMANN = NoticeRule(days=10, unit="full")
ERFTSTADT = NoticeRule(days=12, count_send_day=True, urgent_days=5)
KULTKIT = NoticeRule(days=7)


def test_a_meeting_goes_from_draft_to_closed_step_by_step() -> None:
    way = ["draft", "scheduled", "invited", "running", "paused", "running", "held", "closed"]

    for source, target in pairwise(way):
        assert MEETING_LIFECYCLE.check(source, target, OFFICE, READY), f"{source} → {target}"


@pytest.mark.parametrize("state", CANCELLABLE)
def test_a_meeting_is_called_off_with_a_reason_until_it_runs(state: str) -> None:
    assert MEETING_LIFECYCLE.check(state, "cancelled", OFFICE, READY)
    assert not MEETING_LIFECYCLE.check(state, "cancelled", OFFICE, replace(READY, has_reason=False))


@pytest.mark.parametrize("state", ["running", "paused", "held", "closed"])
def test_a_meeting_that_began_is_not_called_off(state: str) -> None:
    assert "cancelled" not in MEETING_LIFECYCLE.targets(state)


def test_a_closed_meeting_stays_closed() -> None:
    assert MEETING_LIFECYCLE.targets("closed") == ()


def test_an_invitation_needs_an_agenda_and_all_members() -> None:
    assert "Tagesordnung" in MEETING_LIFECYCLE.check("scheduled", "invited", OFFICE, replace(READY, items=0)).reason
    some = replace(READY, all_members_invited=False)
    assert "alle Mitglieder" in MEETING_LIFECYCLE.check("scheduled", "invited", OFFICE, some).reason


def test_a_late_invitation_needs_a_stated_urgency() -> None:
    late = replace(READY, notice_kept=False)

    assert not MEETING_LIFECYCLE.check("scheduled", "invited", OFFICE, late)
    assert MEETING_LIFECYCLE.check("scheduled", "invited", OFFICE, replace(late, urgency_stated=True))


@pytest.mark.parametrize("target", ["paused", "held"])
def test_a_meeting_neither_pauses_nor_ends_during_a_poll(target: str) -> None:
    assert not MEETING_LIFECYCLE.check("running", target, OFFICE, replace(READY, open_polls=1))


def test_closing_is_refused_while_an_item_is_undecided() -> None:
    assert not MEETING_LIFECYCLE.check("held", "closed", OFFICE, replace(READY, undecided_items=1))


def test_a_coordination_without_office_seat_plans_but_does_not_invite() -> None:
    coordination = frozenset({"coordination"})

    assert MEETING_LIFECYCLE.check("draft", "scheduled", coordination, READY)
    assert not MEETING_LIFECYCLE.check("scheduled", "invited", coordination, READY)


def test_six_calendar_days_as_in_rhein_kreis_neuss() -> None:
    assert notice(date(2023, 6, 15), date(2023, 6, 21), KREISTAG_NEUSS).kept
    assert not notice(date(2023, 6, 16), date(2023, 6, 21), KREISTAG_NEUSS).kept


def test_three_working_days_when_urgent_as_in_rhein_kreis_neuss() -> None:
    corpus_christi = {date(2023, 6, 8)}
    wednesday, following_monday = date(2023, 6, 7), date(2023, 6, 12)

    assert notice_days(wednesday, following_monday, KREISTAG_NEUSS, urgent=True) == 3
    assert notice_days(wednesday, following_monday, KREISTAG_NEUSS, corpus_christi, urgent=True) == 2
    assert not notice(wednesday, following_monday, KREISTAG_NEUSS, corpus_christi, urgent=True).kept


def test_supplements_three_days_ahead_as_in_rhein_kreis_neuss() -> None:
    assert supplement_in_time(date(2023, 6, 18), date(2023, 6, 21), KREISTAG_NEUSS)
    assert not supplement_in_time(date(2023, 6, 19), date(2023, 6, 21), KREISTAG_NEUSS)
    assert supplement_in_time(date(2023, 6, 21), date(2023, 6, 21), METTMANN)


def test_ten_full_days_as_in_mettmann_leave_out_both_ends() -> None:
    assert notice_days(date(2026, 3, 1), date(2026, 3, 12), METTMANN) == 10
    assert notice(date(2026, 3, 1), date(2026, 3, 12), METTMANN).kept
    assert not notice(date(2026, 3, 2), date(2026, 3, 12), METTMANN).kept


def test_twelve_days_as_in_erftstadt_count_both_ends() -> None:
    assert notice_days(date(2026, 3, 1), date(2026, 3, 12), ERFTSTADT) == 12
    assert notice(date(2026, 3, 1), date(2026, 3, 12), ERFTSTADT).kept
    assert not notice(date(2026, 3, 2), date(2026, 3, 12), ERFTSTADT).kept
    assert notice(date(2026, 3, 8), date(2026, 3, 12), ERFTSTADT, urgent=True).kept


def test_one_week_as_in_kultkit_for_an_extraordinary_meeting() -> None:
    assert notice(date(2026, 3, 5), date(2026, 3, 12), KULTKIT).kept
    assert not notice(date(2026, 3, 6), date(2026, 3, 12), KULTKIT).kept


def test_the_demo_meeting_is_invited_sixteen_days_ahead() -> None:
    statement = notice(date(2026, 11, 24), date(2026, 12, 10), NoticeRule(days=14))

    assert (statement.days, statement.needed, statement.kept) == (16, 14, True)


def test_an_invitation_on_the_day_itself_gives_no_notice() -> None:
    assert notice_days(date(2026, 3, 12), date(2026, 3, 12), ERFTSTADT) == 0
    assert notice_days(date(2026, 3, 13), date(2026, 3, 12), ERFTSTADT) == 0


days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
rules = st.builds(
    NoticeRule,
    days=st.integers(1, 21),
    unit=st.sampled_from(["calendar", "full", "working"]),
    count_send_day=st.booleans(),
    count_meeting_day=st.booleans(),
)
holidays = st.sets(days, max_size=5)


@given(days, rules, holidays)
def test_the_latest_dispatch_is_in_time_and_the_next_day_is_not(
    meeting: date, rule: NoticeRule, free: set[date]
) -> None:
    latest = latest_dispatch(meeting, rule, free)

    assert notice(latest, meeting, rule, free).kept
    assert not notice(latest + timedelta(days=1), meeting, rule, free).kept


@given(days, st.integers(0, 40), rules, holidays)
def test_inviting_earlier_never_gives_less_notice(
    meeting: date, before: int, rule: NoticeRule, free: set[date]
) -> None:
    invited = meeting - timedelta(days=before)

    assert notice_days(invited - timedelta(days=1), meeting, rule, free) >= notice_days(invited, meeting, rule, free)


@given(days, st.integers(1, 40), st.booleans(), st.booleans(), holidays)
def test_full_days_never_count_more_than_calendar_days(
    meeting: date, before: int, send: bool, meet: bool, free: set[date]
) -> None:
    invited = meeting - timedelta(days=before)
    counted = [notice_days(invited, meeting, NoticeRule(14, unit, send, meet), free) for unit in ("full", "calendar")]

    assert counted[0] <= counted[1]


def test_the_demo_agenda_fits_with_ten_minutes_to_spare() -> None:
    start = datetime(2026, 12, 10, 13, 0, tzinfo=UTC)
    time = agenda_time([10, 5, 15, 30, 25, 25, 10, 10, 5, 5], start, start + timedelta(minutes=150))

    assert (time.planned, time.available, time.spare, time.fits) == (140, 150, 10, True)


def test_an_agenda_that_is_too_long_does_not_fit() -> None:
    start = datetime(2026, 12, 10, 13, 0, tzinfo=UTC)
    time = agenda_time([90, None, 61], start, start + timedelta(minutes=150))

    assert time.spare == -1
    assert not time.fits


def test_the_number_of_a_withdrawn_item_is_not_given_again() -> None:
    assert next_number(["1", "2", "4", None]) == "5"
    assert next_number([]) == "1"


def test_sub_items_do_not_use_up_numbers() -> None:
    assert next_number(["1", "6", "6.1", "6.2", "N"]) == "7"


def test_a_draft_agenda_is_numbered_in_its_order() -> None:
    assert number_items([0, 0, 1, 1, 2, 0, 1]) == ("1", "2", "2.1", "2.2", "2.2.1", "3", "3.1")


def test_a_sub_item_needs_a_parent() -> None:
    with pytest.raises(ValueError, match="no parent"):
        number_items([0, 2])


@given(st.lists(st.integers(0, 1)).map(lambda depths: [0, *depths]))
def test_no_number_is_given_twice(depths: list[int]) -> None:
    numbers = number_items(depths)

    assert len(set(numbers)) == len(depths)
    assert next_number(numbers) not in numbers
