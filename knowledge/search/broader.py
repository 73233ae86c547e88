"""What may help when nothing was found: the same search with fewer conditions, and how much that finds."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from app.core.i18n import _
from knowledge.search.choice import Choice
from knowledge.search.query import parse, without_field


def broader(choice: Choice) -> Iterator[tuple[str, Choice]]:
    """Ways to ask for more, in words, each different from the search itself."""
    query = parse(choice.query)
    if choice.values:
        yield _("Ohne Filter suchen"), choice.without_filters()
    for field in query.fields:
        shown = query.text[field.start : field.end]
        yield _("Ohne „%(part)s“ suchen", part=shown.replace('"', "")), choice.asking(without_field(query, field))
    if query.phrases or query.excluded:
        yield _("Nur die Wörter suchen, ohne Anführungszeichen und Minus"), choice.asking(" ".join(query.plain.split()))
    if choice.literal:
        yield _("Auch ähnlich geschriebene Wörter suchen"), replace(choice, literal=False, page=1)
    if choice.values and (query.fields or query.phrases or query.excluded):
        yield _("Nur die Wörter suchen, ohne alle Bedingungen"), Choice(" ".join(query.plain.split()))


def helpful(choice: Choice, count: Callable[[Choice], int]) -> list[dict[str, Any]]:
    """Those of the ways that find something, each with its number of hits."""
    found = []
    for words, wider in broader(choice):
        number = 0 if wider.is_empty or wider == choice else count(wider)
        if number:
            found.append({"label": words, "choice": wider, "count": number})
    return found
