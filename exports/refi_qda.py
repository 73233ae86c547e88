"""Writes codebooks (.qdc) and projects (.qdpx) of REFI-QDA 1.5, the exchange format of programs for text analysis.

Plain values in, bytes out; what is written is decided in `refi_qda_content.py`. The same values give the same bytes.
Positions count code points from 0; the end is the first one after the passage, as in the examples of the standard.
"""

import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO

from lxml import etree

CODEBOOK = "urn:QDA-XML:codebook:1.0"
PROJECT = "urn:QDA-XML:project:1.0"
ORIGIN = "Lückenlos"
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_UNFIT = "�"
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Code:
    """A code with what stands under it. `colour` is #RRGGBB; what is not codable only groups others."""

    guid: str
    name: str
    description: str = ""
    colour: str = ""
    codable: bool = True
    children: tuple["Code", ...] = ()


@dataclass(frozen=True)
class User:
    """Somebody who coded, by a name that names nobody."""

    guid: str
    name: str


@dataclass(frozen=True)
class Attached:
    """That a user gave a passage a code; `note_guid` is the memo."""

    guid: str
    code_guid: str
    user_guid: str
    at: datetime
    note_guid: str = ""


@dataclass(frozen=True)
class Selection:
    """A passage of a source as one user marked it. Programs read the user, and some the memo, off the selection."""

    guid: str
    name: str
    start: int
    end: int
    user_guid: str
    at: datetime
    codings: tuple[Attached, ...]
    description: str = ""


@dataclass(frozen=True)
class Source:
    """A text with its passages."""

    guid: str
    name: str
    text: str
    selections: tuple[Selection, ...] = ()


@dataclass(frozen=True)
class Case:
    """What belongs together."""

    guid: str
    name: str
    source_guids: tuple[str, ...]


@dataclass(frozen=True)
class Note:
    """A memo."""

    guid: str
    name: str
    text: str
    user_guid: str
    at: datetime


@dataclass(frozen=True)
class Project:
    """Everything that goes into one file."""

    name: str
    description: str
    user_guid: str
    at: datetime
    users: tuple[User, ...] = ()
    codes: tuple[Code, ...] = ()
    cases: tuple[Case, ...] = ()
    sources: tuple[Source, ...] = ()
    notes: tuple[Note, ...] = ()


def codebook_file(codes: Sequence[Code]) -> bytes:
    """A `.qdc`. The standard wants at least one code; ValueError without any."""
    if not codes:
        raise ValueError("a codebook without codes is no codebook")
    root = etree.Element(f"{{{CODEBOOK}}}CodeBook", {"origin": ORIGIN}, nsmap={None: CODEBOOK})
    _codes(root, codes)
    return _bytes(root)


def project_file(project: Project) -> bytes:
    """A `.qdpx`: a ZIP file with `project.qde` and the texts in `sources`."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        _store(archive, "project.qde", project_xml(project))
        for source in project.sources:
            _store(archive, f"sources/{source.guid}.txt", clean(source.text).encode())
    return stream.getvalue()


def project_xml(project: Project) -> bytes:
    """The file `project.qde` alone."""
    attributes = {
        "name": clean(project.name),
        "origin": ORIGIN,
        "creatingUserGUID": project.user_guid,
        "creationDateTime": _time(project.at),
        "modifyingUserGUID": project.user_guid,
        "modifiedDateTime": _time(project.at),
    }
    root = etree.Element(f"{{{PROJECT}}}Project", attributes, nsmap={None: PROJECT})
    if project.users:
        users = _add(root, "Users")
        for user in project.users:
            _add(users, "User", guid=user.guid, name=user.name)
    if project.codes:
        _codes(_add(root, "CodeBook"), project.codes)
    _cases(root, project.cases)
    _sources(root, project.sources)
    _notes(root, project.notes)
    _text(root, "Description", project.description)
    return _bytes(root)


def clean(text: str) -> str:
    """The text with U+FFFD for what XML forbids, so that every position stays."""
    return _FORBIDDEN.sub(_UNFIT, text)


def _codes(parent: etree._Element, codes: Sequence[Code]) -> None:
    holder = _add(parent, "Codes")
    for code in codes:
        _code(holder, code)


def _code(parent: etree._Element, code: Code) -> None:
    colour = {"color": code.colour} if code.colour else {}
    codable = "true" if code.codable else "false"
    element = _add(parent, "Code", guid=code.guid, name=clean(code.name), isCodable=codable, **colour)
    _text(element, "Description", code.description)
    for child in code.children:
        _code(element, child)


def _cases(root: etree._Element, cases: Sequence[Case]) -> None:
    if not cases:
        return
    holder = _add(root, "Cases")
    for case in cases:
        element = _add(holder, "Case", guid=case.guid, name=clean(case.name))
        for guid in case.source_guids:
            _add(element, "SourceRef", targetGUID=guid)


def _sources(root: etree._Element, sources: Sequence[Source]) -> None:
    if not sources:
        return
    holder = _add(root, "Sources")
    for source in sources:
        path = f"internal://{source.guid}.txt"
        element = _add(holder, "TextSource", guid=source.guid, name=clean(source.name), plainTextPath=path)
        for selection in source.selections:
            _selection(element, selection)


def _selection(parent: etree._Element, selection: Selection) -> None:
    element = _add(
        parent,
        "PlainTextSelection",
        guid=selection.guid,
        name=clean(selection.name),
        startPosition=str(selection.start),
        endPosition=str(selection.end),
        creatingUser=selection.user_guid,
        creationDateTime=_time(selection.at),
    )
    _text(element, "Description", selection.description)
    for attached in selection.codings:
        coding = _add(
            element,
            "Coding",
            guid=attached.guid,
            creatingUser=attached.user_guid,
            creationDateTime=_time(attached.at),
        )
        _add(coding, "CodeRef", targetGUID=attached.code_guid)
        if attached.note_guid:
            _add(coding, "NoteRef", targetGUID=attached.note_guid)


def _notes(root: etree._Element, notes: Sequence[Note]) -> None:
    if not notes:
        return
    holder = _add(root, "Notes")
    for note in notes:
        attributes = {"creatingUser": note.user_guid, "creationDateTime": _time(note.at)}
        element = _add(holder, "Note", guid=note.guid, name=clean(note.name), **attributes)
        _text(element, "PlainTextContent", note.text)


def _add(parent: etree._Element, tag: str, /, **attributes: str) -> etree._Element:
    namespace = etree.QName(parent).namespace
    return etree.SubElement(parent, f"{{{namespace}}}{tag}", attributes)


def _text(parent: etree._Element, name: str, words: str) -> None:
    if words:
        _add(parent, name).text = clean(words)


def _time(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _bytes(root: etree._Element) -> bytes:
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written


def _store(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, _ZIP_DATE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, content)
