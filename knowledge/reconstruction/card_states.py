"""The closed lists of values that the tables of cards, clusters and dots use."""

from enum import StrEnum


class CardKind(StrEnum):
    """What a card says: where the way broke, what carried, what is unclear, what might help."""

    BREAK = "break"
    BRIDGE = "bridge"
    QUESTION = "question"
    IDEA = "idea"


class ClusterDecision(StrEnum):
    """What becomes of a cluster: it supports a known gap, asks for a new one, or stays with this case."""

    LINK = "link"
    NEW = "new"
    SINGLE = "single"
