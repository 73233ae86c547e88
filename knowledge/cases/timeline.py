"""The layout of a case's timeline: months to the right, one lane per legal domain in the order of first use.

Pure geometry in CSS pixels: from station values to coordinates, drawn by `cases/_timeline.svg.html`. Where labels
hang is decided in `flags.py`, the line through the stations in `way.py`, where words break in `lettering.py`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.cases.flags import GAP, Flag, hang, row_offsets, spread
from knowledge.cases.lettering import text_width, wrap
from knowledge.cases.way import Obstacle, Point, way

WIDTH = 1008.0
RAIL_WIDTH = 156.0
TEXT_SIZE, CAPTION_SIZE, NAME_SIZE, NOTE_SIZE = 14.0, 13.0, 14.0, 12.0
LINE_HEIGHT = 17.0
LABEL_WIDTH, NARROW_LABEL, CHANGE_WIDTH = 176.0, 104.0, 240.0
RADIUS = 11.0

_BASELINE = 13.0
_EDGE = 20.0
_MARGIN = 8.0
_SPREAD = 2 * RADIUS + 6
_INDENT = 7.0
_NAME_STRIP = 24.0
_PADDING = 10.0
_FREE = 5.0
_ROW_GAP = 8.0
_AXIS_HEIGHT = 28.0
_TICK_STEPS = (1, 2, 3, 6, 12, 24, 60)
_TICK_GAP = 40.0


@dataclass(frozen=True)
class StationView:
    """A station as the picture needs it: its month after the anchor event, its lane, its assessment, its words.

    `caption` is the short line above the title („Bruch · Monat 7“); `transition` is set where the domain changes;
    `without` says for how many days there was no benefit or insurance („41 Tage ohne Leistung“).
    """

    key: str
    month: int
    title: str
    legal_domain: str
    legal_domain_label: str
    assessment: str
    transition: str | None = None
    transition_label: str = ""
    caption: str = ""
    without: str = ""


@dataclass(frozen=True)
class Box:
    """A rectangle that holds text."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height

    def overlaps(self, other: "Box") -> bool:
        """Whether the two share an area; touching is not overlapping."""
        beside = self.right <= other.x or other.right <= self.x
        return not (beside or self.bottom <= other.y or other.bottom <= self.y)


@dataclass(frozen=True)
class TextLine:
    """A line of text; `y` is its baseline."""

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Mark:
    """A station: the centre of its symbol, its label, and the foot of the pole if the label hangs lower."""

    station: StationView
    x: float
    y: float
    caption: TextLine
    lines: tuple[TextLine, ...]
    box: Box
    pole_bottom: float | None
    shaded: bool


@dataclass(frozen=True)
class Lane:
    """A legal domain: its band, the line on which its stations sit, its name and what follows it in brackets.

    `strip` is its whole name on one line above the stations, for narrow screens that have no room for a rail.
    """

    key: str
    top: float
    height: float
    line: float
    strip: TextLine
    name: tuple[TextLine, ...]
    note: tuple[TextLine, ...]
    shaded: bool


@dataclass(frozen=True)
class TransitionLine:
    """A dashed line where the legal domain changes, from its words in the head down to the last lane.

    The words in the foot have the same shape: a line from the last lane down to them.
    """

    x: float
    top: float
    lines: tuple[TextLine, ...]
    box: Box


@dataclass(frozen=True)
class Tick:
    """A month on the axis."""

    x: float
    month: int


@dataclass(frozen=True)
class TimelineLayout:
    """Everything that is drawn; `way` is the person's way from station to station as SVG path data.

    Below `lanes_bottom` stands in `notes` what is known of days without benefits or insurance.
    """

    width: float
    height: float
    rail_width: float
    lanes_top: float
    lanes: tuple[Lane, ...]
    marks: tuple[Mark, ...]
    transitions: tuple[TransitionLine, ...]
    ticks: tuple[Tick, ...]
    way: str
    lanes_bottom: float = 0.0
    notes: tuple[TransitionLine, ...] = ()


@dataclass(frozen=True)
class _Label:
    """The lines of a label and how wide they are."""

    lines: tuple[str, ...]
    width: float

    @property
    def height(self) -> float:
        return len(self.lines) * LINE_HEIGHT


def lay_out(stations: Iterable[StationView], span_months: int, width: float = WIDTH) -> TimelineLayout:
    """The picture of a case, its axis at least `span_months` long, its lanes about `width` wide.

    Stations of the same month keep their given order. It gets wider where crowded stations need the room.
    """
    ordered = sorted(stations, key=lambda station: station.month)
    per_month = _pixels_per_month(ordered, span_months, width)
    x_of = _places(ordered, per_month)
    transitions, head = _lay_head(ordered, x_of)
    lanes, marks = _lay_lanes(ordered, x_of, head + _AXIS_HEIGHT)
    bottom = lanes[-1].top + lanes[-1].height if lanes else head + _AXIS_HEIGHT
    notes, foot = _lay_foot(ordered, x_of, bottom)
    boxes = [mark.box for mark in marks] + [line.box for line in (*transitions, *notes)]
    return TimelineLayout(
        width=max([width, *(box.right + _MARGIN for box in boxes)]),
        height=foot,
        rail_width=RAIL_WIDTH,
        lanes_top=head + _AXIS_HEIGHT,
        lanes=lanes,
        marks=marks,
        transitions=transitions,
        ticks=_ticks(per_month, _months(ordered, span_months)),
        way=_way(marks, transitions),
        lanes_bottom=bottom,
        notes=notes,
    )


