"""Every document that leaves the house is valid by programs of others, and says the same in Word and in PDF."""

import re
import shutil
from collections import Counter
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import time_machine
from pypdf import PdfWriter

from exports.docx.document import write_document as write_docx
from exports.docx.letterhead import Head
from exports.docx.minutes import write_minutes
from exports.folder.making import make
from exports.folder.plan import FolderItem
from exports.letterhead.checking import checked_upload, sample_docx, sample_pdf
from exports.letterhead.sample import starter
from exports.letterhead.states import Purpose
from exports.pdf import write_document as write_pdf
from exports.pdf.minutes import write_minutes_pdf
from meetings.minutes import actions as minutes
from meetings.voting.actions import open_poll
from meetings.voting.entering import void_poll
from meetings.voting.models import Poll
from meetings.voting.states import PollMethod, PollMode
from meetings.voting.wishes import PollWish
from tests.exports.factories import steering_minutes
from tests.exports.folder.samples import paper, plan
from tests.exports.letterhead.samples import libreoffice, png
from tests.exports.samples import SAMPLE, TEXT
from tests.exports.spoken import letters, spoken_pdf, spoken_word
from tests.meetings.minutes.walking import hold
from tests.meetings.scoring.test_walk import announced
from tests.meetings.walk import OFFICE, TOPICS
from tests.support.demo import Demo
from tests.support.time import NOW
from tests.support.validators import office_faults, pdf_faults

PLACES = {
    "einladung": "/sitzungen/LG-09/einladung",
    "anwesenheit": "/sitzungen/LG-09/papier/anwesenheit",
    "anschreiben": "/sitzungen/LG-09/anschreiben",
    "stimmzettel": "/sitzungen/LG-09/papier/stimmzettel",
    "niederschrift": "/sitzungen/LG-09/niederschrift",
    "niederschrift-oeffentlich": "/sitzungen/LG-09/niederschrift-oeffentlich",
    "auszug": "/beschluesse/D-08-3/auszug",
    "beschlusskontrolle": "/beschlusskontrolle",
    "beschlussregister": "/beschluesse",
    "steckbrief": "/themen/T-03/steckbrief",
    "workshop-anwesenheit": "/workshops/W-2026-1/papier/anwesenheit",
}
AT_WORK = {"stimmzettel-abstimmung": "/abstimmungen/1/papier", "bewertungsbogen": "/bewertungen/1/bogen"}
"""What there is only while a poll or a scoring is open; fetched while the meeting runs."""
SIGNED = ("niederschrift", "niederschrift-oeffentlich", "lang")
WORD_ONLY = {"workshop-niederschrift": "/workshops/W-2026-1/niederschrift.docx", "fallvergleich": "/fallvergleich.docx"}
GIVES = re.compile(r"\.(docx|pdf)$|\.<any\([^)]*(docx|pdf)")
MADE = {"folder", "letterhead", "page_head"}
"""Rooms whose documents need files that the demo county has not; `write_samples` makes them by the same functions."""


