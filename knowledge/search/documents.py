"""What can be found: the search document and its kinds, and the two changes that an index accepts.

A document carries plain text and the audience that may read it. Case text is never a document,
so no kind exists for it. How documents are made is the business of the features that own them.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """The kinds of things that search finds."""

    GAP = "gap"
    TOPIC = "topic"
    SOLUTION = "solution"
    DECISION = "decision"
    AGREEMENT = "agreement"
    MEETING = "meeting"
    DOCUMENT = "document"
    PAPER = "paper"


@dataclass(frozen=True)
class SearchDocument:
    """One findable thing. `body` is plain text, `updated` is aware; nobody finds a document with an empty audience.

    `audience` holds tokens as made in `audience`; `facets` maps a name to keys of the taxonomy. `labels` are what
    some of these keys are called: found like words of the text, with less weight, and never shown as such.
    """

    kind: Kind
    key: str
    title: str
    body: str
    url: str
    audience: frozenset[str]
    updated: datetime
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    labels: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what would be stored wrongly without a word: an unknown kind, a time without zone, a wrong facet."""
        Kind(self.kind)
        if self.updated.tzinfo is None:
            raise ValueError(f"{self.kind} {self.key}: `updated` needs a time zone")
        if isinstance(self.audience, str) or any(isinstance(values, str) for values in self.facets.values()):
            raise TypeError(f"{self.kind} {self.key}: audience and facets are collections of strings")
        if "kind" in self.facets:
            raise ValueError(f"{self.kind} {self.key}: the facet `kind` is made from the document's kind")


def version(document: SearchDocument) -> str:
    """A short name for exactly this state of a document: all of its fields, whatever the order of sets."""
    facets = {name: sorted(values) for name, values in document.facets.items() if values}
    parts = [document.kind, document.key, document.title, document.body, document.url, sorted(document.audience)]
    whole = json.dumps(
        [*parts, document.updated.timestamp(), facets, sorted(document.labels)], ensure_ascii=False, sort_keys=True
    )
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True)
class Put:
    """Store this state of the document, whatever was stored before."""

    document: SearchDocument


@dataclass(frozen=True)
class Remove:
    """Forget the document, if it is there."""

    kind: Kind
    key: str


Change = Put | Remove
