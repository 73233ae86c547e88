"""What changed between two texts, who is named, when news are due."""

import random
import time
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.conversation.rules import Change, Stretch, differences, is_due, is_reminded, named, passages, words

TEXTS = st.lists(
    st.sampled_from(
        ["Wer", "Wohnsitz-Auflage", "ändert", ",", " ", "  ", "\n", "**", "- ", "ß", "…", "F-2026-01", "🙂"]
    ),
    max_size=60,
).map("".join)


def applied(stretches: tuple[Stretch, ...], without: Change) -> str:
    """The text that is left when one kind of stretches is left out."""
    return "".join(each.text for each in stretches if each.change != without)


@given(TEXTS | st.text(max_size=200), TEXTS | st.text(max_size=200))
def test_applying_a_difference_gives_the_new_text_and_undoing_it_the_old_one(old: str, new: str) -> None:
    found = differences(old, new)
    assert applied(found, Change.GONE) == new
    assert applied(found, Change.NEW) == old


@given(TEXTS, TEXTS)
def test_folding_hides_no_word(old: str, new: str) -> None:
    found = differences(old, new)
    shown = "".join(each.text for passage in passages(found) for each in passage.stretches)
    assert shown == "".join(each.text for each in found)


@given(st.text())
def test_the_words_of_a_text_are_the_text(text: str) -> None:
    assert "".join(words(text)) == text


def test_german_words_change_whole() -> None:
    found = differences("Die Wohnsitz-Auflage endet am Montag.", "Die Wohnsitzregelung endet am Montag.")
    assert [each.text for each in found if each.change == Change.GONE] == ["Wohnsitz-Auflage"]
    assert [each.text for each in found if each.change == Change.NEW] == ["Wohnsitzregelung"]


def test_a_changed_phrase_reads_as_one() -> None:
    found = differences("Wir warten sehr lange Zeit hier.", "Wir warten nur wenige Tage hier.")
    assert [(each.change.value, each.text) for each in found] == [
        ("same", "Wir warten "),
        ("gone", "sehr lange Zeit"),
        ("new", "nur wenige Tage"),
        ("same", " hier."),
    ]


def test_long_unchanged_parts_are_folded_and_counted() -> None:
    middle = " ".join(f"Wort{number}" for number in range(200))
    found = passages(differences(f"Alt {middle} Ende.", f"Neu {middle} Schluss."))
    assert [passage.folded for passage in found if passage.folded] == [150]
    assert len(passages(differences("Ein Satz. Alt.", "Ein Satz. Neu."))) == 1


@pytest.mark.parametrize("change_every", [3, 400])
def test_fifty_thousand_words_take_seconds_at_most(change_every: int) -> None:
    chance = random.Random(7)
    vocabulary = [f"wort{number}" for number in range(6000)]
    old = chance.choices(vocabulary, [1 / (place + 1) for place in range(6000)], k=50_000)
    new = ["anders" if place % change_every == 0 else word for place, word in enumerate(old)]
    began = time.process_time()
    found = differences(" ".join(old), " ".join(new))
    assert time.process_time() - began < 6
    assert applied(found, Change.GONE) == " ".join(new)


PEOPLE = {1: "Svenja Albers", 2: "Deniz Kaya-Brandt", 3: "Svenja Alber", 4: "Svenja Albers"}


def test_a_name_after_an_at_names_its_person_and_both_of_one_name() -> None:
    assert named("Bitte @Svenja Albers, sehen Sie das?", PEOPLE) == {1, 4}
    assert named("(@deniz kaya-brandt)", PEOPLE) == {2}
    assert named("@Svenja Alber.", PEOPLE) == {3}
    assert named("Svenja Albers und albers@kim.example", PEOPLE) == frozenset()
    assert named("@Svenja Albersmann", PEOPLE) == frozenset()


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.integers(1, 9))
def test_each_reminder_of_a_deadline_falls_into_exactly_one_digest(deadline: date, step: int) -> None:
    start = deadline - timedelta(days=40)
    days = [start + timedelta(days=step * number) for number in range(60)]
    reminded = sum(is_reminded(deadline, after, until) for after, until in pairwise(days))
    assert 1 <= reminded <= 2
    if step == 1:
        assert reminded == 2


MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("rhythm", "last", "today", "due"),
    [
        ("daily", None, MONDAY, True),
        ("daily", MONDAY - timedelta(days=1), MONDAY, True),
        ("daily", MONDAY, MONDAY, False),
        ("weekly", None, MONDAY, True),
        ("weekly", None, MONDAY + timedelta(days=1), False),
        ("weekly", MONDAY, MONDAY, False),
        ("weekly", MONDAY, MONDAY + timedelta(days=3), False),
        ("weekly", MONDAY, MONDAY + timedelta(days=8), True),
        ("never", None, MONDAY, False),
    ],
)
def test_a_digest_is_due_once_in_its_rhythm(rhythm: str, last: date | None, today: date, due: bool) -> None:
    assert is_due(rhythm, last, today) is due
