"""The job that makes a folder, and the tidying behind it. The job may be begun again at any time."""

from datetime import datetime
from functools import partial
from typing import Any

from flask import url_for
from flask_babel import force_locale
from sqlmodel import col, select

from app.core import clock, jobs
from app.core.database import every_tenant
from app.core.errors import DomainError
from app.core.i18n import _, lazy
from app.core.jobs import Running
from app.core.stored_files import forget
from app.core.web import House
from app.core.work import Work
from app.people.queries import tenant_keys
from exports.docx.letterhead import HOUSE, Letterhead
from exports.folder import actions, storage
from exports.folder.actions import KIND, Laid
from exports.folder.binder import CannotBind
from exports.folder.making import make
from exports.folder.models import SessionFolder
from exports.folder.paper_document import look_of
from exports.folder.plan import FolderPlan
from meetings.papers.files import folder as attachments

SWEEP_SECONDS = 600


def register() -> None:
    """Tell the jobs and the tidying."""
    jobs.register(KIND, make_folder, lazy("Sitzungsmappe zusammenstellen"), _page)
    jobs.every("folders.sweep", SWEEP_SECONDS, sweep_folders)


def _page(arguments: Any) -> str:
    return url_for("folder.by_number", folder_id=arguments["folder_id"])


def make_folder(running: Running) -> dict[str, Any]:
    """Make both files and lay them down."""
    with force_locale(str(running.arguments.get("language", "de"))):
        return _made(running, int(running.arguments["folder_id"]))


def _made(running: Running, folder_id: int) -> dict[str, Any]:
    plan, look = _plan(running, folder_id)
    if plan is None:
        return {}
    data_dir = running.house.settings.data_dir
    with storage.scratch(data_dir) as scratch:
        try:
            made = make(plan, attachments(data_dir), scratch, running.progress, look)
        except CannotBind as error:
            raise DomainError(
                _("Die Mappe ließ sich nicht binden. Die Unterlagen sind auf der Seite der Sitzung einzeln zu haben.")
            ) from error
        laid = Laid(storage.keep(data_dir, made.pdf), storage.keep(data_dir, made.zip), made.pages, made.left_out)
    if not running.perform(actions.lay_down, folder_id, plan, laid):
        forget(storage.shelves(data_dir), (laid.pdf.stored, laid.zip.stored))
    return {"pages": made.pages, "left_out": made.left_out}


def _plan(running: Running, folder_id: int) -> tuple[FolderPlan | None, Letterhead]:
    with running.house.database.read(running.tenant_id) as session:
        plan = actions.plan_of(session, folder_id, Work(session, running.actor, clock.now()))
        return plan, look_of(session, plan) if plan else HOUSE


def sweep_folders(house: House, now: datetime) -> None:
    """Let go what is due, and delete what a killed worker left lying."""
    with house.database.read() as session:
        counties = tenant_keys(session)
    shelves = storage.shelves(house.settings.data_dir)
    for tenant_id, _key in counties:
        forget(shelves, house.writer.run(partial(actions.forget_due, now=now), tenant_id))
    with house.database.read() as session, every_tenant(session):
        rows = session.exec(select(col(SessionFolder.pdf), col(SessionFolder.zip))).all()
    storage.tidy(house.settings.data_dir, {name for row in rows for name in row if name})
