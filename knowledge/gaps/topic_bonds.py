"""What ties a topic down: facts of higher rooms that forbid to change, withdraw, merge or split it.

A higher room registers where its facts come from, as `facts.py` does for gaps; nothing here knows a meeting.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import Session

from app.core.errors import DomainError


class BondKind(StrEnum):
    """How a topic is tied."""

    POLL = "poll"
    DECISION = "decision"
    MEETING = "meeting"
    AGENDA = "agenda"


@dataclass(frozen=True)
class Bond:
    """One tie of one topic; `words` is a whole sentence in the reader's language.

    `once_withdrawn` says what becomes of the tie when the topic is taken back; empty where that is not possible.
    """

    topic_id: int
    kind: BondKind
    words: str
    once_withdrawn: str = ""


BondSource = Callable[[Session, Collection[int]], Iterable[Bond]]

REORGANISING = frozenset({BondKind.POLL, BondKind.DECISION, BondKind.MEETING})
"""What forbids to merge, split, or change what a topic bundles."""

EDITING = frozenset({BondKind.POLL, BondKind.DECISION})
"""What forbids to change title and brief: what is being voted on or was decided stays as it was put."""

WITHDRAWING = frozenset({BondKind.POLL, BondKind.MEETING})
"""What forbids to take a topic back."""

_sources: list[BondSource] = []


class Bound(DomainError):
    """The topic cannot be changed like this any more; the message says what ties it."""


def register(source: BondSource) -> None:
    """Add what a higher room knows about topics."""
    if source not in _sources:
        _sources.append(source)


def bonds_of(session: Session, topic_ids: Collection[int]) -> tuple[Bond, ...]:
    """All ties of these topics. A fixed number of statements."""
    return tuple(bond for source in _sources for bond in source(session, topic_ids))


def require_free(session: Session, topic_ids: Collection[int], kinds: Collection[BondKind]) -> None:
    """Nothing if no tie of these kinds holds one of the topics; raises Bound with the sentences if one does."""
    found = blocking(bonds_of(session, topic_ids), kinds)
    if found:
        raise Bound(" ".join(found))


def blocking(bonds: Iterable[Bond], kinds: Collection[BondKind]) -> tuple[str, ...]:
    """The sentences of the ties of these kinds, each once."""
    return tuple(dict.fromkeys(bond.words for bond in bonds if bond.kind in kinds))
