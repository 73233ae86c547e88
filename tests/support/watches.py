"""When a page first showed something, by its own clock: measured inside the page, not by whoever asks it.

Pages of one machine share its clock, so that moments of different pages can be compared.
"""

import os
from collections.abc import Iterable

from tests.support.chromium import Visitor

LONGEST = 20_000
"""Milliseconds after which a page that never showed it gives up."""

_WATCH = """
([name, selector, words, count, longest]) => {
  const now = () => performance.timeOrigin + performance.now();
  const fits = (each) => each.textContent.includes(words);
  const there = () => [...document.querySelectorAll(selector)].filter(fits).length >= count;
  window.watches ??= {};
  window.watches[name] = new Promise((resolve) => {
    const observer = new MutationObserver(() => there() && done(now()));
    const done = (moment) => (observer.disconnect(), resolve(moment));
    const whatever = { childList: true, subtree: true, characterData: true, attributes: true };
    observer.observe(document.documentElement, whatever);
    if (there()) done(now());
    setTimeout(() => done(null), longest);
  });
}
"""
_LISTEN = """
() => {
  const now = () => performance.timeOrigin + performance.now();
  window.answer = new Promise((resolve) => {
    const plain = window.fetch;
    window.fetch = async (...all) => {
      const answer = await plain(...all);
      if (all[1]?.method === "POST") resolve(now());
      return answer;
    };
    const after = (event) => event.detail.requestConfig?.verb === "post" && resolve(now());
    document.addEventListener("htmx:afterRequest", after);
  });
}
"""


class NeverShown(AssertionError):
    """A page did not show what was waited for."""


def watch(screen: Visitor, name: str, selector: str, words: str = "", count: int = 1) -> None:
    """From now on, note the moment in which so many elements with these words are on the page."""
    screen.page.evaluate(_WATCH, [name, selector, words, count, LONGEST])


def shown(screen: Visitor, name: str) -> float:
    """The moment in which the page first showed it, in milliseconds."""
    moment: float | None = screen.page.evaluate("name => window.watches[name]", name)
    if moment is None:
        raise NeverShown(name)
    return moment


def listen(screen: Visitor) -> None:
    """Note when the server answers what is sent from this page next."""
    screen.page.evaluate(_LISTEN)


def answered(screens: Iterable[Visitor]) -> float:
    """The moment in which the last of these pages had the answer that it listened for."""
    return max(screen.page.evaluate("() => window.answer") for screen in screens)


def overload() -> float:
    """How many times slower than alone everything is on a machine that has more to do than it has cores."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
