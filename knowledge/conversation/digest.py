"""What a digest is made of. Features add their own section with `register`; here stands only the list of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from app.core.i18n import lazy
from app.core.permissions import Actor
from app.core.web import House


@dataclass(frozen=True)
class DigestLine:
    """One piece of news: a title that the reader may see, the path of its page, and a few words; never content."""

    title: str
    url: str
    detail: str = ""


@dataclass(frozen=True)
class News:
    """Lines of one kind."""

    title: str
    lines: tuple[DigestLine, ...]


Section = Callable[[Session, House, Actor, datetime], Sequence[DigestLine]]
OTHER_NEWS = lazy("Außerdem")
_sections: dict[Section, Any] = {}


def register(section: Section, title: Any = OTHER_NEWS) -> None:
    """Add a feature's news: `section(session, house, actor, since)` gives what this person may see of it."""
    _sections[section] = title


def unregister(section: Section) -> None:
    """Take a section away again."""
    _sections.pop(section, None)


def registered_news(session: Session, house: House, actor: Actor, since: datetime) -> list[News]:
    """The news of all features that have any."""
    found = [(title, tuple(section(session, house, actor, since))) for section, title in _sections.items()]
    return [News(str(title), lines) for title, lines in found if lines]
