"""Who may read, prepare, check, release and erase a case. Pure predicates; whoever is outside learns nothing of it.

An administrator has no case rights, whatever else the account may do (DP-14).
"""

from dataclasses import dataclass
from datetime import date

from app.core.permissions import Actor, Verdict, all_of, allowed_if, shown_if
from knowledge.cases.rules import GONE, WINDOW_DAYS, is_locked, reading_window_open


@dataclass(frozen=True)
class CaseAccess:
    """What the predicates need to know of a case: its state, its people, its consent, its workshop, and the day."""

    state: str
    giver_id: int | None
    scopes: frozenset[str]
    attending_organisation_ids: frozenset[int]
    workshop_state: str | None
    released_on: date | None
    today: date
    moderator_id: int | None = None
    window_days: int = WINDOW_DAYS
    minute_taker_id: int | None = None
    submitted: bool = False


def _is_giver(actor: Actor, case: CaseAccess) -> bool:
    return case.giver_id is not None and actor.person_id == case.giver_id


def _always_reads(actor: Actor, case: CaseAccess) -> bool:
    moderates = case.moderator_id is not None and actor.person_id == case.moderator_id
    return _is_giver(actor, case) or moderates or actor.has_role("coordination")


def _attends(actor: Actor, case: CaseAccess) -> bool:
    """The organisation attends this very case, the consent does not lock it, and the window is open.

    The data protection officer audits and does not attend.
    """
    return (
        case.state == "released"
        and not actor.has_role("dpo")
        and actor.organisation_id in case.attending_organisation_ids
        and not is_locked(actor.organisation_type, case.scopes)
        and reading_window_open(case.workshop_state or "", case.released_on, case.today, case.window_days)
    )


def may_read_case(actor: Actor, case: CaseAccess) -> Verdict:
    """Case giver, coordination and the workshop's moderator; attendees in the window; nobody else (DP-5, DP-7).

    A case that was erased is gone for all of them.
    """
    if actor.has_role("admin") or case.state in GONE:
        return shown_if(False)
    return shown_if(_always_reads(actor, case) or _attends(actor, case))


def may_list_cases(actor: Actor) -> Verdict:
    """The list is there for everyone who can have a case in it; each row asks `may_read_case`."""
    return shown_if(not actor.has_role("admin"))


def may_write_case(actor: Actor) -> Verdict:
    """A new case comes from case management, a counselling service's member, or the coordination."""
    return allowed_if(
        actor.has_role("casemgmt", "coordination") and not actor.has_role("admin"),
        "Fälle legen Case Management und Koordination an.",
    )


def may_edit_case(actor: Actor, case: CaseAccess) -> Verdict:
    """The case giver and the coordination, until it is checked; then the check would no longer be true."""
    return all_of(
        may_read_case(actor, case),
        allowed_if(
            _is_giver(actor, case) or actor.has_role("coordination"), "Den Fall bearbeitet, wer ihn eingebracht hat."
        ),
        allowed_if(case.state == "draft", "Der Fall ist geprüft; zum Ändern wird er wieder Entwurf."),
        allowed_if(not case.submitted, "Der Fall liegt zur Prüfung. Zum Ändern holen Sie ihn zurück."),
    )


def may_keep_case(actor: Actor, case: CaseAccess) -> Verdict:
    """Give a draft for checking, take it back, make a checked case a draft again: case giver and coordination."""
    return all_of(
        may_read_case(actor, case),
        allowed_if(
            _is_giver(actor, case) or actor.has_role("coordination"), "Den Fall bearbeitet, wer ihn eingebracht hat."
        ),
    )


def may_close_case(actor: Actor, case: CaseAccess) -> Verdict:
    """When nothing more is to be done with it: the coordination."""
    return all_of(
        may_read_case(actor, case),
        allowed_if(actor.has_role("coordination"), "Abgeschlossen wird durch die Koordination."),
    )


