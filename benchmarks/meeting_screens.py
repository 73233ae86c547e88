"""The screens of `meeting_live`, and the one who leads. Runs under gevent; prints one JSON line.

Each screen holds the stream of the room and notes when the item that was called stands on it. A broken stream is taken
up again where it ended, as browsers do.
"""

import contextlib
import http.client
import json
import re
import sys
import threading
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from benchmarks.reader import Reader
from benchmarks.timing import quantile
from benchmarks.workshop_phones import wait_until

_HIDDEN = re.compile(r'<input[^>]*name="(csrf_token|once)"[^>]*value="([^"]*)"')
_ITEM = re.compile(r'll-mhead__number">TOP (\S+?)</p>')
LONGEST = 60.0


class Screen:
    """One stream; `seen` holds the moment at which each item first stood on it."""

    def __init__(self, orders: dict[str, Any], cookie: str) -> None:
        self.host, self.path = urlsplit(orders["url"]).netloc, f"/sitzungen/{orders['key']}/strom"
        self.cookie, self.last = cookie, ""
        self.seen: dict[str, float] = {}
        self.opened = 0
        self.heard = 0

    def follow(self) -> None:
        """Listen, and come back when the stream breaks."""
        while True:
            with contextlib.suppress(OSError, http.client.HTTPException):
                self._listen()
            time.sleep(0.5)

    def _listen(self) -> None:
        stream = http.client.HTTPConnection(self.host, timeout=LONGEST)
        headers = {"Cookie": self.cookie, "Accept-Language": "de"}
        if self.last:
            headers["Last-Event-ID"] = self.last
        stream.request("GET", f"{self.path}?sicht=dabei", headers=headers)
        answer = stream.getresponse()
        if answer.status != 200:
            return
        self.opened += 1
        while line := answer.readline():
            self.heard += len(line)
            self._take(line.decode())

    def _take(self, line: str) -> None:
        if line.startswith("id: "):
            self.last = line[4:].strip()
        found = _ITEM.search(line)
        if found:
            self.seen.setdefault(found[1], time.perf_counter())


class Leader:
    """Who presses the button."""

    def __init__(self, orders: dict[str, Any]) -> None:
        self.path, self.reader = f"/sitzungen/{orders['key']}/leiten", Reader(orders["url"])
        self.reader.sign_in(orders["leader"])

    def press(self, what: str) -> float:
        """Press a button of the leading page; the moment at which it was sent."""
        self.reader.__exit__(None, None, None)
        hidden = dict(reversed(_HIDDEN.findall(self.reader.get(self.path).body.decode())))
        sent = time.perf_counter()
        answer = self.reader._send("POST", self.path, urlencode({**hidden, "do": what}))
        if answer.status >= 400:
            raise RuntimeError(f"{self.path}: {answer.status}")
        return sent


def cookies(orders: dict[str, Any]) -> dict[str, str]:
    """The signed-in people by key."""
    found = {}
    for person in orders["people"]:
        with Reader(orders["url"]) as reader:
            reader.sign_in(person)
            found[person] = "; ".join(f"{name}={value}" for name, value in reader._cookies.items())
    return found


def main(path: str) -> None:
    """Let everybody follow, call one item after the other; in the middle the server is started anew."""
    orders = json.loads(Path(path).read_text())
    known = cookies(orders)
    people = orders["people"]
    screens = [Screen(orders, known[people[number % len(people)]]) for number in range(orders["screens"])]
    for screen in screens:
        threading.Thread(target=screen.follow, daemon=True).start()
    wait_until(lambda: all(screen.opened for screen in screens))
    leader, times, lost = Leader(orders), list[float](), 0
    for number in orders["items"]:
        lost += call(leader, number, screens, times)
    say("restart")
    sys.stdin.readline()
    began = time.perf_counter()
    wait_until(lambda: all(screen.opened > 1 for screen in screens))
    back = time.perf_counter() - began
    after = list[float]()
    lost += call(Leader(orders), orders["last"], screens, after)
    say(
        json.dumps(
            {
                "lost": lost,
                "shown": [quantile(times, 0.5), quantile(times, 0.95)],
                "after": [quantile(after, 0.5), quantile(after, 0.95)],
                "back": back,
                "kilobytes": sum(screen.heard for screen in screens) / len(screens) / 1024,
            }
        )
    )


def call(leader: Leader, number: str, screens: list[Screen], times: list[float]) -> int:
    """Call the next item and wait until it stands on every screen; how many it never reached."""
    sent = leader.press("next")
    wait_until(lambda: all(number in screen.seen for screen in screens))
    times += [(screen.seen[number] - sent) * 1000 for screen in screens if number in screen.seen]
    return sum(number not in screen.seen for screen in screens)


def say(line: str) -> None:
    """One line for the one who started us."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
