"""What a county says of itself in the head and foot of a PDF, as the templates read it."""

from typing import Any

from exports.docx.letterhead import Letterhead
from exports.pdf.glyphs import showable


def head_values(letterhead: Letterhead) -> dict[str, Any] | None:
    """Lines, footer and logo; None where the county has set nothing. The logo goes as numbers: JSON knows no bytes."""
    head = letterhead.head
    if head is None:
        return None
    return {
        "lines": [showable(line) for line in head.lines],
        "footer": [showable(line) for line in head.footer],
        "logo": list(head.logo) or None,
        "logo_words": showable(head.logo_words) or "Logo",
    }
