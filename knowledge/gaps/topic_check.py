"""A topic's text before more people read it: the privacy check, and who answers for what it found (DP-10)."""

from dataclasses import astuple, dataclass

from app.core.errors import InvalidInput
from app.core.i18n import _
from knowledge.privacy.rules import Hit, check


@dataclass(frozen=True)
class TopicText:
    """A topic as typed; `brief` is Markdown after the outline."""

    title: str
    guiding_question: str = ""
    brief: str = ""
    contact_role: str = ""


class Unchecked(InvalidInput):
    """The text may point at a person, and nobody has confirmed that it does not."""

    def __init__(self, hits: tuple[Hit, ...]) -> None:
        super().__init__(_("Der Text könnte jemanden erkennen lassen. Bitte prüfen Sie die Hinweise."))
        self.hits = hits


def hits_in(*texts: TopicText) -> tuple[Hit, ...]:
    """What in the texts could point at a person, each passage once."""
    found = check("\n\n".join(words for text in texts for words in astuple(text)))
    return tuple({hit.key: hit for hit in found}.values())


def require_checked(*texts: TopicText, confirmed: bool) -> None:
    """Nothing if the check finds nothing or a person has looked at the hits; raises Unchecked otherwise."""
    hits = hits_in(*texts)
    if hits and not confirmed:
        raise Unchecked(hits)
