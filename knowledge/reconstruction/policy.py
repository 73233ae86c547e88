"""Who may do what in a live room. Pure predicates over the room as one member has it."""

from dataclasses import dataclass

from app.core.permissions import Actor, Verdict, all_of, allowed_if, shown_if
from knowledge.reconstruction.states import Entry, MemberRole, Screen

LEADING = frozenset({MemberRole.MODERATOR, MemberRole.MINUTES})
_LIVE = ("running", "paused")


@dataclass(frozen=True, kw_only=True)
class Member:
    """Somebody in the room or at its door. `entry` is None for an invited account that has not come yet.

    `actor` carries the organisation; without an account its person_id is 0 and it has no roles.
    """

    workshop_id: int
    participant_id: int | None
    actor: Actor
    role: MemberRole
    entry: Entry | None
    confirmed: bool = False
    ready: bool = False
    hand: bool = False

    @property
    def admitted(self) -> bool:
        """Whether they are in the room."""
        return self.entry == Entry.ADMITTED

    @property
    def leads(self) -> bool:
        """Whether they lead it or keep its minutes."""
        return self.admitted and self.role in LEADING


@dataclass(frozen=True, kw_only=True)
class RoomAccess:
    """What the predicates ask for. `sees_case`: the present case is open to this member (consent, attendance)."""

    member: Member
    state: str
    screen: Screen = Screen.PHONE
    position: int = 0
    sees_case: bool = False


def may_know_room(room: RoomAccess) -> Verdict:
    """Whoever belongs to the workshop or knocked at its door finds the page; it says what goes on for them."""
    return shown_if(room.member.entry is not None or bool(room.member.actor.person_id))


def may_be_in_room(room: RoomAccess) -> Verdict:
    """Whoever was let in, until the workshop is over."""
    return all_of(
        allowed_if(room.member.admitted, "Sie sind noch nicht im Raum. Die Moderation lässt Sie ein."),
        allowed_if(room.state in _LIVE, "Dieser Workshop läuft gerade nicht."),
    )


def may_see_case(room: RoomAccess) -> Verdict:
    """Members whose organisation attends the present case, as far as the person's consent goes (DP-5)."""
    return shown_if(room.member.admitted and room.sees_case)


def may_write_card(room: RoomAccess) -> Verdict:
    """Everyone who sees the case, has promised confidentiality and does not just show it on a wall."""
    return all_of(
        may_see_case(room),
        may_be_in_room(room),
        allowed_if(room.member.role != MemberRole.PROJECTOR, "Der Beamer zeigt nur."),
        allowed_if(room.member.confirmed or room.member.leads, "Bitte bestätigen Sie zuerst die Vertraulichkeit."),
        allowed_if(room.position > 0, "Der Fall hat noch nicht begonnen."),
    )


def may_open(actor: Actor, moderator_id: int | None) -> Verdict:
    """The workshop's moderator, or the coordination in their place."""
    leads = moderator_id is not None and actor.person_id == moderator_id
    return allowed_if(
        (leads or actor.has_role("coordination")) and not actor.has_role("admin"),
        "Den Raum öffnet die Moderation.",
    )


def may_steer(room: RoomAccess) -> Verdict:
    """Who moderates, or the coordination in their place; whatever screen they use."""
    return all_of(
        allowed_if(
            room.member.admitted and room.member.role == MemberRole.MODERATOR, "Den Workshop steuert die Moderation."
        ),
        allowed_if(room.state in _LIVE, "Dieser Workshop läuft gerade nicht."),
    )


def may_lead(room: RoomAccess) -> Verdict:
    """Moderation and minutes see who is there and write stations."""
    return all_of(
        allowed_if(room.member.leads, "Diese Ansicht ist für Moderation und Protokoll."),
        allowed_if(room.state in _LIVE, "Dieser Workshop läuft gerade nicht."),
    )


def may_add_station(room: RoomAccess) -> Verdict:
    """Moderation, minutes and the case giver, while the case is open to them."""
    writes = room.member.leads or room.member.role == MemberRole.CASE_GIVER
    return all_of(
        may_see_case(room),
        may_be_in_room(room),
        allowed_if(writes, "Stationen ergänzen Moderation, Protokoll und fallgebende Person."),
    )
