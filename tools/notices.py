"""Third-party notices: `python -m tools.notices`, run by .venv's Python, writes build/THIRD-PARTY.md.

Read off what is installed, so it names the versions that run. Parts that only tests use are left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from tools.places import BUILD, NODE_MODULES, REQUIREMENTS, ROOT, SetUpError, finish, say

TARGET = BUILD / "THIRD-PARTY.md"
FONT_LICENCE = ROOT / "docs" / "third-party" / "fira-sans-OFL.txt"
_LICENCE_FILE = re.compile(r"(^|/)(licen[cs]e|copying|notice|authors)[^/]*$", re.IGNORECASE)
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)


@dataclass(frozen=True)
class Part:
    """A part of others that runs in this house: its licence in a word and the texts that came with it."""

    name: str
    version: str
    licence: str
    texts: tuple[str, ...]


def parts() -> list[Part]:
    """All parts of others that the running application consists of, by name."""
    return sorted([*python_parts(), *frontend_parts(), fonts()], key=lambda part: part.name.lower())


def python_parts() -> Iterator[Part]:
    """What requirements/run.txt pins and this machine has installed."""
    for name, version in pins(REQUIREMENTS / "run.txt").items():
        try:
            installed = distribution(name)
        except PackageNotFoundError:
            continue  # pinned for another kind of machine
        yield Part(name, version, licence_of(installed), tuple(licence_texts(installed)))


def pins(file: Path) -> dict[str, str]:
    """Names and versions of a requirements file."""
    return dict(_PIN.findall(file.read_text(encoding="utf-8")))


def licence_of(installed: Distribution) -> str:
    """The licence as the package declares it: expression, classifiers, or the first line of the old field."""
    classifiers = installed.metadata.get_all("Classifier") or []
    named = [value.split(" :: ")[-1] for value in classifiers if value.startswith("License ::")]
    declared = _field(installed, "License-Expression") or " / ".join(named) or _field(installed, "License")
    return declared.strip().split("\n")[0] or "see its text"


def _field(installed: Distribution, name: str) -> str:
    values: list[str] = installed.metadata.get_all(name) or [""]
    return values[0]


def licence_texts(installed: Distribution) -> Iterator[str]:
    """The licence files that the package brought along."""
    for file in installed.files or []:
        if ".dist-info" in str(file) and _LICENCE_FILE.search(str(file)):
            yield Path(str(file.locate())).read_text(encoding="utf-8", errors="replace")


def frontend_parts() -> Iterator[Part]:
    """What package.json names for the running application."""
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["dependencies"]
    for name in wanted:
        folder = NODE_MODULES / name
        facts = json.loads((folder / "package.json").read_text(encoding="utf-8"))
        texts = tuple(file.read_text(encoding="utf-8") for file in sorted(folder.glob("LICENSE*")))
        yield Part(name, facts["version"], facts.get("license", "0BSD (by its text)"), texts)


def fonts() -> Part:
    """The font inside the design system, which comes without its licence text; docs/third-party has it."""
    return Part("Fira Sans (in @kern-ux/native)", "4.106", "OFL-1.1", (FONT_LICENCE.read_text(encoding="utf-8"),))


def document(all_parts: list[Part]) -> str:
    """The notices as Markdown: a table, then every text once, with the parts that it belongs to."""
    rows = [f"| {part.name} | {part.version} | {part.licence} |" for part in all_parts]
    texts: dict[str, list[str]] = {}
    for part in all_parts:
        for text in part.texts:
            texts.setdefault(text.strip(), []).append(f"{part.name} {part.version}")
    sections = [f"## {', '.join(owners)}\n\n````text\n{text}\n````\n" for text, owners in texts.items()]
    head = ["# Parts of others in Lückenlos", "", "| part | version | licence |", "|---|---|---|", *rows, "", ""]
    return "\n".join(head) + "\n".join(sections)


def main() -> None:
    """The command line: write the notices and say where."""
    try:
        all_parts = parts()
    except FileNotFoundError as error:
        finish(SetUpError(f"{error.filename} is missing; run `make setup` first."))
    BUILD.mkdir(exist_ok=True)
    TARGET.write_text(document(all_parts), encoding="utf-8")
    say(f"{len(all_parts)} parts of others are listed in {TARGET.relative_to(ROOT)}.")


if __name__ == "__main__":
    main()
