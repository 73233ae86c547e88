"""One workshop: when, where, with whom, and which cases."""

from flask import Blueprint, Response

from app.core.permissions import Actor, Verdict
from app.core.web import page, reading, requires, signed_in
from knowledge.cases.queries import readable_cases
from knowledge.workshops import policy, queries
from knowledge.workshops.queries import WorkshopSheet

blueprint = Blueprint("workshops", __name__, template_folder="templates")


def may_read(actor: Actor, sheet: WorkshopSheet) -> Verdict:
    """The policy over a loaded sheet."""
    return policy.may_read_workshop(actor, sheet.access)


@blueprint.get("/workshops/<key>")
@requires(may_read, load=queries.sheet_by_key)
def show(sheet: WorkshopSheet, key: str) -> Response:
    """The workshop; the grid of attendance only for those who plan it."""
    del key
    actor = signed_in()
    mine = [line for line in readable_cases(reading(), actor) if line.workshop_id == sheet.workshop.id]
    return page(
        "workshops/show.html",
        sheet=sheet,
        cases=mine,
        sees_attendance=bool(policy.may_see_attendance(actor, sheet.access)),
    )
