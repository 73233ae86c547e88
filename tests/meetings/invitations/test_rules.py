"""Who has to be told what, and who may sit where: the rules alone."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.agenda.rules import NoticeRule, latest_dispatch, notice
from meetings.invitations.holidays import holidays_before, holidays_of
from meetings.invitations.rules import (
    NO_DEPUTY,
    NOT_ON_SEAT,
    TWO_SEATS,
    Coming,
    Place,
    Receiver,
    Sitter,
    Stand,
    Told,
    deputy_may_say,
    fingerprint,
    fitting_answer,
    letters_due,
    tally,
)
from meetings.invitations.states import AnswerKind, LetterKind

ACCEPTED, DECLINED, DEPUTY = AnswerKind.ACCEPTED, AnswerKind.DECLINED, AnswerKind.DEPUTY
SEAT = [Sitter(1, 0), Sitter(2, 1), Sitter(3, 2)]

people = st.integers(1, 6).map(lambda id_: Receiver(id_, f"P{id_}", f"p{id_}@kim.example"))
gone = st.integers(1, 6).map(lambda id_: Receiver(id_, f"P{id_}", f"p{id_}@kim.example", reachable=False))
stands = st.builds(Stand, st.sampled_from(["a", "b", "c"]), st.integers(0, 2), st.booleans())


def after(receivers: list[Receiver], told: dict[int, Told], stand: Stand) -> dict[int, Told]:
    """What everybody knows once the letters are out."""
    found = dict(told)
    for letter in letters_due(receivers, told, stand).letters:
        found[letter.receiver.person_id] = Told(
            letter.receiver, letter.kind, letter.sequence, stand.plan, stand.supplements
        )
    return found


@given(st.lists(st.tuples(st.lists(people | gone, unique_by=lambda each: each.person_id), stands), max_size=6))
def test_after_every_sending_nothing_is_due_and_sequences_only_rise(
    story: list[tuple[list[Receiver], Stand]],
) -> None:
    told: dict[int, Told] = {}
    for receivers, stand in story:
        later = after(receivers, told, stand)
        assert letters_due(receivers, later, stand).letters == ()
        assert all(later[id_].sequence >= before.sequence for id_, before in told.items())
        changed = [
            id_ for id_, before in told.items() if (later[id_].plan, later[id_].kind) != (before.plan, before.kind)
        ]
        assert all(
            later[id_].sequence > told[id_].sequence or later[id_].kind == LetterKind.SUPPLEMENT for id_ in changed
        )
        wanted = set() if stand.cancelled else {each.person_id for each in receivers}
        valid = {id_ for id_, last in later.items() if last.kind != LetterKind.CANCELLATION}
        assert valid <= wanted
        assert {each.person_id for each in receivers if each.reachable and not stand.cancelled} <= valid
        told = later


def test_one_person_on_two_seats_is_one_receiver_and_who_cannot_be_reached_is_named() -> None:
    twice = Receiver(1, "A", "a@kim.example", places=(Place(1, "X", "voting", 0), Place(2, "Y", "advisory", 1)))
    silent = Receiver(2, "B", "", reachable=False)
    post = letters_due([twice, silent], {}, Stand("a"))
    assert [letter.receiver for letter in post.letters] == [twice]
    assert post.unreachable == (silent,)
    assert post.number(LetterKind.INVITATION) == 1


def test_a_calendar_is_told_of_another_place_and_not_of_the_agenda() -> None:
    assert fingerprint(None, None, "Raum 1", "9.") != fingerprint(None, None, "Raum 2", "9.")
    assert fingerprint(None, None, None, "9.") == fingerprint(None, None, "", "9.")


@pytest.mark.parametrize(
    ("kind", "person", "elsewhere", "expected"),
    [
        (ACCEPTED, 1, set(), Coming(ACCEPTED, 1)),
        (ACCEPTED, 2, set(), Coming(DEPUTY, 2)),
        (DEPUTY, 3, set(), Coming(DEPUTY, 3)),
        (DEPUTY, 1, set(), NO_DEPUTY),
        (DEPUTY, 9, set(), NO_DEPUTY),
        (ACCEPTED, 9, set(), NOT_ON_SEAT),
        (DEPUTY, 2, {2}, TWO_SEATS),
        (ACCEPTED, 1, {1}, TWO_SEATS),
        (DECLINED, 1, {1}, Coming(DECLINED, 1)),
    ],
)
def test_the_seat_rule(kind: AnswerKind, person: int, elsewhere: set[int], expected: Coming | str) -> None:
    assert fitting_answer(SEAT, kind, person, elsewhere) == expected


def test_a_deputy_speaks_only_where_nobody_else_has() -> None:
    assert deputy_may_say(None, 2, ACCEPTED)
    assert not deputy_may_say(None, 2, DECLINED)
    assert deputy_may_say(Coming(DECLINED, 1), 2, ACCEPTED)
    assert not deputy_may_say(Coming(ACCEPTED, 1), 2, ACCEPTED)
    assert not deputy_may_say(Coming(DEPUTY, 3), 2, DECLINED)
    assert deputy_may_say(Coming(DEPUTY, 2), 2, DECLINED)


def test_answers_are_counted() -> None:
    counted = tally([ACCEPTED, None, DEPUTY, DECLINED, ACCEPTED])
    assert (counted.accepted, counted.deputies, counted.declined, counted.silent) == (2, 1, 1, 1)


def test_the_holidays_are_those_of_north_rhine_westphalia() -> None:
    in_2026 = holidays_of(2026)
    assert {date(2026, 6, 4), date(2026, 11, 1), date(2026, 12, 25)} <= in_2026, "Corpus Christi, All Saints"
    assert not {date(2026, 1, 6), date(2026, 8, 15), date(2026, 10, 31)} & in_2026, "not Epiphany, not Reformation"
    assert len(in_2026) == 11


rules = st.builds(
    NoticeRule,
    days=st.integers(0, 30),
    unit=st.sampled_from(["calendar", "full", "working"]),
    count_send_day=st.booleans(),
    count_meeting_day=st.booleans(),
)


@given(rules, st.dates(date(2024, 1, 1), date(2030, 12, 31)))
def test_the_latest_dispatch_is_kept_and_the_day_after_is_not(rule: NoticeRule, day: date) -> None:
    free = holidays_before(day)
    last = latest_dispatch(day, rule, free)
    assert notice(last, day, rule, free).kept
    following = date.fromordinal(last.toordinal() + 1)
    assert following == day or not notice(following, day, rule, free).kept
