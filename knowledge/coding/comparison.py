"""Where two people agree in a round, category by category. Counted in sentences, so that both judged the same units."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from knowledge.coding.agreement import Counts, alpha_of, counts
from knowledge.coding.models import Category
from knowledge.coding.paragraphs import Span, touched
from knowledge.coding.queries import CodingSheet, Mark
from knowledge.coding.states import CodingState


@dataclass(frozen=True)
class Coder:
    """Somebody who coded or confirmed in the round."""

    id: int
    name: str
    codings: int


@dataclass(frozen=True)
class Line:
    """One category: the four numbers, and alpha where it is defined."""

    category: Category
    counts: Counts
    alpha: Fraction | None


@dataclass(frozen=True)
class Comparison:
    """Two people's round. `confirmed` counts codings that a second person saw and confirmed: no blind test."""

    coders: tuple[Coder, ...]
    first: Coder | None
    second: Coder | None
    lines: tuple[Line, ...]
    units: int
    confirmed: int
    changed: int


def coders_of(marks: Iterable[Mark]) -> list[Coder]:
    """Who coded or confirmed, those with the most first."""
    names: dict[int, str] = {}
    number: dict[int, int] = {}
    for mark in marks:
        for person_id, name in _said_so(mark):
            names[person_id] = name
            number[person_id] = number.get(person_id, 0) + 1
    found = [Coder(person_id, names[person_id], number[person_id]) for person_id in names]
    return sorted(found, key=lambda coder: (-coder.codings, coder.name, coder.id))


def _said_so(mark: Mark) -> list[tuple[int, str]]:
    """Who holds that the category fits: who coded, and who confirmed it."""
    row = mark.row
    people = [(row.coding.coder_id, row.coder)]
    if row.coding.state == CodingState.CONFIRMED and row.coding.reviewer_id:
        people.append((row.coding.reviewer_id, row.reviewer or ""))
    return people


def compare(shown: CodingSheet, number: int, wanted: Sequence[int] = ()) -> Comparison:
    """The round of this number, between the wanted two people, else the two who did the most."""
    marks = [mark for mark in shown.marks if mark.row.coding.round == number and mark.row.category is not None]
    coders = coders_of(marks)
    pair = [coder for person_id in wanted for coder in coders if coder.id == person_id][:2]
    pair += [coder for coder in coders if coder not in pair][: 2 - len(pair)]
    states = [mark.row.coding.state for mark in marks]
    units = sum(len(paragraph.sentences) for paragraph in shown.paragraphs)
    lines = _lines(shown, marks, pair[0], pair[1]) if len(pair) == 2 else []
    return Comparison(
        coders=tuple(coders),
        first=pair[0] if pair else None,
        second=pair[1] if len(pair) == 2 else None,
        lines=tuple(line for line in lines if line.counts.used),
        units=units,
        confirmed=states.count(CodingState.CONFIRMED),
        changed=states.count(CodingState.CHANGED),
    )


def _lines(shown: CodingSheet, marks: Sequence[Mark], first: Coder, second: Coder) -> list[Line]:
    used = {mark.row.category.id: mark.row.category for mark in marks if mark.row.category}
    found = []
    for category in sorted(used.values(), key=lambda each: each.key):
        mine = [mark for mark in marks if mark.row.coding.category_id == category.id]
        counted = counts(_judged(shown, mine, first.id), _judged(shown, mine, second.id))
        found.append(Line(category, counted, alpha_of(counted)))
    return found


def _judged(shown: CodingSheet, marks: Sequence[Mark], person_id: int) -> list[bool]:
    """For every sentence of the case whether this person holds that the category fits."""
    held = [mark for mark in marks if person_id in {each for each, _name in _said_so(mark)}]
    judged: list[bool] = []
    for paragraph in shown.paragraphs:
        here: list[Span] = [mark.span for mark in held if mark.placed.source is paragraph.source]
        judged += touched(paragraph.sentences, here)
    return judged
