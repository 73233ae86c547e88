"""The files that browsers load: from logical names to the hashed names that `make setup` collected, and their route.

Which files there are and how they get their names is decided by tools/collect_assets.py; nothing is built here.
"""

import json
from pathlib import Path, PurePosixPath

from flask import Flask, Response, abort, request

from app.core.web import public

FOLDER = Path(__file__).resolve().parents[2] / "build" / "static"
MANIFEST = "manifest.json"
PREFIX = "/static/"
KEEP_FOR_EVER = "public, max-age=31536000, immutable"
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".ico": "image/vnd.microsoft.icon",
    ".js": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}


class AssetsNotCollected(RuntimeError):
    """The folder of collected files or one file in it is missing; the message says what to run."""


class Assets:
    """The manifest of one folder of collected files; read anew when it has been collected anew."""

    def __init__(self, folder: Path = FOLDER, prefix: str = PREFIX) -> None:
        self.folder = folder
        self.prefix = prefix
        self._read_at = 0
        self._names: dict[str, str] = {}
        self._files: frozenset[str] = frozenset()

    def url(self, name: str) -> str:
        """The address of a logical name: css/site.css → /static/css/site.3f2a….css."""
        self._refresh()
        if name not in self._names:
            raise AssetsNotCollected(f"There is no {name} among the collected files. If it is new, run `make setup`.")
        return self.prefix + self._names[name]

    def holds(self, file: str) -> bool:
        """Whether a hashed name is one of the present manifest."""
        self._refresh()
        return file in self._files

    def _refresh(self) -> None:
        path = self.folder / MANIFEST
        try:
            changed_at = path.stat().st_mtime_ns
        except FileNotFoundError:
            message = f"{path} is missing: the files for browsers are not collected. Run `make setup`."
            raise AssetsNotCollected(message) from None
        if changed_at != self._read_at:
            self._names = json.loads(path.read_text(encoding="utf-8"))
            self._files = frozenset(self._names.values())
            self._read_at = changed_at


def install(app: Flask, assets: Assets | None = None) -> None:
    """Serve the collected files below /static/ and give templates `asset("css/site.css")`.

    The application must be made with `static_folder=None`: Flask's own route knows no hashed names.
    """
    if app.has_static_folder:
        raise ValueError("Make the application with static_folder=None; the files for browsers have their own route.")
    collected = assets or Assets()

    @public("styles, scripts and fonts carry no content of a county")
    def static(filename: str) -> Response:
        return send(collected, filename)

    app.add_url_rule(f"{PREFIX}<path:filename>", endpoint="static", view_func=static)
    app.jinja_env.globals["asset"] = collected.url


def send(assets: Assets, file: str) -> Response:
    """A collected file, compressed if the browser takes that; 404 for a name that is not in the manifest."""
    if not assets.holds(file):
        abort(404)
    compressed = assets.folder / f"{file}.gz"
    as_gzip = request.accept_encodings.quality("gzip") > 0 and compressed.is_file()
    response = Response((compressed if as_gzip else assets.folder / file).read_bytes(), content_type=media_type(file))
    response.headers["Cache-Control"] = KEEP_FOR_EVER
    response.vary.add("Accept-Encoding")
    if as_gzip:
        response.headers["Content-Encoding"] = "gzip"
    return response


def media_type(file: str) -> str:
    """The type by the ending, from our own list: not every machine knows all of them."""
    return TYPES.get(PurePosixPath(file).suffix, "application/octet-stream")
