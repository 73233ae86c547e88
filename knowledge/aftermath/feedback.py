"""What the person whose case it was is told: in plain words, without the name of any office, and nothing of others."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from knowledge.cases.access import FoundCase
from knowledge.cases.models import Finding, Station
from knowledge.cases.states import FindingKind, StationAssessment
from knowledge.gaps.models import Gap
from knowledge.gaps.states import GapStatus
from knowledge.workshops.states import WorkshopState

WORKED_ON = (GapStatus.PRIORITISED, GapStatus.IN_PROJECT, GapStatus.IMPLEMENTING, GapStatus.MONITORING)


@dataclass(frozen=True)
class Feedback:
    """How many places were hard, how many helped, which gaps were seen and how they stand."""

    hard: int
    helped: int
    found: int
    worked_on: int
    solved: int
    released: bool

    @property
    def waiting(self) -> int:
        """How many gaps nobody works on yet."""
        return self.found - self.worked_on - self.solved


def feedback_of(session: Session, found: FoundCase) -> Feedback:
    """Counted from the case; titles of gaps name agencies at times, so only their number is told. Two statements."""
    mine = col(Station.case_id) == found.id
    assessments = session.exec(select(Station.assessment).where(mine)).all()
    states = session.exec(
        select(Gap.id, Gap.status)
        .join(Finding, col(Finding.gap_id) == col(Gap.id))
        .join(Station, col(Station.id) == col(Finding.station_id))
        .where(mine, col(Finding.kind) == FindingKind.SUPPORTS)
        .distinct()
    ).all()
    return Feedback(
        hard=sum(each == StationAssessment.BREAK for each in assessments),
        helped=sum(each == StationAssessment.BRIDGE for each in assessments),
        found=len(states),
        worked_on=sum(state in WORKED_ON for _id, state in states),
        solved=sum(state == GapStatus.RESOLVED for _id, state in states),
        released=found.workshop is not None and found.workshop.state == WorkshopState.RELEASED,
    )
