"""What a thread amounts to in numbers: the cases behind it, as this reader may be told, and what came of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session

from knowledge.gaps.evidence import distinct_strength, strengths
from knowledge.gaps.figures import topic_sentence
from knowledge.gaps.visibility import Reader
from knowledge.trace.rules import Node, NodeId, Thread

TOLD = ("gap", "topic", "decision", "agreement", "measure", "solution")
"""The kinds of which the summary tells how many there are."""


@dataclass(frozen=True)
class Count:
    """How many things of a kind lie before or after the start."""

    kind: str
    number: int


@dataclass(frozen=True)
class Summary:
    """The cases behind the gaps of the thread in words (None where no gap led here), and the counts of both sides."""

    evidence: str | None
    before: tuple[Count, ...]
    after: tuple[Count, ...]


def summary_of(session: Session, reader: Reader, thread: Thread) -> Summary:
    """The summary for this reader. Two statements."""
    gaps = [node for node in (thread.start, *(node.id for node in thread.sources)) if node.kind == "gap"]
    return Summary(_evidence(session, reader, gaps), _counts(thread.sources), _counts(thread.consequences))


def _evidence(session: Session, reader: Reader, gaps: Iterable[NodeId]) -> str | None:
    ids = [gap.id for gap in gaps]
    if not ids:
        return None
    of_gaps = {str(id_): strength.cases for id_, strength in strengths(session, ids).items()}
    return topic_sentence(reader, *distinct_strength(session, ids), of_gaps)


def _counts(nodes: Iterable[Node]) -> tuple[Count, ...]:
    kinds = [node.id.kind for node in nodes]
    return tuple(Count(kind, kinds.count(kind)) for kind in TOLD if kind in kinds)
