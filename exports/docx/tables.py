"""Tables that read the same everywhere: fixed widths, a head that repeats and is marked, rows that do not break."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from exports.docx.fields import add_run, begins_right
from exports.docx.formats import Align, ParagraphFormat
from exports.docx.story import Story
from exports.docx.styles import TEXT_WIDTH
from exports.docx.xml import Element, Light, add, clean, twips

Cell: TypeAlias = str | Callable[[Element], None]  # text, or what fills the cell's paragraph

KEPT_WHOLE = 9  # tables of up to so many rows are not parted by a page break
CHARACTER = 1.7  # mm that a character of running text takes in a table
WIDE_CHARACTER = 2.0  # mm that keep a single word or a bold head from breaking
PADDING = 4.2  # mm of a cell that carry no text
NUMERIC = frozenset("0123456789 .,:%€+-–−\u00a0\u202f")


@dataclass(frozen=True)
class Column:
    """One column: its head, its width in millimetres (None shares what is left), its alignment."""

    title: Cell
    width: float | None = None
    align: Align = "left"


def write_table(
    story: Story,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    summary: str,
    left: float = 0.0,
    keep_next: bool = False,
) -> None:
    """Append a table with a head row. `summary` is its name for people who cannot see it, `left` its indent in mm.

    Each row has one cell per column; columns without a width share the rest of the line equally. With `keep_next` the
    last row stays on the page of what follows the table.
    """
    widths = _in_twips(columns, story.width - left)
    table = begin_table(story, widths, summary, left=left)
    aligns = [None if column.align == "left" else column.align for column in columns]
    head, free, kept = (
        [ParagraphFormat(style, keep_next=keep, align=align) for align in aligns]
        for style, keep in (("TableHead", False), ("TableText", False), ("TableText", True))
    )
    write_row(table, [column.title for column in columns], widths, head, is_head=True)
    whole = len(rows) <= KEPT_WHOLE
    for place, row in enumerate(rows, 1):
        is_kept = keep_next if place == len(rows) else whole
        write_row(table, row, widths, kept if is_kept else free)


def begin_table(
    story: Story, widths: Sequence[int], summary: str, style: str = "RuledTable", left: float = 0.0
) -> Element:
    """Append a table without rows; its columns have these widths in twips, in every program."""
    table = story.table()
    properties = add(table, "tblPr")
    add(properties, "tblStyle", val=style)
    add(properties, "tblW", w=sum(widths), type="dxa")
    add(properties, "tblInd", w=twips(left), type="dxa")
    add(properties, "tblLayout", type="fixed")
    add(properties, "tblLook", val="0620", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1)
    add(properties, "tblCaption", val=clean(summary))
    grid = add(table, "tblGrid")
    for width in widths:
        add(grid, "gridCol", w=width)
    return table


def write_row(
    table: Element,
    cells: Sequence[Cell],
    widths: Sequence[int],
    shapes: Sequence[ParagraphFormat],
    is_head: bool = False,
) -> None:
    """Append a row that no page break parts; a head row is marked as one and repeats on every page."""
    row = add(table, "tr")
    properties = add(row, "trPr")
    add(properties, "cantSplit")
    if is_head:
        add(properties, "tblHeader")
    for cell, width, shape in zip(cells, widths, shapes, strict=True):
        box = add(row, "tc")
        add(add(box, "tcPr"), "tcW", w=width, type="dxa")
        paragraph = add(box, "p")
        from_right = isinstance(cell, str) and begins_right(cell)
        (replace(shape, from_right=True) if from_right else shape).write(paragraph)
        if callable(cell):
            cell(paragraph)
        elif cell:
            add_run(paragraph, cell)
    if isinstance(table, Light):
        table.settle()


def share_widths(head: Sequence[str], rows: Sequence[Sequence[str]], total: float) -> list[float]:
    """Widths in millimetres for columns with these texts, `total` wide together.

    No column is narrower than its longest word needs, as far as that is possible; what is left goes to long texts.
    A head may wrap between its words.
    """
    columns = list(zip(head, *rows, strict=True))
    needed = [_longest_word(column) * WIDE_CHARACTER + PADDING for column in columns]
    natural = [
        max(low, max(map(len, column[1:]), default=0) * CHARACTER + PADDING)
        for low, column in zip(needed, columns, strict=True)
    ]
    if sum(needed) >= total:
        return [total * width / sum(needed) for width in needed]
    if sum(natural) <= total:
        return [width + (total - sum(natural)) * width / sum(natural) for width in natural]
    share = (total - sum(needed)) / (sum(natural) - sum(needed))
    return [low + (high - low) * share for low, high in zip(needed, natural, strict=True)]


def snug_widths(head: Sequence[str], rows: Sequence[Sequence[str]], total: float) -> list[float]:
    """Like `share_widths` for a table of one long text and short facts: the facts fit in a line, the text has the rest.

    Where that would leave the longest column less than a third, the widths are shared.
    """
    columns = list(zip(head, *rows, strict=True))
    widths = [
        max(max(map(len, column)) * CHARACTER, _longest_word(column) * WIDE_CHARACTER) + PADDING for column in columns
    ]
    longest = max(range(len(widths)), key=lambda place: widths[place])
    rest = total - sum(widths) + widths[longest]
    if rest < max(total / 3, _longest_word(columns[longest]) * WIDE_CHARACTER + PADDING):
        return share_widths(head, rows, total)
    widths[longest] = rest
    return widths


def is_numeric(values: Sequence[str]) -> bool:
    """Whether a column holds numbers only (shares, amounts and times included) and belongs to the right."""
    return bool(values) and all(NUMERIC.issuperset(value) and any(map(str.isdigit, value)) for value in values)


def _longest_word(texts: Sequence[str]) -> int:
    return max((len(word) for text in texts for word in text.split()), default=0)


def _in_twips(columns: Sequence[Column], total: float) -> list[int]:
    """Whole twips; the last column takes what rounding left."""
    open_columns = sum(column.width is None for column in columns)
    given = sum(column.width or 0.0 for column in columns)
    narrowed = min(1.0, total / TEXT_WIDTH) if open_columns else 1.0  # given widths are meant for our own page
    given *= narrowed
    widths = [
        twips((total - given) / open_columns if column.width is None else column.width * narrowed) for column in columns
    ]
    widths[-1] += twips(total if open_columns else given) - sum(widths)
    return widths
