"""The closed lists of values that the tables of this room use. Life domains, transitions and agencies are codes."""

from enum import StrEnum


class ReportState(StrEnum):
    """The life of a report."""

    HELD = "held"
    RECEIVED = "received"
    IN_REVIEW = "in_review"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Frequency(StrEnum):
    """How often the reporter saw it."""

    ONCE = "once"
    SEVERAL = "several"
    MONTHLY = "monthly"
    WEEKLY = "weekly"
    UNKNOWN = "unknown"


class ReportFacetName(StrEnum):
    """What a report's codes say; INTERFACE holds agency_types."""

    LIFE_DOMAIN = "life_domain"
    TRANSITION = "transition"
    INTERFACE = "interface"


class Author(StrEnum):
    """Who wrote a message about a report."""

    REPORTER = "reporter"
    COORDINATION = "coordination"
