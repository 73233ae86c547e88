"""The phones of `workshop_live`, and a leading screen. Runs under gevent; prints one JSON line.

Each phone opens its page and its stream, posts a card at a random moment of the window, and fetches a part whenever
its stream names what the part listens to. The leading screen does the same with the covered cards.
"""

import http.client
import json
import random
import re
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from benchmarks.reader import Reader
from benchmarks.timing import quantile

_HIDDEN = re.compile(r'<input[^>]*name="(csrf_token|once|card|at)"[^>]*value="([^"]*)"')
_COOKIE = re.compile(r"([^=]+)=([^;]*)")
LONGEST = 60.0


class Screen:
    """A browser with a cookie and a stream; `parts` says what is fetched when a signal of that name comes."""

    def __init__(self, orders: dict[str, Any], cookies: dict[str, str], screen: str) -> None:
        self.host = urlsplit(orders["url"]).netloc
        self.base = f"/workshops/{orders['key']}/raum"
        self.cookies, self.screen = dict(cookies), screen
        self.parts: dict[str, str] = {}
        self.seen: Callable[[str, float], None] = lambda _html, _at: None
        self.heard = threading.Event()
        self._connection = http.client.HTTPConnection(self.host, timeout=LONGEST)
        self._lock = threading.Lock()

    def get(self, path: str, fragment: bool = False) -> str:
        """Ask for an address."""
        return self._ask("GET", path, None, {"HX-Request": "true"} if fragment else {})

    def post(self, path: str, data: dict[str, str]) -> str:
        """Send a form."""
        return self._ask("POST", path, urlencode(data), {"Content-Type": "application/x-www-form-urlencoded"})

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> str:
        with self._lock:
            sent = {**headers, "Cookie": self._cookie(), "Accept-Language": "de"}
            try:
                self._connection.request(method, path, body, sent)
                answer = self._connection.getresponse()
            except (http.client.RemoteDisconnected, ConnectionError):
                self._connection.close()
                self._connection.request(method, path, body, sent)
                answer = self._connection.getresponse()
            for line in answer.headers.get_all("Set-Cookie") or ():
                name, value = _COOKIE.match(line).groups()  # type: ignore[union-attr]
                self.cookies[name] = value
            text = answer.read().decode()
        if answer.status >= 400:
            raise RuntimeError(f"{method} {path}: {answer.status}")
        return text

    def _cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def listen(self) -> None:
        """Follow the stream and fetch what it names."""
        stream = http.client.HTTPConnection(self.host, timeout=LONGEST)
        stream.request("GET", f"{self.base}/strom?seit=&schirm={self.screen}", headers={"Cookie": self._cookie()})
        answer = stream.getresponse()
        self.heard.set()
        while line := answer.readline():
            name = line.decode().strip().removeprefix("event: ")
            if name in self.parts:
                html = self.get(self.base + self.parts[name], fragment=True)
                self.seen(html, time.perf_counter())


def main(path: str) -> None:
    """Let everybody in, write, uncover, sum up."""
    orders = json.loads(Path(path).read_text())
    leader, sent, shown = leading_screen(orders), dict[str, float](), dict[str, float]()

    def note(html: str, at: float) -> None:
        for card in re.findall(r"Karte Nummer (\d+)", html):
            shown.setdefault(card, at)

    leader.parts, leader.seen = {"arrivals": f"/karten/verdeckt?schirm={leader.screen}"}, note
    phones = [Screen(orders, {"lueckenlos-raum": token}, "phone") for token in orders["tokens"]]
    complete: dict[int, float] = {}
    for number, phone in enumerate(phones):
        phone.parts = {"cards": "/karten/tafel?schirm=phone"}
        phone.seen = noting(complete, number, len(phones))
    begin([leader, *phones])
    posted = write_all(phones, sent, orders["window"])
    wait_until(lambda: len(shown) >= len(phones))
    before = time.perf_counter()
    uncover(leader)
    wait_until(lambda: len(complete) >= len(phones))
    times = [(shown[card] - sent[card]) * 1000 for card in shown]
    boards = [(at - before) * 1000 for at in complete.values()]
    print(
        json.dumps(
            {
                "lost": max(len(phones) - len(shown), len(phones) - len(complete)),
                "posted": [quantile(posted, 0.5), quantile(posted, 0.95)],
                "shown": [quantile(times, 0.5), quantile(times, 0.95)],
                "uncovered": [quantile(boards, 0.5), quantile(boards, 0.95)],
            }
        ),
        flush=True,
    )


def leading_screen(orders: dict[str, Any]) -> Screen:
    """The moderator, signed in."""
    with Reader(orders["url"]) as reader:
        reader.sign_in(orders["leader"])
        cookies = dict(reader._cookies)
    return Screen(orders, cookies, "moderator")


def noting(complete: dict[int, float], number: int, cards: int) -> Callable[[str, float], None]:
    """Remember when a phone first showed all cards."""

    def note(html: str, at: float) -> None:
        if len(set(re.findall(r"Karte Nummer (\d+)", html))) >= cards:
            complete.setdefault(number, at)

    return note


def begin(screens: list[Screen]) -> None:
    """Open every stream and wait until it stands."""
    for screen in screens:
        threading.Thread(target=screen.listen, daemon=True).start()
    for screen in screens:
        screen.heard.wait(LONGEST)


def write_all(phones: list[Screen], sent: dict[str, float], window: float) -> list[float]:
    """Every phone opens its form and sends one card at a moment of its own; milliseconds of each sending."""
    chance, took = random.Random(7), list[float]()
    forms = [dict(_HIDDEN.findall(phone.get(f"{phone.base}?ansicht=karten"))) for phone in phones]

    def write(number: int, wait: float) -> None:
        time.sleep(wait)
        phone, card = phones[number], str(number)
        began = sent[card] = time.perf_counter()
        data = {**forms[number], "kind": "break", "place": "", "text": f"Karte Nummer {card}"}
        phone.post(f"{phone.base}/karten/neu", data)
        took.append((time.perf_counter() - began) * 1000)

    threads = [threading.Thread(target=write, args=(each, chance.uniform(0, window))) for each in range(len(phones))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONGEST)
    return took


def uncover(leader: Screen) -> None:
    """The moderator uncovers all cards."""
    html = leader.get(f"{leader.base}/moderation")
    form = html[html.index('id="uncover"') :].partition("</form>")[0]
    leader.post(f"{leader.base}/karten/aufdecken", {**dict(_HIDDEN.findall(form)), "card": ""})


def wait_until(done: Callable[[], bool]) -> None:
    """Wait, a minute at most."""
    ends = time.monotonic() + LONGEST
    while not done() and time.monotonic() < ends:
        time.sleep(0.01)


if __name__ == "__main__":
    main(sys.argv[1])
