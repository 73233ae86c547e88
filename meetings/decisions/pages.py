"""What the pages of decisions show, put together in a fixed number of statements."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from app.core import clock
from app.core.permissions import Actor
from app.people.models import Organisation, Person
from meetings.agenda.queries import FoundItem
from meetings.agenda.subjects import Subject, of_decisions
from meetings.agreements.models import Obligation
from meetings.bodies.models import Body
from meetings.decisions.proposal import Effect, Particulars, Proposal, effects_of, project_groups, proposal_of
from meetings.decisions.queries import FoundDecision
from meetings.follow_up.models import DecisionTask
from meetings.register.queries import Replacements, replacements_of


@dataclass(frozen=True)
class RecordSheet:
    """The material for recording a decision: the proposal, the project groups, and what an acceptance would move."""

    proposal: Proposal
    groups: list[Body]
    effects: list[Effect]


def record_sheet(session: Session, item: FoundItem, at: datetime) -> RecordSheet:
    """The material for the page on which a decision is recorded. Seventeen statements."""
    proposal = proposal_of(session, item, at)
    things, places = (
        proposal.things.chosen(proposal.ranked_topics()),
        proposal.ranking.places if proposal.ranking else {},
    )
    return RecordSheet(
        proposal,
        project_groups(session, item.body.body_id),
        effects_of(proposal.kind, things, places, Particulars(), clock.today()),
    )


@dataclass(frozen=True)
class DecisionPage:
    """A decision for one reader."""

    found: FoundDecision
    subjects: list[Subject]
    recorded_by: str | None
    links: Replacements


def obliged_organisations(session: Session) -> list[Organisation]:
    """The organisations that agreements oblige or that have a task from a decision, by name. One statement."""
    tasked = select(DecisionTask.organisation_id).where(col(DecisionTask.decision_id).is_not(None))
    obliged = col(Organisation.id).in_(select(Obligation.organisation_id)) | col(Organisation.id).in_(tasked)
    return list(session.exec(select(Organisation).where(obliged).order_by(col(Organisation.name))))


def decision_page(session: Session, actor: Actor, found: FoundDecision) -> DecisionPage:
    """Everything that the page of a decision shows besides its thread. Eleven statements."""
    recorder = select(col(Person.name)).where(col(Person.id) == (found.decision.recorded_by_id or 0))
    return DecisionPage(
        found,
        of_decisions(session, actor, [found.id]).get(found.id, []),
        session.exec(recorder).first(),
        replacements_of(session, found.id),
    )
