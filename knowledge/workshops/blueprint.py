"""The blueprint of all pages of workshops, and how their policies are asked; views hang their routes on it."""

from flask import Blueprint

from app.core.permissions import Actor, Verdict
from knowledge.workshops import policy
from knowledge.workshops.queries import WorkshopSheet

blueprint = Blueprint("workshops", __name__, template_folder="templates")


def may_read(actor: Actor, sheet: WorkshopSheet) -> Verdict:
    """Who may know of the workshop."""
    return policy.may_read_workshop(actor, sheet.access)


def may_plan(actor: Actor, sheet: WorkshopSheet) -> Verdict:
    """Who plans it."""
    return policy.may_plan_workshop(actor, sheet.access)
