"""Who may prepare, lock and free an urn. Pure predicates; who may cast stands in `meetings.voting.policy`."""

from dataclasses import dataclass

from app.core.permissions import Actor, Verdict, all_of, allowed_if
from meetings.agenda.policy import MeetingAccess, may_conduct_meeting, may_read_meeting


@dataclass(frozen=True, kw_only=True)
class UrnAccess:
    """What the predicates look at: the meeting, who the tellers are, the states of urn and poll ("" without one)."""

    meeting: MeetingAccess
    tellers: tuple[int, ...] = ()
    urn_state: str = ""
    poll_state: str = ""


def may_prepare_urn(actor: Actor, meeting: MeetingAccess) -> Verdict:
    """Chair and office choose the tellers before the poll opens."""
    return may_conduct_meeting(actor, meeting)


def may_see_urn(actor: Actor, urn: UrnAccess) -> Verdict:
    """Whoever may read the meeting sees whether the urn is locked, and by whom."""
    return may_read_meeting(actor, urn.meeting)


def may_lock(actor: Actor, urn: UrnAccess) -> Verdict:
    """Only a teller, for the own half, before the poll opens."""
    return all_of(
        may_read_meeting(actor, urn.meeting),
        allowed_if(actor.person_id in urn.tellers, "Verschlossen wird die Urne von den beiden Wahlhelfenden."),
        allowed_if(urn.urn_state == "prepared", "Diese Urne ist schon im Gebrauch."),
    )


def may_release(actor: Actor, urn: UrnAccess) -> Verdict:
    """Only a teller, for the own half, after the poll is closed."""
    return all_of(
        may_read_meeting(actor, urn.meeting),
        allowed_if(actor.person_id in urn.tellers, "Freigegeben wird die Urne von den beiden Wahlhelfenden."),
        allowed_if(urn.urn_state == "open", "Diese Urne ist schon geleert."),
        allowed_if(urn.poll_state == "closed", "Freigegeben wird die Urne erst, wenn die Abstimmung geschlossen ist."),
    )
