"""The list of meetings: upcoming and past, of all bodies or one, as far as the reader may know of them."""

from dataclasses import dataclass

from sqlmodel import Session

from app.core.permissions import Actor
from meetings.agenda.policy import may_plan_meeting
from meetings.agenda.queries import FoundMeeting, is_upcoming, items_per_meeting, readable_meetings
from meetings.bodies.models import Body
from meetings.bodies.policy import may_found_body
from meetings.bodies.queries import access_of, all_bodies
from meetings.decisions.queries import number_per_meeting


@dataclass(frozen=True)
class Overview:
    """The list with what it can be narrowed to; `wanted` is the key of the chosen body, empty for all."""

    wanted: str
    upcoming: list[FoundMeeting]
    past: list[FoundMeeting]
    bodies: list[Body]
    meetings_of: dict[str, int]
    items: dict[int, int]
    decisions: dict[int, int]
    plans: bool
    founds: bool


def overview(session: Session, actor: Actor, wanted: str) -> Overview:
    """The meetings that the reader may see, the next one first and the last one first. Six statements."""
    everything = readable_meetings(session, actor)
    shown = [found for found in everything if wanted in ("", found.body_row.key)]
    ids = [found.id for found in shown]
    counted: dict[str, int] = {}
    for found in everything:
        counted[found.body_row.key] = counted.get(found.body_row.key, 0) + 1
    bodies = all_bodies(session)
    return Overview(
        wanted=wanted,
        upcoming=[found for found in reversed(shown) if is_upcoming(found.meeting)],
        past=[found for found in shown if not is_upcoming(found.meeting)],
        bodies=bodies,
        meetings_of=counted,
        items=items_per_meeting(session, ids),
        decisions=number_per_meeting(session, ids),
        plans=any(may_plan_meeting(actor, access_of(body)) for body in bodies),
        founds=bool(may_found_body(actor)),
    )
