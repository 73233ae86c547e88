"""Who may do what with cards, clusters and dots. Pure predicates over the room as one member has it."""

from app.core.permissions import Verdict, all_of, allowed_if
from knowledge.reconstruction.policy import RoomAccess, may_lead, may_see_case, may_steer, may_write_card
from knowledge.reconstruction.states import MemberRole

_LATER = ("running", "paused", "held")


def may_look_at_board(room: RoomAccess) -> Verdict:
    """Uncovered cards and clusters: everyone who sees the case."""
    return may_see_case(room)


def may_arrange(room: RoomAccess) -> Verdict:
    """Putting cards together and naming clusters: moderation and minutes, with the group's eyes on it."""
    return all_of(may_see_case(room), may_lead(room))


def may_uncover(room: RoomAccess) -> Verdict:
    """Uncovering cards, setting how many there are, opening and closing the dot query: the moderation."""
    return all_of(may_see_case(room), may_steer(room))


def may_give_dots(room: RoomAccess) -> Verdict:
    """Whoever may write a card and came into the room as a participant."""
    return all_of(
        may_write_card(room),
        allowed_if(
            room.member.participant_id is not None,
            "Punkte vergeben die Teilnehmenden. Treten Sie dem Workshop zuerst selbst bei.",
        ),
    )


def may_enter_dots(room: RoomAccess) -> Verdict:
    """Typing in the dots that stick on a wall: moderation and minutes, while the query is open."""
    return all_of(may_see_case(room), may_lead(room))


def may_enter_later(room: RoomAccess) -> Verdict:
    """Typing in what was written on paper: moderation and minutes, also after the workshop until its release."""
    return all_of(
        allowed_if(
            room.member.leads and room.member.role != MemberRole.PROJECTOR,
            "Karten trägt die Moderation oder das Protokoll nach.",
        ),
        allowed_if(
            room.state in _LATER, "Nachtragen lässt sich vom Beginn des Workshops bis zur Freigabe seiner Ergebnisse."
        ),
    )
