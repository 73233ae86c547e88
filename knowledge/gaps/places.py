"""Where a gap was seen and whom it affects, as far as a reader may know (DP-11).

Municipality and group beside „weniger als 3“ cases can be enough for a neighbour or an official to know who is meant.
"""

from collections.abc import Sequence

from app.core.i18n import _
from knowledge.gaps.rules import is_suppressed
from knowledge.gaps.suppression import smallest_cell
from knowledge.gaps.visibility import Reader


def are_told(reader: Reader, cases: int) -> bool:
    """Whether municipalities and groups may be told: to the coordination always, to others from `min_cell` cases on."""
    return not is_suppressed(cases, smallest_cell(reader.min_cell), reader.in_coordination)


def shown_municipalities(reader: Reader, cases: int, names: Sequence[str]) -> str:
    """The municipalities, or one wording for all gaps with few cases, be they county-wide or not."""
    if not are_told(reader, cases):
        return _("kreisweit oder einzelne Kommunen, hier nicht genannt")
    return ", ".join(names) or _("kreisweit")


def shown_groups(reader: Reader, cases: int, groups: str) -> str | None:
    """The affected groups, given in words, or that they are not named; None where there are none."""
    if not are_told(reader, cases):
        return _("hier nicht genannt")
    return groups or None
