"""Stamps cannot be forged, work cannot be skipped, questions have answers, links cannot be guessed."""

import re
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from knowledge.reports import links, robots
from knowledge.reports.wording import QUESTIONS

KEY, OTHER = b"k" * 32, b"o" * 32
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
STAMP = robots.issue(KEY, NOW, "n" * 22)


def test_a_stamp_tells_when_it_was_given_and_fits_a_one_time_key() -> None:
    stamp = robots.read(KEY, STAMP)
    assert stamp is not None
    assert stamp.age(NOW + timedelta(seconds=5)) == timedelta(seconds=5)
    assert len(STAMP) <= 64


@given(st.text(max_size=70))
def test_a_made_up_stamp_is_refused(text: str) -> None:
    assert robots.read(KEY, text) is None


@given(st.integers(0, len(STAMP) - 1), st.sampled_from("abcdef0123456789.-_XY"))
def test_a_changed_stamp_is_refused(place: int, letter: str) -> None:
    changed = STAMP[:place] + letter + STAMP[place + 1 :]
    assert (robots.read(KEY, changed) is None) == (changed != STAMP)


def test_the_stamp_of_another_installation_is_refused() -> None:
    assert robots.read(OTHER, STAMP) is None


def test_work_for_one_stamp_is_nothing_for_another() -> None:
    number = robots.find_proof(STAMP, bits=12)
    assert robots.proof_holds(STAMP, number, bits=12)
    assert not robots.proof_holds(robots.issue(KEY, NOW, "m" * 22), number, bits=30)


@given(st.text(max_size=20))
def test_nonsense_is_no_proof_and_no_fault(number: str) -> None:
    assert not robots.proof_holds(STAMP, number, bits=40)


def test_every_question_has_its_answers_as_digits_and_words() -> None:
    assert len(QUESTIONS) == len(robots.ANSWERS)
    assert all(answers[0].isdigit() and len(answers) >= 3 for answers in robots.ANSWERS)


def test_an_answer_counts_however_it_is_written() -> None:
    stamp = robots.read(KEY, STAMP)
    assert stamp is not None
    right = robots.ANSWERS[stamp.question]
    assert all(robots.answer_is_right(stamp, f" {word.upper()}. ") for word in right)
    assert not robots.answer_is_right(stamp, "")
    assert not robots.answer_is_right(stamp, "99")


def test_a_link_needs_the_installations_key_and_is_known_by_its_hash_only() -> None:
    token = links.token_for(KEY, "seed")
    assert len(token) == 32
    assert links.token_for(OTHER, "seed") != token
    assert token not in links.token_hash(token)


def test_numbers_are_easy_to_read_out_and_do_not_count() -> None:
    numbers = {links.fresh_number() for _each in range(200)}
    assert len(numbers) == 200
    assert all(re.fullmatch(r"M-[A-Z0-9]{6}", number) and not set("OI0152SZB8") & set(number[2:]) for number in numbers)