def _months(stations: Sequence[StationView], span_months: int) -> int:
    return max([1, span_months, *(station.month for station in stations)])


def _pixels_per_month(stations: Sequence[StationView], span_months: int, width: float) -> float:
    """As much as fits: the axis into the width, and every label into the room to the right of its station."""
    room = width - _MARGIN - _EDGE
    needs = [(_months(stations, span_months), RADIUS)]
    for each in stations:
        needs.append((each.month, _label_left(each, 0, hangs_lower=False) + _station_label(each, LABEL_WIDTH).width))
        if each.transition:
            needs.append((each.month, _INDENT + _transition_label(each).width))
    return max(min((room - label) / month for month, label in needs if month), 1.0)


def _station_label(station: StationView, width: float) -> _Label:
    lines = wrap(station.title, width, TEXT_SIZE)
    widths = [text_width(station.caption, CAPTION_SIZE), *(text_width(line, TEXT_SIZE) for line in lines)]
    return _Label((station.caption, *lines), max(widths))


def _transition_label(station: StationView) -> _Label:
    return _words_label(station.transition_label)


def _words_label(words: str) -> _Label:
    lines = wrap(words, CHANGE_WIDTH, CAPTION_SIZE)
    return _Label(lines, max(text_width(line, CAPTION_SIZE) for line in lines))


def _by_lane(stations: Iterable[StationView]) -> dict[str, list[StationView]]:
    """The stations of each legal domain, domains in the order of their first use."""
    lanes: dict[str, list[StationView]] = {}
    for station in stations:
        lanes.setdefault(station.legal_domain, []).append(station)
    return lanes


def _places(stations: Sequence[StationView], per_month: float) -> dict[StationView, float]:
    """Where each station stands on the axis; neighbours of one lane are moved apart so that both can be seen."""
    places: dict[StationView, float] = {}
    for lane in _by_lane(stations).values():
        wanted = [_EDGE + station.month * per_month for station in lane]
        places.update(zip(lane, spread(wanted, _SPREAD), strict=True))
    return places


def _lay_head(
    stations: Sequence[StationView], x_of: Mapping[StationView, float]
) -> tuple[tuple[TransitionLine, ...], float]:
    """The words of the transitions above the axis, nearest row lowest, and the height that they take."""
    changing = sorted((each for each in stations if each.transition), key=lambda each: x_of[each])
    labels = [_transition_label(station) for station in changing]
    flags = [_flag_at(x_of[station], label) for station, label in zip(changing, labels, strict=True)]
    rows = hang(flags)
    offsets = row_offsets(flags, rows, _ROW_GAP)
    tops = [offsets[-1] - offsets[row] - label.height for row, label in zip(rows, labels, strict=True)]
    lines = (_transition_line(x_of[each], label, top) for each, label, top in zip(changing, labels, tops, strict=True))
    return tuple(lines), offsets[-1]


def _lay_foot(
    stations: Sequence[StationView], x_of: Mapping[StationView, float], top: float
) -> tuple[tuple[TransitionLine, ...], float]:
    """The days without benefits below the lanes, nearest row highest, and where the picture ends."""
    lacking = sorted((each for each in stations if each.without), key=lambda each: x_of[each])
    labels = [_words_label(station.without) for station in lacking]
    flags = [_flag_at(x_of[station], label) for station, label in zip(lacking, labels, strict=True)]
    rows = hang(flags)
    offsets = row_offsets(flags, rows, _ROW_GAP)
    tops = [top + _ROW_GAP + offsets[row] for row in rows]
    lines = (_transition_line(x_of[each], label, top) for each, label, top in zip(lacking, labels, tops, strict=True))
    return tuple(lines), top + offsets[-1] + (_ROW_GAP if lacking else 0.0)


def _flag_at(x: float, label: _Label) -> Flag:
    right = x + _INDENT + label.width
    return Flag(x, right, right, label.height)


def _transition_line(x: float, label: _Label, top: float) -> TransitionLine:
    box = Box(x + _INDENT, top, label.width, label.height)
    return TransitionLine(x, top, _text_lines(label.lines, box.x, top), box)


def _text_lines(lines: Iterable[str], x: float, top: float) -> tuple[TextLine, ...]:
    return tuple(TextLine(x, top + number * LINE_HEIGHT + _BASELINE, text) for number, text in enumerate(lines))


