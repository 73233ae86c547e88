"""What the benchmarks of documents need beside the house: pandoc and mammoth in a folder of their own, and texts.

The specification of CommonMark (CC BY-SA 4.0) and the programs come at the first run and are checked by their hashes;
nothing of them is kept in the project.
"""

import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.processes import ROOT
from tools import frontend_parts
from tools.places import SetUpError
from tools.python_parts import install_apart

PINNED = ROOT / "benchmarks" / "documents.txt"
PARTS = ROOT / "build" / "bench" / "documents"
SPECIFICATION = "commonmark-spec@0.31.2"
SHA256 = "257c41ad946f7a1414a499aca402a1aa8fdac3678532266611348c1cf54f4b80"
RAW_HTML = ("HTML blocks", "Raw HTML")
"""Sections that do not count: a document of ours shows HTML as text, which is no question of fidelity."""

_EXAMPLE = re.compile(r"^`{32} example\n(.*?)^\.\n(.*?)^`{32}$|^#{1,6} *([^\n]*)$", re.MULTILINE | re.DOTALL)
DIALECT = "commonmark+pipe_tables+task_lists+footnotes+strikeout"
"""What pandoc reads: the dialect of our documents."""


class Example(NamedTuple):
    """One example: where it stands, and its Markdown."""

    section: str
    text: str


def pandoc() -> Path:
    """The pinned pandoc; installed at the first time. Raises SetUpError if that cannot be."""
    program = PARTS / "pypandoc" / "files" / "pandoc"
    if not program.exists():
        install_apart(str(PINNED), PARTS)
    return program


def specification() -> list[Example]:
    """The examples of the specification, without those about raw HTML; raises SetUpError if they cannot be had."""
    text = _fetched()
    if hashlib.sha256(text.encode()).hexdigest() != SHA256:
        raise SetUpError(f"The text of {SPECIFICATION} is not the one that was measured with.")
    found, section = list[Example](), ""
    for match in _EXAMPLE.finditer(text):
        markdown, _html, heading = match.groups()
        if heading is not None:
            section = heading.strip()
        elif section not in RAW_HTML:
            found.append(Example(section, markdown.replace("→", "\t")))
    return found


def _fetched() -> str:
    kept = PARTS / "spec.txt"
    if not kept.exists():
        with tempfile.TemporaryDirectory() as folder:
            frontend_parts.npm("pack", SPECIFICATION, "--silent", "--pack-destination", folder)
            with tarfile.open(next(Path(folder).glob("*.tgz"))) as archive:
                member = archive.extractfile("package/spec.txt")
                assert member is not None
                kept.write_bytes(member.read())
    return kept.read_text(encoding="utf-8")


def in_pandoc(script: str, folder: Path) -> None:
    """Run a Lua script in pandoc, which starts once for thousands of conversions; its working folder is `folder`."""
    path = folder / "task.lua"
    path.write_text(script, encoding="utf-8")
    done = subprocess.run([pandoc(), "lua", path], cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:  # it also warns of pictures that it cannot fetch, as nothing may
        raise RuntimeError(done.stderr[-1000:])


def in_mammoth(paths: Sequence[Path], style_map: Sequence[str]) -> list[str]:
    """What mammoth makes of these documents: HTML. It runs in a process of its own, with its own libraries."""
    script = (
        "import json, mammoth, sys\n"
        "task = json.load(sys.stdin)\n"
        "told = []\n"
        "for path in task['paths']:\n"
        "    with open(path, 'rb') as file:\n"
        "        told.append(mammoth.convert_to_html(file, style_map=task['styles']).value)\n"
        "json.dump(told, sys.stdout)\n"
    )
    task = json.dumps({"paths": list(map(str, paths)), "styles": "\n".join(style_map)})
    command = [sys.executable, "-c", script]
    where = {"PYTHONPATH": str(PARTS)}
    done = subprocess.run(command, input=task, capture_output=True, text=True, check=True, env=where)
    told: list[str] = json.loads(done.stdout)
    return told


def read_json(path: Path) -> Any:
    """A file that pandoc wrote."""
    return json.loads(path.read_text(encoding="utf-8"))
