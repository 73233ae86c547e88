"""What the author of a paper may choose from."""

from sqlmodel import Session, col, select

from app.core.permissions import Actor
from app.people.models import Organisation, Person
from knowledge.gaps.models import Gap
from knowledge.gaps.visibility import readable_gaps
from knowledge.trace.queries import load
from knowledge.trace.rules import Node, NodeId
from meetings.agenda.choices import open_subjects
from meetings.bodies.queries import all_bodies
from meetings.papers.actions import KINDS
from meetings.papers.forms import PaperForm
from meetings.papers.models import Paper, PaperSubject

MOST_GAPS = 200


def subjects_of(session: Session, paper_id: int) -> list[tuple[str, int]]:
    """What a paper is about, as (kind, id). One statement."""
    statement = select(PaperSubject).where(col(PaperSubject.paper_id) == paper_id)
    rows = session.exec(statement.order_by(col(PaperSubject.position)))
    return [(kind, getattr(row, f"{kind}_id")) for row in rows for kind in KINDS if getattr(row, f"{kind}_id")]


def subject_nodes(session: Session, actor: Actor, paper_id: int) -> list[Node]:
    """What a paper is about, as far as the reader may know of it. A fixed number of statements."""
    return load(session, actor, [NodeId(kind, id_) for kind, id_ in subjects_of(session, paper_id)])


def offered(session: Session, actor: Actor, form: PaperForm, paper: Paper | None = None) -> PaperForm:
    """The form with its lists; what the paper holds already stays in them. A fixed number of statements."""
    originator = paper.originator_id if paper else actor.organisation_id
    people = (
        select(col(Person.id), col(Person.name), col(Organisation.name))
        .join(Organisation, col(Organisation.id) == col(Person.organisation_id))
        .where((col(Person.organisation_id) == originator) | (col(Person.id) == (paper.lead_id if paper else None)))
        .order_by(col(Person.name))
    )
    leads = [(str(id_), f"{name} ({organisation})") for id_, name, organisation in session.exec(people)]
    held = subjects_of(session, paper.id or 0) if paper else []
    bodies = [(str(body.id), body.name) for body in all_bodies(session)]
    return form.offer(leads, _subjects(session, actor, held), bodies)


def _subjects(session: Session, actor: Actor, held: list[tuple[str, int]]) -> list[tuple[str, str]]:
    found = dict(open_subjects(session, actor, held))
    gaps = select(Gap).where(readable_gaps(actor)).order_by(col(Gap.key).desc()).limit(MOST_GAPS)
    for gap in session.exec(gaps):
        found.setdefault(f"gap:{gap.id}", f"{gap.key} {gap.title}")
    return list(found.items())
