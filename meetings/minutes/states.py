"""The closed lists of values that the tables of this room use."""

from enum import StrEnum


class MinutesState(StrEnum):
    """The life of the minutes; from SIGNED on they are corrected by a dated amendment only."""

    DRAFTING = "drafting"
    INTERNAL_REVIEW = "internal_review"
    CIRCULATED = "circulated"
    SIGNED = "signed"
    NOTED = "noted"
    APPROVED = "approved"


class MinutesKind(StrEnum):
    """How much is told: decisions and results alone, or the essential contributions in condensed form as well."""

    RESULT = "result"
    CONDENSED = "condensed"


class SigningRole(StrEnum):
    """Who answers for the minutes, each for themselves."""

    CHAIR = "chair"
    CLERK = "clerk"


class Treatment(StrEnum):
    """What became of an objection; it is printed in the minutes of the meeting that treated it."""

    NOTED = "noted"
    CORRECTION_ADOPTED = "correction_adopted"
    REJECTED = "rejected"


class FilePurpose(StrEnum):
    """What a kept file is. None of them is ever replaced."""

    SIGNED_DOCX = "signed_docx"
    SIGNED_PDF = "signed_pdf"
    PUBLIC_DOCX = "public_docx"
    PUBLIC_PDF = "public_pdf"
    EXTRACT_DOCX = "extract_docx"
    EXTRACT_PDF = "extract_pdf"
    SCAN = "scan"


PUBLIC_FILES = (FilePurpose.PUBLIC_DOCX, FilePurpose.PUBLIC_PDF)
"""Files that whoever may read the public version may have."""
