"""The closed lists of values that the tables of this room use."""

from enum import StrEnum


class CaseState(StrEnum):
    """The life of a case."""

    DRAFT = "draft"
    CHECKED = "checked"
    RELEASED = "released"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"


class CaseTiming(StrEnum):
    """Whether the help in the case goes on; only closed or resting ones are easy to talk about."""

    CLOSED = "closed"
    RESTING = "resting"
    OPEN = "open"


class CaseFacetName(StrEnum):
    """What a case's codes say: whom it concerns, and which life domains are sensitive in it."""

    AFFECTED_GROUP = "affected_group"
    SENSITIVE = "sensitive"


class ConsentForm(StrEnum):
    """How the person consented (§ 67b SGB X: provable)."""

    WRITTEN = "written"
    ELECTRONIC = "electronic"


class ConsentScopeName(StrEnum):
    """What the person consented to."""

    WORKSHOP = "workshop"
    WELFARE_ONLY = "welfare_only"
    WITH_AUTHORITIES = "with_authorities"
    GAP_TEXT = "gap_text"
    REPORT = "report"


class CheckResult(StrEnum):
    """What the second person found in the de-identification check."""

    RELEASED = "released"
    RETURNED = "returned"


class StationAssessment(StrEnum):
    """What a station of the timeline was for the person."""

    BRIDGE = "bridge"
    BREAK = "break"
    DELAY = "delay"
    NEUTRAL = "neutral"
    TURNING_POINT = "turning_point"


class FindingKind(StrEnum):
    """What a finding says about the gap that it points at: that it is there, or that it was bridged here."""

    SUPPORTS = "supports"
    COUNTERS = "counters"


class ErasureWhy(StrEnum):
    """Why a case was erased: the person took the consent back, the time was up, or somebody with the right asked."""

    WITHDRAWAL = "withdrawal"
    RETENTION = "retention"
    REQUEST = "request"
