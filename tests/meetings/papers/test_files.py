"""What is taken as an attachment: by content, not by name, and never more than the limit on the disk."""

import io
import os
import zipfile
from pathlib import Path

import pytest

from app.core.stored_files import BLOCK, RefusedFile
from meetings.papers import files
from tests.support.pdf_files import pdf


def archive(*names: str, first: bytes = b"") -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as made:
        if first:
            made.writestr("mimetype", first)
        for name in names:
            made.writestr(name, "x")
    return raw.getvalue()


DOCX = archive("[Content_Types].xml", "word/document.xml")
TAKEN = {
    "pdf": pdf(),
    "png": b"\x89PNG\r\n\x1a\n",
    "jpg": b"\xff\xd8\xff\xe0",
    "docx": DOCX,
    "xlsx": archive("[Content_Types].xml", "xl/workbook.xml"),
    "odt": archive("content.xml", first=b"application/vnd.oasis.opendocument.text"),
    "txt": "Grüße\n".encode(),
}
REFUSED = {
    "empty": b"",
    "macros": archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
    "old_office": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "truncated": pdf()[:150],
    "broken": b"PK\x03\x04 and nothing behind it",
    "unknown_kind": b"MZ\x90\x00\x03",
    "markup": b" <!DOCTYPE html><script>1</script>",
}


@pytest.mark.parametrize("suffix", TAKEN)
def test_the_content_says_what_a_file_is(tmp_path: Path, suffix: str) -> None:
    stored = files.store(tmp_path, "../../Plan.exe", io.BytesIO(TAKEN[suffix]))

    assert stored.name == f"Plan.{suffix}"
    assert stored.media == files.MEDIA[suffix]
    assert (files.folder(tmp_path) / stored.stored).read_bytes() == TAKEN[suffix]
    assert "Plan" not in stored.stored


@pytest.mark.parametrize("code", REFUSED)
def test_what_is_refused_leaves_nothing_behind(tmp_path: Path, code: str) -> None:
    with pytest.raises(RefusedFile) as refused:
        files.store(tmp_path, "Beschluss.pdf", io.BytesIO(REFUSED[code]))

    assert refused.value.code == {"truncated": "broken"}.get(code, code)
    assert list(files.folder(tmp_path).iterdir()) == []


class Endless(io.RawIOBase):
    """A file of 80 MB that is never in memory; `given` counts what was taken of it."""

    given = 0

    def read(self, size: int = -1) -> bytes:
        if self.given >= 80 * 1024 * 1024:
            return b""
        self.given += size
        return b"%PDF-" + b"x" * (size - 5)


def test_eighty_megabytes_are_refused_before_they_fill_the_disk(tmp_path: Path) -> None:
    stream = Endless()

    with pytest.raises(RefusedFile) as refused:
        files.store(tmp_path, "Konzept.pdf", stream)  # type: ignore[arg-type]

    assert refused.value.code == "too_large"
    assert stream.given <= files.LARGEST + BLOCK
    assert list(files.folder(tmp_path).iterdir()) == []


def test_a_file_that_no_row_knows_is_swept_after_a_day(tmp_path: Path) -> None:
    lost, known = (files.store(tmp_path, "a.pdf", io.BytesIO(TAKEN["pdf"])).stored for _each in "ab")

    assert files.sweep(tmp_path, {known}) == 0
    for name in (lost, known):
        os.utime(files.folder(tmp_path) / name, (0, 0))
    assert files.sweep(tmp_path, {known}) == 1
    assert [path.name for path in files.folder(tmp_path).iterdir()] == [known]
    assert lost != known
