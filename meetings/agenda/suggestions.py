"""What could come onto an agenda: the suggestions of all rooms, those of this one, and taking them over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from app.core import clock
from app.core.errors import NotFound
from app.core.i18n import _, show_date
from app.core.work import Work
from meetings.agenda import policy
from meetings.agenda.automatic import AutomaticItem, register_automatic, suggested
from meetings.agenda.drafting import add_item
from meetings.agenda.drafts import ItemDraft
from meetings.agenda.known import STANDING, known_matters
from meetings.agenda.leftovers import last_meeting, left_over, referred_to
from meetings.agenda.locking import locked_meeting
from meetings.agenda.matters import same_formality
from meetings.agenda.models import AgendaItem, AgendaItemSubject, Meeting
from meetings.agenda.placing import usual_place
from meetings.agenda.planning import PLANNED, copy_attachments
from meetings.agenda.queries import FoundMeeting
from meetings.agenda.standing import template_of
from meetings.agenda.states import DecisionKind, ItemKind, MeetingState
from meetings.agreements.models import Agreement, MonitoringAddressee, MonitoringPlan
from meetings.agreements.states import AgreementState
from meetings.bodies.states import BodyKind

READY = (AgreementState.SUBMITTED,)
REVIEWED = (AgreementState.IN_FORCE, AgreementState.APPROVED)


@dataclass(frozen=True)
class Suggestion:
    """A suggested item under the key by which it is taken over."""

    key: str
    item: AutomaticItem


def register() -> None:
    """This room's own suggestions."""
    register_automatic("standing", standing_items)
    register_automatic("carried", carried_items)
    register_automatic("referred", referred_items)
    register_automatic("agreement", ready_agreements)
    register_automatic("review", due_reviews)


def offered(session: Session, meeting: FoundMeeting) -> list[Suggestion]:
    """What stands on no agenda yet: neither under this key nor as the same matter. Some statements for each source."""
    everything = suggested(session, meeting)
    known = known_matters(session, meeting, [each.source_item_id for _key, each in everything if each.source_item_id])
    found = [(key, item) for key, item in everything if not known.has(key, item)]
    return [Suggestion(key, item) for key, item in found if not _is_named_better(key, item, found)]


def _is_named_better(key: str, item: AutomaticItem, found: Sequence[tuple[str, AutomaticItem]]) -> bool:
    """Whether another source suggests the same formality more exactly than the template does."""
    others = (each for name, each in found if not name.startswith(STANDING) and each.formality)
    return key.startswith(STANDING) and any(same_formality(each.title, item.title) for each in others)


def take(work: Work, key: str, wanted: Sequence[str] | None) -> int:
    """Put these suggestions on the agenda, or all; the number of items. One that is no longer offered is NotFound."""
    meeting = locked_meeting(work, key)
    work.require(policy.may_edit_agenda(work.actor, meeting))
    found = offered(work.session, meeting)
    chosen = found if wanted is None else [each for each in found if each.key in wanted]
    if wanted is not None and len(chosen) < len(set(wanted)):
        raise NotFound(_("Dieser Vorschlag steht inzwischen auf einer Tagesordnung oder ist erledigt."))
    for each in chosen:
        _add(work, meeting, each)
    work.record("agenda.suggestions_taken", meeting.meeting, items=len(chosen))
    return len(chosen)


def _add(work: Work, meeting: FoundMeeting, suggestion: Suggestion) -> None:
    item = suggestion.item
    draft = ItemDraft(
        title=item.title,
        kind=item.kind,
        minutes=item.minutes,
        text=item.text,
        proposal=item.proposal,
        decision_kind=item.decision_kind,
        subjects=item.subjects,
        part=item.part,
        source_item_id=item.source_item_id,
        suggestion=suggestion.key,
        place=item.formality,
    )
    added = add_item(work, meeting.meeting.key, draft, _behind(work, meeting, draft))
    if item.taken:
        item.taken(work, added)
    if item.source_item_id:
        _go_on(work, item.source_item_id, added)


def _behind(work: Work, meeting: FoundMeeting, draft: ItemDraft) -> str:
    """The item that a supplement comes behind."""
    if meeting.state in PLANNED:
        return ""
    rows = work.session.exec(select(AgendaItem).where(col(AgendaItem.meeting_id) == meeting.id)).all()
    return usual_place(work.session, meeting, rows, draft.part)


def _go_on(work: Work, source_id: int, added: AgendaItem) -> None:
    """Who spoke to it, what it is about and how it was to be voted on come along."""
    source = work.session.get_one(AgendaItem, source_id)
    added.speaker_id = source.speaker_id
    copy_attachments(work, source_id, added.id or 0)


