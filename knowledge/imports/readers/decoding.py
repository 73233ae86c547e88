"""Which letters the bytes of a text file are."""

from knowledge.imports.readers.values import Unreadable


def decoded(content: bytes) -> str:
    """UTF-8 or UTF-16 with its mark, else Windows-1252, which old German files are written in. No binary file."""
    if not content.strip():
        raise Unreadable("empty")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strictly(content, "utf-16")
    if b"\x00" in content:
        raise Unreadable("not_what_it_says")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise Unreadable("broken") from None