def may_add_live_station(actor: Actor, case: CaseAccess) -> Verdict:
    """While the workshop runs: who moderates, who takes the minutes, the case giver, the coordination."""
    minutes = case.minute_taker_id is not None and actor.person_id == case.minute_taker_id
    in_room = not actor.has_role("admin") and (_always_reads(actor, case) or minutes)
    return all_of(
        shown_if(in_room),
        allowed_if(
            case.workshop_state == "live" and case.state == "released",
            "Stationen ergänzt die Runde nur, während der Workshop läuft.",
        ),
    )


def may_check_case(actor: Actor, case: CaseAccess) -> Verdict:
    """A second person of the coordination or the moderation, never the case giver (DP-4, DP-14)."""
    return all_of(
        may_read_case(actor, case),
        allowed_if(not _is_giver(actor, case), "Den eigenen Fall prüft eine zweite Person."),
        allowed_if(actor.has_role("coordination", "moderator"), "Geprüft wird in der Koordination."),
    )


def may_release_case(actor: Actor, case: CaseAccess) -> Verdict:
    """The coordination, but nobody releases a case of their own (DP-14)."""
    return all_of(
        may_read_case(actor, case),
        allowed_if(not _is_giver(actor, case), "Den eigenen Fall gibt man nicht selbst frei."),
        allowed_if(actor.has_role("coordination"), "Freigegeben wird durch die Koordination."),
    )


def may_withdraw_case(actor: Actor, case: CaseAccess) -> Verdict:
    """When the person withdraws the consent: case giver or coordination, at any time (DP-6)."""
    return all_of(
        may_read_case(actor, case),
        allowed_if(
            _is_giver(actor, case) or actor.has_role("coordination"),
            "Den Widerruf tragen fallgebende Person und Koordination ein.",
        ),
        allowed_if(case.state not in GONE, "Der Fall ist bereits gelöscht."),
    )


def may_erase_case(actor: Actor, case: CaseAccess) -> Verdict:
    """Coordination and data protection officer; the officer erases without reading (domain.md 3.2)."""
    if actor.has_role("dpo") and not actor.has_role("admin"):
        return shown_if(case.state not in GONE)
    return all_of(
        may_read_case(actor, case),
        allowed_if(actor.has_role("coordination"), "Gelöscht wird durch Koordination oder Datenschutz."),
    )


def may_write_finding(actor: Actor, case: CaseAccess) -> Verdict:
    """Case giver, moderator and coordination; other attendees write cards (domain.md 3.2)."""
    return all_of(
        may_read_case(actor, case),
        allowed_if(_always_reads(actor, case), "Befunde halten Moderation, Koordination und fallgebende Person fest."),
    )


def may_read_municipality(actor: Actor) -> Verdict:
    """Where a case happened is the coordination's alone: it makes people recognisable."""
    return allowed_if(
        actor.has_role("coordination") and not actor.has_role("admin"), "Die Kommune sieht nur die Koordination."
    )


def may_read_case_giver(actor: Actor, case: CaseAccess) -> Verdict:
    """Who brought the case in is known to the case team: the giver, the moderator, the coordination."""
    return all_of(
        may_read_case(actor, case),
        allowed_if(_always_reads(actor, case), "Wer den Fall eingebracht hat, bleibt im Fallteam."),
    )


def may_read_case_log(actor: Actor) -> Verdict:
    """Who opened which case when: data protection officer and coordination; the log holds no text (DP-15)."""
    return allowed_if(
        actor.has_role("dpo", "coordination") and not actor.has_role("admin"),
        "Das Zugriffsprotokoll lesen Datenschutz und Koordination.",
    )


def may_read_erasures(actor: Actor) -> Verdict:
    """What was erased and what is due: data protection officer and coordination; no word of any case stands there."""
    return allowed_if(
        actor.has_role("dpo", "coordination") and not actor.has_role("admin"),
        "Die Löschnachweise lesen Datenschutz und Koordination.",
    )
