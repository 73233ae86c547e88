"""Rules of minutes: who was there for which seat, and when a typed block may be saved. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.core.errors import DomainError


class StaleRevision(DomainError):
    """Somebody else saved the block in the meantime; what was typed is still in the form."""


@dataclass(frozen=True)
class SeatAtMeeting:
    """A seat at a meeting: whose, of which kind, who holds it, and who sat there (None: empty)."""

    organisation: str
    kind: str
    holder: str
    present: str | None

    @property
    def substitute_for(self) -> str:
        """The holder, if only others sat there; `present` names all who did."""
        return self.holder if self.present is not None and self.holder and self.holder not in self.present else ""


def attended(seats: Iterable[SeatAtMeeting], kind: str) -> tuple[SeatAtMeeting, ...]:
    """The seats of a kind that somebody took."""
    return tuple(seat for seat in seats if seat.kind == kind and seat.present is not None)


def excused(seats: Iterable[SeatAtMeeting]) -> tuple[SeatAtMeeting, ...]:
    """The voting seats that stayed empty."""
    return tuple(seat for seat in seats if seat.kind == "voting" and seat.present is None)


def next_revision(stored: int, seen: int) -> int:
    """The number of the new revision; StaleRevision if the writer saw an older text than is stored (Indico #3410)."""
    if stored != seen:
        raise StaleRevision(
            "Jemand hat diesen Abschnitt inzwischen geändert. Ihr Text steht noch im Feld, "
            "der gespeicherte darunter. Bitte führen Sie beide zusammen und speichern Sie noch einmal."
        )
    return stored + 1
