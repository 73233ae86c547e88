"""Elements as they are being written: a name and what is in them, no tree that can be searched.

A document of a thousand items has hundreds of thousands of elements, and a real one costs ten times as much. What is
written lightly becomes real in one go, when its story ends.
"""

from collections.abc import Mapping
from typing import Any

from docx.oxml.ns import nsmap

_PREFIXES = {f"{{{nsmap[prefix]}}}": prefix for prefix in ("w", "r")}


def escaped(text: str) -> str:
    """Text for the inside of an element."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def _quoted(value: object) -> str:
    if isinstance(value, int):
        return f'"{value}"'
    text = escaped(str(value)).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
    return f'"{text}"'


class Light:
    """One element of the main namespace.

    `inside` holds its children, as elements or as XML; `shape` is the format of a paragraph.
    """

    __slots__ = ("attributes", "inside", "name", "shape")

    def __init__(self, name: str, attributes: Mapping[str, object]) -> None:
        self.name = name
        told = [f" w:{key}={_quoted(value)}" for key, value in attributes.items()] if attributes else ()
        self.attributes = "".join(told)
        self.inside: list[Light | str] = []
        self.shape: Any = None

    def add(self, name: str, attributes: Mapping[str, object]) -> "Light":
        """Append a child and return it."""
        child = Light(name, attributes)
        self.inside.append(child)
        return child

    def set(self, name: str, value: str) -> None:
        """Give the element an attribute, named as lxml names it."""
        uri, _, local = name.partition("}")
        self.attributes += f" {_PREFIXES[uri + '}']}:{local}={_quoted(value)}"

    @property
    def text(self) -> str:
        """The text is only written, never read back."""
        raise AttributeError("text of a light element")

    @text.setter
    def text(self, text: str) -> None:
        self.inside.append(escaped(text))

    def settle(self, behind: int = 0) -> None:
        """Turn the last child but `behind` into XML: nobody will touch it again, and it need not be kept in pieces."""
        if len(self.inside) > behind and not isinstance(child := self.inside[-1 - behind], str):
            self.inside[-1 - behind] = child.xml()

    def xml(self) -> str:
        """The element as XML."""
        out: list[str] = []
        _write(self, out)
        return "".join(out)

    def content(self) -> str:
        """Everything inside as XML."""
        out: list[str] = []
        for child in self.inside:
            _write(child, out)
        return "".join(out)


def _write(element: Light | str, out: list[str]) -> None:
    if isinstance(element, str):
        out.append(element)
    elif element.inside:
        out.append(f"<w:{element.name}{element.attributes}>")
        for child in element.inside:
            if isinstance(child, str):
                out.append(child)
            else:
                _write(child, out)
        out.append(f"</w:{element.name}>")
    else:
        out.append(f"<w:{element.name}{element.attributes}/>")
