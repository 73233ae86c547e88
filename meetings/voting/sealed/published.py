"""The published papers of a counted secret poll, as its result page shows them."""

from dataclasses import dataclass

from sqlmodel import Session

from meetings.voting.queries import FoundPoll
from meetings.voting.sealed.codes import grouped
from meetings.voting.sealed.urns import papers_of
from meetings.voting.sealed.wording import paper_words


@dataclass(frozen=True)
class Line:
    """One ballot: its control code as people read it, and what stands on it in words."""

    code: str
    words: str


@dataclass(frozen=True)
class Papers:
    """The ballots in the order of their codes."""

    lines: tuple[Line, ...]


def papers(session: Session, found: FoundPoll) -> Papers:
    """What a counted poll published; nothing while it runs. One statement."""
    if found.is_open or not found.poll.tally:
        return Papers(())
    rule = found.ruled
    return Papers(
        tuple(Line(grouped(code), paper_words(rule, answer)) for code, answer in papers_of(session, found.id))
    )
