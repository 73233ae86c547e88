"""The order and the numbers of an agenda."""

from hypothesis import given
from hypothesis import strategies as st

from meetings.agenda.ordering import Entry, moved, numbers, placed, supplement_number

AGENDA = [Entry(1, None, 0), Entry(2, None, 1), Entry(3, 2, 0), Entry(4, 2, 1), Entry(5, None, 2)]


@st.composite
def agendas(draw: st.DrawFn) -> list[Entry]:
    """Agendas of at most three levels; every parent stands before its children."""
    entries: list[Entry] = []
    depths: dict[int | None, int] = {None: -1}
    for id_ in range(1, draw(st.integers(1, 12)) + 1):
        parent = draw(st.sampled_from([key for key, depth in depths.items() if depth < 2]))
        depths[id_] = depths[parent] + 1
        entries.append(Entry(id_, parent, draw(st.integers(0, 5))))
    return entries


def test_items_are_numbered_as_they_are_read() -> None:
    assert numbers(placed(AGENDA)) == {1: "1", 2: "2", 3: "2.1", 4: "2.2", 5: "3"}


def test_an_item_moves_with_what_hangs_on_it() -> None:
    assert [each.id for each in placed(moved(AGENDA, 2, -1))] == [2, 3, 4, 1, 5]
    assert [each.id for each in placed(moved(AGENDA, 4, -1))] == [1, 2, 4, 3, 5]


@given(agendas())
def test_numbers_have_no_gap_and_every_item_has_one(agenda: list[Entry]) -> None:
    found = numbers(placed(agenda))

    assert set(found) == {entry.id for entry in agenda}
    assert len(set(found.values())) == len(agenda)
    for number in found.values():
        stem, _dot, last = number.rpartition(".")
        if last != "1":
            before = f"{stem}.{int(last) - 1}" if stem else str(int(last) - 1)
            assert before in found.values()


@given(agendas(), st.data())
def test_moving_up_and_down_again_changes_nothing(agenda: list[Entry], data: st.DataObject) -> None:
    level = [each.id for each in placed(agenda)]
    item = data.draw(st.sampled_from(level))

    up = moved(agenda, item, -1)
    if [each.id for each in placed(up)] != level:
        assert [each.id for each in placed(moved(up, item, 1))] == level


@given(st.lists(st.sampled_from(["4", "4a", "4b", "4c", "5"])))
def test_a_supplement_never_takes_a_number_that_was_given(given_before: list[str]) -> None:
    number = supplement_number("4", given_before)

    assert number not in given_before
    assert number.startswith("4")


def test_supplements_are_lettered_behind_their_item() -> None:
    assert supplement_number("4", ["4"]) == "4a"
    assert supplement_number("4", ["4", "4a"]) == "4b"
    assert supplement_number("4a", ["4", "4a"]) == "4b"
    assert supplement_number("6.1", ["6.1"]) == "6.1a"
