"""What readers give: a text or a row that was found, something that was left out, and why a file cannot be read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeGuard


@dataclass(frozen=True)
class Found:
    """One text: its columns, and its place in the file („Zeile 17“ is written as 17)."""

    given: Mapping[str, str]
    place: int = 0


@dataclass(frozen=True)
class Left:
    """Something that was left out, with a code of `wording.PROBLEMS`."""

    place: int
    code: str


NOTES = frozenset({"more_sheets"})
"""Codes that leave no row out: they say something of the whole file."""


def is_note(what: Found | Left) -> TypeGuard[Left]:
    """Whether this is a word about the whole file, and no row."""
    return isinstance(what, Left) and what.code in NOTES


class Unreadable(Exception):
    """The whole file cannot be read; the argument is a code of `wording.PROBLEMS`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
