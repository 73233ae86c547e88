"""Which items of an agenda are told to whom: guests learn of the public part only."""

from collections.abc import Sequence

from meetings.agenda.parts import is_public
from meetings.agenda.queries import ItemLine
from meetings.bodies.models import BodyRules


def for_everybody(lines: Sequence[ItemLine], rules: BodyRules) -> list[ItemLine]:
    """The items that whoever is invited may know."""
    return [line for line in lines if is_public(line.item, rules)]
