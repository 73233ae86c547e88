"""The review of a workshop: findings are put right or taken from clusters, presented, and released by somebody else."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import Session, col, delete, select

from app.core.clock import LOCAL
from app.core.errors import InvalidInput, NotFound
from app.core.i18n import _
from app.core.lifecycle import RefusedMove
from app.core.work import Work
from knowledge.aftermath.models import WorkshopReview
from knowledge.aftermath.policy import may_release_workshop, may_review
from knowledge.aftermath.queries import lacks_of, review_row
from knowledge.aftermath.rules import LEADS, RELEASE, ReleaseFacts
from knowledge.cases.actions_findings import COUNTING, add_finding, count
from knowledge.cases.drafts import LONGEST_LINE
from knowledge.cases.editing import case_of_station
from knowledge.cases.models import Finding, Station
from knowledge.cases.policy import may_write_finding
from knowledge.cases.states import FindingKind
from knowledge.gaps.actions import index_again
from knowledge.gaps.models import Evidence, Gap
from knowledge.gaps.states import Polarity
from knowledge.gaps.visibility import readable_gaps
from knowledge.privacy.confirming import refuse_unconfirmed
from knowledge.privacy.gate import names_for
from knowledge.reconstruction.card_actions import erase_authors
from knowledge.workshops.models import Workshop, WorkshopCase
from knowledge.workshops.queries import access_of
from knowledge.workshops.states import WorkshopState


@dataclass(frozen=True)
class Wording:
    """A finding as somebody wrote it in the review; `gap_key` is empty for a single case."""

    text: str
    gap_key: str
    kind: FindingKind
    confirmed: Collection[str] = ()


def revise_finding(work: Work, workshop_id: int, finding_id: int, wording: Wording) -> Finding:
    """Put a finding's words or its gap right; its evidence goes along."""
    workshop = in_review(work, workshop_id)
    finding = work.session.exec(select(Finding).where(col(Finding.id) == finding_id)).first()
    if finding is None:
        raise NotFound(_("Diese Seite gibt es nicht."))
    found, station = case_of_station(work, finding.station_id, may_write_finding)
    of_workshop(work.session, workshop_id, station)
    gap_id = _gap_id(work, wording.gap_key)
    _check(work, wording, finding.text)
    before = finding.gap_id, finding.kind
    finding.text, finding.gap_id, finding.kind = wording.text.strip(), gap_id, wording.kind
    work.session.add(finding)
    work.session.flush()
    if found.case.state in COUNTING and before != (gap_id, wording.kind):
        _take_back(work, finding, *before)
        count(work, found)
    work.record("finding.revised", found.case, station=station.key, linked=gap_id is not None)
    present_again(work, workshop)
    return finding


def finding_from_cluster(work: Work, workshop_id: int, station_id: int, wording: Wording) -> Finding:
    """Hold what a group of cards said as a finding of a station."""
    workshop = in_review(work, workshop_id)
    station = work.session.exec(select(Station).where(col(Station.id) == station_id)).first()
    if station is None:
        raise InvalidInput(_("Bitte wählen Sie die Station."))
    of_workshop(work.session, workshop_id, station)
    _check(work, wording)
    finding = add_finding(work, station_id, wording.text, _gap_id(work, wording.gap_key), wording.kind)
    present_again(work, workshop)
    return finding


def present(work: Work, workshop_id: int) -> WorkshopReview:
    """Say that the findings are complete; from here on a second person can release."""
    workshop = in_review(work, workshop_id)
    if workshop.state != WorkshopState.HELD:
        raise RefusedMove(_("Vorgelegt wird, wenn der Workshop beendet ist."))
    row = review_row(work.session, workshop_id) or WorkshopReview(
        workshop_id=workshop_id, ready_by_id=work.actor.person_id, ready_at=work.now
    )
    row.ready_by_id, row.ready_at = work.actor.person_id, work.now
    work.session.add(row)
    work.record("workshop.presented", workshop)
    return row


