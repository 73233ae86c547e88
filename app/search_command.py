"""Search from the command line: as one person, with that person's rights, without a server."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from flask import Flask
from sqlmodel import col, select

from app.core.clock import today
from app.core.config import Settings
from app.core.database import SCOPE, Database, every_tenant
from app.core.permissions import Actor
from app.core.web import House
from app.factory import create_app
from app.people.actors import actor_of
from app.people.models import Person
from app.people.rules import normal_email
from knowledge.search.backend import Results
from knowledge.search.documents import Kind
from knowledge.search.service import SearchService

PATIENCE = 60.0
"""Seconds that a command waits for the indexer beside the server."""


class BadQuestion(Exception):
    """Nobody has this address, or there is no such kind; the message is a sentence."""


@dataclass(frozen=True)
class Answer:
    """One query with what was found."""

    query: str
    results: Results

    def as_json(self) -> str:
        """One line of JSON: the query, the total, the hits with id, title, kind and score."""
        hits = [
            {"id": hit.key, "title": hit.title, "kind": hit.kind.value, "score": round(hit.score, 6)}
            for hit in self.results.hits
        ]
        found = {"query": self.query, "total": self.results.total, "hits": hits}
        return json.dumps(found, ensure_ascii=False)

    def as_text(self) -> str:
        """The hits as lines for people."""
        lines = [f"{hit.score:8.3f}  {hit.kind.value:10}  {hit.key:12}  {hit.title}" for hit in self.results.hits]
        return "\n".join([f"{self.query}: {self.results.total}", *lines])


@contextmanager
def opened(settings: Settings) -> Iterator[Flask]:
    """An application over these settings for the time of a command; its connections are closed afterwards."""
    app = create_app(settings)
    try:
        yield app
    finally:
        app.extensions["lueckenlos"].database.dispose()


@contextmanager
def service_of(settings: Settings) -> Iterator[SearchService]:
    """The search service over these settings, for the time of a command."""
    with opened(settings) as app:
        yield app.extensions["lueckenlos"].search


def answers(
    settings: Settings, queries: Iterable[str], email: str, kinds: Iterable[str], limit: int
) -> Iterator[Answer]:
    """One answer per query. BadQuestion for an unknown person or kind."""
    with opened(settings) as app:
        house: House = app.extensions["lueckenlos"]
        actor = _person(house.database, email, app.extensions["seats"])
        wanted = _kinds(kinds)
        house.search.catch_up(actor.tenant_id)
        for query in queries:
            yield Answer(query, house.search.find(actor, query, wanted, limit) or Results())


def rebuild_all(settings: Settings, tell: Callable[[str], None]) -> Iterator[str]:
    """Build every tenant's index anew; a line for each, and its progress through `tell`."""
    with service_of(settings) as service:
        for tenant_id in service.tenants():
            done = service.rebuild(tenant_id, partial(_tell_progress, tell, tenant_id), PATIENCE)
            yield f"tenant {tenant_id}: {'rebuilt' if done else 'another indexer is at work'}"


def _tell_progress(tell: Callable[[str], None], tenant_id: int, doing: str, number: int) -> None:
    tell(f"tenant {tenant_id}: {doing}, {number}")


def verify_all(settings: Settings) -> Iterator[tuple[str, bool]]:
    """Compare every tenant's index with the database: lines, each with whether it is good news."""
    with service_of(settings) as service:
        for tenant_id in service.tenants():
            found = service.verify(tenant_id, PATIENCE)
            if found is None:
                yield f"tenant {tenant_id}: another indexer is at work", False
                continue
            yield from ((f"tenant {tenant_id}: {line}", False) for line in found.lines())
            state = "index and database agree" if found.agrees else "index and database differ"
            yield f"tenant {tenant_id}: {state}, {found.documents} documents, {found.waiting} waiting", found.agrees


def _person(database: Database, email: str, seats: object) -> Actor:
    with database.read() as session, every_tenant(session):
        person = session.exec(select(Person).where(col(Person.email) == normal_email(email))).first()
        if person is None:
            raise BadQuestion(f"Nobody here has the address {email}.")
        session.info[SCOPE] = person.tenant_id
        return actor_of(session, person, seats, today())  # type: ignore[arg-type]


def _kinds(names: Iterable[str]) -> list[Kind]:
    known = {kind.value for kind in Kind}
    for name in names:
        if name not in known:
            raise BadQuestion(f"{name} is not a kind; there are {', '.join(sorted(known))}.")
    return [Kind(name) for name in names]
