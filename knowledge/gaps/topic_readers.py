"""Who will read a topic, worked out from its gaps before it is submitted, merged or split."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from app.core.errors import DomainError
from app.core.i18n import _
from knowledge.gaps.models import Gap
from knowledge.gaps.policy import COORDINATION, rises
from knowledge.gaps.states import TopicState
from knowledge.gaps.topics import FoundTopic
from knowledge.gaps.visibility import topic_visibility


class ReadersChange(DomainError):
    """Other people would read a submitted topic; a person has to say that this is meant. `before` and `after` are
    its levels."""

    def __init__(self, before: str, after: str) -> None:
        super().__init__(_("Damit ändert sich, wer das vorgelegte Thema lesen darf. Bitte bestätigen Sie das."))
        self.before, self.after = before, after


@dataclass(frozen=True)
class Readership:
    """How open a topic is once it is submitted, and the gaps that keep others from reading it."""

    level: str
    closed_by: tuple[Gap, ...]


@dataclass(frozen=True)
class Halves:
    """A topic about to be split: which gaps go and stay, the state of the new topic, what changes for readers."""

    going: tuple[Gap, ...]
    staying: tuple[Gap, ...]
    state: TopicState
    starts_anew: bool
    opens_the_old: bool


def refuse_other_readers(found: FoundTopic, gaps: Sequence[Gap], confirmed: str) -> None:
    """ReadersChange if the topic with these gaps has another level than now, and not the one that was confirmed."""
    after = topic_visibility(found.state, [gap.visibility for gap in gaps])
    if after not in (found.visibility, confirmed):
        raise ReadersChange(found.visibility, after)


def readership(gaps: Sequence[Gap]) -> Readership:
    """Of a submitted topic with these gaps; it is as open as the most closed of them."""
    level = topic_visibility(TopicState.SUBMITTED, [gap.visibility for gap in gaps])
    is_narrowed = level == COORDINATION or any(gap.visibility != level for gap in gaps)
    return Readership(level, tuple(gap for gap in gaps if is_narrowed and gap.visibility == level))


def split_of(found: FoundTopic, leaving: Collection[str]) -> Halves:
    """What splitting leads to. The new topic starts as a draft where more people could read it than the old one."""
    going = tuple(gap for gap in found.gaps if gap.key in leaving)
    staying = tuple(gap for gap in found.gaps if gap.key not in leaving)
    new, old = (topic_visibility(found.state, [gap.visibility for gap in half]) for half in (going, staying))
    starts_anew = rises(found.visibility, new)
    state = TopicState.DRAFT if starts_anew else TopicState(found.state)
    return Halves(going, staying, state, starts_anew, rises(found.visibility, old))
