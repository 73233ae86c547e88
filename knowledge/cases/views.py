"""The list of workshops with their cases, and one case with its timeline."""

from flask import Blueprint, Response
from sqlmodel import Session

from app.core import clock
from app.core.web import page, perform, reading, requires, signed_in
from knowledge.cases import access, actions, policy, queries
from knowledge.cases.access import FoundCase
from knowledge.cases.picture import picture_of
from knowledge.trace.queries import thread_of
from knowledge.trace.rules import NodeId
from knowledge.trace.wording import entries
from knowledge.workshops.queries import shelves

blueprint = Blueprint("cases", __name__, template_folder="templates")


def case_by_key(session: Session, key: str) -> FoundCase | None:
    """The case as it may be read today."""
    return access.case_by_key(session, key, clock.today())


@blueprint.get("/faelle")
@requires(policy.may_list_cases)
def index() -> Response:
    """Workshops and cases, as far as the reader may know of them."""
    actor, session = signed_in(), reading()
    cases = access.readable_cases(session, actor, clock.today())
    return page(
        "cases/index.html",
        shelves=shelves(session, actor, cases),
        cases=cases,
        own=[found for found in cases if found.giver_id == actor.person_id],
        numbers=queries.numbers_over(session, [found.id for found in cases]),
    )


@blueprint.get("/faelle/<key>")
@requires(policy.may_read_case, load=case_by_key)
def show(found: FoundCase, key: str) -> Response:
    """One case; that it was opened is written down."""
    del key
    perform(actions.note_reading, found.id)
    actor, session = signed_in(), reading()
    sheet = queries.sheet(session, actor, found)
    thread = thread_of(session, actor, NodeId("case", found.id))
    return page(
        "cases/show.html",
        sheet=sheet,
        found=found,
        timeline=picture_of(sheet),
        sources=entries(thread.sources),
        consequences=entries(thread.consequences),
    )
