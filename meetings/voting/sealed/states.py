"""The closed list of values that the tables of this room use."""

from enum import StrEnum


class UrnState(StrEnum):
    """The life of an urn: prepared for an item, taking envelopes, counted, or given up with its key destroyed."""

    PREPARED = "prepared"
    OPEN = "open"
    COUNTED = "counted"
    GIVEN_UP = "given_up"
