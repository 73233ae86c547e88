"""Who reads and keeps solutions."""

from dataclasses import dataclass

from app.core.permissions import Actor
from knowledge.solutions.policy import may_edit_solution, may_read_solution, may_read_solutions


@dataclass(frozen=True)
class Solution:
    visibility: str


def person(*roles: str) -> Actor:
    return Actor(4, 1, 7, "jobcenter", frozenset(roles), (), "Holger Brandes", "Jobcenter")


def test_a_solution_is_read_by_its_level() -> None:
    assert may_read_solution(person("member"), Solution("network"))
    assert may_read_solution(person("member"), Solution("coordination")).hidden
    assert may_read_solution(person("coordination"), Solution("coordination"))


def test_everyone_opens_the_list_and_the_coordination_keeps_it() -> None:
    assert may_read_solutions(person("expert"))
    assert may_edit_solution(person("coordination"))
    assert not may_edit_solution(person("member"))
