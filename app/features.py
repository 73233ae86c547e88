"""The list of rooms: their blueprints, and what they register with lower rooms."""

from collections.abc import Callable
from datetime import date

from flask import Blueprint
from sqlmodel import Session

from app.core.permissions import SeatHeld
from app.core.web import House
from app.people import about
from app.people import views as people
from exports import views as exports
from knowledge.cases import views as cases
from knowledge.search import views as search
from knowledge.workshops import views as workshops
from meetings.agreements import search as agreements_search
from meetings.agreements import trace as agreements_trace
from meetings.agreements import views as agreements
from meetings.minutes import views as minutes


def blueprints() -> list[Blueprint]:
    """Every feature's pages."""
    return [
        people.blueprint,
        about.blueprint,
        search.blueprint,
        cases.blueprint,
        workshops.blueprint,
        minutes.blueprint,
        agreements.blueprint,
        exports.blueprint,
    ]


def register_everything(house: House) -> Callable[[Session, int, date], tuple[SeatHeld, ...]]:
    """Hand what higher rooms know to the registries of lower ones; returns the source of seats."""
    del house
    agreements_trace.register()
    agreements_search.register()
    return lambda session, person_id, today: ()
