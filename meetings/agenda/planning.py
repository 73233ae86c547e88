"""Convening a meeting: plan it, change its head until the invitation is out, call it off."""

from collections.abc import Collection

from sqlmodel import col, select

from app.core.errors import ChangedMeanwhile, InvalidInput, NotFound
from app.core.i18n import _
from app.core.work import Work
from meetings.agenda import policy
from meetings.agenda.actions import MEETING
from meetings.agenda.drafts import MeetingDraft, next_key
from meetings.agenda.leftovers import last_meeting, left_over
from meetings.agenda.locking import locked_meeting
from meetings.agenda.matters import is_named
from meetings.agenda.models import AgendaItem, AgendaItemSubject, AgendaVote, Meeting
from meetings.agenda.ordering import entries_of, numbers, placed
from meetings.agenda.parts import RESTART_LETTER
from meetings.agenda.queries import FoundMeeting, found_meetings
from meetings.agenda.rules import MEETING_LIFECYCLE, MeetingFacts
from meetings.agenda.standing import StandingItem, template_of
from meetings.agenda.states import DecisionKind, ItemKind, MeetingState, TemplatePlace
from meetings.bodies.models import Body
from meetings.bodies.policy import roles_in
from meetings.bodies.queries import FoundBody, body_by_key
from meetings.bodies.states import MinutesAdoption, PartNumbering

PLANNED = (MeetingState.DRAFT, MeetingState.SCHEDULED)
"""States in which day and time may still be changed: nobody was invited to them yet."""


def plan_meeting(work: Work, body_key: str, draft: MeetingDraft, *, standing: bool, carry_over: bool) -> Meeting:
    """A draft of the body's next meeting, with its standing items and what the last one left open, if wished."""
    body = _body(work, body_key)
    work.require(policy.may_plan_meeting(work.actor, body))
    _require_order(draft)
    work.session.exec(select(Body).where(col(Body.id) == body.body_id).with_for_update()).one()
    keys = work.session.exec(select(Meeting.key).where(col(Meeting.body_id) == body.body_id))
    meeting = Meeting(key=next_key(body.body.key, keys), body_id=body.body_id, title=draft.title)
    _write(meeting, draft)
    work.session.add(meeting)
    work.session.flush()
    adopts = found_by_id(work, meeting).rules.minutes_adoption == MinutesAdoption.NEXT_MEETING
    added = _fill(work, meeting, last_meeting(work.session, meeting.body_id) if carry_over else None, standing=standing)
    if adopts:
        _adopt_minutes(work, meeting)
    renumber(work, found_by_id(work, meeting))
    work.record("meeting.planned", meeting, items=added)
    return meeting


def _body(work: Work, key: str) -> FoundBody:
    body = body_by_key(work.session, key)
    if body is None:
        raise NotFound(_("Dieses Gremium gibt es nicht."))
    return body


def _require_order(draft: MeetingDraft) -> None:
    if draft.starts_at and draft.ends_at and draft.ends_at <= draft.starts_at:
        raise InvalidInput(_("Das Ende muss nach dem Beginn liegen."))


def _write(meeting: Meeting, draft: MeetingDraft) -> None:
    meeting.title = draft.title
    meeting.date, meeting.place = draft.date, draft.place or None
    meeting.starts_at, meeting.ends_at = draft.starts_at, draft.ends_at
    meeting.dial_in_url, meeting.dial_in_phone = draft.dial_in_url or None, draft.dial_in_phone or None


def _fill(work: Work, meeting: Meeting, last: Meeting | None, *, standing: bool) -> int:
    """The items of the new agenda: standing ones first and last, what was left open between them."""
    template = template_of(work.session, meeting.body_id) if standing else []
    items = [_item(meeting, each) for each in template if each.place == TemplatePlace.OPENING]
    again = {each.title.casefold() for each in template}
    items += [each for each in _carried(work, meeting, last) if not _comes_anyway(each, again)] if last else []
    items += [_item(meeting, each) for each in template if each.place == TemplatePlace.CLOSING]
    for position, item in enumerate(items):
        item.position = position
        work.session.add(item)
    work.session.flush()
    for item in items:
        if item.carried_from_id:
            copy_attachments(work, item.carried_from_id, item.id or 0)
    return len(items)


def _comes_anyway(item: AgendaItem, standing: Collection[str]) -> bool:
    """Whether an item that was not reached is on every agenda anyway and has nothing of its own in it."""
    own = item.text or item.proposal or item.decision_kind
    return not own and item.title.casefold() in standing


def _adopt_minutes(work: Work, meeting: Meeting) -> None:
    """Where the body approves its minutes by a decision, the item about them asks for one."""
    for item in work.session.exec(select(AgendaItem).where(col(AgendaItem.meeting_id) == meeting.id)):
        if item.kind == ItemKind.PROCEDURAL and is_named(item.title, "Niederschrift"):
            item.kind, item.decision_kind = ItemKind.DECISION, DecisionKind.MINUTES


