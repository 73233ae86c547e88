"""Tidying: files that no row knows, for example of an upload that broke off."""

from datetime import datetime

from sqlmodel import col, select

from app.core import jobs
from app.core.database import every_tenant
from app.core.web import House
from meetings.papers import files
from meetings.papers.models import PaperAttachment


def register() -> None:
    """Tell the daily tidying."""
    jobs.daily("papers.sweep", 3, sweep_files)


def sweep_files(house: House, now: datetime) -> None:
    """Delete what lies below the data folder and belongs to no attachment."""
    del now
    with house.database.read() as session, every_tenant(session):
        known = set(session.exec(select(col(PaperAttachment.stored))))
    files.sweep(house.settings.data_dir, known)
