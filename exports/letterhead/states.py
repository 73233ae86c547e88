"""What an uploaded document is for. Pure."""

from enum import StrEnum


class Purpose(StrEnum):
    """The letterhead dresses every document; a template has the say over its own kind."""

    LETTERHEAD = "letterhead"
    INVITATION = "invitation"
    MINUTES = "minutes"
    EXTRACT = "extract"
    COVER_LETTER = "cover_letter"


ADDRESSES = {
    "briefkopf": Purpose.LETTERHEAD,
    "einladung": Purpose.INVITATION,
    "niederschrift": Purpose.MINUTES,
    "beschlussauszug": Purpose.EXTRACT,
    "anschreiben": Purpose.COVER_LETTER,
}
"""The word in the address of a page."""
WORDS = {purpose: word for word, purpose in ADDRESSES.items()}
