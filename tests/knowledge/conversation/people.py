"""People of the demo county in tests of conversations: who reads what, and doing something as one of them."""

from collections.abc import Callable
from typing import Any

from sqlmodel import col, select

from app.people.models import Person
from app.people.states import Visibility
from knowledge.gaps.models import Gap
from tests.support.demo import Demo

OFFICE, OTHER_OFFICE, CLERK, DEPUTY, NO_SEAT = "p-albers", "p-kaya", "p-brandes", "p-vogt", "p-fricke"
"""Coordination (twice), the Jobcenter's member and deputy, and somebody without a seat."""


def within(demo: Demo, person: str, action: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Do it as this person, in the surroundings of a request."""
    with demo.app.test_request_context():
        return demo.perform(person, action, *args, **kwargs)


def gap_id(demo: Demo, key: str) -> int:
    """The id of a gap."""
    with demo.session() as session:
        return session.exec(select(Gap.id).where(col(Gap.key) == key)).one() or 0


def person_id(demo: Demo, key: str) -> int:
    """The id of a person."""
    with demo.session() as session:
        return session.exec(select(Person.id).where(col(Person.key) == key)).one() or 0


def set_level(demo: Demo, key: str, level: Visibility) -> None:
    """Open or close a gap, as an edit would."""

    def job(session: Any) -> None:
        gap = session.exec(select(Gap).where(col(Gap.key) == key)).one()
        gap.visibility = level
        session.add(gap)

    demo.app.extensions["lueckenlos"].writer.run(job, demo.tenant_id)
