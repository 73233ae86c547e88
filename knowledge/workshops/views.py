"""The list of workshops, and one workshop: when, where, with whom, which cases, who was invited."""

from flask import Response, request, url_for

from app.core import clock
from app.core.i18n import lazy
from app.core.web import house, page, reading, requires, signed_in
from app.ui.shell import has_room
from knowledge.cases.queries import readable_cases
from knowledge.workshops import inviting, inviting_views, paper_views, plan_views, policy, queries
from knowledge.workshops.blueprint import blueprint, may_plan, may_read
from knowledge.workshops.forms import FORMATS
from knowledge.workshops.listing import ALL, CHOICES, COMING, OFF, PAST, listing
from knowledge.workshops.models import Workshop
from knowledge.workshops.queries import WorkshopSheet
from knowledge.workshops.rules import Post, may_change_plan
from knowledge.workshops.states import WorkshopState
from knowledge.workshops.wording import MAILS, METHODS, STATES

__all__ = ["blueprint"]

MORE_VIEWS = (plan_views, inviting_views, paper_views)
"""Modules that hang further routes on the same blueprint."""

TABS = {COMING: lazy("Kommende"), PAST: lazy("Vergangene"), OFF: lazy("Abgesagte"), ALL: lazy("Alle")}

NEIGHBOURS = {
    "live_room.show": (lazy("Zum Raum"), (WorkshopState.PLANNED, WorkshopState.RUNNING, WorkshopState.PAUSED)),
}
"""Pages of other rooms about the same workshop, by their endpoint, and in which states they are offered."""


def neighbours(workshop: Workshop) -> list[tuple[str, str]]:
    """Words and address of the pages of other rooms that the house has."""
    return [
        (str(words), url_for(endpoint, key=workshop.key))
        for endpoint, (words, states) in NEIGHBOURS.items()
        if workshop.state in states and has_room(endpoint)
    ]


@blueprint.get("/workshops")
@requires(policy.may_list_workshops)
def index() -> Response:
    """The workshops that this person may know of."""
    actor, asked = signed_in(), request.args
    found = listing(reading(), actor, clock.today(), asked.get("zeit", ""), asked.get("seite", 1, int) % 2**31)
    tabs = [
        {
            "label": str(TABS[each]),
            "url": url_for("workshops.index", zeit=each),
            "current": each == found.chosen,
            "count": found.counts.get(each, 0),
        }
        for each in CHOICES
    ]
    return page(
        "workshops/index.html",
        found=found,
        tabs=tabs,
        states=STATES,
        formats=FORMATS,
        may_plan=bool(policy.may_plan_workshops(actor)),
        page_url=lambda number: url_for("workshops.index", zeit=found.chosen, seite=number),
    )


@blueprint.get("/workshops/<key>")
@requires(may_read, load=queries.sheet_by_key)
def show(sheet: WorkshopSheet, key: str) -> Response:
    """The workshop; the grid of attendance only for those who plan it."""
    del key
    actor, session = signed_in(), reading()
    mine = [line for line in readable_cases(session, actor) if line.workshop_id == sheet.workshop.id]
    plans = bool(may_plan(actor, sheet))
    return page(
        "workshops/show.html",
        sheet=sheet,
        cases=mine,
        sees_attendance=bool(policy.may_see_attendance(actor, sheet.access)),
        plans=plans,
        changeable=plans and bool(may_change_plan(sheet.workshop.state)),
        post=inviting.post_due(session, sheet.workshop) if plans else Post(),
        log=inviting.log_of(session, sheet.workshop) if plans else [],
        goes_out=bool(house().settings.smtp_url),
        states=STATES,
        formats=FORMATS,
        methods=METHODS,
        neighbours=neighbours(sheet.workshop),
        mails=MAILS,
    )
