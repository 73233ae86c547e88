"""The closed lists of values that the tables of this room use."""

from enum import StrEnum


class WorkshopState(StrEnum):
    """The life of a workshop; with RELEASED its minutes may be read and the retention of its cases begins."""

    PLANNED = "planned"
    RUNNING = "running"
    PAUSED = "paused"
    HELD = "held"
    RELEASED = "released"
    CANCELLED = "cancelled"


class WorkshopFormat(StrEnum):
    """How people meet."""

    IN_PERSON = "in_person"
    HYBRID = "hybrid"
    ONLINE = "online"


class InvitationMethod(StrEnum):
    """What a calendar mail says (RFC 5546): come (also: it has changed), or it is off for you."""

    REQUEST = "request"
    CANCEL = "cancel"
