"""`lueckenlos tally`: count published or foreign ballot files, with no database and no county."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from meetings.voting.methods.checking import method_of, require_method, require_sound
from meetings.voting.methods.counting import METHODS, Wish, count
from meetings.voting.methods.files import read
from meetings.voting.methods.outcome import Counted, TooManyTies, plain
from meetings.voting.methods.profile import BadProfile, Profile

SHARING = ("equal_shares", "phragmen", "greedy")
"""Methods that share out a capacity."""


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


@dataclass(frozen=True)
class Asked:
    """How to count: what is not said is read from the file's own rule. `despite`: by a method that it was not for."""

    method: str | None = None
    seats: int | None = None
    budget: str | None = None
    completion: str | None = None
    despite: bool = False


def tally(files: Iterable[Path], asked: Asked) -> Iterator[Tally]:
    """Count one file after another."""
    for file in files:
        yield _tally(file, asked)


def _tally(file: Path, asked: Asked) -> Tally:
    try:
        content = file.read_bytes()
        profile = read(content.decode("utf-8"), file.suffix.lower())
        method = _method(profile, asked)
        return Tally(file, count(profile, method, _wish(profile, asked)), hashlib.sha256(content).hexdigest())
    except (BadProfile, TooManyTies) as error:
        raise CannotCount(f"{file}: {error}") from None
    except UnicodeDecodeError:
        raise CannotCount(f"{file}: this is no text in UTF-8.") from None
    except OSError as error:
        raise CannotCount(f"{file}: {error.strerror}.") from None


def _method(profile: Profile, asked: Asked) -> str:
    """The method asked for, else the one that the file names; BadProfile where the file does not hold together."""
    require_sound(profile)
    method = asked.method or method_of(profile)
    if not method:
        raise BadProfile("The file does not name a method; say --method.")
    if method not in METHODS:
        raise BadProfile(f"There is no method {method!r}.")
    if not asked.despite:
        require_method(profile, method)
    return method


def _wish(profile: Profile, asked: Asked) -> Wish:
    """What is shared out: as asked, else as the file's rule says."""
    rule = profile.rule or {}
    shares = method_of(profile) in SHARING
    seats, capacity = asked.seats, rule.get("capacity")
    if seats is None and asked.budget is None and shares and not rule.get("budget") and isinstance(capacity, int):
        seats = capacity
    completion = asked.completion or (str(rule.get("completion") or "none") if shares else "none")
    return Wish(seats, Fraction(asked.budget) if asked.budget else None, completion)
