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


def hits_in(text: TopicText) -> tuple[Hit, ...]:
    """What in the text could point at a person, each passage once."""
    found = check("\n\n".join(astuple(text)))
    return tuple({hit.key: hit for hit in found}.values())


def require_checked(text: TopicText, *, confirmed: bool) -> None:
    """Nothing if the check finds nothing or a person has looked at the hits; raises Unchecked otherwise."""
    if not confirmed and hits_in(text):
        raise Unchecked(_("Der Text könnte jemanden erkennen lassen. Bitte prüfen Sie die Hinweise."))
