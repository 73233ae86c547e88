"""`lueckenlos tally`: count published or foreign ballot files, with no database and no county."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from meetings.voting.methods.counting import Wish, count
from meetings.voting.methods.files import read
from meetings.voting.methods.outcome import Counted, TooManyTies, plain
from meetings.voting.methods.profile import BadProfile


class CannotCount(Exception):
    """A file cannot be counted; the message names it and says why."""


@dataclass(frozen=True)
class Tally:
    """A file with its result."""

    file: Path
    counted: Counted
    sha256: str

    def as_text(self) -> str:
        """The result as lines for people."""
        counted = self.counted
        lines = [f"{self.file.name}: {counted.method}", f"  winners  {', '.join(counted.winners) or '–'}"]
        if len(counted.outcomes) > 1:
            lines.append(f"  tied     {len(counted.outcomes)} outcomes")
        if counted.accepted is not None:
            lines.append(f"  accepted {'yes' if counted.accepted else 'no'}")
        lines += [f"  {plain(score)!s:>8} {option}" for option, score in counted.scores.items()]
        return "\n".join([*lines, f"  sha256   {self.sha256}"])


def tally(
    files: Iterable[Path], method: str, seats: int | None, budget: str | None, completion: str
) -> Iterator[Tally]:
    """Count one file after another."""
    for file in files:
        yield _tally(file, method, seats, budget, completion)


def _tally(file: Path, method: str, seats: int | None, budget: str | None, completion: str) -> Tally:
    try:
        content = file.read_bytes()
        profile = read(content.decode("utf-8"), file.suffix.lower())
        wish = Wish(seats, Fraction(budget) if budget else None, completion)
        return Tally(file, count(profile, method, wish), hashlib.sha256(content).hexdigest())
    except (BadProfile, TooManyTies) as error:
        raise CannotCount(f"{file}: {error}") from None
    except UnicodeDecodeError:
        raise CannotCount(f"{file}: this is no text in UTF-8.") from None
    except OSError as error:
        raise CannotCount(f"{file}: {error.strerror}.") from None
