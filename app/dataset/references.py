"""What must hold between the parts of a demo file beyond single references: nothing said twice or contradicted."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from app.core.i18n import _
from app.dataset import references_codebook, references_knowledge, references_meetings
from app.dataset.problems import Problem, broken, quoted
from app.dataset.schema_demo import DemoFile


def check(demo: DemoFile, file: Path) -> None:
    """DataFileError for the first contradiction in the file."""
    problem = next(problems(demo), None)
    if problem is not None:
        raise broken(file, problem)


def problems(demo: DemoFile) -> Iterator[Problem]:
    """Everything that contradicts something else, in the order of the file."""
    yield from chain(
        _emails(demo),
        references_knowledge.problems(demo),
        references_meetings.problems(demo),
        references_codebook.problems(demo),
    )


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
