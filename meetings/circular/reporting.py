"""What ended in writing is told to the next meeting: which meeting that was, and what its minutes say of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session, col, select

from app.core.i18n import _
from meetings.circular.models import Circular
from meetings.circular.states import CircularState
from meetings.circular.wording import result_words

ENDED = (CircularState.CLOSED, CircularState.STOPPED)
SOURCE = "circulars"
"""The name of the source of suggestions; an item taken from there remembers „circulars:<key>“."""


@dataclass(frozen=True)
class Reported:
    """A circular as the minutes tell of it."""

    key: str
    text: str


def suggestion_of(key: str) -> str:
    """What an item remembers that was put on the agenda for this circular."""
    return f"{SOURCE}:{key}"


def report_to(session: Session, meeting_id: int, body_id: int) -> None:
    """Note that this meeting, which is over, was told of every circular of its body that had ended. One statement."""
    statement = select(Circular).where(
        col(Circular.body_id) == body_id,
        col(Circular.state).in_(ENDED),
        col(Circular.reported_meeting_id).is_(None),
    )
    for circular in session.exec(statement):
        circular.reported_meeting_id = meeting_id
        session.add(circular)


def reported_in(session: Session, meeting_id: int) -> tuple[Reported, ...]:
    """The circulars that a meeting was told of, in their order. One statement."""
    statement = select(Circular).where(col(Circular.reported_meeting_id) == meeting_id).order_by(col(Circular.id))
    return tuple(_reported(session.exec(statement)))


def _reported(circulars: Iterable[Circular]) -> Iterable[Reported]:
    for each in circulars:
        yield Reported(
            each.key,
            _(
                "Umlaufbeschluss %(key)s, „%(title)s“: „%(motion)s“ %(result)s",
                key=each.key,
                title=each.title,
                motion=each.text,
                result=result_words(each),
            ),
        )
