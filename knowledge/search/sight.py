"""What planning a query must know of an index as one person may read it; each backend says it from its own postings."""

from collections.abc import Sequence
from typing import Protocol


class Sight(Protocol):
    """An index through the eyes of one person. Nothing in it comes from a document that the person may not read."""

    def found(self, term: str) -> int:
        """In how many visible documents the term stands, in whatever field."""
        ...

    def idf(self, term: str) -> float:
        """The rarity of a term; also for one that no visible document has."""
        ...

    def knows(self, folded: str) -> int:
        """In how many visible documents the folded word stands."""
        ...

    def nearest(self, folded: str) -> list[tuple[str, int]]:
        """Up to three (word, edits) that may have been meant, see `spelling.nearest`."""
        ...

    def texts_with(self, folded: str) -> Sequence[str]:
        """Title and beginning of a visible document with the folded word; of nothing if there is none."""
        ...
