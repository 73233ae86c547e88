"""The closed lists of values that the tables of this room use."""

from enum import StrEnum


class PaperState(StrEnum):
    """The life of a paper as it is stored; that it stands on an agenda or is decided follows from its items."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    PERMITTED = "permitted"
    WITHDRAWN = "withdrawn"


class Standing(StrEnum):
    """Where a paper stands, for people: its state, and what its items say."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    PERMITTED = "permitted"
    SCHEDULED = "scheduled"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


class PaperKind(StrEnum):
    """What a paper asks of the bodies."""

    DECISION = "decision"
    INFORMATION = "information"
    REPORT = "report"
    INQUIRY = "inquiry"


class StationRole(StrEnum):
    """What a body does with a paper, as OParl names the roles of a consultation."""

    HEARING = "hearing"
    PRELIMINARY = "preliminary"
    NOTING = "noting"
    DECISION = "decision"


class Recommendation(StrEnum):
    """What a body that does not decide advises."""

    ADOPT = "adopt"
    ADOPT_AMENDED = "adopt_amended"
    REJECT = "reject"
    NONE = "none"
