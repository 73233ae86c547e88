"""Collects what browsers load into build/static: our own files and the needed ones of node_modules.

Every file gets the hash of its content into its name, so that browsers may keep it for ever; references
between files are rewritten, and manifest.json says which logical name became which file.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import posixpath
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from tools.places import BUILD, NODE_MODULES, ROOT, SetUpError, finish, say

OWN = ROOT / "app" / "ui" / "static"
THIRD_PARTY = ROOT / "docs" / "third-party"
TARGET = BUILD / "static"
MANIFEST = "manifest.json"
HASH_LENGTH = 16

_KERN = "@kern-ux/native"
VENDOR = {
    "vendor/htmx.min.js": "htmx.org/dist/htmx.min.js",
    "vendor/sse.js": "htmx-ext-sse/dist/sse.min.js",
    "vendor/idiomorph-ext.min.js": "idiomorph/dist/idiomorph-ext.min.js",
    "vendor/sortable.min.js": "sortablejs/Sortable.min.js",
    "vendor/kern.min.css": f"{_KERN}/dist/kern.min.css",
    "vendor/fira-sans.css": f"{_KERN}/dist/fonts/fira-sans.css",
    "vendor/licences/htmx.txt": "htmx.org/LICENSE",
    "vendor/licences/htmx-ext-sse.txt": "htmx-ext-sse/LICENSE",
    "vendor/licences/idiomorph.txt": "idiomorph/LICENSE",
    "vendor/licences/sortablejs.txt": "sortablejs/LICENSE",
    "vendor/licences/kern-ux.txt": f"{_KERN}/LICENSE.md",
}

_COMPRESSED = {".css", ".js", ".svg", ".txt"}
_CSS_REFERENCE = re.compile(
    r"""(?P<before>url\(\s*|@import\s+)(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^"'()\s;]+))"""
)
_MODULE_REFERENCE = re.compile(
    r"""(?P<before>\b(?:from|import)\s*\(?\s*)(?:"(?P<double>\.{1,2}/[^"]*)"|'(?P<single>\.{1,2}/[^']*)')"""
)


class Collection:
    """Gives each file its hashed name, first those that it refers to.

    `available` maps logical names to files; only what is published, or referred to by something published,
    gets into `files` (hashed name → content) and `manifest` (logical name → hashed name).
    """

    def __init__(self, available: Mapping[str, Path]) -> None:
        self.available = available
        self.manifest: dict[str, str] = {}
        self.files: dict[str, bytes] = {}
        self._open: list[str] = []

    def publish(self, name: str) -> str:
        """The hashed name of a logical name; SetUpError if it is missing or refers to itself in a circle."""
        if name not in self.manifest:
            self._refuse_circle(name)
            self._open.append(name)
            content = self._with_hashed_references(name)
            self._open.pop()
            self.manifest[name] = hashed_name(name, content)
            self.files[self.manifest[name]] = content
        return self.manifest[name]

    def _refuse_circle(self, name: str) -> None:
        if name in self._open:
            raise SetUpError(f"These files refer to each other in a circle: {' → '.join([*self._open, name])}")

    def _with_hashed_references(self, name: str) -> bytes:
        content = self._read(name)
        pattern = _reference_pattern(name)
        if pattern is None:
            return content
        return pattern.sub(lambda match: self._replace(name, match), content.decode()).encode()

    def _read(self, name: str) -> bytes:
        source = self.available.get(name)
        if source is None or not source.is_file():
            wanted_by = f", which {self._open[-2]} refers to," if len(self._open) > 1 else ""
            raise SetUpError(f"The file {name}{wanted_by} is missing. `make setup` installs all parts.")
        return source.read_bytes()

    def _replace(self, name: str, match: re.Match[str]) -> str:
        kind = next(kind for kind in ("double", "single", "bare") if match.groupdict().get(kind) is not None)
        reference = match[kind]
        if reference.startswith(("data:", "#")):
            return match[0]
        quote = {"double": '"', "single": "'", "bare": ""}[kind]
        return f"{match['before']}{quote}{self._hashed_reference(name, reference)}{quote}"

    def _hashed_reference(self, name: str, reference: str) -> str:
        if reference.startswith("/") or ":" in reference:
            raise SetUpError(f"{name} refers to {reference}; files may refer to files of this house only, relatively.")
        path, mark = re.fullmatch(r"([^?#]*)(.*)", reference, re.DOTALL).groups()  # type: ignore[union-attr]
        folder = posixpath.dirname(name)
        target = self.publish(posixpath.normpath(posixpath.join(folder, path)))
        relative = posixpath.relpath(target, folder or ".")
        return f"{relative if relative.startswith('.') else './' + relative}{mark}"


def hashed_name(name: str, content: bytes) -> str:
    """css/site.css → css/site.<16 hex digits of the content's SHA-256>.css."""
    stem, suffix = posixpath.splitext(name)
    return f"{stem}.{hashlib.sha256(content).hexdigest()[:HASH_LENGTH]}{suffix}"


def collect(available: Mapping[str, Path], published: Iterable[str], target: Path) -> dict[str, str]:
    """Write the published files and all that they refer to into `target`; return the manifest.

    Files appear whole and before the manifest that names them; what no manifest names is removed last, so
    that a running server never misses a file.
    """
    collection = Collection(available)
    for name in published:
        collection.publish(name)
    written = {MANIFEST}
    for name, content in collection.files.items():
        written |= _write(target, name, content)
    _replace_file(target / MANIFEST, (json.dumps(collection.manifest, indent=1, sort_keys=True) + "\n").encode())
    _remove_all_but(target, written)
    return collection.manifest


def collect_house() -> None:
    """Collect this house's files into build/static."""
    own = {path.relative_to(OWN).as_posix(): path for path in sorted(OWN.rglob("*")) if _is_shown(path)}
    vendor = {name: NODE_MODULES / path for name, path in VENDOR.items()}
    vendor["vendor/licences/fira-sans.txt"] = THIRD_PARTY / "fira-sans-OFL.txt"
    fonts = NODE_MODULES / _KERN / "dist" / "fonts" / "fira-sans"
    faces = {f"vendor/fira-sans/{path.name}": path for path in fonts.glob("*.woff2")}
    collect({**faces, **vendor, **own}, [*vendor, *own], TARGET)


def _reference_pattern(name: str) -> re.Pattern[str] | None:
    if name.endswith(".css"):
        return _CSS_REFERENCE
    if name.endswith(".js") and not name.startswith("vendor/"):
        return _MODULE_REFERENCE
    return None


def _is_shown(path: Path) -> bool:
    return path.is_file() and not path.name.startswith(".")


def _write(target: Path, name: str, content: bytes) -> set[str]:
    versions = {name: content}
    if posixpath.splitext(name)[1] in _COMPRESSED:
        versions[f"{name}.gz"] = b""
    for version in versions:
        path = target / version
        if not path.exists():
            _replace_file(path, content if version == name else gzip.compress(content, mtime=0))
    return set(versions)


def _replace_file(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.write_bytes(content)
    fresh.replace(path)


def _remove_all_but(target: Path, names: set[str]) -> None:
    for path in sorted(target.rglob("*"), reverse=True):
        if path.is_file() and path.relative_to(target).as_posix() not in names:
            path.unlink(missing_ok=True)
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()


def main() -> None:
    """The command line: collect and say so."""
    try:
        collect_house()
    except SetUpError as error:
        finish(error)
    say(f"Collected into {TARGET.relative_to(ROOT)}/.")


if __name__ == "__main__":
    main()