def _lay_lanes(
    stations: Sequence[StationView], x_of: Mapping[StationView, float], top: float
) -> tuple[tuple[Lane, ...], tuple[Mark, ...]]:
    """The lanes from top to bottom and the marks in the order of the stations."""
    lanes: list[Lane] = []
    marks: dict[StationView, Mark] = {}
    for members in _by_lane(stations).values():
        shaded = len(lanes) % 2 == 0
        hung, bottom = _hang_labels(members, x_of, top + _NAME_STRIP + RADIUS, shaded)
        lane = _lane(members[0], top, bottom + _PADDING, shaded)
        marks.update({mark.station: mark for mark in hung})
        lanes.append(lane)
        top += lane.height
    return tuple(lanes), tuple(marks[station] for station in stations)


def _lane(station: StationView, top: float, bottom: float, shaded: bool) -> Lane:
    """The lane of the station's legal domain, at least as high as its name needs."""
    name, _bracket, rest = station.legal_domain_label.partition(" (")
    name_lines = wrap(name, RAIL_WIDTH - 2 * _MARGIN, NAME_SIZE)
    note_lines = wrap(rest.removesuffix(")"), RAIL_WIDTH - 2 * _MARGIN, NOTE_SIZE) if rest else ()
    line = top + _NAME_STRIP + RADIUS
    words_top = line - _BASELINE + 5
    words_bottom = words_top + (len(name_lines) + len(note_lines)) * LINE_HEIGHT
    return Lane(
        key=station.legal_domain,
        top=top,
        height=max(bottom, words_bottom + _PADDING) - top,
        line=line,
        strip=TextLine(_MARGIN, top + _BASELINE + 4, " · ".join(filter(None, [name, rest.removesuffix(")")]))),
        name=_text_lines(name_lines, _MARGIN, words_top),
        note=_text_lines(note_lines, _MARGIN, words_top + len(name_lines) * LINE_HEIGHT),
        shaded=shaded,
    )


def _hang_labels(
    stations: Sequence[StationView], x_of: Mapping[StationView, float], line: float, shaded: bool
) -> tuple[list[Mark], float]:
    """The marks of one lane on its line, and where the lowest label ends."""
    labels = _labels_of_lane(stations, x_of)
    flags = [_flag_below(station, x_of[station], label) for station, label in zip(stations, labels, strict=True)]
    rows = hang(flags)
    offsets = row_offsets(flags, rows, _ROW_GAP)
    top = line + RADIUS + 4
    marks = [
        _mark(station, Point(x_of[station], line), label, top + offsets[row], hangs_lower=row > 0, shaded=shaded)
        for station, label, row in zip(stations, labels, rows, strict=True)
    ]
    return marks, top + offsets[-1] - _ROW_GAP


def _labels_of_lane(stations: Sequence[StationView], x_of: Mapping[StationView, float]) -> list[_Label]:
    """Each label as wide as it likes, or narrower where that keeps it beside the next one."""
    limits = [
        x_of[station] - RADIUS - GAP - _label_left(before, x_of[before], hangs_lower=False)
        for before, station in pairwise(stations)
    ]
    return [_label_within(station, limit) for station, limit in zip(stations, [*limits, LABEL_WIDTH], strict=True)]


def _label_within(station: StationView, limit: float) -> _Label:
    label = _station_label(station, LABEL_WIDTH)
    if NARROW_LABEL <= limit < label.width:
        narrow = _station_label(station, limit)
        return narrow if narrow.width <= limit and len(narrow.lines) <= len(label.lines) + 2 else label
    return label


def _label_left(station: StationView, x: float, hangs_lower: bool) -> float:
    """Below its sign, or to the right of the pole or of the dashed line."""
    return x + _INDENT if hangs_lower or station.transition else x - RADIUS


def _flag_below(station: StationView, x: float, label: _Label) -> Flag:
    left = _label_left(station, x, hangs_lower=False)
    return Flag(x - RADIUS, left + label.width, x + _INDENT + label.width, label.height)


def _mark(station: StationView, sign: Point, label: _Label, top: float, hangs_lower: bool, shaded: bool) -> Mark:
    box = Box(_label_left(station, sign.x, hangs_lower), top, label.width, label.height)
    caption, *lines = _text_lines(label.lines, box.x, top)
    return Mark(station, sign.x, sign.y, caption, tuple(lines), box, box.bottom if hangs_lower else None, shaded)


def _ticks(per_month: float, months: int) -> tuple[Tick, ...]:
    """Months in steps that leave room for the numbers."""
    step = next((step for step in _TICK_STEPS if step * per_month >= _TICK_GAP), _TICK_STEPS[-1])
    return tuple(Tick(_EDGE + month * per_month, month) for month in range(0, months + 1, step))


def _way(marks: Sequence[Mark], transitions: Sequence[TransitionLine]) -> str:
    """Around labels, signs and dashed lines as far as possible."""
    obstacles = [Obstacle(mark.box.x, mark.box.y, mark.box.right, mark.box.bottom) for mark in marks]
    obstacles += [Obstacle(mark.x - RADIUS, mark.y - RADIUS, mark.x + RADIUS, mark.y + RADIUS) for mark in marks]
    bottom = max((mark.box.bottom for mark in marks), default=0.0)
    obstacles += [Obstacle(line.x - _FREE, line.top, line.x + _FREE, bottom) for line in transitions]
    return way([Point(mark.x, mark.y) for mark in marks], obstacles)
