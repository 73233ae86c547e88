"""`lueckenlos load`: schema and data in one transaction, so that a broken file leaves even an empty database empty."""

from pathlib import Path

from alembic import command
from sqlmodel import Session

from app.core.config import Settings
from app.core.database import SCOPE, Database
from app.core.i18n import _, lazy
from app.dataset.building import LoadReport
from app.dataset.loading import load_file
from app.schema import configuration, migrating
from app.search_command import service_of

COUNTED = {
    "municipality": lazy("Kommunen"),
    "organisation": lazy("Organisationen"),
    "person": lazy("Personen"),
    "body": lazy("Gremien"),
    "workshop": lazy("Workshops"),
    "case": lazy("Fälle"),
    "station": lazy("Stationen"),
    "finding": lazy("Befunde"),
    "gap": lazy("Fehlstellen"),
    "topic": lazy("Themen"),
    "solution": lazy("Lösungen"),
    "meeting": lazy("Sitzungen"),
    "agenda_item": lazy("Tagesordnungspunkte"),
    "decision": lazy("Beschlüsse"),
    "agreement": lazy("Zielvereinbarungen"),
    "measure": lazy("Maßnahmen"),
    "programme_block": lazy("Bausteine"),
    "tenant_fact": lazy("weitere Angaben"),
}


def load_into(settings: Settings, file: Path, profile: str | None) -> list[str]:
    """Load the file and return the lines of the report. DataFileError leaves the database as it was."""
    database = Database(settings.database_url)
    try:
        with migrating(database) as connection:
            command.upgrade(configuration(connection), "head")
            with Session(connection, expire_on_commit=False, join_transaction_mode="create_savepoint") as session:
                report = load_file(session, file, profile)
                session.commit()
                tenant_id = session.info[SCOPE]
    finally:
        database.dispose()
    with service_of(settings) as service:
        service.rebuild(tenant_id)
    return lines(report)


def lines(report: LoadReport) -> list[str]:
    """The report in words; the first line names the tenant."""
    counted = [f"{report.counts[table]:6d}  {label}" for table, label in COUNTED.items() if report.counts.get(table)]
    return [_("%(tenant)s ist geladen:", tenant=report.tenant_key), *counted]
