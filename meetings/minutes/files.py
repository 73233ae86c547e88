"""The files of signed minutes: who writes them (the exports tell), how they are kept, and how a file is checked."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from sqlmodel import Session

from app.core.work import Work
from meetings.minutes.models import KeptFile
from meetings.minutes.queries import MinutesSheet
from meetings.minutes.states import FilePurpose


@dataclass(frozen=True)
class Written:
    """A file that was written: what it is, its name, its bytes; `decision_id` of an extract."""

    purpose: FilePurpose
    name: str
    content: bytes
    decision_id: int | None = None


Writer = Callable[[Session, MinutesSheet], list[Written]]
_writers: list[Writer] = []


def register_writer(writer: Writer) -> None:
    """Have these files written when minutes are signed."""
    if writer not in _writers:
        _writers.append(writer)


def keep_files(work: Work, sheet: MinutesSheet) -> None:
    """Write every file of the signed minutes and keep its bytes; later changes of the programs do not touch them."""
    for writer in _writers:
        for file in writer(work.session, sheet):
            keep(work, sheet.id or 0, file)


def keep(work: Work, minutes_id: int, file: Written) -> KeptFile:
    """Keep one file with its hash."""
    row = KeptFile(
        minutes_id=minutes_id,
        decision_id=file.decision_id,
        purpose=file.purpose,
        name=file.name,
        sha256=sha256_of(file.content),
        size=len(file.content),
        content=file.content,
        at=work.now,
        by_id=work.actor.person_id,
    )
    work.session.add(row)
    work.session.flush()
    return row


def sha256_of(content: bytes) -> str:
    """The hash by which the register knows a file."""
    return hashlib.sha256(content).hexdigest()
