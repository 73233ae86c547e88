"""Opening a scoring, saving sheets, closing, taking back; and the weights of a body."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from app.core.errors import ChangedMeanwhile, DomainError, InvalidInput, NotFound
from app.core.i18n import _
from app.core.work import Work
from knowledge.taxonomy import lists
from meetings.agenda.locking import locked_item
from meetings.bodies.policy import roles_in
from meetings.bodies.queries import body_by_key
from meetings.scoring import policy
from meetings.scoring.models import BodyCriterion, Scoring, ScoringMark, ScoringSheet
from meetings.scoring.queries import CRITERIA, FoundScoring, scoring_by_id, scoring_of_item, sheet_of
from meetings.scoring.rules import (
    MOST_WEIGHT,
    SCORING_LIFECYCLE,
    Criterion,
    InvalidScoring,
    ScoredTopic,
    ScoringFacts,
    ScoringRule,
    refused_marks,
)
from meetings.scoring.states import ScoringState, ShownWhen
from meetings.voting.queries import topics_of_item


@dataclass(frozen=True)
class ScoringDraft:
    """A scoring as it is announced. `criteria` with the names that the reader sees; weight 0 leaves one out."""

    topic_keys: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    deadline: datetime
    shown: ShownWhen = ShownWhen.CLOSED
    late: bool = True


def open_scoring(work: Work, key: str, number: str, draft: ScoringDraft) -> Scoring:
    """Ask the organisations: topics, criteria and weights are fixed with a hash."""
    item = locked_item(work, key, number)
    work.require(policy.may_open_scoring(work.actor, item))
    if scoring_of_item(work.session, item.item.id or 0):
        raise DomainError(_("Zu diesem Tagesordnungspunkt gibt es schon eine Bewertung."))
    if draft.deadline <= work.now:
        raise InvalidInput(_("Die Frist muss in der Zukunft liegen."))
    rule = _rule(work, item.item.id or 0, draft)
    scoring = Scoring(
        item_id=item.item.id or 0,
        rule=rule.canonical(),
        rule_sha256=rule.sha256(),
        deadline=draft.deadline,
        opened_at=work.now,
        opened_by_id=work.actor.person_id,
    )
    work.session.add(scoring)
    work.record("scoring.opened", scoring, topics=len(rule.topics), criteria=len(rule.criteria), rule=rule.sha256())
    return scoring


def _rule(work: Work, item_id: int, draft: ScoringDraft) -> ScoringRule:
    topics = [topic for topic in topics_of_item(work.session, item_id) if topic.key in draft.topic_keys]
    scored = tuple(ScoredTopic(str(topic.id), topic.key, topic.title) for topic in topics)
    known = lists.keys(CRITERIA)
    asked = tuple(each for each in draft.criteria if each.weight and each.key in known)
    try:
        return ScoringRule(asked, scored, draft.shown, draft.late)
    except InvalidScoring:
        raise InvalidInput(_("Bitte wählen Sie mindestens ein Thema und ein Kriterium mit Gewicht.")) from None


def _held(work: Work, scoring_id: int) -> FoundScoring:
    """The scoring, held until the transaction ends."""
    work.session.exec(select(col(Scoring.id)).where(col(Scoring.id) == scoring_id).with_for_update()).first()
    found = scoring_by_id(work.session, scoring_id)
    if found is None:
        raise NotFound(_("Diese Bewertung gibt es nicht."))
    work.require(policy.may_read_scoring(work.actor, found))
    return found


def save_marks(
    work: Work,
    scoring_id: int,
    topic_id: str,
    marks: Mapping[str, int | None],
    version: int,
    organisation_id: int | None = None,
) -> ScoringSheet:
    """Keep what an organisation says to one topic; the last word stands. `marks` by criterion.

    Without `organisation_id` it is the person's own organisation, with it the office enters a sheet from paper.
    """
    found = _held(work, scoring_id)
    if organisation_id is None:
        work.require(policy.may_score(work.actor, found))
    else:
        work.require(policy.may_enter_for(work.actor, found, organisation_id))
    if refused_marks(found.rule, {(topic_id, key): mark for key, mark in marks.items()}):
        raise InvalidInput(_("Eine Angabe passt nicht zu diesem Bogen."))
    organisation = organisation_id or policy.own_organisation(work.actor, found) or 0
    sheet = _sheet(work, found, organisation, version, by_office=organisation_id is not None)
    _write(work, sheet, topic_id, marks)
    work.record("scoring.answered", found.row, organisation=organisation, by_office=sheet.by_office, late=sheet.late)
    return sheet


def _sheet(work: Work, found: FoundScoring, organisation: int, version: int, *, by_office: bool) -> ScoringSheet:
    sheet = sheet_of(work.session, found.id, organisation)
    if version != (sheet.version if sheet else 0):
        raise ChangedMeanwhile(
            _("Jemand aus Ihrer Organisation hat den Bogen inzwischen geändert. Bitte sehen Sie ihn noch einmal an.")
        )
    sheet = sheet or ScoringSheet(scoring_id=found.id, organisation_id=organisation, at=work.now, version=0)
    sheet.by_id, sheet.by_office, sheet.at = work.actor.person_id, by_office, work.now
    sheet.late = sheet.late or work.now >= found.row.deadline
    sheet.version += 1
    work.session.add(sheet)
    work.session.flush()
    return sheet


def _write(work: Work, sheet: ScoringSheet, topic_id: str, marks: Mapping[str, int | None]) -> None:
    topic = int(topic_id)
    statement = select(ScoringMark).where(col(ScoringMark.sheet_id) == sheet.id, col(ScoringMark.topic_id) == topic)
    before = {row.criterion: row for row in work.session.exec(statement)}
    for key, row in before.items():
        if key not in marks:
            work.session.delete(row)
    for key, mark in marks.items():
        row = before.get(key) or ScoringMark(sheet_id=sheet.id or 0, topic_id=topic, criterion=key)
        row.mark = mark
        work.session.add(row)
    work.session.flush()


def close_scoring(work: Work, scoring_id: int) -> Scoring:
    """End it: no sheet is taken any more, and the body sees the result."""
    found = _held(work, scoring_id)
    _move(work, found, ScoringState.CLOSED, ScoringFacts())
    found.row.closed_at, found.row.closed_by_id = work.now, work.actor.person_id
    work.record("scoring.closed", found.row, sheets=len(found.answered), asked=len(found.organisations))
    return found.row


def withdraw_scoring(work: Work, scoring_id: int, reason: str) -> Scoring:
    """Take it back, with a reason; the sheets stay with it, and another one can be opened."""
    found = _held(work, scoring_id)
    _move(work, found, ScoringState.WITHDRAWN, ScoringFacts(has_reason=bool(reason.strip())))
    found.row.note = reason.strip()
    work.record("scoring.withdrawn", found.row)
    return found.row


def _move(work: Work, found: FoundScoring, target: ScoringState, facts: ScoringFacts) -> None:
    work.require(policy.may_steer_scoring(work.actor, found))
    SCORING_LIFECYCLE.require(found.state, target, roles_in(work.actor, found.meeting.body), facts)
    found.row.state = target
    work.session.add(found.row)


def weigh(work: Work, body_key: str, weights: Mapping[str, int]) -> None:
    """Set how much each criterion counts in a body from now on; open scorings keep their own."""
    found = body_by_key(work.session, body_key)
    if found is None:
        raise NotFound(_("Dieses Gremium gibt es nicht."))
    work.require(policy.may_weigh(work.actor, found))
    known = lists.keys(CRITERIA)
    if any(key not in known or not 0 <= weight <= MOST_WEIGHT for key, weight in weights.items()):
        raise InvalidInput(_("Gewichte liegen zwischen 0 und 10."))
    if not any(weights.values()):
        raise InvalidInput(_("Mindestens ein Kriterium muss zählen."))
    own = select(BodyCriterion).where(col(BodyCriterion.body_id) == found.body_id)
    rows = {row.criterion: row for row in work.session.exec(own)}
    for key, weight in weights.items():
        row = rows.get(key) or BodyCriterion(body_id=found.body_id, criterion=key, weight=weight)
        row.weight = weight
        work.session.add(row)
    work.record("body.criteria_weighed", found.body, criteria=sum(weight > 0 for weight in weights.values()))