def release(work: Work, workshop_id: int) -> Workshop:
    """Release: whoever attended reads the cases for two more weeks, and the time of the cases begins to run out."""
    workshop = in_review(work, workshop_id)
    row = review_row(work.session, workshop_id)
    ready_by_id = row.ready_by_id if row else None
    work.require(may_release_workshop(work.actor, access_of(work.session, workshop), ready_by_id))
    facts = ReleaseFacts(frozenset(lacks_of(work.session, workshop_id)), ready_by_id, work.actor.person_id)
    RELEASE.require(workshop.state, WorkshopState.RELEASED, {LEADS}, facts)
    workshop.state, workshop.released_on = WorkshopState.RELEASED, work.now.astimezone(LOCAL).date()
    work.session.add(workshop)
    if row is not None:
        row.released_by_id, row.released_at = work.actor.person_id, work.now
        work.session.add(row)
    erased = erase_authors(work, workshop_id)
    work.record("workshop.released", workshop, authors_erased=erased)
    work.announce(f"workshop:{workshop_id}", "room")
    return workshop


def in_review(work: Work, workshop_id: int) -> Workshop:
    """The workshop, locked, for somebody who reviews it before its release."""
    statement = select(Workshop).where(col(Workshop.id) == workshop_id).with_for_update()
    workshop = work.session.exec(statement).first()
    if workshop is None:
        raise NotFound(_("Diese Seite gibt es nicht."))
    work.require(may_review(work.actor, access_of(work.session, workshop)))
    if workshop.state == WorkshopState.RELEASED:
        raise RefusedMove(_("Der Workshop ist freigegeben; seine Befunde stehen fest."))
    return workshop


def of_workshop(session: Session, workshop_id: int, station: Station) -> None:
    """NotFound unless the station belongs to a case of this workshop."""
    mine = select(WorkshopCase.id).where(
        col(WorkshopCase.workshop_id) == workshop_id, col(WorkshopCase.case_id) == station.case_id
    )
    if session.exec(mine).first() is None:
        raise NotFound(_("Diese Seite gibt es nicht."))


def _check(work: Work, wording: Wording, accepted: str = "") -> None:
    if not wording.text.strip():
        raise InvalidInput(_("Bitte schreiben Sie einen Satz."))
    if len(wording.text.strip()) > LONGEST_LINE:
        raise InvalidInput(_("Bitte kürzen Sie den Satz auf höchstens %(max)d Zeichen.", max=LONGEST_LINE))
    refuse_unconfirmed([wording.text], wording.confirmed, names_for(work.session), (accepted,))


def _gap_id(work: Work, key: str) -> int | None:
    if not key.strip():
        return None
    statement = select(Gap.id).where(col(Gap.key) == key.strip().upper(), readable_gaps(work.actor))
    gap_id = work.session.exec(statement).first()
    if gap_id is None:
        raise InvalidInput(_("Eine Fehlstelle %(key)s gibt es nicht.", key=key.strip()[:20]))
    return gap_id


def _take_back(work: Work, finding: Finding, gap_id: int | None, kind: FindingKind) -> None:
    """The evidence that the finding gave before it was put right, unless another finding gives the same."""
    if gap_id is None:
        return
    same = select(Finding).where(
        col(Finding.station_id) == finding.station_id,
        col(Finding.gap_id) == gap_id,
        col(Finding.kind) == kind,
        col(Finding.id) != finding.id,
    )
    other = work.session.exec(same.order_by(col(Finding.id))).first()
    polarity = Polarity.FOR if kind == FindingKind.SUPPORTS else Polarity.AGAINST
    mine = (
        col(Evidence.station_id) == finding.station_id,
        col(Evidence.gap_id) == gap_id,
        col(Evidence.polarity) == polarity,
    )
    if other is None or polarity == Polarity.FOR:
        work.session.exec(delete(Evidence).where(*mine))
    gap = work.session.exec(select(Gap).where(col(Gap.id) == gap_id)).one()
    work.record("gap.evidence_taken_back", gap, polarity=polarity.value)
    index_again(work, gap)


def present_again(work: Work, workshop: Workshop) -> None:
    """Whatever was presented is not what is there now."""
    work.session.exec(delete(WorkshopReview).where(col(WorkshopReview.workshop_id) == workshop.id))
