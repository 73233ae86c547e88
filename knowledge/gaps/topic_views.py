"""The brief of a topic: what it bundles, how well it is supported, and what came of it."""

from flask import Blueprint, Response, g

from app.core.web import page, reading, requires, signed_in
from knowledge.gaps import figures, policy, topics
from knowledge.gaps.topics import FoundTopic
from knowledge.gaps.visibility import reader
from knowledge.trace.queries import thread_of
from knowledge.trace.rules import NodeId
from knowledge.trace.wording import entries

blueprint = Blueprint("topics", __name__, template_folder="templates")


@blueprint.get("/themen/<key>")
@requires(policy.may_read_topic, load=topics.topic_by_key)
def show(found: FoundTopic, key: str) -> Response:
    """The brief of one topic."""
    del key
    actor, session = signed_in(), reading()
    eyes = reader(actor, g.tenant.min_cell)
    sheet = topics.sheet(session, actor, found)
    thread = thread_of(session, actor, NodeId("topic", found.topic.id or 0))
    of_gaps = {gap.key: sheet.strengths[gap.id or 0].cases for gap in found.gaps}
    return page(
        "topics/show.html",
        topic=found.topic,
        gaps=found.gaps,
        sheet=sheet,
        in_coordination=eyes.in_coordination,
        sentence=figures.topic_sentence(eyes, sheet.cases, sheet.organisations, of_gaps),
        deadline=min((gap.deadline for gap in found.gaps if gap.deadline), default=None),
        sources=entries(thread.sources),
        consequences=entries(thread.consequences),
    )
