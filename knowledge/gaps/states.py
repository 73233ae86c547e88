"""The closed lists of values that the tables of this room use. Kinds, domains and groups are codes of the taxonomy."""

from enum import StrEnum


class GapStatus(StrEnum):
    """The life of a structural gap."""

    REPORTED = "reported"
    IN_REVIEW = "in_review"
    TOPIC_STORE = "topic_store"
    SUBMITTED = "submitted"
    PRIORITISED = "prioritised"
    IN_PROJECT = "in_project"
    IMPLEMENTING = "implementing"
    MONITORING = "monitoring"
    RESOLVED = "resolved"
    DEFERRED = "deferred"
    ESCALATED = "escalated"
    DECLINED = "declined"
    MERGED = "merged"
    SINGLE_CASE = "single_case"


class TopicState(StrEnum):
    """The life of a cross-case topic."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    PRIORITISED = "prioritised"
    MANDATED = "mandated"
    CLOSED = "closed"


class SolvableAt(StrEnum):
    """The level on which a gap can be closed."""

    OPERATIONAL = "operational"
    ORGANISATION = "organisation"
    STRATEGIC = "strategic"
    COUNCIL = "council"
    STATE = "state"
    FEDERAL = "federal"


class GapFacetName(StrEnum):
    """What a gap's codes say, each from its own list of the taxonomy; INTERFACE holds agency_types."""

    LIFE_DOMAIN = "life_domain"
    LEGAL_DOMAIN = "legal_domain"
    INTERFACE = "interface"
    TRANSITION = "transition"
    AFFECTED_GROUP = "affected_group"
    KIND = "kind"


class Polarity(StrEnum):
    """Whether a station speaks for the gap or shows that it also worked."""

    FOR = "for"
    AGAINST = "against"


class LineageKind(StrEnum):
    """How one gap came out of another."""

    MERGED = "merged"
    SPLIT = "split"
