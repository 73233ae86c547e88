"""Debian's Chromium, driven by Playwright, and people who use it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, Playwright

PROGRAM = shutil.which("chromium") or "/usr/bin/chromium"
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync"]
AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PATIENCE = 10_000.0
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}


@contextmanager
def launched(playwright: Playwright) -> Iterator[Browser]:
    """Chromium without a window; closed at the end."""
    browser = playwright.chromium.launch(executable_path=PROGRAM, args=SWITCHES)
    yield browser
    browser.close()


class Visitor:
    """A person in a browser of their own; foreign requests and complaints of the browser are noted."""

    def __init__(
        self, browser: Browser, base: str, *, javascript: bool = True, width: dict[str, int] = DESKTOP
    ) -> None:
        self.base = base
        self.javascript = javascript
        self.context: BrowserContext = browser.new_context(
            locale="de-DE",
            viewport=width,
            java_script_enabled=javascript,
            accept_downloads=True,  # type: ignore[arg-type]
        )
        self.context.set_default_timeout(PATIENCE)
        self.page: Page = self.context.new_page()
        self.foreign: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", self._note_foreign)
        self.page.on(
            "console", lambda message: self.complaints.append(message.text) if message.type == "error" else None
        )

    def _note_foreign(self, request: object) -> None:
        address = request.url  # type: ignore[attr-defined]
        if not address.startswith((self.base, "data:", "blob:")):
            self.foreign.append(address)

    def sign_in(self, name: str) -> "Visitor":
        """One click into a demo account."""
        self.go("/anmelden")
        self.page.get_by_role("button", name=f"Als {name} anmelden").click()
        self.page.wait_for_url(lambda url: "/anmelden" not in url)
        return self

    def look_at(self, width: dict[str, int]) -> "Visitor":
        """Make the window this wide and high."""
        self.page.set_viewport_size(width)  # type: ignore[arg-type]
        return self

    def go(self, path: str) -> "Visitor":
        """Open an address."""
        self.page.goto(self.base + path)
        return self

    def violations(self) -> list[str]:
        """What axe-core finds on the present page, rule by rule with the elements."""
        self.page.wait_for_load_state()
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate(
            "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})"
            ".then(result => result.violations.map(v =>"
            " v.id + ': ' + v.nodes.map(n => n.target.join(' ')).join(' | ')))",
            RULES,
        )
        return list(found)

    def scrolls_sideways(self) -> bool:
        """Whether the page is wider than the screen."""
        self.page.wait_for_load_state()
        wide: bool = self.page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"
        )
        return wide

    def leave(self) -> None:
        """Close the browser window."""
        self.context.close()
