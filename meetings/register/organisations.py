"""Organisations: their seats for everyone, what they have taken on and have still to do for those who may see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, func, select

from app.core import clock
from app.core.permissions import Actor
from app.people.models import Organisation, Person
from meetings.agreements.models import Agreement, Measure, Obligation, OrgConsent
from meetings.agreements.policy import CONSENTABLE, may_read_agreement
from meetings.agreements.queries import accesses
from meetings.agreements.states import ConsentState, MeasureState
from meetings.bodies.models import Body, Seat, SeatHolder
from meetings.bodies.queries import Holder, valid_on
from meetings.bodies.states import SeatKind
from meetings.follow_up.models import DecisionTask
from meetings.follow_up.queries import FoundTask, found_tasks
from meetings.follow_up.queries import readable as readable_tasks
from meetings.follow_up.rules import LISTED
from meetings.papers.models import Paper
from meetings.papers.policy import may_read_paper
from meetings.papers.queries import FoundPaper, found_papers
from meetings.register.policy import may_see_duties

MOST_PAPERS = 10
_GOING = (MeasureState.PLANNED, MeasureState.RUNNING, MeasureState.AT_RISK)


@dataclass(frozen=True)
class OrganisationLine:
    """An organisation of the list, and how many seats it has."""

    organisation: Organisation
    seats: int


def organisations(session: Session, day: date) -> list[OrganisationLine]:
    """Every organisation with its seats of the day, by name. One statement."""
    statement = (
        select(Organisation, func.count(col(Seat.id)))
        .outerjoin(Seat, (col(Seat.organisation_id) == col(Organisation.id)) & valid_on(Seat, day))
        .group_by(col(Organisation.id))
        .order_by(col(Organisation.name))
    )
    return [OrganisationLine(organisation, seats) for organisation, seats in session.exec(statement)]


def organisation_by_key(session: Session, key: str) -> Organisation | None:
    """The organisation with this key. One statement."""
    return session.exec(select(Organisation).where(col(Organisation.key) == key)).first()


@dataclass(frozen=True)
class SeatLine:
    """A seat of an organisation in a body, with its people."""

    body: Body
    kind: SeatKind
    holders: tuple[Holder, ...]


@dataclass(frozen=True)
class Duty:
    """What an organisation takes on in an agreement, and its answer; `url` is of the agreement."""

    agreement: Agreement
    obligation: Obligation
    consent: OrgConsent

    @property
    def waits(self) -> bool:
        """Whether the organisation is asked for its answer now."""
        return self.consent.state == ConsentState.PENDING and self.agreement.state in CONSENTABLE


@dataclass(frozen=True)
class Duties:
    """What only the organisation itself and the office see."""

    obligations: Sequence[Duty]
    measures: Sequence[tuple[Measure, Agreement]]
    tasks: Sequence[FoundTask]
    papers: Sequence[FoundPaper]

    @property
    def pending(self) -> list[Duty]:
        """The consents that are still missing."""
        return [duty for duty in self.obligations if duty.waits]


@dataclass(frozen=True)
class OrganisationPage:
    """An organisation for one reader; without `duties` for everybody else."""

    organisation: Organisation
    seats: list[SeatLine]
    duties: Duties | None


def organisation_page(session: Session, actor: Actor, organisation: Organisation) -> OrganisationPage:
    """Everything that the page of an organisation shows. A fixed number of statements."""
    id_ = organisation.id or 0
    duties = _duties(session, actor, id_) if may_see_duties(actor, id_) else None
    return OrganisationPage(organisation, seats(session, id_, clock.today()), duties)


def seats(session: Session, organisation_id: int, day: date) -> list[SeatLine]:
    """The seats of an organisation on a day, with holders and deputies. One statement."""
    statement = (
        select(Seat, Body, SeatHolder, Person)
        .join(Body, col(Body.id) == col(Seat.body_id))
        .outerjoin(SeatHolder, (col(SeatHolder.seat_id) == col(Seat.id)) & valid_on(SeatHolder, day))
        .outerjoin(Person, col(Person.id) == col(SeatHolder.person_id))
        .where(col(Seat.organisation_id) == organisation_id, valid_on(Seat, day))
        .order_by(col(Body.id), col(Seat.position), col(Seat.id), col(SeatHolder.rank))
    )
    found: dict[int, tuple[Seat, Body, list[Holder]]] = {}
    for seat, body, holder, person in session.exec(statement):
        people = found.setdefault(seat.id or 0, (seat, body, []))[2]
        if holder is not None and person is not None:
            people.append(Holder(person.id or 0, person.name, holder.rank))
    return [SeatLine(body, seat.kind, tuple(people)) for seat, body, people in found.values()]


def _duties(session: Session, actor: Actor, organisation_id: int) -> Duties:
    mine = col(DecisionTask.organisation_id) == organisation_id
    papers = found_papers(session, col(Paper.originator_id) == organisation_id)
    return Duties(
        _obligations(session, actor, organisation_id),
        _measures(session, actor, organisation_id),
        found_tasks(session, mine, col(DecisionTask.state).in_(LISTED), readable_tasks(actor)),
        [found for found in papers if may_read_paper(actor, found)][:MOST_PAPERS],
    )


def _obligations(session: Session, actor: Actor, organisation_id: int) -> list[Duty]:
    statement = (
        select(Agreement, Obligation, OrgConsent)
        .join(Obligation, col(Obligation.agreement_id) == col(Agreement.id))
        .join(OrgConsent, col(OrgConsent.obligation_id) == col(Obligation.id))
        .where(col(Obligation.organisation_id) == organisation_id)
        .order_by(col(Agreement.key).desc())
    )
    rows = [Duty(*row) for row in session.exec(statement)]
    known = accesses(session, [duty.agreement for duty in rows])
    return [duty for duty in rows if may_read_agreement(actor, known[duty.agreement.id or 0])]


def _measures(session: Session, actor: Actor, organisation_id: int) -> list[tuple[Measure, Agreement]]:
    """The measures that the organisation leads and that are not done, by due day."""
    statement = (
        select(Measure, Agreement)
        .join(Agreement, col(Agreement.id) == col(Measure.agreement_id))
        .where(col(Measure.lead_id) == organisation_id, col(Measure.status).in_(_GOING))
        .order_by(col(Measure.due), col(Measure.id))
    )
    rows = list(session.exec(statement).all())
    known = accesses(session, [agreement for _measure, agreement in rows])
    return [row for row in rows if may_read_agreement(actor, known[row[1].id or 0])]
