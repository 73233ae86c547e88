"""The pictures of README and handbook: `.venv/bin/python -m tools.pictures`, after `make test` has set everything up.

Loads the demo county into a temporary folder, serves it on a free port of this machine, walks from the case to the
decision in headless Chromium as a newcomer would, photographs the way into docs/pictures and ends the server.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tools.places import ENVIRONMENT, ROOT, SetUpError, finish, say

TARGET = ROOT / "docs" / "pictures"
COUNTY = ROOT / "app" / "dataset" / "files" / "demo.yaml"
COMMAND = ENVIRONMENT / "bin" / "lueckenlos"
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
START_SECONDS = 60.0
MOST_BYTES = 250_000
MARGIN = 16

OFFICE = "Svenja Albers"
VOTERS: Mapping[str, Mapping[str, int]] = {
    "Mariama Diallo": {"Verständigung": 2, "Erwachsen werden": 1},
    "Holger Brandes": {"Erwachsen werden": 2, "Bleiberecht": 1},
    "Grace Okafor": {"Verständigung": 2, "Bleiberecht": 1},
    "Thomas Steffens": {"Bleiberecht": 2, "Verständigung": 1},
    "Ulrich Hartung": {"Erwachsen werden": 1, "Verständigung": 2},
    "Heike Bruns": {"EU-Zugewanderte": 1, "Bleiberecht": 2},
}
"""Six of the sixteen organisations and their points, three for each, at most two for one topic."""


def free_port() -> int:
    """A port of the loopback address that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a server over a fresh demo county in `folder`; it is ended, by its id, when the pictures are."""
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LUECKENLOS_")}
    environment |= {"LUECKENLOS_DATA_DIR": str(folder), "LUECKENLOS_PORT": str(port)}
    if subprocess.run([COMMAND, "load", COUNTY], env=environment, stdout=subprocess.DEVNULL, check=False).returncode:
        raise SetUpError("The demo county could not be loaded; the reason is above.")
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen([COMMAND, "serve"], env=environment, stdout=log, stderr=log)
        try:
            wait_until_ready(f"http://127.0.0.1:{port}", server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=20)


def wait_until_ready(address: str, server: subprocess.Popen[bytes]) -> None:
    """Return when the server takes requests; SetUpError if it ends or takes too long."""
    ends = time.monotonic() + START_SECONDS
    while time.monotonic() < ends and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=2):  # noqa: S310 - our own address
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise SetUpError("The server did not start.")


@dataclass
class Visitor:
    """One person in a browser of their own."""

    page: Page
    base: str

    def go(self, path: str) -> Visitor:
        """Open an address of the house."""
        self.page.goto(f"{self.base}{path}", wait_until="load")
        return self

    def press(self, name: str) -> Visitor:
        """Press the button or follow the link with this name, and wait for what it leads to."""
        button = self.page.get_by_role("button", name=name, exact=True)
        with self.page.expect_navigation(wait_until="load"):
            button.or_(self.page.get_by_role("link", name=name, exact=True)).first.click()
        return self

    def photograph(self, name: str, part: str | None = None, height: int = 800) -> None:
        """Write docs/pictures/<name>.png: the page's first `height` pixels, or the part under the heading `part`."""
        width = (self.page.viewport_size or DESK)["width"]
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.mouse.move(0, 0)
        self.page.evaluate("document.activeElement.blur()")
        box = self._around(part) if part else {"x": 0, "y": 0, "width": width, "height": height}
        path = TARGET / f"{name}.png"
        self.page.screenshot(path=path, animations="disabled", full_page=True, clip=box)  # type: ignore[arg-type]
        if path.stat().st_size > MOST_BYTES:
            raise SetUpError(
                f"docs/pictures/{name}.png has {path.stat().st_size} bytes, at most {MOST_BYTES} are wanted."
            )
        say(f"docs/pictures/{name}.png, {path.stat().st_size // 1000} kB")

    def _around(self, part: str) -> dict[str, float]:
        """Where the part of the page under this heading lies, with a margin."""
        heading = self.page.get_by_role("heading", name=part).first
        box: dict[str, float] = heading.evaluate(
            """(heading, margin) => {
                const part = heading.closest("section, article").getBoundingClientRect();
                const left = Math.max(0, part.left - margin);
                const width = Math.min(part.right + margin, document.documentElement.clientWidth) - left;
                return {x: left, y: part.top + scrollY - margin, width, height: part.height + 2 * margin};
            }""",
            MARGIN,
        )
        return box


