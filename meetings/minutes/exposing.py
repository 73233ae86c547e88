"""The public version of minutes, looked through for what would tell too much."""

from sqlmodel import Session, col, select

from app.people.models import Person
from meetings.agenda.parts import is_public
from meetings.minutes.exposure import Exposed, PublicText, exposed
from meetings.minutes.publicity import public_sheet
from meetings.minutes.queries import ItemSheet, MinutesSheet
from meetings.voting.poll_rule import thaw_rule


def exposures(session: Session, sheet: MinutesSheet) -> list[Exposed]:
    """The passages of the public version that name people or titles of the closed part. One statement."""
    public = public_sheet(sheet)
    people = list(session.exec(select(Person.name).order_by(col(Person.id))))
    people += [guest.name for guest in sheet.guests] + [seat.holder for seat in sheet.seats]
    hidden = [entry.item.title for entry in sheet.items if not is_public(entry.item, sheet.rules)]
    told = [PublicText(entry.item.number or "", texts_of(entry)) for entry in public.items if not entry.reduced]
    return exposed(told, hidden, people)


def texts_of(entry: ItemSheet) -> tuple[str, ...]:
    """Everything that is printed of an item and that somebody wrote."""
    return (
        entry.item.title,
        entry.told,
        entry.item.result_note or "",
        *(each.text for each in entry.recorded.captured),
        *(poll.title for poll in entry.polls),
        *(title for poll in entry.polls for title in thaw_rule(poll.rule).titles.values()),
        *(decision.text for decision in entry.decisions),
        *(decision.result_text or "" for decision in entry.decisions),
    )
