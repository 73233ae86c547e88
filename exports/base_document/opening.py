"""From bytes to the parts of a Word document: nothing beyond the limits is unpacked, no name is believed."""

import posixpath
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any, TypeAlias
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from lxml import etree

from exports.base_document.refusals import Fault, Refused, refuse

LARGEST_FILE = 5 * 1024 * 1024
LARGEST_UNPACKED = 40 * 1024 * 1024
LARGEST_PART = 20 * 1024 * 1024
MOST_PARTS = 400
HIGHEST_RATIO = 200
FREE_OF_RATIO = 1024 * 1024  # so much may come from however few bytes: XML of empty tables packs well
LARGEST_XML = 3 * 1024 * 1024  # of one part; a letterhead of many pages has a tenth of that
MOST_XML = 8 * 1024 * 1024

XML = ".xml"
"""How the name of every part ends that is read as XML; `checking.check_safe` looks at all of these."""
RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
OFFICE_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN_TYPES = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
)
CORRUPT = (
    BadZipFile, LargeZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError, OverflowError,
    struct.error, zlib.error, LookupError, AttributeError, TypeError,
)  # fmt: skip
SIGNATURES = (
    (b"%PDF", Fault.PDF),
    (b"\xd0\xcf\x11\xe0", Fault.OLD_WORD),
    (b"{\\rtf", Fault.OLD_WORD),
)
ENCRYPTED_MARKS = ("EncryptedPackage".encode("utf-16-le"), "EncryptionInfo".encode("utf-16-le"))

Node: TypeAlias = Any
"""An lxml element; its stubs know less than we need."""


@dataclass(frozen=True)
class Relation:
    """One relationship: its id, the last word of its type, its target (a part's name, or an address if external)."""

    id: str
    kind: str
    target: str
    external: bool


@dataclass(frozen=True)
class Package:
    """The parts of a file by name (without a leading slash), and which of them is the main document."""

    parts: Mapping[str, bytes]
    main: str

    def relations(self, part: str = "") -> list[Relation]:
        """The relationships of a part, or those of the package."""
        folder, name = posixpath.split(part)
        found = self.parts.get(posixpath.join(folder, "_rels", f"{name}.rels") if part else "_rels/.rels")
        return [] if found is None else [_relation(each, folder) for each in tree(found, part) if _is_relation(each)]

    def root(self, part: str) -> Node:
        """A part as a tree; Refused if it is not there, is none, or hides from the check of all XML behind its name."""
        if part not in self.parts or not part.endswith(XML):
            raise refuse(Fault.BROKEN, part)
        return tree(self.parts[part], part)


def opened(raw: bytes) -> Package:
    """The package in these bytes. Raises Refused for whatever is no Word document or not safe to unpack."""
    _check_outside(raw)
    try:
        with ZipFile(BytesIO(raw)) as archive:
            parts = _unpacked(archive, len(raw))
    except Refused:
        raise
    except CORRUPT:
        raise refuse(Fault.BROKEN) from None
    if parts.get("mimetype", b"").startswith(b"application/vnd.oasis"):
        raise refuse(Fault.OPEN_DOCUMENT)
    return Package(parts, _main_part(parts))


def tree(raw: bytes, part: str = "") -> Node:
    """XML without a document type, entities or network; Refused otherwise."""
    if len(raw) > LARGEST_XML:
        raise refuse(Fault.BOMB, part)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise refuse(Fault.ENTITIES if b"<!DOCTYPE" in raw[:4096] else Fault.BROKEN, part) from None
    if root.getroottree().docinfo.internalDTD is not None or root.getroottree().docinfo.doctype:
        raise refuse(Fault.ENTITIES, part)
    return root


