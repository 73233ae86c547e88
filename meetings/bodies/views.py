"""A body as a page."""

from flask import Blueprint, Response

from app.core import clock
from app.core.web import page, reading, requires, signed_in
from knowledge.gaps.visibility import readable_topics
from meetings.agenda import queries as agenda
from meetings.agenda.policy import may_plan_meeting
from meetings.bodies import policy, queries
from meetings.bodies.queries import FoundBody
from meetings.bodies.wording import kind_words, point_words, rules_in_words, seat_words
from meetings.decisions.queries import of_body

blueprint = Blueprint("bodies", __name__, template_folder="templates")

NEWEST = 5


@blueprint.get("/gremien/<key>")
@requires(policy.may_read_body, load=queries.body_by_key)
def show(found: FoundBody, key: str) -> Response:
    """Purpose, seats, rules of procedure, mandate, meetings and decisions."""
    del key
    session, actor, body = reading(), signed_in(), found.body
    return page(
        "bodies/show.html",
        body=body,
        kind=kind_words(body.kind),
        people=queries.leading_people(session, body),
        seats=queries.seat_rows(session, found.body_id, clock.today()),
        seat_words=seat_words,
        rules=rules_in_words(queries.rules_of(session, [body])[found.body_id]),
        mandate=queries.mandate_of(session, found.body_id),
        point_words=point_words,
        topics=queries.topics_given_to(session, found.body_id, readable_topics(actor)),
        neighbours=queries.neighbours(session, body),
        meetings=agenda.readable_meetings(session, actor, found.body_id),
        decisions=of_body(session, actor, found.body_id, NEWEST),
        edits=bool(policy.may_edit_body(actor, found)),
        plans=bool(may_plan_meeting(actor, found)),
    )
