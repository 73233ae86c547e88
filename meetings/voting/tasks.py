"""What waits on the desk because of polls: one's own missing vote, and results on which nothing is decided yet."""

from datetime import date

from flask import url_for
from sqlmodel import Session

from app.core.i18n import _
from app.core.permissions import VOTING, Actor
from app.people import tasks
from app.people.tasks import Task, TaskGroup
from meetings.bodies.policy import runs_meetings_of
from meetings.decisions.undecided import undecided_polls
from meetings.voting.standings import missing_votes


def register() -> None:
    """Tell the desk."""
    for source in (own_votes, to_decide):
        tasks.register(source)


def own_votes(session: Session, actor: Actor, today: date) -> TaskGroup | None:
    """The open polls in which the person's vote is missing."""
    del today
    if not any(seat.kind == VOTING for seat in actor.seats):
        return None
    return TaskGroup(
        _("Ihre Stimme fehlt noch"),
        tuple(
            Task(vote.poll.title, vote.meeting.title, url_for("voting.show", poll_id=vote.poll.id), tone="warning")
            for vote in missing_votes(session, actor)
        ),
        _("Keine offene Abstimmung wartet auf Ihre Stimme."),
    )


def to_decide(session: Session, actor: Actor, today: date) -> TaskGroup | None:
    """The counted polls without a decision, of bodies whose meetings the person conducts."""
    del today
    found = undecided_polls(session)
    mine = [each for each in found if runs_meetings_of(actor, each.body)]
    if not mine and not actor.has_role("coordination"):
        return None
    return TaskGroup(
        _("Ergebnisse ohne Beschluss"),
        tuple(
            Task(
                each.poll.title,
                _(
                    "%(meeting)s, TOP %(number)s: ausgezählt, noch nichts festgehalten",
                    meeting=each.meeting,
                    number=each.number,
                ),
                url_for("decisions.record", key=each.meeting_key, number=each.number),
                tone="warning",
            )
            for each in mine
        ),
        _("Zu jedem Ergebnis ist ein Beschluss festgehalten."),
    )
