"""The picture of a thread: what is drawn, what is folded, and that nothing hidden shows."""

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from knowledge.trace.picture import SLOTS, WIDTH, lay_out, reduced
from knowledge.trace.rules import ORDER, Edge, Node, NodeId, Thread

KINDS = ("case", "finding", "gap", "topic", "decision", "measure")


def node(kind: str, id_: int) -> Node:
    return Node(NodeId(kind, id_), f"{kind} {id_}", f"/{kind}/{id_}")


def reachable(edges: Iterable[Edge]) -> set[tuple[NodeId, NodeId]]:
    pairs = {(edge.source, edge.target) for edge in edges}
    while True:
        more = pairs | {(a, d) for a, b in pairs for c, d in pairs if b == c}
        if more == pairs:
            return pairs
        pairs = more


IDS = st.builds(NodeId, st.sampled_from(KINDS), st.integers(1, 3))
EDGES = st.frozensets(st.builds(Edge, IDS, IDS).filter(lambda edge: edge.source != edge.target), max_size=14)


@given(EDGES)
def test_lines_that_a_detour_says_as_well_are_left_out_and_nothing_else(edges: frozenset[Edge]) -> None:
    left = reduced(edges)
    assert set(left) <= edges
    assert reachable(left) == reachable(edges)


def thread_with(measures: int) -> Thread:
    start = NodeId("topic", 1)
    after = tuple(node("measure", id_) for id_ in range(1, measures + 1))
    edges = {Edge(start, each.id) for each in after} | {Edge(NodeId("gap", 1), start)}
    return Thread(start, (node("gap", 1),), after, frozenset(edges))


def test_too_many_of_a_kind_are_folded_into_one_box_that_says_how_many() -> None:
    drawn = lay_out(node("topic", 1), thread_with(15))
    measures = [box for box in drawn.boxes if box.kind == "measure"]
    assert len(measures) == SLOTS
    assert [box.more for box in measures] == [0, 0, 0, 12]


def test_as_many_as_fit_are_not_folded() -> None:
    assert not any(box.more for box in lay_out(node("topic", 1), thread_with(SLOTS)).boxes)


def test_the_start_is_marked_and_never_folded() -> None:
    others = tuple(node("gap", id_) for id_ in range(1, 9))
    start = node("gap", 99)
    drawn = lay_out(start, Thread(start.id, others, (), frozenset(Edge(each.id, start.id) for each in others)))
    assert [box.node for box in drawn.boxes if box.is_start] == [start]
    assert drawn.goes_back


@given(st.frozensets(IDS, min_size=1), EDGES)
def test_boxes_lie_inside_the_picture_and_none_on_another(ids: frozenset[NodeId], edges: frozenset[Edge]) -> None:
    known = ids | {end for edge in edges for end in (edge.source, edge.target)}
    start, *others = sorted(known)
    thread = Thread(start, (), tuple(node(each.kind, each.id) for each in others), edges)
    drawn = lay_out(node(start.kind, start.id), thread)
    assert len({(box.x, box.y) for box in drawn.boxes}) == len(drawn.boxes)
    assert all(box.x + 196 <= WIDTH and box.y + box.height <= drawn.height for box in drawn.boxes)
    order = [ORDER.index(band.kind) for band in drawn.bands]
    assert order == sorted(order)
    assert [band.y for band in drawn.bands] == sorted(band.y for band in drawn.bands)


@given(st.frozensets(IDS, min_size=1), EDGES)
def test_the_same_thread_gives_the_same_picture(ids: frozenset[NodeId], edges: frozenset[Edge]) -> None:
    known = ids | {end for edge in edges for end in (edge.source, edge.target)}
    start, *others = sorted(known)
    after = tuple(node(each.kind, each.id) for each in others)
    first = lay_out(node(start.kind, start.id), Thread(start, (), after, edges))
    assert first == lay_out(node(start.kind, start.id), Thread(start, (), after, frozenset(sorted_edges(edges))))


def sorted_edges(edges: Iterable[Edge]) -> list[Edge]:
    return sorted(edges, key=lambda edge: (edge.target, edge.source))
