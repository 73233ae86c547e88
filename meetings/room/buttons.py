"""The buttons of the attendance list as values: somebody comes, a seat becomes empty, everyone is there."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Coming:
    """A person takes a seat."""

    seat_id: int
    person_id: int

    @property
    def anchor(self) -> str:
        """Where on the page it happened."""
        return f"seat-{self.seat_id}"


@dataclass(frozen=True)
class Going:
    """A seat becomes empty."""

    seat_id: int

    @property
    def anchor(self) -> str:
        """Where on the page it happened."""
        return f"seat-{self.seat_id}"


@dataclass(frozen=True)
class Everyone:
    """All who hold an empty voting seat are there."""

    anchor: str = "inhalt"


Button = Coming | Going | Everyone
