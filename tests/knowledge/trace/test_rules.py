"""The thread as a graph: the walk, the order of nodes, and what is left when some are hidden."""

from collections.abc import Collection, Iterable
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from knowledge.trace.rules import Edge, Node, NodeId, contracted, explore, in_order


def n(id_: int, kind: str = "gap") -> NodeId:
    return NodeId(kind, id_)


def edges(*pairs: tuple[int, int]) -> frozenset[Edge]:
    return frozenset(Edge(n(a), n(b)) for a, b in pairs)


PAIRS = st.frozensets(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=16)


def reachable(pairs: Iterable[tuple[int, int]], start: int) -> set[int]:
    found: set[int] = set()
    waiting = [b for a, b in pairs if a == start]
    while waiting:
        node = waiting.pop()
        if node not in found:
            found.add(node)
            waiting.extend(b for a, b in pairs if a == node)
    return found


def neighbours_in(all_edges: frozenset[Edge]):  # type: ignore[no-untyped-def]
    def neighbours(onward: Collection[NodeId], back: Collection[NodeId]) -> set[Edge]:
        return {edge for edge in all_edges if edge.source in onward or edge.target in back}

    return neighbours


@given(PAIRS)
def test_a_walk_reaches_what_is_reachable_in_both_directions_and_nothing_else(
    pairs: frozenset[tuple[int, int]],
) -> None:
    found = explore(n(0), neighbours_in(edges(*pairs)), 12)
    assert {node.id for node in found.consequences} == reachable(pairs, 0) - {0}
    assert {node.id for node in found.sources} == reachable({(b, a) for a, b in pairs}, 0) - {0}


def test_a_walk_asks_once_per_round_for_both_directions() -> None:
    asked = []
    found = edges((1, 2), (2, 3), (3, 4), (4, 5))

    def neighbours(onward: Collection[NodeId], back: Collection[NodeId]) -> Iterable[Edge]:
        asked.append((sorted(onward), sorted(back)))
        return neighbours_in(found)(onward, back)

    explore(n(3), neighbours, 12)
    assert asked == [([n(3)], [n(3)]), ([n(4)], [n(2)]), ([n(5)], [n(1)])]


@given(PAIRS, st.frozensets(st.integers(0, 6)))
def test_joining_over_hidden_nodes_keeps_who_can_be_reached_from_whom(
    pairs: frozenset[tuple[int, int]], shown: frozenset[int]
) -> None:
    left = contracted(edges(*pairs), [n(id_) for id_ in shown])
    kept = {(edge.source.id, edge.target.id) for edge in left}
    assert all(a in shown and b in shown for a, b in kept)
    for id_ in shown:
        assert reachable(kept, id_) - {id_} == (reachable(pairs, id_) & shown) - {id_}


@given(st.integers(0, 5), st.integers(0, 5))
def test_how_many_nodes_are_hidden_in_between_cannot_be_told(few: int, many: int) -> None:
    def chain(length: int) -> frozenset[Edge]:
        return edges(*((step, step + 1) for step in range(length)), (length, 99))

    assert contracted(chain(few + 1), [n(0), n(99)]) == contracted(chain(many + 1), [n(0), n(99)]) == edges((0, 99))


def test_things_of_one_day_stand_in_the_order_of_their_keys() -> None:
    day = date(2026, 12, 10)
    nodes = [
        Node(n(i, "decision"), title, None, day, key=key)
        for i, (title, key) in enumerate([("B", "D-08-10"), ("C", "D-08-2"), ("A", "D-08-3")])
    ]
    assert [node.key for node in in_order(nodes)] == ["D-08-2", "D-08-3", "D-08-10"]


def test_the_process_goes_before_the_date() -> None:
    late_gap = Node(n(1), "x", None, date(2026, 5, 1))
    early_decision = Node(n(2, "decision"), "x", None, date(2025, 1, 1))
    assert in_order([early_decision, late_gap]) == (late_gap, early_decision)


def test_numbers_in_titles_sort_as_numbers() -> None:
    nodes = [Node(n(i, "finding"), f"Fall Ahorn, Station A{i}", None) for i in (10, 5, 7)]
    assert [node.id.id for node in in_order(nodes)] == [5, 7, 10]
