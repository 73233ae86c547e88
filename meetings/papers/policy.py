"""Who may read, write and steer a paper. Pure predicates."""

from dataclasses import dataclass, field

from app.core.permissions import OFFICE, VOTING, Actor, Verdict, all_of, allowed_if, shown_if
from meetings.bodies.policy import BodyAccess, holds_office, is_chair, is_member, moderates
from meetings.papers import rules
from meetings.papers.states import PaperState


@dataclass(frozen=True, kw_only=True)
class PaperAccess:
    """What the predicates need to know of a paper.

    `author_ids` are who began it and who leads it, `turn` is the body on the route that has to deal with it next.
    """

    state: PaperState
    public: bool
    originator_id: int
    author_ids: frozenset[int] = frozenset()
    route: tuple[BodyAccess, ...] = field(default=())
    turn: BodyAccess | None = None


def is_office(actor: Actor, paper: PaperAccess) -> bool:
    """Whether the person runs the office of a body on the route, or moderates a project group there."""
    return any(holds_office(actor, body) or moderates(actor, body) for body in paper.route)


def steers_now(actor: Actor, paper: PaperAccess) -> bool:
    """Whether the person runs the office of the body whose turn it is: that one permits, returns, withdraws."""
    return paper.turn is not None and (holds_office(actor, paper.turn) or moderates(actor, paper.turn))


def is_originator(actor: Actor, paper: PaperAccess) -> bool:
    """Whether the paper is of the person's organisation."""
    return actor.organisation_id == paper.originator_id


def _sees_permitted(actor: Actor, paper: PaperAccess) -> bool:
    """Whether the person is among those whom a permitted paper reaches; a guest's seat is none."""
    if any(is_chair(actor, body) for body in paper.route):
        return True
    if not paper.public:
        return any(actor.holds_seat(body.body_id, VOTING, OFFICE) for body in paper.route)
    seated = any(is_member(actor, body) for body in paper.route)
    return seated or is_originator(actor, paper) or actor.has_role("coordination")


def may_read_paper(actor: Actor, paper: PaperAccess) -> Verdict:
    """Until it is permitted its organisation and the office; then the bodies on its route and the coordination.

    One for the non-public part reaches voting members and the office, besides who wrote it.
    """
    if is_office(actor, paper) or actor.person_id in paper.author_ids:
        return shown_if(True)
    if paper.state == PaperState.PERMITTED:
        return shown_if(_sees_permitted(actor, paper))
    return shown_if(is_originator(actor, paper))


def may_list_papers(actor: Actor) -> Verdict:
    """Everybody who is signed in has a list; each paper on it asks `may_read_paper`."""
    return allowed_if(actor.tenant_id > 0, "Bitte melden Sie sich an.")


def may_begin_paper(actor: Actor) -> Verdict:
    """Whoever has a seat of their own in a body, and the coordination; for one's own organisation."""
    seated = any(seat.kind != "guest" for seat in actor.seats)
    return allowed_if(
        seated or actor.has_role("coordination"),
        "Vorlagen reichen die Organisationen ein, die einen Sitz in einem Gremium haben.",
    )


def may_edit_paper(actor: Actor, paper: PaperAccess) -> Verdict:
    """Its organisation while it is a draft; the office also once it is submitted, and each change is a version."""
    editable = paper.state == PaperState.DRAFT and (is_originator(actor, paper) or actor.person_id in paper.author_ids)
    steered = paper.state != PaperState.WITHDRAWN and is_office(actor, paper)
    return all_of(
        may_read_paper(actor, paper),
        allowed_if(paper.state != PaperState.WITHDRAWN, "Eine zurückgezogene Vorlage wird nicht mehr geändert."),
        allowed_if(editable or steered, "Nach dem Einreichen ändert nur noch die Geschäftsstelle den Text."),
    )


def may_steer_paper(actor: Actor, paper: PaperAccess) -> Verdict:
    """Permit, return, put on an agenda, note a recommendation: the office of a body on the route."""
    return all_of(
        may_read_paper(actor, paper),
        allowed_if(is_office(actor, paper), "Den Weg der Vorlage führt die Geschäftsstelle."),
    )


def may_move_paper(actor: Actor, paper: PaperAccess) -> Verdict:
    """Take a step in its life; the lifecycle says which."""
    return all_of(
        may_read_paper(actor, paper),
        allowed_if(
            bool(roles_in(actor, paper)),
            "Darüber entscheiden die einreichende Organisation und die zuständige Geschäftsstelle.",
        ),
    )


def roles_in(actor: Actor, paper: PaperAccess) -> frozenset[str]:
    """The roles that the person has towards this paper, for its lifecycle."""
    found = {rules.OFFICE} if steers_now(actor, paper) else set()
    if is_originator(actor, paper) or actor.person_id in paper.author_ids:
        found.add(rules.ORIGINATOR)
    return frozenset(found)


def sees_steps(actor: Actor, paper: PaperAccess) -> bool:
    """Comments on returning a paper are between those who wrote it and the offices on its route."""
    return is_office(actor, paper) or bool(roles_in(actor, paper))
