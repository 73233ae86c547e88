"""How counts of the catalogue read. The numbers come from `rules.py`."""

from app.core.i18n import _, show_number
from knowledge.gaps.rules import is_suppressed


def shown_count(number: int, min_cell: int, in_coordination: bool) -> str:
    """The count as this reader may see it: „7“, or „weniger als 3“ below the tenant's smallest cell (DP-11)."""
    if is_suppressed(number, min_cell, in_coordination):
        return _("weniger als %(num)s", num=min_cell)
    return show_number(number)
