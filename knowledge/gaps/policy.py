"""Who may read, write and move gaps, topics and reports. Pure predicates."""

from typing import Protocol

from app.core.permissions import ADVISORY, OFFICE, VOTING, Actor, Verdict, all_of, allowed_if, shown_if

COORDINATION, BODY, NETWORK, PUBLIC = "coordination", "body", "network", "public"
LEVELS = (COORDINATION, BODY, NETWORK, PUBLIC)
"""Who sees a gap or a solution, from the fewest to the most."""

_FROM_NARROW_TO_WIDE = ("case_team", "workshop", *LEVELS)

_COORDINATION_ONLY = "Das ist Aufgabe der Koordination."


class Visible(Protocol):
    """Anything that carries a level of visibility."""

    @property
    def visibility(self) -> str:
        """One of `LEVELS`."""
        ...


class Reported(Protocol):
    """A report of a possible gap."""

    @property
    def reporter_id(self) -> int | None:
        """The person who filed it, None once erased."""
        ...


def is_member_of_a_body(actor: Actor) -> bool:
    """Whether the person holds a seat of their own in any body; a guest of a meeting is not a member."""
    return any(seat.kind in (VOTING, ADVISORY, OFFICE) for seat in actor.seats)


def sees(actor: Actor, visibility: str) -> bool:
    """Whether a level includes the person: coordination sees all, unknown levels are the coordination's alone."""
    if actor.has_role("coordination") or visibility in (NETWORK, PUBLIC):
        return True
    return visibility == BODY and is_member_of_a_body(actor)


def rises(before: str, after: str) -> bool:
    """Whether a change of level lets more people read it; then the text passes the privacy check first (DP-10)."""
    return _FROM_NARROW_TO_WIDE.index(after) > _FROM_NARROW_TO_WIDE.index(before)


def may_read_catalogue(actor: Actor) -> Verdict:
    """Every signed-in person of the tenant; what the list holds depends on `may_read_gap`."""
    return allowed_if(actor.tenant_id > 0, "Bitte melden Sie sich an.")


def may_read_gap(actor: Actor, gap: Visible) -> Verdict:
    """By the gap's level; whoever is outside must not learn that it exists."""
    return shown_if(sees(actor, gap.visibility))


def may_read_topic(actor: Actor, topic: Visible) -> Verdict:
    """By the topic's level, like a gap."""
    return shown_if(sees(actor, topic.visibility))


def may_edit_gap(actor: Actor) -> Verdict:
    """Create, change, merge, link: the coordination (domain.md 3.2)."""
    return allowed_if(actor.has_role("coordination"), _COORDINATION_ONLY)


def may_change_gap(actor: Actor, gap: Visible) -> Verdict:
    """Change what is written about this gap; whoever may not even read it does not learn that it exists."""
    return all_of(may_read_gap(actor, gap), may_edit_gap(actor))


def may_move_gap(actor: Actor) -> Verdict:
    """Steps that no body decides; the lifecycle then says which."""
    return allowed_if(actor.has_role("coordination"), _COORDINATION_ONLY)


def may_read_evidence(actor: Actor) -> Verdict:
    """Which cases stand behind a gap, and exact counts below the smallest cell: the coordination alone (DP-11)."""
    return allowed_if(actor.has_role("coordination"), "Die Fälle hinter einem Beleg sieht nur die Koordination.")


def may_report_gap(actor: Actor) -> Verdict:
    """Everyone who works in the network may report; the administrator's account is for accounts."""
    return allowed_if(actor.roles != {"admin"}, "Mit diesem Konto werden Zugänge verwaltet, keine Meldungen.")


def may_read_report(actor: Actor, report: Reported) -> Verdict:
    """The coordination and whoever filed it."""
    return shown_if(actor.has_role("coordination") or report.reporter_id == actor.person_id)
