"""Reading a case for coding: its numbered paragraphs with marks, the codings beside them, what one can attach to."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from app.core import clock
from app.core.permissions import Actor
from knowledge.cases import access
from knowledge.cases.access import FoundCase
from knowledge.cases.models import Finding, Station
from knowledge.coding.models import Category, CodingRound, Passage
from knowledge.coding.paragraphs import Piece, Span, paragraphs, pieces, sentences
from knowledge.coding.rows import CodingRow, coding_rows, of_case, rounds_of
from knowledge.coding.sources import Placed, Source, place, sources_of
from knowledge.coding.states import RoundState
from knowledge.gaps.models import Gap
from knowledge.gaps.visibility import readable_gaps

MOST_GAPS = 300
"""So many gaps are offered while typing; any other can be typed by its key."""


@dataclass(frozen=True)
class Mark:
    """A coding with its place. `number` is what the page calls it."""

    number: int
    row: CodingRow
    placed: Placed

    @property
    def span(self) -> Span:
        """Where it is in its source."""
        return Span(self.placed.anchor.start, self.placed.anchor.end)


@dataclass(frozen=True)
class Drawn:
    """A piece of text with the marks that cover it, and those that begin with it."""

    start: int
    text: str
    marks: tuple[Mark, ...]
    beginning: tuple[Mark, ...]


@dataclass(frozen=True)
class Paragraph:
    """A numbered paragraph of a source."""

    number: int
    source: Source
    span: Span
    drawn: tuple[Drawn, ...]
    sentences: tuple[Span, ...]


@dataclass(frozen=True)
class CodingSheet:
    """The case as it is coded, for this reader."""

    found: FoundCase
    sources: tuple[Source, ...]
    paragraphs: tuple[Paragraph, ...]
    marks: tuple[Mark, ...]
    lost: tuple[Mark, ...]
    removed: tuple[CodingRow, ...]
    rounds: tuple[CodingRound, ...]

    @property
    def round(self) -> CodingRound | None:
        """The latest round, None before the first coding."""
        return self.rounds[-1] if self.rounds else None

    @property
    def is_open(self) -> bool:
        """Whether codings can be added: the first one opens the first round."""
        return self.round is None or self.round.state == RoundState.OPEN


def case_by_key(session: Session, key: str, **_address: object) -> FoundCase | None:
    """The case as it may be read today."""
    return access.case_by_key(session, key, clock.today())


def sheet(session: Session, actor: Actor, found: FoundCase, only_mine: bool = False) -> CodingSheet:
    """The case with every coding that this person may see, or only their own. Four statements."""
    sources = sources_of(session, found.case)
    rows = coding_rows(session, actor, of_case(found.id))
    if only_mine:
        rows = [row for row in rows if row.coding.coder_id == actor.person_id]
    marks = placed_marks([row for row in rows if not row.removed], sources)
    standing = [mark for mark in marks if not mark.placed.lost]
    return CodingSheet(
        found=found,
        sources=tuple(sources),
        paragraphs=tuple(_paragraphs(sources, standing)),
        marks=tuple(standing),
        lost=tuple(mark for mark in marks if mark.placed.lost),
        removed=tuple(row for row in rows if row.removed and row.coding.coder_id == actor.person_id),
        rounds=tuple(rounds_of(session, found.id)),
    )


def placed_marks(rows: Sequence[CodingRow], sources: Sequence[Source]) -> list[Mark]:
    """The codings in the order of the text, the lost ones last, numbered from 1."""
    passages = {row.passage.id: row.passage for row in rows}
    places = {placed.passage.id: placed for placed in place(list(passages.values()), sources)}
    order = {source.key: number for number, source in enumerate(sources)}

    def by_place(row: CodingRow) -> tuple[int, int, int, int]:
        placed = places[row.passage.id]
        source = order[placed.source.key] if placed.source else len(order)
        return source, placed.anchor.start, -placed.anchor.end, row.id

    ordered = sorted(rows, key=by_place)
    return [Mark(number, row, places[row.passage.id]) for number, row in enumerate(ordered, 1)]


def _paragraphs(sources: Sequence[Source], marks: Sequence[Mark]) -> list[Paragraph]:
    found: list[Paragraph] = []
    for source in sources:
        here = [mark for mark in marks if mark.placed.source is source]
        for span in paragraphs(source.text):
            drawn = [_drawn(piece, here) for piece in pieces(source.text, span, [mark.span for mark in here])]
            in_order = tuple(sentences(source.text, span))
            found.append(Paragraph(len(found) + 1, source, span, tuple(drawn), in_order))
    return found


def _drawn(piece: Piece, marks: Sequence[Mark]) -> Drawn:
    beginning = tuple(marks[number] for number in piece.beginning if marks[number].span.start == piece.start)
    return Drawn(piece.start, piece.text, tuple(marks[number] for number in piece.marks), beginning)


def findings_of(session: Session, case_id: int) -> list[tuple[Finding, Station]]:
    """The findings of a case with their stations. One statement."""
    statement = (
        select(Finding, Station)
        .join(Station, col(Station.id) == col(Finding.station_id))
        .where(col(Station.case_id) == case_id)
        .order_by(col(Station.position), col(Finding.position), col(Finding.id))
    )
    return list(session.exec(statement))


def gaps_to_offer(session: Session, actor: Actor) -> list[Gap]:
    """The newest gaps that one can attach to. One statement."""
    statement = (
        select(Gap)
        .where(readable_gaps(actor), col(Gap.merged_into_id).is_(None))
        .order_by(col(Gap.first_reported).desc(), col(Gap.key).desc())
        .limit(MOST_GAPS)
    )
    return list(session.exec(statement))


def categories(session: Session) -> list[Category]:
    """The whole codebook, by key. One statement."""
    return list(session.exec(select(Category).order_by(col(Category.key))))


def passage_by_id(session: Session, passage_id: int) -> Passage | None:
    """The passage of this id."""
    return session.exec(select(Passage).where(col(Passage.id) == passage_id)).first()
