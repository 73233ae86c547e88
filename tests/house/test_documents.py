"""What the documents say is so: settings, commands, targets, links, pictures, and the words on buttons."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest

from app.cli import main
from app.core.config import KNOWN, PREFIX
from tools import pictures
from tools.places import ROOT

DOCS = ROOT / "docs"
OPERATIONS = DOCS / "betrieb.md"
HANDBOOK = sorted((DOCS / "handbuch").glob("*.md"))
DOCUMENTS = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *DOCS.rglob("*.md")])
PICTURES = sorted(pictures.TARGET.glob("*"))
MOST_PICTURES = 8

_LINK = re.compile(r"\[(?:[^\]]*)\]\(([^)\s]+)\)")
_CODE = re.compile(r"(?<=\n\n)(?: {4}.*\n)+|`[^`]*`")
_QUOTED = re.compile(r"„([^“]+)“")
_NOT_OURS = re.compile(
    r"/(?:home|root|work|Users)/|/tmp/|[A-Z]:\\|pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|registry\.",
    re.IGNORECASE,
)


def named(path: Path) -> str:
    """The document's path for test names."""
    return path.relative_to(ROOT).as_posix()


def read(*paths: Path) -> str:
    """The text of documents, with single blanks."""
    return " ".join(" ".join(path.read_text(encoding="utf-8") for path in paths).split())


def commands(command: click.Command = main, words: str = "lueckenlos") -> Iterator[str]:
    """Every command that does something, with its words."""
    if not isinstance(command, click.Group):
        yield words
        return
    for name, inner in command.commands.items():
        yield from commands(inner, f"{words} {name}")


def targets() -> list[str]:
    """The targets of the Makefile."""
    return re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def links(path: Path) -> list[str]:
    """Where a document leads within this house."""
    found = _LINK.findall(path.read_text(encoding="utf-8"))
    return [link for link in found if not re.match(r"[a-z]+:", link)]


def prose(path: Path) -> str:
    """The document without code."""
    return _CODE.sub(" ", path.read_text(encoding="utf-8"))


@cache
def said_by_the_house() -> str:
    """All that a page may say: templates, modules, code lists and the demo county."""
    rooms = ("app", "knowledge", "meetings", "exports")
    files = [file for room in rooms for kind in ("*.py", "*.html", "*.yaml") for file in (ROOT / room).rglob(kind)]
    return read(*files)


def is_on_a_page(words: str) -> bool:
    """Whether a page may say these words; numbers and names stand for the places of a message."""
    pattern = re.sub(r"\d+|F-\S+", lambda _found: "\0", words)
    parts = [re.escape(part) for part in pattern.split("\0")]
    return re.search(r"(?:%\(\w+\)s|\d+|F-[\d-]+)".join(parts), said_by_the_house()) is not None


@pytest.mark.parametrize("setting", KNOWN)
def test_every_setting_is_explained_to_those_who_operate(setting: str) -> None:
    assert f"`{PREFIX}{setting}`" in read(OPERATIONS)


def test_no_document_names_a_setting_that_does_not_exist() -> None:
    mentioned = set(re.findall(rf"{PREFIX}([A-Z_]+[A-Z])", read(*DOCUMENTS)))

    assert mentioned <= KNOWN.keys()


@pytest.mark.parametrize("command", list(commands()))
def test_every_command_is_named(command: str) -> None:
    assert command in read(ROOT / "README.md", OPERATIONS)


def test_no_document_shows_a_command_that_does_not_exist() -> None:
    known = {command.split()[1] for command in commands()}
    everything = "\n".join(document.read_text(encoding="utf-8") for document in DOCUMENTS)
    shown = set(re.findall(r"(?:^ {4}|`)lueckenlos ([a-z]+)", everything, re.MULTILINE))

    assert shown != set()
    assert shown <= known


@pytest.mark.parametrize("target", targets())
def test_every_target_of_make_is_named(target: str) -> None:
    assert re.search(rf"\bmake {target}\b", read(ROOT / "README.md", OPERATIONS))


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    missing = [link for link in links(document) if not (document.parent / link.split("#")[0]).exists()]

    assert missing == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_a_document_names_neither_a_path_of_a_machine_nor_a_registry(document: Path) -> None:
    assert _NOT_OURS.findall(document.read_text(encoding="utf-8")) == []


def test_every_chapter_is_in_the_table_of_contents() -> None:
    contents = links(DOCS / "handbuch" / "README.md")

    assert {chapter.name for chapter in HANDBOOK} - {"README.md"} <= set(contents)


@pytest.mark.parametrize("document", HANDBOOK, ids=named)
def test_the_handbook_uses_german_quotation_marks(document: Path) -> None:
    assert '"' not in prose(document)


@pytest.mark.parametrize("document", [ROOT / "README.md", *HANDBOOK], ids=named)
def test_what_a_document_quotes_stands_on_a_page(document: Path) -> None:
    quoted = {" ".join(words.split()).rstrip(".") for words in _QUOTED.findall(prose(document))}

    assert sorted(words for words in quoted if not is_on_a_page(words)) == []


def test_pictures_are_few_and_small() -> None:
    assert 1 <= len(PICTURES) <= MOST_PICTURES
    assert [picture.name for picture in PICTURES if picture.stat().st_size > pictures.MOST_BYTES] == []


def test_every_picture_is_taken_by_the_script_and_shown_in_a_document() -> None:
    script = Path(pictures.__file__).read_text(encoding="utf-8")
    shown = {Path(link).name for document in DOCUMENTS for link in links(document)}

    assert [picture.name for picture in PICTURES if f'photograph("{picture.stem}"' not in script] == []
    assert [picture.name for picture in PICTURES if picture.name not in shown] == []
