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


OTHERS = (
    "NotoSansSymbols[wght].ttf",
    "NotoEmoji[wght].ttf",
    "NotoSansArabic[wght].ttf",
    "NotoSansHebrew[wght].ttf",
    "NotoSansArmenian[wght].ttf",
    "NotoSansGeorgian[wght].ttf",
    "NotoSansEthiopic[wght].ttf",
    "NotoSansDevanagari[wght].ttf",
    "NotoSansBengali[wght].ttf",
    "NotoSansTamil[wght].ttf",
)
"""What stands in for a letter that Fira Sans lacks: signs, emoji, and the scripts in which people write their names."""


EMBEDDED = frozenset(range(0x2190, 0x2200)) | frozenset(range(0x25A0, 0x2600)) | frozenset(map(ord, "☐☑☒★☆✓✔✗✘"))
"""Arrows, shapes and marks that DejaVu Sans Mono has, which comes inside Typst; a test typesets all of them."""


def other_font_files() -> list[Path]:
    """The files of the typefaces that stand in, in the order in which the template names them (`house.typ`)."""
    return [Path(str(files("manimgx_fonts"))) / name for name in OTHERS]


@cache
def _fonts() -> typst.Fonts:
    """Ours and the ones inside Typst; never the machine's, so that every machine writes the same file."""
    folders = [font_folder(), other_font_files()[0].parent]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=folders)


def typeset(
    template: str,
    content: dict[str, Any],
    issued_at: datetime,
    target: BinaryIO,
    *,
    archival: bool = True,
) -> None:
    """Write a template of `templates/` with this content as PDF/UA-1 and PDF/A-2a.

    A file that pages of others are put into later promises neither: it is not `archival`. `content` holds nothing
    but what JSON can say; the template reads it as `sys.inputs.content`. `issued_at` (aware) becomes the file's date.
    Raises typst.TypstError if the content breaks one of the standards.
    """
    compiled = typst.compile(
        TEMPLATES / template,
        root=TEMPLATES,
        font_paths=_fonts(),
        format="pdf",
        pdf_standards=["a-2a", "ua-1"] if archival else [],
        sys_inputs={"content": json.dumps(content, ensure_ascii=False)},
        timestamp=int(issued_at.timestamp()),
    )
    target.write(compiled)
