"""The list of workshops with their cases, and one case with its timeline."""

from flask import Blueprint, Response
from sqlmodel import Session

from app.core import clock
from app.core.web import page, perform, reading, requires, signed_in
from knowledge.cases import access, actions, policy, queries, wording
from knowledge.cases.access import FoundCase
from knowledge.cases.picture import picture_of, spoken
from knowledge.workshops.queries import readable_workshops

blueprint = Blueprint("cases", __name__, template_folder="templates")


def case_by_key(session: Session, key: str) -> FoundCase | None:
    """The case as it may be read today."""
    return access.case_by_key(session, key, clock.today())


@blueprint.get("/faelle")
@requires(policy.may_list_cases)
def index() -> Response:
    """Workshops and cases, as far as the reader may know of them."""
    actor, session = signed_in(), reading()
    lines = queries.readable_cases(session, actor)
    workshops = readable_workshops(session, actor)
    return page(
        "cases/index.html",
        workshops=[(each, [line for line in lines if line.workshop_id == each.id]) for each in workshops],
        without=[line for line in lines if line.workshop_id not in {each.id for each in workshops}],
    )


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
        month=wording.month_words,
        word=wording.assessment_word,
        symbols=wording.SYMBOLS,
    )
