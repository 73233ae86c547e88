"""A lifecycle runs its table: known step, right role, willing guard, in this order."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.lifecycle import Lifecycle, RefusedMove, Transition, every, needs


@dataclass(frozen=True)
class DoorFacts:
    has_key: bool = True


CLERK, GUARD = frozenset({"clerk"}), frozenset({"guard"})
DOOR = Lifecycle(
    "door",
    [
        Transition("open", "closed", CLERK | GUARD),
        Transition("closed", "open", CLERK | GUARD),
        Transition("closed", "locked", GUARD, guard="key"),
        Transition("locked", "closed", GUARD, guard="key"),
    ],
    {"key": needs(lambda facts: facts.has_key, "Dafür braucht es den Schlüssel.")},
)


def test_targets_follow_the_table() -> None:
    assert DOOR.targets("closed") == ("open", "locked")
    assert DOOR.targets("unheard_of") == ()
    assert DOOR.states == {"open", "closed", "locked"}


def test_a_step_that_is_not_in_the_table_is_refused() -> None:
    assert "nicht vorgesehen" in DOOR.check("open", "locked", GUARD, DoorFacts()).reason


def test_a_step_needs_the_right_role() -> None:
    assert "Rolle" in DOOR.check("closed", "locked", CLERK, DoorFacts()).reason


def test_a_refusing_guard_gives_its_words() -> None:
    verdict = DOOR.check("closed", "locked", GUARD, DoorFacts(has_key=False))

    assert not verdict
    assert verdict.reason == "Dafür braucht es den Schlüssel."


def test_a_step_with_role_and_willing_guard_is_allowed() -> None:
    assert DOOR.check("closed", "locked", GUARD, DoorFacts())


def test_require_raises_the_reason() -> None:
    DOOR.require("closed", "open", CLERK, DoorFacts())
    with pytest.raises(RefusedMove, match="Schlüssel") as caught:
        DOOR.require("closed", "locked", GUARD, DoorFacts(has_key=False))
    assert caught.value.reason == "Dafür braucht es den Schlüssel."


def test_open_targets_are_the_steps_one_may_take_now() -> None:
    assert DOOR.open_targets("closed", GUARD, DoorFacts()) == ("open", "locked")
    assert DOOR.open_targets("closed", GUARD, DoorFacts(has_key=False)) == ("open",)


def test_a_table_with_a_missing_guard_is_not_built() -> None:
    with pytest.raises(ValueError, match="no guard named key"):
        Lifecycle("door", [Transition("closed", "locked", GUARD, guard="key")], {})


def test_a_table_with_the_same_step_twice_is_not_built() -> None:
    with pytest.raises(ValueError, match="twice"):
        Lifecycle("door", [Transition("a", "b", GUARD), Transition("a", "b", CLERK)], {})


def test_several_guards_give_the_first_reason() -> None:
    guard = every(
        needs(lambda facts: facts.has_key, "Dafür braucht es den Schlüssel."),
        needs(lambda _facts: False, "Die Tür klemmt."),
    )

    assert guard(DoorFacts(has_key=False)) == "Dafür braucht es den Schlüssel."
    assert guard(DoorFacts()) == "Die Tür klemmt."
    assert every()(DoorFacts()) is None


@given(
    st.sampled_from(sorted(DOOR.states)),
    st.sampled_from(sorted(DOOR.states)),
    st.sets(st.sampled_from(["clerk", "guard", "visitor"])),
    st.booleans(),
)
def test_no_role_and_no_fact_ever_skips_a_step(source: str, target: str, roles: set[str], has_key: bool) -> None:
    if DOOR.check(source, target, roles, DoorFacts(has_key)):
        assert target in DOOR.targets(source)
