"""Writing packages: the same content gives the same bytes."""

from collections.abc import Callable
from functools import lru_cache
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment that an archive can state
SAY_LANGUAGE = ("word/styles.xml", "word/settings.xml")


def put(archive: ZipFile, name: str, content: bytes) -> None:
    """Add a part without a trace of when and where."""
    entry = ZipInfo(name, EARLIEST)
    entry.compress_type, entry.create_system = ZIP_DEFLATED, 0
    archive.writestr(entry, content)


def rewritten(content: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """The package with every part as `change(name, part)` returns it."""
    stream = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(stream, "w") as archive:
        for name in source.namelist():
            put(archive, name, change(name, source.read(name)))
    return stream.getvalue()


@lru_cache(maxsize=8)
def in_language(content: bytes, language: str) -> bytes:
    """A clean package (they are German) that says another language."""
    if language == "de-DE":
        return content
    said = f'"{language}"'.encode()
    return rewritten(content, lambda name, part: part.replace(b'"de-DE"', said) if name in SAY_LANGUAGE else part)
