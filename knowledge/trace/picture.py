"""The thread as a picture: one band per kind from the case down to the effect, boxes in it, lines between them.

Pure: nodes and edges in, places and paths out. The unit is a pixel at full size. Only what the reader may know of gets
here, so nothing in the picture depends on what is hidden.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from knowledge.cases.lettering import text_width, wrap
from knowledge.trace.rules import Edge, Node, NodeId, Thread, rank

SLOTS = 4
"""So many boxes fit into a band; where a kind has more, the last slot stands for the rest."""

RAIL, SLOT, BETWEEN, MARGIN = 154.0, 196.0, 26.0, 22.0
WIDTH = RAIL + SLOTS * SLOT + (SLOTS - 1) * BETWEEN + MARGIN
PADDING, META, LINE, SIZE = 11.0, 17.0, 18.0, 14.0
MOST_LINES = 3
ABOVE = 46.0
"""The room between two bands, in which the lines run."""

FOLDED = 0
"""Stands in place of an id for the box that holds the rest of its kind; ids of things begin at 1."""


@dataclass(frozen=True)
class Box:
    """One thing, or the rest of its kind (`more` of them, then without node)."""

    x: float
    y: float
    height: float
    kind: str
    lines: tuple[str, ...]
    node: Node | None = None
    more: int = 0
    is_start: bool = False


@dataclass(frozen=True)
class Band:
    """One kind: where its boxes lie."""

    kind: str
    y: float
    height: float


@dataclass(frozen=True)
class Line:
    """One line with its head; `is_back` where it leads to an earlier band or within its own."""

    path: str
    head: str
    is_back: bool = False


@dataclass(frozen=True)
class Picture:
    """The laid out thread."""

    height: float
    bands: tuple[Band, ...]
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    width: float = WIDTH

    @property
    def goes_back(self) -> bool:
        """Whether any line leads to an earlier band."""
        return any(line.is_back for line in self.lines)


@dataclass(frozen=True)
class _Place:
    """Where a box ended up: its band and its slot."""

    band: int
    slot: int


@dataclass(frozen=True)
class _Grid:
    """Where everything lies: the slot of each box, the top and the height of each band."""

    places: Mapping[NodeId, _Place]
    tops: Sequence[float]
    heights: Sequence[float]

    def bottom(self, band: int) -> float:
        """The lower edge of a band."""
        return self.tops[band] + self.heights[band]

    def passages(self, band: int) -> list[float]:
        """Where a line may pass a band: beside every slot, and through the empty ones."""
        taken = {place.slot for place in self.places.values() if place.band == band}
        beside = [left(slot) - BETWEEN / 2 for slot in range(SLOTS + 1)]
        return beside + [_centre(slot) for slot in range(SLOTS) if slot not in taken]


def lay_out(start: Node, thread: Thread) -> Picture:
    """The picture of a thread around its start."""
    bands = _folded([start, *thread.sources, *thread.consequences], start.id)
    edges = reduced(_between_boxes(thread.edges, bands))
    grid = _Grid(_places(bands, edges), *_heights(bands))
    boxes = [_box(key, band, grid, start.id) for band in bands for key in band.shown]
    return Picture(
        grid.bottom(-1) + 24.0,
        tuple(Band(band.kind, grid.tops[i], grid.heights[i]) for i, band in enumerate(bands)),
        tuple(boxes),
        tuple(_line(edge, grid) for edge in edges),
    )


@dataclass(frozen=True)
class _Kind:
    """The things of one kind: those that get a box of their own, and the rest."""

    kind: str
    nodes: Mapping[NodeId, Node]
    rest: frozenset[NodeId]

    @property
    def shown(self) -> tuple[NodeId, ...]:
        """The boxes of the band; the rest has one together."""
        return (*self.nodes, *((NodeId(self.kind, FOLDED),) if self.rest else ()))


def _folded(nodes: Iterable[Node], start: NodeId) -> list[_Kind]:
    by_kind: dict[str, dict[NodeId, Node]] = defaultdict(dict)
    for node in nodes:
        by_kind[node.id.kind][node.id] = node
    return [_fold(kind, by_kind[kind], start) for kind in sorted(by_kind, key=lambda kind: (rank(kind), kind))]


def _fold(kind: str, nodes: Mapping[NodeId, Node], start: NodeId) -> _Kind:
    if len(nodes) <= SLOTS:
        return _Kind(kind, nodes, frozenset())
    kept = [start] if start in nodes else []
    kept += [id_ for id_ in nodes if id_ != start][: SLOTS - 1 - len(kept)]
    return _Kind(kind, {id_: nodes[id_] for id_ in kept}, frozenset(nodes) - set(kept))


def _between_boxes(edges: Iterable[Edge], bands: Sequence[_Kind]) -> frozenset[Edge]:
    """The edges between boxes: those of folded things begin and end at the box of the rest."""
    box = {id_: id_ for band in bands for id_ in band.nodes}
    box |= {id_: NodeId(band.kind, FOLDED) for band in bands for id_ in band.rest}
    drawn = {Edge(box[edge.source], box[edge.target]) for edge in edges}
    return frozenset(edge for edge in drawn if edge.source != edge.target)


def reduced(edges: Iterable[Edge]) -> tuple[Edge, ...]:
    """The edges without those that a detour says as well, the longest first: a gap that led to a decision by way of a
    topic is not joined to it a second time. Who can be reached from whom stays the same."""
    kept = set(edges)
    for edge in sorted(kept, key=lambda edge: (-_span(edge), edge.source, edge.target)):
        if _has_detour(edge, kept):
            kept.discard(edge)
    return tuple(sorted(kept, key=lambda edge: (edge.source, edge.target)))


def _span(edge: Edge) -> int:
    return rank(edge.target.kind) - rank(edge.source.kind)


def _has_detour(edge: Edge, edges: set[Edge]) -> bool:
    onward: dict[NodeId, list[NodeId]] = defaultdict(list)
    for other in edges - {edge}:
        onward[other.source].append(other.target)
    seen, waiting = {edge.source}, [edge.source]
    while waiting:
        for node in onward[waiting.pop()]:
            if node == edge.target:
                return True
            if node not in seen:
                seen.add(node)
                waiting.append(node)
    return False


def _places(bands: Sequence[_Kind], edges: Sequence[Edge]) -> dict[NodeId, _Place]:
    """A slot for every box, from the first band down: each as near as can be to the boxes that lead to it."""
    before: dict[NodeId, list[NodeId]] = defaultdict(list)
    for edge in edges:
        before[edge.target].append(edge.source)
    places: dict[NodeId, _Place] = {}
    for number, band in enumerate(bands):
        wanted = {key: _middle([places[each].slot for each in before[key] if each in places]) for key in band.shown}
        ordered = sorted(band.shown, key=lambda key: (key.id == FOLDED, wanted[key]))
        slots = _nearest_slots([wanted[key] for key in ordered])
        places |= {key: _Place(number, slot) for key, slot in zip(ordered, slots, strict=True)}
    return places


def _middle(slots: Sequence[int]) -> float:
    return sum(slots) / len(slots) if slots else (SLOTS - 1) / 2


def _nearest_slots(wanted: Sequence[float]) -> tuple[int, ...]:
    """Ascending slots, as near as can be to the wanted places."""
    return min(
        combinations(range(SLOTS), len(wanted)),
        key=lambda slots: sum((slot - place) ** 2 for slot, place in zip(slots, wanted, strict=True)),
    )


def _heights(bands: Sequence[_Kind]) -> tuple[list[float], list[float]]:
    """The top and the height of each band, by the longest title in it."""
    tops, heights, y = [], [], 12.0
    for band in bands:
        lines = max((len(_title(node)) for node in band.nodes.values()), default=1)
        height = 2 * PADDING + META + lines * LINE
        tops.append(y)
        heights.append(height)
        y += height + ABOVE
    return tops, heights


def _title(node: Node) -> tuple[str, ...]:
    """The title in at most `MOST_LINES` lines, cut after a whole word."""
    lines = wrap(node.title, SLOT - 2 * PADDING, SIZE)
    if len(lines) <= MOST_LINES:
        return lines
    last = lines[MOST_LINES - 1]
    while " " in last and text_width(f"{last} …", SIZE) > SLOT - 2 * PADDING:
        last = last.rsplit(" ", 1)[0]
    return (*lines[: MOST_LINES - 1], f"{last} …")


def left(slot: int) -> float:
    """The left edge of a slot."""
    return RAIL + slot * (SLOT + BETWEEN)


def _centre(slot: int) -> float:
    return left(slot) + SLOT / 2


def _box(key: NodeId, band: _Kind, grid: _Grid, start: NodeId) -> Box:
    place = grid.places[key]
    x, y, height = left(place.slot), grid.tops[place.band], grid.heights[place.band]
    if key.id == FOLDED:
        return Box(x, y, height, key.kind, (), more=len(band.rest))
    node = band.nodes[key]
    return Box(x, y, height, key.kind, _title(node), node, is_start=key == start)


def _line(edge: Edge, grid: _Grid) -> Line:
    source, target = grid.places[edge.source], grid.places[edge.target]
    x, y = _centre(target.slot), grid.tops[target.band] - 1.0
    head = f"M{x - 5:g} {y - 8:g}L{x + 5:g} {y - 8:g}L{x:g} {y:g}Z"
    if target.band <= source.band:
        return Line(_around(source, target, grid), head, True)
    return Line(_down(source, target, grid), head)


def _around(source: _Place, target: _Place, grid: _Grid) -> str:
    """A path to an earlier band, along the right edge of the picture."""
    x1, y1, x2, y2 = _centre(source.slot), grid.bottom(source.band), _centre(target.slot), grid.tops[target.band]
    return f"M{x1:g} {y1:g}V{y1 + 12:g}H{WIDTH - 8:g}V{y2 - 19:g}H{x2:g}V{y2 - 8:g}"


def _down(source: _Place, target: _Place, grid: _Grid) -> str:
    """A path from box to box that passes the bands in between where they are free."""
    x, y = _centre(source.slot), grid.bottom(source.band)
    step = (_centre(target.slot) - x) / (target.band - source.band)
    path = f"M{x:g} {y:g}"
    for band in range(source.band + 1, target.band):
        straight = _centre(source.slot) + step * (band - source.band)
        free = min(grid.passages(band), key=lambda at: (abs(at - straight), at))
        path += f"{_bend(x, y, free, grid.tops[band])}V{grid.bottom(band):g}"
        x, y = free, grid.bottom(band)
    return path + _bend(x, y, _centre(target.slot), grid.tops[target.band] - 8)


def _bend(x1: float, y1: float, x2: float, y2: float) -> str:
    middle = (y1 + y2) / 2
    return f"C{x1:g} {middle:g} {x2:g} {middle:g} {x2:g} {y2:g}"
