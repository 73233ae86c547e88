"""How the production server is set, as far as pages rely on it."""

import re
from pathlib import Path
from urllib.parse import quote

from app import server
from app.core import web

BOX = Path(web.__file__).parents[2] / "knowledge" / "search" / "templates" / "search" / "_box.html"
LONGEST_LETTER = "\N{CJK UNIFIED IDEOGRAPH-4E00}"
"""Three bytes for one place of a field; signs of four bytes take two places."""


def test_whatever_fits_the_search_field_fits_the_servers_longest_address() -> None:
    places = int(re.findall(r'id="suchfeld"[^>]*maxlength="(\d+)"', BOX.read_text(encoding="utf-8"))[0])
    assert len(quote(LONGEST_LETTER * places)) < server.limit_request_line / 2, "filters have room beside it"


def test_a_thousand_letters_of_arabic_are_a_page_and_no_refusal() -> None:
    assert len(f"GET /suche?q={quote('ا' * 990)} HTTP/1.1\r\n") < server.limit_request_line
