"""Many voters at once, some of whom misbehave as people and networks do. Runs under gevent; prints one JSON line.

`python -m gevent.monkey --module tests.support.storm ORDERS.json`. Each voter sends one ballot at a moment of its own.
Of those who misbehave one third sends the same form twice at once, one third again after the answer, and one third
hangs up before the answer and then sends again. Whoever gets no answer tries again with the same form, as a browser
does after „erneut senden“, for as long as `patience` seconds.
"""

import http.client
import json
import random
import re
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

TWICE, AGAIN, HANGING_UP = "twice", "again", "hanging up"
WAIT_SECONDS = 0.05
_CODE = re.compile(r"data-code=\"([^\"]+)\"")


class Voter:
    """A browser with one ballot to send; `urls` are the server processes that it may reach."""

    def __init__(self, number: int, orders: dict[str, Any]) -> None:
        chance = random.Random(number)
        values = orders["voters"][number]
        self.number, self.patience = number, float(orders["patience"])
        self.hosts = [urlsplit(url).netloc for url in orders["urls"]]
        chance.shuffle(self.hosts)
        self.path, self.cookie = orders["address"], values["cookie"]
        self.fields = ballot(number, orders["fields"])
        self.body = urlencode(
            {
                "csrf_token": values["csrf_token"],
                "once": f"{chance.getrandbits(128):032x}",
                "slip": f"{chance.getrandbits(128):032x}",
                **self.fields,
            }
        )
        self.starts = chance.uniform(0, orders["window"])
        self.manner = ""
        if chance.random() < orders["misbehaving"]:
            self.manner = (TWICE, AGAIN, HANGING_UP)[number % 3]
        self.answers: list[int] = []
        self.codes: set[str] = set()
        self.milliseconds: float | None = None
        self.acknowledged_at: float | None = None

    def vote(self) -> None:
        """Send the ballot, in this voter's manner."""
        time.sleep(self.starts)
        began = time.perf_counter()
        if self.manner == HANGING_UP:
            self._hang_up()
        if self.manner == TWICE:
            other = threading.Thread(target=self._send_until_answered)
            other.start()
            self._send_until_answered()
            self.milliseconds = (time.perf_counter() - began) * 1000
            other.join()
            return
        self._send_until_answered()
        self.milliseconds = (time.perf_counter() - began) * 1000
        if self.manner == AGAIN:
            self._send_until_answered()

    def _send_until_answered(self) -> None:
        ends = time.monotonic() + self.patience
        while time.monotonic() < ends:
            for host in self.hosts:
                status = self._send(host)
                if status is not None:
                    self.answers.append(status)
                    if status in (200, 303):
                        self.acknowledged_at = self.acknowledged_at or time.time()
                    if status != 503:
                        return
            time.sleep(WAIT_SECONDS)

    def _send(self, host: str) -> int | None:
        connection = http.client.HTTPConnection(host, timeout=self.patience)
        try:
            connection.request("POST", self.path, self.body, self._headers())
            answer = connection.getresponse()
            self.codes.update(_CODE.findall(answer.read().decode("utf-8", "replace")))
            return answer.status
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()

    def _hang_up(self) -> None:
        host, _, port = self.hosts[0].partition(":")
        head = "".join(f"{name}: {value}\r\n" for name, value in self._headers().items())
        length = f"Content-Length: {len(self.body)}"
        request = f"POST {self.path} HTTP/1.1\r\nHost: {self.hosts[0]}\r\n{length}\r\n{head}\r\n"
        try:
            with socket.create_connection((host, int(port)), timeout=self.patience) as line:
                line.sendall((request + self.body).encode())
        except OSError:
            return

    def _headers(self) -> dict[str, str]:
        return {
            "Cookie": self.cookie,
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept-Language": "de",
            "Connection": "close",
        }


def ballot(number: int, fields: list[str] | tuple[str, ...]) -> dict[str, str]:
    """What the voter with this number votes: two dots on one option, one on the next."""
    if not fields:
        return {"vote": ("yes", "no", "abstain")[number % 3]}
    first = number % len(fields)
    return {fields[first]: "2", fields[(first + 1) % len(fields)]: "1"}


def run(hall: Any, urls: list[str], folder: Path, **orders: Any) -> "subprocess.Popen[str]":
    """Begin a storm in a process of its own; `result_of` waits for its end."""
    path = folder / f"orders-{time.monotonic_ns()}.json"
    values = {"window": 1.0, "misbehaving": 0.2, "patience": 30.0, **hall.orders(), "urls": urls, **orders}
    path.write_text(json.dumps(values))
    command = [sys.executable, "-m", "gevent.monkey", "--module", "tests.support.storm", str(path)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def result_of(process: "subprocess.Popen[str]") -> dict[str, Any]:
    """What the voters of a storm saw."""
    said, _nothing = process.communicate(timeout=300)
    found: dict[str, Any] = json.loads(said.splitlines()[-1])
    return found


def _one_after_the_other(voters: list[Voter], connections: int) -> list[threading.Thread]:
    """So many at a time, without a pause: the next one votes when one has its answer."""
    waiting = iter(voters)

    def keep_voting() -> None:
        for voter in waiting:
            voter.starts = 0.0
            voter.vote()

    return [threading.Thread(target=keep_voting) for _each in range(connections)]


def main(path: str) -> None:
    """Let everybody vote, and say what they saw."""
    orders = json.loads(Path(path).read_text())
    voters = [Voter(number, orders) for number in range(len(orders["voters"]))]
    if orders.get("connections"):
        threads = _one_after_the_other(voters, orders["connections"])
    else:
        threads = [threading.Thread(target=voter.vote) for voter in voters]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = {
        "seconds": time.perf_counter() - began,
        "acknowledged": [voter.number for voter in voters if voter.acknowledged_at],
        "milliseconds": [voter.milliseconds for voter in voters if voter.acknowledged_at],
        "statuses": Counter(status for voter in voters for status in voter.answers),
        "manners": Counter(voter.manner for voter in voters),
        "codes": {voter.number: sorted(voter.codes) for voter in voters if voter.codes},
    }
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
