"""Elements of WordprocessingML: named, made and filled in one place. What they mean is decided elsewhere."""

import re
from functools import cache
from typing import Any, TypeAlias

from docx.oxml.ns import nsdecls, nsmap, qn
from lxml import etree

from exports.docx.light import Light, escaped

__all__ = [
    "Element",
    "Light",
    "add",
    "add_break",
    "add_text",
    "bound",
    "clean",
    "pour",
    "stand_in",
    "twips",
    "word",
    "written_text",
]

Element: TypeAlias = Any
"""An element of lxml, or a light one: both can be added to."""
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
BREAKS = re.compile("([\n\t])")
AFTER_SIGN = re.compile("(?<=§) (?![ \n])")
HUGE = etree.XMLParser(huge_tree=True, resolve_entities=False, no_network=True)
"""For what we wrote ourselves: a paragraph of many megabytes is no attack."""
PLACE = b"<w:lightContent/>"
PRESERVE = {"{http://www.w3.org/XML/1998/namespace}space": "preserve"}


@cache
def word(name: str) -> str:
    """The qualified name of an element or attribute of the main namespace: ``"pStyle"`` → ``"{…}pStyle"``."""
    return qn(f"w:{name}")


def add(parent: Element, name: str, /, **attributes: str | int) -> Element:
    """Append ``<w:name …>`` to the parent and return it; the attributes are of the same namespace."""
    if isinstance(parent, Light):
        return parent.add(name, attributes)
    values = {word(key): str(value) for key, value in attributes.items()}
    child: Element = etree.SubElement(parent, word(name), values)
    return child


def add_break(run: Element) -> None:
    """Start a new line inside the paragraph."""
    add(run, "br")


def add_text(run: Element, text: str) -> None:
    """Fill a run with text for people: line ends become breaks, tabs become tabs, what XML forbids U+FFFD."""
    if isinstance(run, Light):
        run.inside.append(written_text(text))
        return
    for part in BREAKS.split(bound(clean(text))):
        if part == "\n":
            add_break(run)
        elif part == "\t":
            add(run, "tab")
        elif part:
            etree.SubElement(run, word("t"), PRESERVE).text = part


def written_text(text: str) -> str:
    """The inside of a run as it is written; most texts hold nothing that needs a second look."""
    if text.isprintable() and "§" not in text:
        return f'<w:t xml:space="preserve">{escaped(text)}</w:t>'
    told = {"\n": "<w:br/>", "\t": "<w:tab/>", "": ""}
    return "".join(
        f'<w:t xml:space="preserve">{escaped(part)}</w:t>' if part not in told else told[part]
        for part in BREAKS.split(bound(clean(text)))
    )


def stand_in(target: Element) -> bool:
    """Append what `PLACE` is the XML of, where our prefixes mean what we mean; the content comes with the file."""
    names = target.nsmap
    if (names.get("w"), names.get("r")) != (nsmap["w"], nsmap["r"]):
        return False
    add(target, "lightContent")
    return True


def pour(light: Light, target: Element) -> None:
    """Move what was written lightly to the end of a real element."""
    root = etree.fromstring(f"<w:body {nsdecls('w', 'r')}>{light.content()}</w:body>".encode(), HUGE)
    while (block := next(root.iterchildren(), None)) is not None:
        target.append(block)


def clean(text: str) -> str:
    """Text that XML 1.0 can carry: every forbidden character (control, lone surrogate) becomes U+FFFD; CR LF → LF."""
    return FORBIDDEN.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def bound(text: str) -> str:
    """The text with „§“ and what follows it bound together: no line ends between „§“ and „104c“."""
    return AFTER_SIGN.sub("\N{NO-BREAK SPACE}", text)


def twips(millimetres: float) -> int:
    """Word's unit of length (1/20 point) for a length in millimetres."""
    return round(millimetres * 1440 / 25.4)