def standing_items(session: Session, meeting: FoundMeeting) -> list[AutomaticItem]:
    """The items of the body's template. One statement."""
    return [
        AutomaticItem(
            key=str(each.id or each.title[:60]),
            title=each.title,
            kind=each.kind,
            minutes=each.minutes,
            why=_("fester Punkt"),
            part=each.part,
            formality=each.place,
        )
        for each in template_of(session, meeting.body.body_id)
    ]


def carried_items(session: Session, meeting: FoundMeeting) -> list[AutomaticItem]:
    """What the body's last meeting put off or did not reach. Three statements."""
    last = last_meeting(session, meeting.body.body_id)
    if last is None or last.id == meeting.id:
        return []
    why = _("offen geblieben am %(day)s", day=show_date(last.date)) if last.date else _("offen geblieben")
    return [_going_on(item, why) for item in left_over(session, last.id or 0)]


def _going_on(item: AgendaItem, why: str) -> AutomaticItem:
    return AutomaticItem(
        key=str(item.id),
        title=item.title,
        kind=item.kind,
        minutes=item.minutes,
        why=why,
        text=item.text or "",
        proposal=item.proposal or "",
        part=item.part,
        decision_kind=item.decision_kind,
        source_item_id=item.id,
    )


def referred_items(session: Session, meeting: FoundMeeting) -> list[AutomaticItem]:
    """What other bodies handed over to this one. Two statements."""
    return [
        _going_on(each.item, _("verwiesen von: %(body)s", body=each.body.name))
        for each in referred_to(session, meeting.body.body_id)
    ]


def ready_agreements(session: Session, meeting: FoundMeeting) -> list[AutomaticItem]:
    """Agreements waiting for this body's consent; one without a meeting waits for a steering body. Two statements."""
    submitted = select(Agreement, Meeting).outerjoin(Meeting, col(Meeting.id) == col(Agreement.meeting_id))
    rows = session.exec(submitted.where(col(Agreement.state).in_(READY)).order_by(col(Agreement.key))).all()
    steers = meeting.body_row.kind == BodyKind.STEERING
    here = [agreement for agreement, there in rows if (there.body_id == meeting.body.body_id if there else steers)]
    return [
        AutomaticItem(
            key=row.key,
            title=_("Zielvereinbarung %(key)s: %(title)s", key=row.key, title=row.title),
            kind=ItemKind.DECISION,
            minutes=20,
            why=_("zur Zustimmung vorgelegt"),
            decision_kind=DecisionKind.APPROVE_AGREEMENT,
            subjects=(("agreement", row.id or 0),),
        )
        for row in _without_item(session, meeting, here)
    ]


def due_reviews(session: Session, meeting: FoundMeeting) -> list[AutomaticItem]:
    """Agreements whose effect is to be reviewed before this body by the day of the meeting. Two statements."""
    day = meeting.meeting.date or clock.today()
    statement = (
        select(Agreement, col(MonitoringPlan.evaluation_due))
        .join(MonitoringPlan, col(MonitoringPlan.agreement_id) == col(Agreement.id))
        .join(MonitoringAddressee, col(MonitoringAddressee.plan_id) == col(MonitoringPlan.id))
        .where(col(MonitoringAddressee.body_id) == meeting.body.body_id, col(Agreement.state).in_(REVIEWED))
        .where(col(MonitoringPlan.evaluation_due) <= day)
        .order_by(col(Agreement.key))
    )
    due = {agreement.id: (agreement, since) for agreement, since in session.exec(statement) if since}
    open_ones = _without_item(session, meeting, [agreement for agreement, _since in due.values()])
    return [_review(row, due[row.id][1]) for row in open_ones]


def _review(row: Agreement, since: date) -> AutomaticItem:
    return AutomaticItem(
        key=f"{row.key}:{since.isoformat()}",
        title=_("Wirkungsprüfung der Zielvereinbarung %(key)s: %(title)s", key=row.key, title=row.title),
        kind=ItemKind.REPORT,
        minutes=15,
        why=_("Prüfung fällig am %(day)s", day=show_date(since)),
        subjects=(("agreement", row.id or 0),),
    )


def _without_item(session: Session, meeting: FoundMeeting, rows: Sequence[Agreement]) -> list[Agreement]:
    """Those on no agenda of a meeting of this body that is still to come."""
    statement = (
        select(AgendaItemSubject.agreement_id)
        .join(AgendaItem, col(AgendaItem.id) == col(AgendaItemSubject.item_id))
        .join(Meeting, col(Meeting.id) == col(AgendaItem.meeting_id))
        .where(col(AgendaItemSubject.agreement_id).in_([row.id for row in rows]))
        .where(col(Meeting.body_id) == meeting.body.body_id)
        .where(col(Meeting.state).not_in((MeetingState.HELD, MeetingState.CLOSED, MeetingState.CANCELLED)))
    )
    on_agenda = set(session.exec(statement))
    return [row for row in rows if row.id not in on_agenda]
