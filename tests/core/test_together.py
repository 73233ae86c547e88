"""What many ask at once is done together, each gets an own answer, and one who is wrong harms no other."""

import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from app.core.errors import StorageBusy
from app.core.together import LARGEST_GROUP, Together


class Counter:
    """Does what is asked: doubles numbers. Holds the first group until it is let go."""

    def __init__(self) -> None:
        self.groups: list[list[int]] = []
        self.begun, self.go_on = threading.Event(), threading.Event()

    def double(self, group: Sequence[int]) -> list[int]:
        self.groups.append(list(group))
        self.begun.set()
        self.go_on.wait(10)
        if any(number < 0 for number in group):
            raise ValueError("negative")
        return [number * 2 for number in group]


def ask_while_one_is_under_way(numbers: Sequence[int]) -> tuple[Counter, list[Future[int]]]:
    """The first number is begun alone; the others come while it goes on."""
    counter, together = Counter(), Together[int, int]()
    with ThreadPoolExecutor(len(numbers)) as pool:
        asked = [pool.submit(together.ask, "name", numbers[0], counter.double)]
        assert counter.begun.wait(10)
        asked += [pool.submit(together.ask, "name", number, counter.double) for number in numbers[1:]]
        while len(together._waiting["name"]) < len(numbers) - 1:
            threading.Event().wait(0.001)
        counter.go_on.set()
    assert together._waiting == {}, "nobody is left, nothing is kept"
    return counter, asked


def test_those_who_wait_go_together_in_one_group() -> None:
    counter, asked = ask_while_one_is_under_way(range(20))
    assert [each.result() for each in asked] == [number * 2 for number in range(20)]
    assert counter.groups[0] == [0]
    assert sorted(counter.groups[1]) == list(range(1, 20))


def test_a_group_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    assert LARGEST_GROUP > 10
    monkeypatch.setattr("app.core.together.LARGEST_GROUP", 4)
    counter, asked = ask_while_one_is_under_way(range(10))
    assert [each.result() for each in asked] == [number * 2 for number in range(10)]
    assert [len(group) for group in counter.groups] == [1, 4, 4, 1]


def test_one_who_is_wrong_harms_no_other() -> None:
    _counter, asked = ask_while_one_is_under_way([1, 2, -3, 4])
    assert [each.result() for each in (asked[0], asked[1], asked[3])] == [2, 4, 8]
    with pytest.raises(ValueError, match="negative"):
        asked[2].result()


def test_a_busy_database_is_not_asked_once_for_each() -> None:
    asked: list[int] = []

    def busy(group: Sequence[int]) -> list[int]:
        asked.append(len(group))
        raise StorageBusy("später")

    together = Together[int, int]()
    with pytest.raises(StorageBusy):
        together.ask("name", 1, busy)
    assert together.ask("name", 1, lambda group: [len(group)]) == 1, "the next one leads again"
    assert asked == [1]
