"""The closed lists of values that the tables of this room use."""

from enum import StrEnum


class BodyKind(StrEnum):
    """What a body is for."""

    STEERING = "steering"
    PROJECT = "project"
    WORKING = "working"
    OFFICE = "office"
    COMMITTEE = "committee"


class ChangeKind(StrEnum):
    """What was changed in a body."""

    FOUNDED = "founded"
    HEAD = "head"
    RULES = "rules"
    SEAT_ADDED = "seat_added"
    SEAT_ENDED = "seat_ended"
    HOLDERS = "holders"


class SeatKind(StrEnum):
    """What an organisation's seat allows."""

    VOTING = "voting"
    ADVISORY = "advisory"
    GUEST = "guest"
    OFFICE = "office"


class NoticeUnit(StrEnum):
    """In which days a notice period is counted: every day, whole days between both ends, working days."""

    CALENDAR = "calendar"
    FULL = "full"
    WORKING = "working"


class PartNumbering(StrEnum):
    """How the items of the non-public part are numbered: on from the public part, or anew as N1, N2."""

    THROUGH = "through"
    RESTART = "restart"


class HiddenPart(StrEnum):
    """What those who may not see the non-public part learn of it: the headings, or nothing."""

    HEADINGS = "headings"
    NOTHING = "nothing"


class VoteUnit(StrEnum):
    """Who has one vote."""

    ORGANISATION = "organisation"
    SEAT = "seat"
    PERSON = "person"


class ObligationConsent(StrEnum):
    """Whether an agreement binds only those who consented themselves."""

    REQUIRED = "required"
    NOT_REQUIRED = "not_required"


class CircularRule(StrEnum):
    """Whether a decision can be made in writing between meetings."""

    ALLOWED = "allowed"
    ALLOWED_UNLESS_OBJECTION = "allowed_unless_objection"
    NOT_ALLOWED = "not_allowed"


class TieRule(StrEnum):
    """What happens on equal votes (VwVfG § 91: the chair decides if entitled, else rejected)."""

    REJECTED = "rejected"
    CHAIR_DECIDES = "chair_decides"
    REVOTE = "revote"
    LOT = "lot"


class MinutesAdoption(StrEnum):
    """How minutes become final: by a decision of the next meeting, by silence, or by two signatures."""

    NEXT_MEETING = "next_meeting"
    UNLESS_OBJECTION = "unless_objection"
    SIGNATURES = "signatures"


class MandatePointKind(StrEnum):
    """The lists that a mandate has."""

    IN_SCOPE = "in_scope"
    OUT_OF_SCOPE = "out_of_scope"
    CONSTRAINT = "constraint"
