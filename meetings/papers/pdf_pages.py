"""`python -m meetings.papers.pdf_pages FILE`: how many pages a PDF has, or that it is none; run by `app.core.apart`."""

import sys
from collections.abc import Mapping

from pypdf import PdfReader

from app.core.apart import BROKEN, within_limits

SECONDS = 20


def look(path: str) -> Mapping[str, object]:
    """Pages, or a problem. One with a password is a PDF, though nobody can count its pages."""
    reader = PdfReader(path, strict=False)
    if reader.is_encrypted:
        return {"pages": 0}
    number = len(reader.pages)
    return {"pages": number} if number else {"problem": BROKEN}


if __name__ == "__main__":
    sys.exit(within_limits(lambda: look(sys.argv[1]), SECONDS))
