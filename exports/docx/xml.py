"""Elements of WordprocessingML: named, made and filled in one place. What they mean is decided elsewhere."""

import re
from functools import cache

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element
from lxml import etree

__all__ = ["Element", "add", "add_break", "add_text", "bound", "clean", "twips", "word"]

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
BREAKS = re.compile("([\n\t])")
AFTER_SIGN = re.compile("(?<=§) (?![ \n])")
PRESERVE = {"{http://www.w3.org/XML/1998/namespace}space": "preserve"}


@cache
def word(name: str) -> str:
    """The qualified name of an element or attribute of the main namespace: ``"pStyle"`` → ``"{…}pStyle"``."""
    return qn(f"w:{name}")


def add(parent: Element, name: str, /, **attributes: str | int) -> Element:
    """Append ``<w:name …>`` to the parent and return it; the attributes are of the same namespace."""
    values = {word(key): str(value) for key, value in attributes.items()}
    child: Element = etree.SubElement(parent, word(name), values)
    return child


def add_break(run: Element) -> None:
    """Start a new line inside the paragraph."""
    add(run, "br")


def add_text(run: Element, text: str) -> None:
    """Fill a run with text for people: line ends become breaks, tabs become tabs, what XML forbids U+FFFD."""
    for part in BREAKS.split(bound(clean(text))):
        if part == "\n":
            add_break(run)
        elif part == "\t":
            add(run, "tab")
        elif part:
            etree.SubElement(run, word("t"), PRESERVE).text = part


def clean(text: str) -> str:
    """Text that XML 1.0 can carry: every forbidden character (control, lone surrogate) becomes U+FFFD; CR LF → LF."""
    return FORBIDDEN.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def bound(text: str) -> str:
    """The text with „§“ and what follows it bound together: no line ends between „§“ and „104c“."""
    return AFTER_SIGN.sub("\N{NO-BREAK SPACE}", text)


def twips(millimetres: float) -> int:
    """Word's unit of length (1/20 point) for a length in millimetres."""
    return round(millimetres * 1440 / 25.4)
