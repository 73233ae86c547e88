"""The shape of a demo file's codebook and of what its coders attached to it."""

from typing import Annotated

from app.dataset.values import CaseKey, CategoryKey, Key, Lax, PersonKey, ShortKey, Strictly, Text
from knowledge.coding.states import Colour, SourceField


class CategoryGiven(Strictly):
    """A category of the codebook; one above it comes before it."""

    key: Key
    name: Text
    definition: Text
    rule: Text | None = None
    example: Text | None = None
    colour: Annotated[Colour, Lax]
    symbol: ShortKey
    parent: CategoryKey | None = None


class CodedGiven(Strictly):
    """What one person attached a passage to."""

    coder: PersonKey
    category: CategoryKey
    memo: Text | None = None


class PassageGiven(Strictly):
    """Words of a case's text, which stand there once, and who attached them to what."""

    case: CaseKey
    station: str | None = None
    field: Annotated[SourceField, Lax]
    quote: Text
    by: list[CodedGiven]
