"""One signed-in browser that asks for one page after the other over one connection, and how long each took."""

import http.client
import re
import time
from dataclasses import dataclass
from http.cookies import SimpleCookie
from types import TracebackType
from urllib.parse import quote, urlencode, urlsplit

_HIDDEN = re.compile(r'<input[^>]*name="(csrf_token|once)"[^>]*value="([^"]*)"')
TIMEOUT = 60


class CouldNotSignIn(RuntimeError):
    """The server did not let the reader in; the message says what it answered."""


@dataclass(frozen=True)
class Answer:
    """Status, body, the server's id of the request, and the seconds from asking to the last byte."""

    status: int
    body: bytes
    request_id: str
    seconds: float


class Reader:
    """A browser without JavaScript on one kept connection."""

    def __init__(self, url: str) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=TIMEOUT)
        self._cookies: dict[str, str] = {}

    def __enter__(self) -> "Reader":
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self._connection.close()

    def get(self, path: str) -> Answer:
        """Ask for a page."""
        return self._send("GET", path, None)

    def sign_in(self, person_key: str) -> None:
        """Enter with one click, as the demo county allows."""
        hidden = dict(reversed(_HIDDEN.findall(self.get("/anmelden").body.decode())))
        answer = self._send("POST", f"/anmelden/demo/{person_key}", urlencode(hidden))
        if answer.status != 303:
            raise CouldNotSignIn(f"{person_key}: status {answer.status}")

    def _send(self, method: str, path: str, body: str | None) -> Answer:
        headers = {"Accept-Language": "de", "Cookie": "; ".join(f"{k}={v}" for k, v in self._cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        self._connection.request(method, quote(path, safe="/?&=%+"), body, headers)
        response = self._connection.getresponse()
        said = response.read()
        seconds = time.perf_counter() - began
        for line in response.headers.get_all("Set-Cookie") or ():
            self._cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        return Answer(response.status, said, response.headers.get("X-Request-Id", ""), seconds)
