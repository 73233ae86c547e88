"""Answers that cost much and hold until the county's next act, kept in memory by each process for itself.

Every change of county data is recorded in the audit with it, or refused (`core/work`), so the number at the end of the
county's audit says whether anything can have changed. What is kept must depend on nothing else: no clock, no reader
that the name does not tell.
"""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sqlmodel import Session, select

from app.core.database import SCOPE
from app.core.records import AuditHead

T = TypeVar("T")
MOST = 256
_answers: WeakKeyDictionary[Any, dict[Hashable, Any]] = WeakKeyDictionary()
_lock = Lock()


def until_next_act(session: Session, name: Hashable, answer: Callable[[], T]) -> T:
    """The answer of this name, from before if no act came between. One statement; for sessions that read.

    The answer is shared, nobody may change it.

    The number is read before the answer: an answer that is newer than its number is asked for again too soon, never
    too late.
    """
    last = session.exec(select(AuditHead.seq)).first()
    key = (session.info.get(SCOPE), last, name)
    if last is None or session.info.get("changed"):
        return answer()
    known = _answers_of(session)
    if key not in known:
        found = answer()
        with _lock:
            known[key] = found
            while len(known) > MOST:
                known.pop(next(iter(known)))
        return found
    kept: T = known[key]
    return kept


def _answers_of(session: Session) -> dict[Hashable, Any]:
    with _lock:
        return _answers.setdefault(session.get_bind(), {})
