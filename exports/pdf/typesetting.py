"""Typst, as this house uses it: one template, data as JSON, our own fonts, both standards, equal bytes every time."""

import json
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, BinaryIO

import typst

TEMPLATES = Path(__file__).parent / "templates"
FACES = ("Regular", "Italic", "Bold", "BoldItalic")
"""Of Fira Sans, the house's typeface; the package `fontpkg-fira-sans` brings them as TrueType."""


def font_folder() -> Path:
    """Where the faces of our typeface are; Typst is given folders, not files."""
    return Path(str(files("fontpkg_fira_sans"))) / "files"


def font_files() -> list[Path]:
    """The files of the faces that documents are set in."""
    return [font_folder() / f"FiraSans-{face}.ttf" for face in FACES]


@cache
def _fonts() -> typst.Fonts:
    """Ours and the ones inside Typst; never the machine's, so that every machine writes the same file."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[font_folder()])


def typeset(template: str, content: dict[str, Any], issued_at: datetime, target: BinaryIO) -> None:
    """Write a template of `templates/` with this content as PDF/UA-1 and PDF/A-2a.

    `content` holds nothing but what JSON can say; the template reads it as `sys.inputs.content`. `issued_at` (aware)
    becomes the file's date. Raises typst.TypstError if the content breaks one of the standards.
    """
    compiled = typst.compile(
        TEMPLATES / template,
        root=TEMPLATES,
        font_paths=_fonts(),
        format="pdf",
        pdf_standards=["a-2a", "ua-1"],
        sys_inputs={"content": json.dumps(content, ensure_ascii=False)},
        timestamp=int(issued_at.timestamp()),
    )
    target.write(compiled)
