"""The marked passages of a case as a page shows them: text by text, in context, each with its decision."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.core.i18n import lazy
from knowledge.cases.texts import CaseText
from knowledge.privacy.gate import Answer, OpenHit, Standing
from knowledge.privacy.rules import Piece, marked

VERDICT, REASON = "verdict", "reason"
STANDINGS = {
    Standing.OPEN.value: lazy("noch nicht entschieden"),
    Standing.REPLACE.value: lazy("muss geändert werden"),
    Standing.SECOND.value: lazy("wartet auf die zweite Person"),
    Standing.CLEARED.value: lazy("unbedenklich"),
}
"""Where a passage stands, in words."""


@dataclass(frozen=True)
class MarkedText:
    """A text with its passages marked; `hits` are to be decided, in the order of the text."""

    place: str
    step: str
    pieces: tuple[Piece, ...]
    hits: tuple[OpenHit, ...]


def marked_texts(texts: Iterable[CaseText], hits: Iterable[OpenHit], only_marked: bool = True) -> list[MarkedText]:
    """The texts in which something stands out, or all of them, each with its passages."""
    by_field: dict[str, list[OpenHit]] = {}
    for hit in hits:
        by_field.setdefault(hit.field, []).append(hit)
    return [
        MarkedText(
            each.place,
            each.step,
            marked(each.text, [hit.hit for hit in by_field.get(each.field, ())]),
            tuple(by_field.get(each.field, ())),
        )
        for each in texts
        if by_field.get(each.field) or not only_marked
    ]


def answers_in(typed: Mapping[str, str]) -> list[Answer]:
    """What a form says about passages; its fields are called „verdict:<hit>:<field of the text>“ and „reason:…“."""
    answers = []
    for name, verdict in typed.items():
        kind, _colon, rest = name.partition(":")
        hit_key, _colon, field = rest.partition(":")
        if kind == VERDICT and hit_key and field and verdict:
            answers.append(Answer(field, hit_key, verdict, typed.get(f"{REASON}:{rest}", "")))
    return answers
