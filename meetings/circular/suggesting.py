"""What ended in writing is told to the next meeting: one line for the agenda, and from there for the minutes."""

from collections.abc import Sequence

from flask import url_for
from sqlmodel import Session

from app.core.i18n import _
from meetings.agenda.automatic import AutomaticItem, register_automatic
from meetings.agenda.queries import FoundMeeting
from meetings.agenda.states import ItemKind
from meetings.circular.models import Circular
from meetings.circular.queries import to_report
from meetings.circular.reporting import SOURCE
from meetings.circular.states import CircularState
from meetings.circular.wording import result_words


def register() -> None:
    """Tell the agenda."""
    register_automatic(SOURCE, suggestions)


def suggestions(session: Session, meeting: FoundMeeting) -> Sequence[AutomaticItem]:
    """One item for each circular that ended; a stopped one comes back as a motion. One statement."""
    return [_item(circular) for circular in to_report(session, meeting.body.body_id)]


def _item(circular: Circular) -> AutomaticItem:
    if circular.state == CircularState.STOPPED:
        return AutomaticItem(
            circular.key,
            circular.title,
            ItemKind.DECISION,
            15,
            _("Dem Umlaufverfahren wurde widersprochen."),
            proposal=circular.text,
        )
    text = f"{result_words(circular)}\n\n{url_for('circulars.show', key=circular.key)}"
    title = _("Bericht über den Umlaufbeschluss „%(title)s“", title=circular.title)
    return AutomaticItem(circular.key, title, ItemKind.REPORT, 5, _("Seit der letzten Sitzung im Umlauf."), text=text)
