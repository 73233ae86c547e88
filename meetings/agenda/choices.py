"""What a planner may choose from: bodies to plan for, speakers, items to hang on, things that an item may be about."""

from sqlmodel import Session, col, select

from app.core.i18n import _
from app.core.permissions import Actor
from app.people.models import Organisation, Person
from knowledge.gaps.models import Topic
from knowledge.gaps.states import TopicState
from knowledge.gaps.visibility import readable_topics
from knowledge.taxonomy.terms import label
from knowledge.trace.queries import load
from knowledge.trace.rules import NodeId
from knowledge.trace.wording import kind_label
from meetings.agenda.models import AgendaItem, AgendaItemSubject, AgendaVote
from meetings.agenda.ordering import LEVELS, entries_of, placed
from meetings.agenda.plan_forms import ItemChoices
from meetings.agenda.policy import may_plan_meeting
from meetings.agenda.queries import FoundItem, FoundMeeting
from meetings.agenda.states import DecisionKind
from meetings.agreements.models import Agreement
from meetings.agreements.policy import may_read_agreement
from meetings.agreements.queries import accesses
from meetings.agreements.states import AgreementState
from meetings.bodies.models import Body, Seat, SeatHolder
from meetings.bodies.queries import access_of, all_bodies

KINDS = ("gap", "topic", "solution", "agreement")
ON_THE_WAY = (AgreementState.DRAFT, AgreementState.CONSULTATION, AgreementState.SUBMITTED, AgreementState.RETURNED)


def bodies_to_plan(session: Session, actor: Actor) -> list[Body]:
    """The bodies for which this person may plan a meeting. One statement."""
    return [body for body in all_bodies(session) if may_plan_meeting(actor, access_of(body))]


def other_bodies(session: Session, meeting: FoundMeeting) -> list[Body]:
    """The bodies that an item may be handed over to. One statement."""
    return [body for body in all_bodies(session) if body.id != meeting.body.body_id]


def subjects_of(session: Session, item_id: int) -> list[tuple[str, int]]:
    """What an item is about, as (kind, id). One statement."""
    statement = select(AgendaItemSubject).where(col(AgendaItemSubject.item_id) == item_id)
    rows = session.exec(statement.order_by(col(AgendaItemSubject.position)))
    return [(kind, getattr(row, f"{kind}_id")) for row in rows for kind in KINDS if getattr(row, f"{kind}_id")]


def vote_of(session: Session, item_id: int) -> AgendaVote | None:
    """How an item is to be voted on. One statement."""
    return session.exec(select(AgendaVote).where(col(AgendaVote.item_id) == item_id)).first()


def item_choices(
    session: Session, actor: Actor, meeting: FoundMeeting, rows: list[AgendaItem], found: FoundItem | None = None
) -> ItemChoices:
    """The lists of an item's form; what the item holds already stays in them. A fixed number of statements."""
    item = found.item if found else None
    held = subjects_of(session, item.id or 0) if item else []
    vote = vote_of(session, item.id or 0) if item else None
    return ItemChoices(
        speakers=_speakers(session, meeting, item.speaker_id if item else None),
        parents=_parents(rows, item),
        numbers=[(row.number, f"{row.number} {row.title}") for row in rows if row.number],
        decision_kinds=sorted(((kind.value, label("decision_kinds", kind)) for kind in DecisionKind), key=_words),
        subjects=open_subjects(session, actor, held),
        method=vote.method if vote else None,
    )


def _words(choice: tuple[str, str]) -> str:
    return choice[1].casefold()


def _speakers(session: Session, meeting: FoundMeeting, present: int | None) -> list[tuple[str, str]]:
    """The people of the body, and who speaks to the item already."""
    seated = (
        select(col(SeatHolder.person_id))
        .join(Seat, col(Seat.id) == col(SeatHolder.seat_id))
        .where(col(Seat.body_id) == meeting.body.body_id)
    )
    statement = (
        select(col(Person.id), col(Person.name), col(Organisation.name))
        .join(Organisation, col(Organisation.id) == col(Person.organisation_id))
        .where(col(Person.id).in_(seated) | (col(Person.id) == present))
        .order_by(col(Person.name))
    )
    return [(str(id_), f"{name} ({organisation})") for id_, name, organisation in session.exec(statement)]


def _parents(rows: list[AgendaItem], item: AgendaItem | None) -> list[tuple[str, str]]:
    """The items that may have one below them; an item itself keeps the place it has."""
    by_id = {row.id: row for row in rows}
    if item is not None:
        parent = by_id.get(item.parent_id)
        return [(str(parent.id), f"{parent.number or ''} {parent.title}".strip())] if parent else []
    places = placed(entries_of(rows))
    fitting = (by_id[place.id] for place in places if place.depth < LEVELS - 1)
    return [(str(row.id), f"{row.number or ''} {row.title}".strip()) for row in fitting]


def open_subjects(session: Session, actor: Actor, held: list[tuple[str, int]]) -> list[tuple[str, str]]:
    """What the item holds, in its order and also where this person may not know its name; then what is open."""
    nodes = load(session, actor, [NodeId(kind, id_) for kind, id_ in held])
    titles = {f"{node.id.kind}:{node.id.id}": f"{node.key} {node.title}" for node in nodes}
    found = {f"topic:{row.id}": f"{row.key} {row.title}" for row in _topics(session, actor)}
    found |= {f"agreement:{row.id}": f"{row.key} {row.title}" for row in _agreements(session, actor)}
    kept = {f"{kind}:{id_}": titles.get(f"{kind}:{id_}") or _hidden_words(kind) for kind, id_ in held}
    return [*kept.items(), *((value, words) for value, words in found.items() if value not in kept)]


def _hidden_words(kind: str) -> str:
    return _("%(kind)s, für Sie nicht einsehbar", kind=kind_label(kind))


def _topics(session: Session, actor: Actor) -> list[Topic]:
    open_ones = col(Topic.state).not_in((TopicState.DRAFT, TopicState.CLOSED)) & col(Topic.merged_into_id).is_(None)
    return list(session.exec(select(Topic).where(open_ones, readable_topics(actor)).order_by(col(Topic.key))))


def _agreements(session: Session, actor: Actor) -> list[Agreement]:
    statement = select(Agreement).where(col(Agreement.state).in_(ON_THE_WAY)).order_by(col(Agreement.key))
    rows = list(session.exec(statement))
    known = accesses(session, rows)
    return [row for row in rows if may_read_agreement(actor, known[row.id or 0])]
