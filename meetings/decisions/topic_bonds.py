"""What ties a topic to bodies: open polls, decisions, agendas. Tells the room of topics, which asks before a change."""

from collections.abc import Collection, Iterator
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, or_, select

from app.core.i18n import _
from knowledge.gaps import topic_bonds
from knowledge.gaps.topic_bonds import Bond, BondKind
from meetings.agenda.models import AgendaItem, AgendaItemSubject, Meeting
from meetings.agenda.states import MeetingState
from meetings.decisions.models import Decision, DecisionSubject
from meetings.voting.models import Poll, PollOption
from meetings.voting.states import PollState

UNDER_WAY = (MeetingState.RUNNING, MeetingState.PAUSED)
AHEAD = (MeetingState.DRAFT, MeetingState.SCHEDULED, MeetingState.INVITED)


def register() -> None:
    """Tell the room of topics."""
    topic_bonds.register(bonds)


def bonds(session: Session, topic_ids: Collection[int]) -> Iterator[Bond]:
    """All ties of these topics. Three statements."""
    yield from _open_polls(session, topic_ids)
    yield from _decisions(session, topic_ids)
    yield from _agendas(session, topic_ids)


def _open_polls(session: Session, topic_ids: Collection[int]) -> Iterator[Bond]:
    """Polls that have the topic as an option, or whose item is about it."""
    option, subject = col(PollOption.topic_id), col(AgendaItemSubject.topic_id)
    statement: Any = (
        select(Poll.title, option, subject)
        .outerjoin(PollOption, (col(PollOption.poll_id) == col(Poll.id)) & option.in_(topic_ids))
        .outerjoin(AgendaItemSubject, (col(AgendaItemSubject.item_id) == col(Poll.item_id)) & subject.in_(topic_ids))
        .where(col(Poll.state) == PollState.OPEN, or_(option.is_not(None), subject.is_not(None)))
    )
    for title, optional, concerned in session.exec(statement):
        for topic_id in {optional, concerned} - {None}:
            words = _("Über das Thema wird gerade abgestimmt („%(title)s“).", title=title)
            yield Bond(topic_id, BondKind.POLL, words)


def _decisions(session: Session, topic_ids: Collection[int]) -> Iterator[Bond]:
    statement = (
        select(DecisionSubject.topic_id, Decision.key)
        .join(Decision, col(Decision.id) == col(DecisionSubject.decision_id))
        .where(col(DecisionSubject.topic_id).in_(topic_ids))
        .order_by(col(Decision.date), col(Decision.key))
    )
    for topic_id, key in session.exec(statement):
        yield Bond(topic_id or 0, BondKind.DECISION, _("Der Beschluss %(key)s nennt dieses Thema.", key=key))


def _agendas(session: Session, topic_ids: Collection[int]) -> Iterator[Bond]:
    """Items of meetings that are still to come, and of one that is being held."""
    statement: Any = (
        sa.select(
            col(AgendaItemSubject.topic_id),
            col(AgendaItem.number),
            col(AgendaItem.title),
            col(Meeting.title),
            col(Meeting.state),
        )
        .join(AgendaItem, col(AgendaItem.id) == col(AgendaItemSubject.item_id))
        .join(Meeting, col(Meeting.id) == col(AgendaItem.meeting_id))
        .where(col(AgendaItemSubject.topic_id).in_(topic_ids), col(Meeting.state).in_((*UNDER_WAY, *AHEAD)))
        .order_by(col(Meeting.date), col(AgendaItem.position))
    )
    for topic_id, number, item, title, state in session.exec(statement):
        if state in UNDER_WAY:
            words = _("Die Sitzung hat begonnen; über die Vorlage entscheidet jetzt das Gremium.")
            yield Bond(topic_id or 0, BondKind.MEETING, words)
        else:
            told = {"meeting": title, "number": number or "–"}
            words = _("Das Thema steht auf der Tagesordnung: %(meeting)s, TOP %(number)s.", **told)
            once_withdrawn = _("%(meeting)s, TOP %(number)s „%(item)s“:", item=item, **told)
            yield Bond(topic_id or 0, BondKind.AGENDA, words, f"{once_withdrawn} {_remaining(state)}")


def _remaining(state: MeetingState) -> str:
    """What of an item stays when its topic is withdrawn; subjects, polls and this sentence go together."""
    stays = _(
        "Der Punkt bleibt mit seinem Titel und Text auf der Tagesordnung. "
        "Das Thema steht dort nur noch für die Koordination und nicht mehr zur Wahl, bis es wieder vorgelegt ist."
    )
    known = _("Die Einladung ist schon verschickt: Sagen Sie den Mitgliedern Bescheid.")
    return f"{stays} {known}" if state == MeetingState.INVITED else stays
