"""The process beside the server: it indexes, runs background jobs and does the periodic work, until the server goes."""

from app.core import jobs_queue
from app.core.config import Settings
from app.core.web import House
from app.factory import create_app
from knowledge.search.watch import watch


def work(settings: Settings, parent: int | None = None) -> None:
    """Work until the process `parent` has gone; without one, for ever."""
    house: House = create_app(settings).extensions["lueckenlos"]
    with jobs_queue.Worker(house):
        watch(house.search, parent=parent)
