"""The closed list of what kind of paper a document is."""

from enum import StrEnum


class PaperKind(StrEnum):
    """What a document was written as."""

    MINUTES = "minutes"
    TOPIC_PAPER = "topic_paper"
    CONCEPT = "concept"
    REPORT = "report"
    GUIDELINE = "guideline"
    OTHER = "other"