def _check_outside(raw: bytes) -> None:
    if not raw:
        raise refuse(Fault.EMPTY)
    if len(raw) > LARGEST_FILE:
        raise refuse(Fault.TOO_LARGE)
    for signature, fault in SIGNATURES:
        if raw.startswith(signature):
            is_sealed = fault is Fault.OLD_WORD and any(mark in raw for mark in ENCRYPTED_MARKS)
            raise refuse(Fault.ENCRYPTED if is_sealed else fault)
    if not raw.startswith(b"PK"):
        raise refuse(Fault.NOT_WORD)


def _unpacked(archive: ZipFile, size: int) -> dict[str, bytes]:
    entries = [entry for entry in archive.infolist() if not entry.filename.endswith("/")]
    if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > _most(size):
        raise refuse(Fault.BOMB)
    parts: dict[str, bytes] = {}
    left = _most(size)
    if sum(entry.file_size for entry in entries if entry.filename.endswith((".xml", ".rels"))) > MOST_XML:
        raise refuse(Fault.BOMB)
    for entry in entries:
        content = _read(archive, entry, min(left, LARGEST_PART))
        left -= len(content)
        if entry.filename.lower() in map(str.lower, parts):
            raise refuse(Fault.BROKEN, entry.filename)
        parts[entry.filename] = content
    return parts


def _most(size: int) -> int:
    return min(LARGEST_UNPACKED, max(FREE_OF_RATIO, HIGHEST_RATIO * size))


def _read(archive: ZipFile, entry: ZipInfo, most: int) -> bytes:
    """The content of an entry; its header may lie about the size."""
    if entry.flag_bits & 1:
        raise refuse(Fault.ENCRYPTED)
    if ".." in entry.filename or entry.filename.startswith("/") or "\\" in entry.filename:
        raise refuse(Fault.BROKEN, entry.filename)
    with archive.open(entry) as stream:
        content = stream.read(most + 1)
    if len(content) > most:
        raise refuse(Fault.BOMB, entry.filename)
    if content.startswith(b"PK\x03\x04"):
        raise refuse(Fault.NESTED, entry.filename)
    return content


def _main_part(parts: Mapping[str, bytes]) -> str:
    if "[Content_Types].xml" not in parts or "_rels/.rels" not in parts:
        raise refuse(Fault.NOT_WORD)
    types = content_types(parts)
    declared = [kind.lower() for kind in types.values()] + [kind.lower() for kind in _defaults(parts).values()]
    if any("macroenabled" in kind or "vba" in kind for kind in declared) or any(
        "vba" in name.lower() for name in parts
    ):
        raise refuse(Fault.MACROS)
    relations = Package(parts, "").relations()
    if any("purl.oclc.org" in each.kind for each in relations):
        raise refuse(Fault.STRICT)
    main = next((each.target for each in relations if each.kind == "officeDocument" and not each.external), "")
    if main not in parts or types.get(main) not in MAIN_TYPES:
        raise refuse(Fault.NOT_WORD)
    return main


def content_types(parts: Mapping[str, bytes]) -> dict[str, str]:
    """The declared content type of each part that has one of its own."""
    root = tree(parts["[Content_Types].xml"])
    return {each.get("PartName", "").lstrip("/"): each.get("ContentType", "") for each in root.iter(f"{TYPES}Override")}


def _defaults(parts: Mapping[str, bytes]) -> dict[str, str]:
    root = tree(parts["[Content_Types].xml"])
    return {each.get("Extension", ""): each.get("ContentType", "") for each in root.iter(f"{TYPES}Default")}


def _is_relation(element: Node) -> bool:
    return bool(element.tag == f"{RELATIONSHIPS}Relationship")


def _relation(element: Node, folder: str) -> Relation:
    kind, target = element.get("Type", ""), element.get("Target", "")
    external = element.get("TargetMode", "").lower() == "external"
    if not external:
        target = posixpath.normpath(target[1:] if target.startswith("/") else posixpath.join(folder, target))
    short = kind if "purl.oclc.org" in kind else kind.rpartition("/")[2]
    return Relation(element.get("Id", ""), short, target, external)
