"""A topic's text before more people read it: the privacy check, and who answers for what it found (DP-10)."""

from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass

from sqlmodel import Session

from knowledge.privacy import confirming
from knowledge.privacy.rules import Hit


@dataclass(frozen=True)
class TopicText:
    """A topic as typed; `brief` is Markdown after the outline."""

    title: str
    guiding_question: str = ""
    brief: str = ""
    contact_role: str = ""


def hits_in(session: Session, *texts: TopicText) -> tuple[Hit, ...]:
    """What in the texts could point at a person, each passage once."""
    return confirming.hits_in(_words(texts), allowed=confirming.places_for(session))


def require_checked(session: Session, *texts: TopicText, confirmed: bool) -> None:
    """Nothing if the check finds nothing or a person has looked at the hits; raises Unchecked otherwise."""
    if not confirmed:
        confirming.refuse_unconfirmed(_words(texts), (), allowed=confirming.places_for(session))


def _words(texts: Iterable[TopicText]) -> Iterator[str]:
    return (words for text in texts for words in astuple(text))