@dataclass
class Walk:
    """The way from the case to the decision, step by step, with its pictures."""

    browser: Browser
    base: str
    signed_in: dict[tuple[str, int], Visitor] = field(default_factory=dict)

    def visitor(self, name: str, window: Mapping[str, int] = DESK) -> Visitor:
        """This person, signed in with one click on the demo account, in a browser of this width."""
        key = (name, window["width"])
        if key not in self.signed_in:
            size = {"width": window["width"], "height": window["height"]}
            context = self.browser.new_context(viewport=size, locale="de-DE", reduced_motion="reduce")  # type: ignore[arg-type]
            visitor = Visitor(context.new_page(), self.base).go("/anmelden").press(f"Als {name} anmelden")
            expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Was wartet auf mich?")
            self.signed_in[key] = visitor
        return self.signed_in[key]

    def knowledge(self) -> None:
        """The case, the gap it supports, and how it is found."""
        office = self.visitor(OFFICE)
        office.go("/faelle/ahorn").photograph("fall", "Zeitstrahl")
        office.go("/fehlstellen/F-2026-01").photograph("fehlstelle", "Woher und wohin")
        office.go("/suche?q=ohne+Geld+zwischen+Sozialamt+und+Jobcenter").photograph("suche")

    def begin_meeting(self) -> None:
        """Scheduled, invited, opened, everybody there."""
        office = self.visitor(OFFICE).go("/sitzungen/LG-09")
        for step in ("Sitzung terminieren", "Einladung als versandt festhalten", "Sitzung eröffnen"):
            office.press(step)
        office.go("/sitzungen/LG-09/anwesenheit").press("Alle Stimmberechtigten anwesend")

    def vote(self) -> None:
        """The prioritisation: opened by the office, three ballots, closed."""
        office = self.visitor(OFFICE).go("/sitzungen/LG-09/top/6/abstimmung").press("Abstimmung eröffnen")
        poll = office.page.url.removeprefix(self.base)
        for name, points in VOTERS.items():
            voter = self.visitor(name, PHONE).go(poll)
            for topic, number in points.items():
                voter.page.get_by_role("spinbutton", name=topic).fill(str(number))
            if name == next(iter(VOTERS)):
                voter.photograph("stimmzettel-telefon", "Ihre Stimme")
            voter.press("Stimme abgeben")
        self.visitor("Katrin Rehm", PHONE).go("/").photograph("aufgaben-telefon", height=844)
        self.visitor("Katrin Rehm").go("/sitzungen/LG-09").photograph("sitzung", height=900)
        office.go(poll).press("Abstimmung schließen").press("Abstimmung schließen und auszählen")
        office.photograph("ergebnis", "Ergebnis")

    def decide(self) -> None:
        """The decision, and where it stands afterwards."""
        office = self.visitor(OFFICE).go("/sitzungen/LG-09/top/6/beschluss")
        office.page.get_by_role("spinbutton", name=re.compile("^Ja")).fill("16")
        office.press("Beschluss festhalten")
        office.go("/sitzungen/LG-09/niederschrift").photograph("niederschrift", "TOP 6")


def take_pictures() -> None:
    """Walk and write all pictures anew."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="lueckenlos-pictures-") as folder,
        served(Path(folder)) as base,
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=shutil.which("chromium"), args=SWITCHES) as browser,
    ):
        walk = Walk(browser, base)
        for part in (walk.knowledge, walk.begin_meeting, walk.vote, walk.decide):
            part()


def main() -> None:
    """The command line: take all pictures and say where they are."""
    try:
        take_pictures()
    except SetUpError as error:
        finish(error)


if __name__ == "__main__":
    main()
