"""The closed lists of values that the tables of this room use. Open lists are codes of the taxonomy."""

from enum import StrEnum


class TenantKind(StrEnum):
    """What a tenant is: a county with municipalities, or a city that belongs to no county."""

    COUNTY = "county"
    INDEPENDENT_CITY = "independent_city"


class MunicipalityKind(StrEnum):
    """Constituent municipalities by their legal size class."""

    LARGE_TOWN = "large_town"
    MEDIUM_TOWN = "medium_town"
    TOWN = "town"
    COMMUNITY = "community"


class Role(StrEnum):
    """What a person may be in the network; a seat in a body is something else."""

    COORDINATION = "coordination"
    MODERATOR = "moderator"
    MINUTES = "minutes"
    CASEMGMT = "casemgmt"
    MEMBER = "member"
    DEPUTY = "deputy"
    CHAIR = "chair"
    PROJECT_LEAD = "project_lead"
    ADVISOR = "advisor"
    EXPERT = "expert"
    ADMIN = "admin"
    DPO = "dpo"


class Visibility(StrEnum):
    """How far a text may be seen, the narrowest first."""

    CASE_TEAM = "case_team"
    WORKSHOP = "workshop"
    COORDINATION = "coordination"
    BODY = "body"
    NETWORK = "network"
    PUBLIC = "public"


class CardAuthorRetention(StrEnum):
    """How long the author of a workshop card is known."""

    UNTIL_CLOSE = "until_close"
    NONE = "none"


class FactSection(StrEnum):
    """Where a fact about a tenant comes from: its own text, what that text leaves open, other sources."""

    IDENTITY = "identity"
    SAYS = "says"
    SILENT = "silent"
    EXTERNAL = "external"
    RUNS_IF = "runs_if"
