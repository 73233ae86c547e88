"""The list of rooms: their blueprints, and what they register with lower rooms."""

from collections.abc import Callable
from datetime import date

from flask import Blueprint
from sqlmodel import Session

from app.core.permissions import SeatHeld
from app.core.web import House
from app.people import about
from app.people import views as people


def blueprints() -> list[Blueprint]:
    """Every feature's pages."""
    return [people.blueprint, about.blueprint]


def register_everything(house: House) -> Callable[[Session, int, date], tuple[SeatHeld, ...]]:
    """Hand what higher rooms know to the registries of lower ones; returns the source of seats."""
    del house
    return lambda session, person_id, today: ()
