"""The invitation on paper and by mail: part B is for those who may know of it, and for nobody else."""

import io
import zipfile

import pytest
from pypdf import PdfReader

from meetings.agenda.drafting import add_item
from meetings.agenda.drafts import ItemDraft
from meetings.agenda.states import ItemKind, ItemPart
from tests.exports.reading import W, Written, text_of
from tests.meetings.invitations.test_sending import outbox, scheduled, send
from tests.meetings.walk import GUEST, MEMBER, OUTSIDER
from tests.support.demo import Demo

SQLITE = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
SECRET = "Vertraulicher Punkt"


def words_of(demo: Demo, person: str) -> tuple[str, str]:
    """The words of the Word document and of the PDF that this person gets."""
    client = demo.client(person)
    with zipfile.ZipFile(io.BytesIO(client.get("/sitzungen/LG-09/einladung.docx").data)) as parts:
        word = parts.read("word/document.xml").decode()
    pages = PdfReader(io.BytesIO(client.get("/sitzungen/LG-09/einladung.pdf").data)).pages
    return word, " ".join(page.extract_text() for page in pages)


@SQLITE
@pytest.mark.parametrize("address", ["einladung", "anschreiben"])
def test_a_letter_is_dated_and_greets_in_its_text_and_leaves_room_to_sign(demo: Demo, address: str) -> None:
    scheduled(demo)
    send(demo)
    found = Written(demo.client("p-albers").get(f"/sitzungen/LG-09/{address}.docx").data)
    shapes = {text_of(each): each for each in found.body.iter(f"{W}p")}
    lines = list(shapes)
    hello = lines.index("Sehr geehrte Damen und Herren,")
    assert lines[hello - 1] == "Montag, 23. November 2026"
    for line in ("Sehr geehrte Damen und Herren,", "Mit freundlichen Grüßen"):
        assert shapes[line].find(f"{W}pPr/{W}pStyle") is None, "a letter has no headings there"
    signed = shapes["Annegret Wieland\nVorsitz"]
    assert int(signed.find(f"{W}pPr/{W}spacing").get(f"{W}before")) > 600


@SQLITE
def test_a_guest_learns_nothing_of_part_b(demo: Demo) -> None:
    draft = ItemDraft(SECRET, ItemKind.DISCUSSION, part=ItemPart.NON_PUBLIC)
    demo.perform("p-albers", add_item, "LG-09", draft)
    scheduled(demo)
    send(demo)
    for words in words_of(demo, MEMBER):
        assert SECRET in words
        assert "Teil B: nicht öffentlich" in words
        assert "gewahrt (17 Tage)" in words
    for words in words_of(demo, GUEST):
        assert "Priorisierung der Themen" in words
        assert SECRET not in words
        assert "Teil B" not in words
    assert demo.client(OUTSIDER).get("/sitzungen/LG-09/einladung.pdf").status_code == 404
    texts = {mail.recipient: mail.text for mail in outbox(demo)}
    assert SECRET in texts["diallo@kim.example"]
    assert SECRET not in texts["fricke@kim.example"]
    assert "Priorisierung der Themen" in texts["fricke@kim.example"]
    assert not [mail for mail in outbox(demo) if SECRET in f"{mail.subject}{mail.calendar}"]
