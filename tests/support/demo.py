"""The demo county in a running application, and people of it to act as."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import event
from sqlmodel import Session, col, select

from app.core import clock
from app.core.config import Settings
from app.core.database import Database, every_tenant
from app.core.permissions import Actor
from app.core.work import Work
from app.factory import create_app
from app.people.actors import actor_of
from app.people.models import Person, Tenant
from tests.support.house_rules import HouseClient
from tests.support.time import moment

DEMO_FILE = Path(__file__).parents[2] / "app" / "dataset" / "files" / "demo.yaml"


@dataclass
class Demo:
    """The application over a fresh copy of the loaded demo county."""

    app: Flask
    database: Database
    tenant_id: int

    @classmethod
    def over(cls, database_url: str, data_dir: Path, tenant_key: str = "kreis-sonderau") -> "Demo":
        """Open the application over a loaded database."""
        settings = Settings(database_url, data_dir)
        database = Database(database_url)
        app = create_app(settings, database)
        app.test_client_class = HouseClient
        with database.read() as session:
            tenant_id = session.exec(select(Tenant.id).where(col(Tenant.key) == tenant_key)).one()
        return cls(app, database, tenant_id or 0)

    def session(self) -> Session:
        """A reading session of the county."""
        return self.database.session(self.database.reading, self.tenant_id)

    def client(self, person_key: str | None = None) -> HouseClient:
        """A browser without JavaScript, signed in as this person."""
        client: HouseClient = self.app.test_client()  # type: ignore[assignment]
        if person_key is not None:
            response = post(client, f"/anmelden/demo/{person_key}", at="/anmelden")
            assert response.status_code == 303
        return client

    def actor(self, person_key: str) -> Actor:
        """The person as policies see them today."""
        with self.session() as session:
            person = session.exec(select(Person).where(col(Person.key) == person_key)).one()
            return actor_of(session, person, self.app.extensions["seats"], moment().astimezone(clock.LOCAL).date())

    def perform(self, person_key: str, action: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Run an action as this person, as the views do."""
        house = self.app.extensions["lueckenlos"]
        actor = self.actor(person_key)

        def job(session: Session) -> Any:
            work = Work(session, actor, moment())
            result = action(work, *args, **kwargs)
            work.finish()
            return result

        return house.writer.run(job, self.tenant_id)

    def index_now(self) -> "Demo":
        """Build the search index, as the indexer beside a server would."""
        self.app.extensions["lueckenlos"].search.rebuild(self.tenant_id)
        return self

    def statements(self, person_key: str, address: str) -> int:
        """How many statements a page costs its reader."""
        client = self.client(person_key)
        client.get(address)
        counted: list[str] = []

        def count(*args: Any) -> None:
            counted.append(args[2])

        event.listen(self.database.reading, "before_cursor_execute", count)
        client.get(address)
        event.remove(self.database.reading, "before_cursor_execute", count)
        return len(counted)

    def everything(self) -> Session:
        """A reading session over all tenants, for tests that count."""
        session = self.database.session(self.database.reading)
        every_tenant(session).__enter__()
        return session


def hidden_fields(html: str) -> dict[str, str]:
    """CSRF token and one-time key of the first form that has them."""
    found = re.findall(r'<input[^>]*name="(csrf_token|once)"[^>]*value="([^"]*)"', html)
    return dict(reversed(found))


def post(client: HouseClient, address: str, data: dict[str, Any] | None = None, *, at: str | None = None) -> Any:
    """Send a form as a browser would: load the page it stands on, then send its hidden fields with `data`."""
    page = client.get(at or address)
    return client.post(address, data={**hidden_fields(page.get_data(as_text=True)), **(data or {})})