@pytest.fixture(scope="module")
def folder(loaded_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One file of each kind, after the ninth meeting was held and minuted; the same names in Word and PDF."""
    place = tmp_path_factory.mktemp("documents")
    shutil.copy(loaded_file, place / "demo.sqlite")
    with time_machine.travel(NOW, tick=True):
        demo = Demo.over(f"sqlite:///{place / 'demo.sqlite'}", place / "data")
        announced(demo)
        hold(demo, lambda: vote_on_paper(demo, place))
        demo.perform(OFFICE, minutes.save_block, "LG-09", "4", TEXT.split("Siehe")[0], 0)
        fetch(demo, place)
        demo.app.extensions["lueckenlos"].hub.close()
        demo.database.dispose()
    write_samples(place)
    return place


def vote_on_paper(demo: Demo, place: Path) -> None:
    """A poll that is entered from paper: its ballots to print; then it is void, and the minutes say so."""
    poll: Poll = demo.perform(OFFICE, open_poll, "LG-09", "6", PollWish(PollMethod.APPROVAL, PollMode.PAPER, TOPICS))
    assert poll.id == 1
    fetch_all(demo, place, both(AT_WORK))
    demo.perform(OFFICE, void_poll, poll.id, "Ein Thema fehlte auf dem Stimmzettel.")


def fetch(demo: Demo, place: Path) -> None:
    (place / "forgotten.txt").write_text(" ".join(sorted(forgotten(demo))))
    fetch_all(demo, place, both(PLACES) | {f"{name}.docx": path for name, path in WORD_ONLY.items()})


def both(places: dict[str, str]) -> dict[str, str]:
    return {f"{name}.{form}": f"{path}.{form}" for name, path in places.items() for form in ("docx", "pdf")}


def fetch_all(demo: Demo, place: Path, addresses: dict[str, str]) -> None:
    client = demo.client(OFFICE)
    for name, address in addresses.items():
        answer = client.get(address)
        assert answer.status_code == 200, address
        (place / name).write_bytes(answer.data)


def test_no_kind_of_document_is_forgotten(folder: Path) -> None:
    assert (folder / "forgotten.txt").read_text() == "", "no validator sees these: name their addresses above"


def forgotten(demo: Demo) -> set[str]:
    """Endpoints that give out Word or PDF and are in none of the lists above."""
    urls = demo.app.url_map.bind("")
    paths = [*both(PLACES | AT_WORK).values(), *WORD_ONLY.values()]
    seen = {str(urls.match(path)[0]) for path in paths}
    giving = {rule.endpoint for rule in demo.app.url_map.iter_rules() if GIVES.search(rule.rule)}
    return {endpoint for endpoint in giving - seen if endpoint.split(".")[0] not in MADE}


def write_samples(place: Path) -> None:
    """What the demo county has no occasion for: every shape of text, and minutes with everything in them."""
    stream = BytesIO()
    write_docx(SAMPLE, stream)
    (place / "alles.docx").write_bytes(stream.getvalue())
    write_minutes(steering_minutes(), place / "lang.docx")
    for name, write, content in (("alles", write_pdf, SAMPLE), ("lang", write_minutes_pdf, steering_minutes())):
        with (place / f"{name}.pdf").open("wb") as file:
            write(content, file)  # type: ignore[operator]
    nothing, scratch = place / "attachments", place / "scratch"
    scratch.mkdir()
    made = make(plan(FolderItem("1", "Frist", papers=(paper(1), paper(2)))), nothing, scratch, lambda *_step: None)
    shutil.copy(made.pdf, place / "mappe.pdf")
    write_dressed(place)


def write_dressed(place: Path) -> None:
    """Every kind of document in an upload of the county, and minutes under the county's head."""
    for purpose in Purpose:
        raw = libreoffice() if purpose is Purpose.LETTERHEAD else starter(purpose, "Kreis Sonderau")
        checked = checked_upload(raw, purpose, "Kreis Sonderau")
        (place / f"probe-{purpose}.docx").write_bytes(sample_docx(purpose, checked.content, "Kreis Sonderau"))
    head = Head(("Der Landrat", "Am Markt 3"), ("Sparkasse Grünau",), png(), "Wappen")
    (place / "kopf.pdf").write_bytes(sample_pdf(head, "Kreis Sonderau"))


def test_minutes_say_which_poll_was_void(folder: Path) -> None:
    told = "Die Abstimmung „Priorisierung der Themen für 2027“ wurde für ungültig erklärt"
    for name in ("niederschrift", "niederschrift-oeffentlich"):
        word = " ".join(spoken_word((folder / f"{name}.docx").read_bytes()).split())
        assert told in word
        assert ("Ein Thema fehlte" in word) == (name == "niederschrift")


def test_every_word_document_is_valid(folder: Path) -> None:
    found = office_faults(sorted(folder.glob("*.docx")))
    assert {name: faults for name, faults in found.items() if faults} == {}
    assert len(found) == len(PLACES | AT_WORK | WORD_ONLY) + len(Purpose) + 2


def test_every_pdf_keeps_both_standards(folder: Path) -> None:
    untagged = folder / "ohne Struktur.pdf"
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(untagged)
    found = pdf_faults(sorted(folder.glob("*.pdf")))
    assert found.pop(untagged.name), "the validator finds nothing at all"
    assert {name: faults for name, faults in found.items() if faults} == {}
    assert len(found) == len(PLACES | AT_WORK) + 4


@pytest.mark.parametrize("name", [*PLACES, *AT_WORK, "lang"])
def test_word_and_pdf_say_the_same_in_the_same_order(folder: Path, name: str) -> None:
    word = letters(spoken_word((folder / f"{name}.docx").read_bytes()))
    pdf = letters(spoken_pdf((folder / f"{name}.pdf").read_bytes()))
    if name in SIGNED:  # Word reads the block row by row, PDF person by person
        word, signatures = word.rsplit("Unterschriften", 1)
        pdf, signed = pdf.rsplit("Unterschriften", 1)
        assert Counter(signatures) == Counter(signed)
    assert word == pdf
    assert len(word) > 50


FAULTS = {
    "bookmark name": ('w:name="TOP_2"', 'w:name="TOP_1"'),
    "bookmark id": ('<w:bookmarkStart w:id="2"', '<w:bookmarkStart w:id="1"'),
    "a field": ('<w:fldChar w:fldCharType="end"/>', ""),
    "last thing in a cell": ("</w:tc>", "<w:tbl><w:tblPr/><w:tblGrid/></w:tbl></w:tc>"),
    "Unexpected element": ("<w:body>", "<w:body><w:nonsense/>"),
}


def test_every_fault_that_is_put_in_is_found(tmp_path: Path) -> None:
    whole = BytesIO()
    write_minutes(steering_minutes(), whole)
    for place, (old, new) in enumerate(FAULTS.values()):
        (tmp_path / f"{place}.docx").write_bytes(spoiled(whole.getvalue(), old, new))
    found = office_faults(sorted(tmp_path.glob("*.docx")))
    for place, fault in enumerate(FAULTS):
        assert any(fault in told for told in found[f"{place}.docx"]), (fault, found[f"{place}.docx"])


def spoiled(raw: bytes, old: str, new: str) -> bytes:
    """The document with the first such place of each part replaced."""
    stream, changed = BytesIO(), False
    with ZipFile(BytesIO(raw)) as source, ZipFile(stream, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            text = source.read(name)
            if name.startswith("word/") and old.encode() in text:
                text, changed = text.replace(old.encode(), new.encode(), 1), True
            target.writestr(name, text)
    assert changed, old
    return stream.getvalue()
