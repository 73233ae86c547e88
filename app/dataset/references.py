"""What must hold between the parts of a demo file beyond single references: nothing said twice or contradicted."""

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Protocol

from app.core.i18n import _
from app.dataset import references_knowledge, references_meetings
from app.dataset.problems import Problem, broken, quoted
from app.dataset.schema_demo import DemoFile


class Keyed(Protocol):
    """Anything with a key."""

    @property
    def key(self) -> str: ...


def check(demo: DemoFile, file: Path) -> None:
    """DataFileError for the first contradiction in the file."""
    problem = next(problems(demo), None)
    if problem is not None:
        raise broken(file, problem)


def problems(demo: DemoFile) -> Iterator[Problem]:
    """Everything that contradicts something else, in the order of the file."""
    yield from chain(
        _keys_said_twice(demo), _emails(demo), references_knowledge.problems(demo), references_meetings.problems(demo)
    )


def said_twice(rows: Sequence[Keyed], path: str) -> Iterator[Problem]:
    """Keys that an earlier row of the same list already has."""
    seen: set[str] = set()
    for index, row in enumerate(rows):
        if row.key in seen:
            yield Problem(f"{path}[{index}].key", _("steht der Schlüssel %(key)s zum zweiten Mal", key=quoted(row.key)))
        seen.add(row.key)


def _keys_said_twice(demo: DemoFile) -> Iterator[Problem]:
    lists: dict[str, Sequence[Keyed]] = {
        "municipalities": demo.municipalities,
        "organisations": demo.organisations,
        "people": demo.people,
        "bodies": demo.bodies,
        "workshops": demo.workshops,
        "cases": demo.cases,
        "gaps": demo.gaps,
        "topics": demo.topics,
        "past_solutions": demo.past_solutions,
        "decisions": demo.decisions,
    }
    if demo.agreement:
        lists["agreement.goals"] = demo.agreement.goals
        lists["agreement.measures"] = demo.agreement.measures
    for path, rows in lists.items():
        yield from said_twice(rows, path)


def _emails(demo: DemoFile) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, person in enumerate(demo.people):
        address = person.email.lower()
        path = f"people[{index}].email"
        if address in seen:
            yield Problem(path, _("steht %(email)s zum zweiten Mal", email=quoted(person.email)))
        if demo.meta.fictional and not address.endswith(".example"):
            reason = _(
                "steht %(email)s; erfundene Personen haben eine Adresse, die auf .example endet",
                email=quoted(person.email),
            )
            yield Problem(path, reason)
        seen.add(address)
