"""Who may open a scoring, fill in a sheet and read the result. Pure predicates."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.core.permissions import VOTING, Actor, Verdict, all_of, allowed_if, shown_if
from meetings.agenda.policy import MeetingAccess, may_conduct_meeting, may_edit_agenda, sees_all_parts
from meetings.bodies.policy import BodyAccess, may_edit_body


@dataclass(frozen=True)
class ScoringAccess:
    """What the predicates need to know of a scoring.

    `seats`: voting seat → organisation. `answered`: organisations with a sheet, `complete` those who answered every
    question, `by_office` those whose sheet the office entered from paper. `over`: the deadline has passed.
    """

    meeting: MeetingAccess
    state: str
    shown: str = "closed"
    late: bool = True
    over: bool = False
    seats: Mapping[int, int] = field(default_factory=dict)
    answered: frozenset[int] = frozenset()
    complete: frozenset[int] = frozenset()
    by_office: frozenset[int] = frozenset()


def own_organisation(actor: Actor, scoring: ScoringAccess) -> int | None:
    """The organisation for which the person may fill in a sheet: that of a voting seat, as holder or deputy."""
    body = scoring.meeting.body.body_id
    seats = (seat for seat in actor.seats if seat.body_id == body and seat.kind == VOTING)
    return next((scoring.seats[seat.seat_id] for seat in seats if seat.seat_id in scoring.seats), None)


def may_read_scoring(actor: Actor, scoring: ScoringAccess) -> Verdict:
    """The body's own members, its chair and the coordination; a guest of the meeting does not prepare it."""
    return shown_if(sees_all_parts(actor, scoring.meeting.body))


def may_open_scoring(actor: Actor, item: MeetingAccess) -> Verdict:
    """Whoever prepares the meeting, before it is held."""
    return all_of(shown_if(sees_all_parts(actor, item.body)), may_edit_agenda(actor, item))


def may_steer_scoring(actor: Actor, scoring: ScoringAccess) -> Verdict:
    """Close and take back: whoever may open one."""
    return all_of(may_read_scoring(actor, scoring), may_edit_agenda(actor, scoring.meeting))


def may_score(actor: Actor, scoring: ScoringAccess) -> Verdict:
    """One sheet for each organisation with a voting seat, until the close; after the deadline if the rule allows."""
    return all_of(
        may_read_scoring(actor, scoring),
        _takes_sheets(scoring),
        allowed_if(
            own_organisation(actor, scoring) is not None, "Bewertet wird von den stimmberechtigten Mitgliedern."
        ),
    )


def _takes_sheets(scoring: ScoringAccess) -> Verdict:
    return all_of(
        allowed_if(scoring.state == "open", "Diese Bewertung ist nicht mehr offen."),
        allowed_if(scoring.late or not scoring.over, "Die Frist ist abgelaufen."),
    )


def may_enter_sheets(actor: Actor, scoring: ScoringAccess) -> Verdict:
    """Chair and office enter what came on paper."""
    return all_of(may_read_scoring(actor, scoring), _takes_sheets(scoring), may_conduct_meeting(actor, scoring.meeting))


def may_enter_for(actor: Actor, scoring: ScoringAccess, organisation_id: int) -> Verdict:
    """A sheet on paper; never over the sheet that the organisation has filled in itself."""
    itself = organisation_id in scoring.answered - scoring.by_office
    return all_of(
        may_enter_sheets(actor, scoring),
        shown_if(organisation_id in scoring.seats.values()),
        allowed_if(not itself, "Diese Organisation hat selbst geantwortet; ihren Bogen sieht vor dem Schluss niemand."),
    )


def may_read_scores(actor: Actor, scoring: ScoringAccess) -> Verdict:
    """After the close; before it only where the rule shows the result to those who have answered everything themselves.

    Otherwise one mark would be enough to read the others' first.
    """
    own = own_organisation(actor, scoring)
    early = scoring.state == "open" and scoring.shown == "answered" and own is not None and own in scoring.complete
    return all_of(
        may_read_scoring(actor, scoring),
        allowed_if(scoring.state == "closed" or early, "Bis zum Schluss sieht niemand, wie bewertet wurde."),
    )


def may_weigh(actor: Actor, body: BodyAccess) -> Verdict:
    """Criteria and weights belong to the rules of the body; a scoring that is open keeps its own."""
    return may_edit_body(actor, body)
