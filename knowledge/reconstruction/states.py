"""The closed lists of values that the tables of this room use."""

from enum import StrEnum


class MemberRole(StrEnum):
    """What somebody does in the room. A projector is a screen that the moderator let in."""

    MODERATOR = "moderator"
    MINUTES = "minutes"
    CASE_GIVER = "case_giver"
    RESONANCE = "resonance"
    TIMEKEEPER = "timekeeper"
    OWN_EXPERIENCE = "own_experience"
    PROJECTOR = "projector"


class Entry(StrEnum):
    """Whether somebody is in the room: waits at the door, was let in, was not, or has left."""

    WAITING = "waiting"
    ADMITTED = "admitted"
    REFUSED = "refused"
    LEFT = "left"


class PhaseKind(StrEnum):
    """The ten phases of a case, in their order."""

    ARRIVAL = "arrival"
    PRESENTATION = "presentation"
    QUESTIONS = "questions"
    TIMELINE = "timeline"
    CARDS = "cards"
    RESONANCE = "resonance"
    CLUSTERS = "clusters"
    CHECK = "check"
    DOTS = "dots"
    CLOSING = "closing"


class Screen(StrEnum):
    """The three screens of one room."""

    PHONE = "phone"
    MODERATOR = "moderator"
    PROJECTOR = "projector"


class Tab(StrEnum):
    """What a phone looks at; the words of the bar at its bottom."""

    CASE = "fall"
    TIMELINE = "zeitstrahl"
    CARDS = "karten"
    DOTS = "punkte"
