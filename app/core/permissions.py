"""Who is acting and what the answer to „may I?“ looks like: values and their vocabulary, no rule of any feature.

The predicates themselves, `may_<action>(actor, thing) -> Verdict`, live in each feature's `policy.py`.
Reasons are German message ids; whoever shows a verdict passes them through gettext.
"""

from dataclasses import dataclass

VOTING, ADVISORY, GUEST, OFFICE = "voting", "advisory", "guest", "office"


@dataclass(frozen=True)
class SeatHeld:
    """A seat that a person occupies today in one body, as its holder or as the deputy of the holder."""

    seat_id: int
    body_id: int
    kind: str
    deputy: bool


@dataclass(frozen=True)
class Actor:
    """The signed-in person as the rules see it: ids, roles and seats of one tenant, nothing else."""

    person_id: int
    tenant_id: int
    organisation_id: int
    organisation_type: str
    roles: frozenset[str]
    seats: tuple[SeatHeld, ...]
    name: str
    organisation_name: str

    def has_role(self, *roles: str) -> bool:
        """Whether the person has at least one of the roles."""
        return not self.roles.isdisjoint(roles)

    def holds_seat(self, body_id: int, *kinds: str) -> bool:
        """Whether the person sits in the body, on a seat of one of the kinds if any are named; deputies count."""
        return any(seat.body_id == body_id and (not kinds or seat.kind in kinds) for seat in self.seats)


@dataclass(frozen=True)
class Verdict:
    """The answer of a predicate: true when allowed, else with its reason for people (a German message id).

    `hidden` means that the person must not even learn that the thing exists: the page answers 404, not 403.
    """

    allowed: bool
    reason: str = ""
    hidden: bool = False

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Verdict(True)


def refused(reason: str) -> Verdict:
    """A refusal that says why; the reason is a whole German sentence."""
    return Verdict(False, reason)


def hidden() -> Verdict:
    """A refusal that does not admit that the thing exists."""
    return Verdict(False, "Diese Seite gibt es nicht.", hidden=True)


def allowed_if(condition: bool, reason: str) -> Verdict:
    """Allowed where the condition holds, else refused with the reason."""
    return ALLOWED if condition else refused(reason)


def shown_if(condition: bool) -> Verdict:
    """Allowed where the condition holds, else hidden."""
    return ALLOWED if condition else hidden()


def all_of(*verdicts: Verdict) -> Verdict:
    """Allowed if every verdict is; else the first refusal, so order them from the most to the least telling."""
    return next((verdict for verdict in verdicts if not verdict), ALLOWED)
