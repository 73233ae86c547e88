"""Holding a meeting while it is changed, so that two people who change it at once do so one after the other."""

from sqlmodel import col, select

from app.core.errors import NotFound
from app.core.i18n import _
from app.core.work import Work
from meetings.agenda.models import Meeting
from meetings.agenda.queries import FoundItem, FoundMeeting, item_by_number, meeting_by_key


def locked_meeting(work: Work, key: str) -> FoundMeeting:
    """The meeting, held until the transaction ends; NotFound if there is none."""
    _hold(work, key)
    meeting = meeting_by_key(work.session, key)
    if meeting is None:
        raise NotFound(_("Diese Sitzung gibt es nicht."))
    return meeting


def locked_item(work: Work, key: str, number: str) -> FoundItem:
    """The item, with its meeting held until the transaction ends; NotFound if there is none."""
    _hold(work, key)
    item = item_by_number(work.session, key, number)
    if item is None:
        raise NotFound(_("Diesen Tagesordnungspunkt gibt es nicht."))
    return item


def _hold(work: Work, key: str) -> None:
    work.session.exec(select(col(Meeting.id)).where(col(Meeting.key) == key).with_for_update()).first()