def found_by_id(work: Work, meeting: Meeting) -> FoundMeeting:
    """The meeting with its body and rules."""
    work.session.flush()
    [found] = found_meetings(work.session, col(Meeting.id) == meeting.id)
    return found


def _item(meeting: Meeting, standing: StandingItem) -> AgendaItem:
    return AgendaItem(
        meeting_id=meeting.id or 0,
        title=standing.title,
        kind=standing.kind,
        minutes=standing.minutes,
        part=standing.part,
    )


def _carried(work: Work, meeting: Meeting, last: Meeting) -> list[AgendaItem]:
    return [_going_on(meeting, item) for item in left_over(work.session, last.id or 0)]


def _going_on(meeting: Meeting, item: AgendaItem) -> AgendaItem:
    return AgendaItem(
        meeting_id=meeting.id or 0,
        title=item.title,
        kind=item.kind,
        minutes=item.minutes,
        decision_kind=item.decision_kind,
        speaker_id=item.speaker_id,
        text=item.text,
        proposal=item.proposal,
        part=item.part,
        carried_from_id=item.id,
    )


def copy_attachments(work: Work, source: int, target: int) -> None:
    """What the earlier item was about, and how it was to be voted on."""
    for row in work.session.exec(select(AgendaItemSubject).where(col(AgendaItemSubject.item_id) == source)).all():
        work.session.add(
            AgendaItemSubject(
                item_id=target,
                position=row.position,
                gap_id=row.gap_id,
                topic_id=row.topic_id,
                solution_id=row.solution_id,
                agreement_id=row.agreement_id,
            )
        )
    vote = work.session.exec(select(AgendaVote).where(col(AgendaVote.item_id) == source)).first()
    if vote:
        planned = vote.model_dump(exclude={"id", "item_id", "tenant_id"})
        work.session.add(AgendaVote(item_id=target, **planned))


def change_meeting(work: Work, key: str, draft: MeetingDraft, version: int) -> Meeting:
    """Change title, place, and, while nobody is invited, day and time; refused if somebody saved meanwhile."""
    meeting = locked_meeting(work, key)
    work.require(policy.may_edit_agenda(work.actor, meeting))
    row = meeting.meeting
    require_version(row.version, version)
    _require_order(draft)
    if meeting.state not in PLANNED and _moves(row, draft):
        raise InvalidInput(
            _(
                "Zu diesem Termin ist schon eingeladen. Sagen Sie die Sitzung ab und planen Sie eine neue, "
                "wenn sie an einem anderen Tag oder zu einer anderen Zeit stattfindet."
            )
        )
    _write(row, draft)
    row.version += 1
    work.session.add(row)
    work.record("meeting.changed", row)
    work.announce(meeting.channel, MEETING)
    return row


def _moves(row: Meeting, draft: MeetingDraft) -> bool:
    return (row.date, row.starts_at, row.ends_at) != (draft.date, draft.starts_at, draft.ends_at)


def require_version(saved: int, shown: int) -> None:
    """Go on only if nobody saved after the form was opened."""
    if saved != shown:
        raise ChangedMeanwhile(_("Inzwischen hat jemand anderes gespeichert. Es wurde nichts überschrieben."))


def cancel_meeting(work: Work, key: str, reason: str) -> Meeting:
    """Call the meeting off; the reason is kept and shown."""
    meeting: FoundMeeting = locked_meeting(work, key)
    work.require(policy.may_read_meeting(work.actor, meeting))
    facts = MeetingFacts(has_reason=bool(reason.strip()))
    roles = roles_in(work.actor, meeting.body)
    MEETING_LIFECYCLE.require(meeting.state, MeetingState.CANCELLED, roles, facts)
    row, before = meeting.meeting, meeting.state
    row.state, row.reason = MeetingState.CANCELLED, reason.strip()
    row.version += 1
    work.session.add(row)
    work.record("meeting.cancelled", row, source=str(before))
    work.announce(meeting.channel, MEETING)
    return row


def renumber(work: Work, meeting: FoundMeeting) -> None:
    """Put positions and, until the invitation is out, the printed numbers in order."""
    rows = work.session.exec(select(AgendaItem).where(col(AgendaItem.meeting_id) == meeting.id)).all()
    places = placed(entries_of(rows))
    restarts = meeting.rules.part_numbering == PartNumbering.RESTART
    printed = numbers(places, RESTART_LETTER if restarts else "") if meeting.state in PLANNED else {}
    order = {each.id: each.position for each in places}
    for row in rows:
        row.position = order[row.id or 0]
        row.number = printed.get(row.id or 0, row.number)
        work.session.add(row)
