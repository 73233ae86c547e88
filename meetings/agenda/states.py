"""The closed lists of values that the tables of this room use."""

from enum import StrEnum


class MeetingState(StrEnum):
    """The life of a meeting."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    INVITED = "invited"
    RUNNING = "running"
    PAUSED = "paused"
    HELD = "held"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class ItemKind(StrEnum):
    """What an agenda item is."""

    PROCEDURAL = "procedural"
    DECISION = "decision"
    REPORT = "report"
    DISCUSSION = "discussion"
    VOTE = "vote"


class ItemPart(StrEnum):
    """The part of the meeting in which an item is dealt with (A and B)."""

    PUBLIC = "public"
    NON_PUBLIC = "non_public"


class ItemState(StrEnum):
    """Where the meeting stands with an item."""

    OPEN = "open"
    CURRENT = "current"
    DONE = "done"
    POSTPONED = "postponed"


class ItemResult(StrEnum):
    """What came of an item without a decision of the body; the words map to OParl's `result`."""

    NOTED = "noted"
    DEFERRED = "deferred"
    REFERRED = "referred"
    WITHDRAWN = "withdrawn"
    NO_DECISION = "no_decision"
    NOT_REACHED = "not_reached"


class DecisionKind(StrEnum):
    """What a body can decide."""

    ACKNOWLEDGE = "acknowledge"
    PRIORITISE = "prioritise"
    MANDATE = "mandate"
    APPROVE_AGREEMENT = "approve_agreement"
    RETURN_AGREEMENT = "return_agreement"
    DEFER = "defer"
    ESCALATE = "escalate"
    DECLINE = "decline"
    RESOLVE = "resolve"
    MEMBERSHIP = "membership"
    CONCEPT = "concept"
    REPORT = "report"
    RULES = "rules"
    MINUTES = "minutes"


class AgendaVoteMethod(StrEnum):
    """How an item is voted on."""

    RESOLUTION = "resolution"
    DOTS = "dots"
    CRITERIA_THEN_DOTS = "criteria_then_dots"
    APPROVAL = "approval"
    RANKED = "ranked"
    SCORE = "score"
    RESISTANCE = "resistance"


class ShowResults(StrEnum):
    """When the result of a vote is shown."""

    AFTER_CLOSE = "after_close"
    LIVE = "live"


class TemplatePlace(StrEnum):
    """Where a template's item stands: before what comes up in a meeting, or after it."""

    OPENING = "opening"
    CLOSING = "closing"
