"""What other rooms suggest for an agenda: last minutes, decisions to check, due reviews, agreements, papers.

A room registers a source once; the page of suggestions asks them all. A suggestion has a key of its own, so that it is
not offered again once it stands on an agenda.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from app.core.work import Work
from meetings.agenda.models import AgendaItem
from meetings.agenda.queries import FoundMeeting
from meetings.agenda.states import DecisionKind, ItemKind, ItemPart, TemplatePlace


@dataclass(frozen=True)
class AutomaticItem:
    """A suggested item. `key` is unique within its source and lasting, `why` the reason in words of the reader.

    `subjects` are (kind, id) of gaps, topics, solutions or agreements; `source_item_id` is the item it goes on with.
    `taken` is called with the item once it stands on the agenda. `formality`: it stands on every agenda, under this
    title or a like one, and opens or closes it. `known_as`: an item whose title has all words of one of these is it.
    """

    key: str
    title: str
    kind: ItemKind
    minutes: int = 10
    why: str = ""
    text: str = ""
    proposal: str = ""
    part: ItemPart = ItemPart.PUBLIC
    decision_kind: DecisionKind | None = None
    subjects: tuple[tuple[str, int], ...] = ()
    source_item_id: int | None = None
    taken: Callable[[Work, AgendaItem], None] | None = None
    formality: TemplatePlace | None = None
    known_as: tuple[str, ...] = ()


Source = Callable[[Session, FoundMeeting], Sequence[AutomaticItem]]
_sources: dict[str, Source] = {}


def register_automatic(name: str, source: Source) -> None:
    """Ask this source for suggestions; the same name again replaces it."""
    _sources[name] = source


def suggested(session: Session, meeting: FoundMeeting) -> list[tuple[str, AutomaticItem]]:
    """All suggestions as (full key, item), source by source. A fixed number of statements for each source."""
    return [(f"{name}:{item.key}", item) for name, source in _sources.items() for item in source(session, meeting)]
