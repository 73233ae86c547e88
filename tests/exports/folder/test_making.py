"""A folder holds every page in its place, numbered; what cannot be bound is named and never breaks it."""

import hashlib
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from pypdf import PdfReader

from exports.folder.binder import cleaned
from exports.folder.binding.stamping import turned
from exports.folder.making import make
from exports.folder.plan import FolderItem, FolderPlan, Parts, difference
from exports.folder.policy import may_have
from tests.exports.folder.samples import enclosure, paper, plan
from tests.support.pdf_files import acting_pdf, pdf


def bookmarks(reader: PdfReader, entries: list[Any], depth: int = 0) -> list[tuple[int, str, int]]:
    found = []
    for entry in entries:
        if isinstance(entry, list):
            found += bookmarks(reader, entry, depth + 1)
        else:
            found.append((depth, entry.title, (reader.get_destination_page_number(entry) or 0) + 1))
    return found


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, Path]:
    attachments, scratch = tmp_path / "attachments", tmp_path / "scratch"
    attachments.mkdir()
    scratch.mkdir()
    return attachments, scratch


def everything(attachments: Path) -> FolderPlan:
    first = paper(
        1,
        enclosure(attachments, 1, "Zahlen.pdf", pdf(3)),
        enclosure(attachments, 2, "Plan.pdf", pdf(1, 1191, 842, rotation=90)),
        enclosure(attachments, 3, "Tabelle.xlsx", b"PK", "application/vnd.ms-excel"),
    )
    last = paper(
        3,
        enclosure(attachments, 4, "Gesperrt.pdf", pdf(password="geheim")),
        enclosure(attachments, 5, "Kaputt.pdf", b"%PDF-1.7\nand nothing behind it"),
        enclosure(attachments, 6, "Handbuch.pdf", pdf(500)),
        enclosure(attachments, 7, "Schluss.pdf", pdf(2)),
    )
    return plan(
        FolderItem("1", "Eröffnung"),
        FolderItem("2", "Frist", papers=(first, paper(2))),
        FolderItem("N1", "Personal", public=False, papers=(last, first)),
    )


def test_every_page_stands_in_its_place_and_has_its_number(places: tuple[Path, Path]) -> None:
    attachments, scratch = places
    steps: list[tuple[int, int]] = []

    made = make(everything(attachments), attachments, scratch, lambda done, total, _text: steps.append((done, total)))

    reader = PdfReader(made.pdf)
    texts = [page.extract_text() for page in reader.pages]
    assert (made.pages, made.left_out) == (len(texts), 4)
    for number, text in enumerate(texts, 1):
        assert f"Seite {number} von {made.pages}" in text
    assert bookmarks(reader, reader.outline) == [
        (0, "Tagesordnung", 1),
        (0, "TOP 1 Eröffnung", 1),
        (0, "TOP 2 Frist", 2),
        (1, "LG-V-2026-01 Gemeinsame Frist", 2),
        (2, "Anlage 1: Zahlen.pdf", 3),
        (2, "Anlage 2: Plan.pdf", 6),
        (1, "LG-V-2026-02 Gemeinsame Frist", 7),
        (0, "TOP N1 Personal", 8),
        (1, "LG-V-2026-03 Gemeinsame Frist", 8),
        (2, "Anlage 4: Schluss.pdf", 9),
    ]
    for words in ("mit einem Kennwort geschützt", "lässt sich nicht lesen", "mehr als 300 Seiten", "keine PDF-Datei"):
        assert words in " ".join(texts[0].split())
    assert reader.root_object["/Lang"] == "de-DE"
    assert "/StructTreeRoot" in reader.root_object
    assert steps == sorted(steps)
    with zipfile.ZipFile(made.zip) as archive:
        names = archive.namelist()
        sums = [line.split("  ") for line in archive.read("SHA256SUMS").decode().splitlines()]
        assert [name for _digest, name in sums] == names[:-1]
        assert all(hashlib.sha256(archive.read(name)).hexdigest() == digest for digest, name in sums)
        assert archive.read(names[0]) == made.pdf.read_bytes()
        assert PdfReader(io.BytesIO(archive.read(names[1]))).metadata.title.startswith("Beschlussvorlage")  # type: ignore[union-attr]
    assert [name[:22] for name in names[1:3]] == ["01_TOP-2_LG-V-2026-01_"] * 2


def test_a_folder_of_our_own_pages_alone_keeps_the_promises_of_our_documents(places: tuple[Path, Path]) -> None:
    made = make(plan(FolderItem("1", "Frist", papers=(paper(1),))), *places, lambda *_step: None)

    metadata = PdfReader(made.pdf).xmp_metadata
    assert metadata is not None
    assert metadata.pdfaid_part == "2"


def test_what_acts_is_taken_out_of_an_attachment_and_links_to_the_web_stay(tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_bytes(acting_pdf())

    assert cleaned(source, target, 10).pages == 1

    reader = PdfReader(target)
    (note,) = reader.pages[0]["/Annots"]
    assert note["/A"]["/URI"] == "https://example.org/frist"
    assert "/OpenAction" not in reader.root_object
    assert not {"/AA", "/Names"} & {*reader.pages[0], *reader.root_object}
    assert b"canary" not in target.read_bytes()


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4", pdf()[:200], pdf(0), pdf(1, 20_000), pdf(11)])
def test_a_file_without_pages_of_use_gives_a_reason(tmp_path: Path, content: bytes) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_bytes(content)

    assert cleaned(source, target, 10).problem in ("broken", "too_long")
    assert not target.exists()


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_the_stamp_stands_right_below_however_the_page_is_turned(rotation: int) -> None:
    a, b, c, d, e, f = (float(number) for number in turned(rotation, 10, 20, 110, 220).split())
    width, height = (100, 200) if rotation % 180 == 0 else (200, 100)
    corners = {(a * u + c * v + e, b * u + d * v + f) for u in (0, width) for v in (0, height)}
    assert corners == {(10, 20), (110, 20), (10, 220), (110, 220)}
    assert a * d - b * c == 1


ids = some.sets(some.integers(1, 5))


@given(some.booleans(), some.tuples(ids, ids, ids), some.booleans(), some.tuples(ids, ids, ids))
def test_nobody_gets_more_than_they_may_see(
    whole: bool, made_of: tuple[set[int], ...], sees_whole: bool, today: tuple[set[int], ...]
) -> None:
    (items, papers, files), (public, readable, kept) = made_of, today
    parts = Parts(whole, "", tuple((id_, 1) for id_ in sorted(papers)), tuple(sorted(files)), tuple(sorted(items)))
    allowed = may_have(parts, sees_whole=sees_whole, items=public, papers=readable, enclosures=kept)
    agenda = sees_whole or (not whole and items <= public)
    assert allowed == (agenda and papers <= readable and files <= kept)
    assert Parts.of(parts.as_json()) == parts


def test_what_has_changed_is_counted(tmp_path: Path) -> None:
    before = plan(FolderItem("1", "Frist", papers=(paper(1, enclosure(tmp_path, 1, "a.pdf", b"x")), paper(2))))
    after = plan(FolderItem("1", "Frist", papers=(paper(1, enclosure(tmp_path, 2, "a.pdf", b"y")),)))
    found = difference(before.parts, after.parts)
    assert (found.agenda, found.papers, found.enclosures) == (False, 1, 2)
    assert before.fingerprint != after.fingerprint
    assert difference(before.parts, plan(FolderItem("1", "Fristen")).parts).agenda
