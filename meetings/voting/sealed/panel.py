"""The urn on the page of its item: for those who conduct the meeting, and for its tellers."""

from datetime import datetime

from sqlmodel import Session, col, select

from app.core.permissions import Actor
from meetings.agenda.queries import FoundItem
from meetings.agenda.slots import Panel, register_panel
from meetings.agenda.states import MeetingState
from meetings.voting.sealed.models import Urn, UrnTeller
from meetings.voting.sealed.policy import may_prepare_urn
from meetings.voting.sealed.states import UrnState

AT_WORK = (UrnState.PREPARED, UrnState.OPEN)


def register() -> None:
    """Beside the polls of the item."""
    register_panel("urn", order=45, item=item_panel)


def item_panel(session: Session, actor: Actor, item: FoundItem, now: datetime) -> Panel | None:
    """The urn with two tellers that is at work here, else the way to prepare one, unless a poll runs. One statement."""
    del now
    if item.state != MeetingState.RUNNING:
        return None
    rows = session.exec(
        select(Urn, col(UrnTeller.person_id))
        .outerjoin(UrnTeller, col(UrnTeller.urn_id) == col(Urn.id))
        .where(col(Urn.item_id) == item.item.id, col(Urn.state).in_(AT_WORK))
        .order_by(col(Urn.id).desc())
    ).all()
    urn = next((row for row, person_id in rows if person_id is not None), None)
    conducts = bool(may_prepare_urn(actor, item))
    is_teller = any(urn and row.id == urn.id and person_id == actor.person_id for row, person_id in rows)
    prepares = conducts and not rows
    if not prepares and not (urn and (conducts or is_teller)):
        return None
    return Panel("sealed/_panel.html", {"urn": urn, "prepares": prepares, "asked": is_teller, "where": item})
