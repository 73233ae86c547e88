"""The list of cases by state, and one case with its timeline and the next step of whoever reads it."""

from typing import Any

from flask import Response, request, url_for

from app.core.i18n import _
from app.core.web import page, perform, reading, requires, signed_in
from knowledge.cases import (
    actions,
    check_views,
    erasing_views,
    finding_views,
    log_views,
    policy,
    queries,
    station_views,
    wizard_views,
    wording,
)
from knowledge.cases.access import FoundCase
from knowledge.cases.blueprint import blueprint
from knowledge.cases.next_steps import next_steps
from knowledge.cases.picture import picture_of, spoken
from knowledge.cases.queries import CaseLine
from knowledge.cases.states import CaseState
from knowledge.cases.wizard import case_by_key
from knowledge.workshops.queries import readable_workshops

__all__ = ["blueprint", "case_by_key"]

MORE_VIEWS = (wizard_views, station_views, finding_views, check_views, log_views, erasing_views)
"""Modules that hang further routes on the same blueprint."""

SHOWN = (CaseState.DRAFT, CaseState.CHECKED, CaseState.RELEASED, CaseState.CLOSED)


@blueprint.get("/faelle")
@requires(policy.may_list_cases)
def index() -> Response:
    """Workshops and cases, as far as the reader may know of them; `?stand=` shows cases of one state alone."""
    actor, session = signed_in(), reading()
    every = queries.readable_cases(session, actor)
    wanted = request.args.get("stand", "")
    chosen = CaseState(wanted) if wanted in {state.value for state in SHOWN} else None
    lines = [line for line in every if chosen is None or line.case.state == chosen]
    workshops = readable_workshops(session, actor)
    known = {each.id for each in workshops}
    rows = [(each, [line for line in lines if line.workshop_id == each.id]) for each in workshops]
    return page(
        "cases/index.html",
        chosen=chosen,
        tabs=_tabs(every, chosen),
        workshops=[(each, found) for each, found in rows if found or chosen is None],
        without=[line for line in lines if line.workshop_id not in known],
        may_write=bool(policy.may_write_case(actor)),
        sees_log=bool(policy.may_read_case_log(actor)),
        sees_erasures=bool(policy.may_read_erasures(actor)),
        state_words=wording.state_word,
    )


def _tabs(lines: list[CaseLine], chosen: CaseState | None) -> list[dict[str, Any]]:
    counts = {state: sum(line.case.state == state for line in lines) for state in SHOWN}
    everything = {"label": _("Alle"), "url": url_for("cases.index"), "current": chosen is None, "count": len(lines)}
    return [
        everything,
        *(
            {
                "label": wording.state_word(state),
                "url": url_for("cases.index", stand=state.value),
                "current": chosen is state,
                "count": counts[state],
            }
            for state in SHOWN
            if counts[state] or chosen is state
        ),
    ]


@blueprint.get("/faelle/<key>")
@requires(policy.may_read_case, load=case_by_key)
def show(found: FoundCase, key: str) -> Response:
    """One case; that it was opened is written down."""
    del key
    perform(actions.note_reading, found.id)
    actor = signed_in()
    sheet = queries.sheet(reading(), actor, found)
    return page(
        "cases/show.html",
        sheet=sheet,
        timeline=picture_of(sheet),
        numbers=spoken(sheet.numbers),
        open_gaps={entry.gap.id for row in sheet.stations for entry in row.findings if entry.gap},
        sees_giver=sheet.in_case_team,
        sees_municipality=bool(policy.may_read_municipality(actor)),
        sees_log=bool(policy.may_read_case_log(actor)),
        steps=next_steps(actor, found),
        state=wording.state_word(found.case.state, found.submitted),
        days_without=wording.days_without,
        month=wording.month_words,
        word=wording.assessment_word,
        symbols=wording.SYMBOLS,
    )
