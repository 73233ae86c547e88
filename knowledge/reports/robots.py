"""What keeps robots from the public form, with nobody else's help: stamp, minimum time, proof of work, question. Pure.

Every form goes out with a signed stamp that says when. It is also the form's one-time key, so a stamp and the work
that was spent on it count once. A browser with JavaScript finds a number that makes the hash of the stamp begin with
zero bits; a person without JavaScript answers a question; whoever does neither is not locked out, their report is held
until the coordination has looked at it.
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

SHORTEST_TIME = timedelta(seconds=4)
LONGEST_TIME = timedelta(hours=24)
WORK_BITS = 15
"""About 33,000 hashes: a fifth of a second on a desk, a second or two on an old phone."""

ANSWERS = (
    ("7", "sieben", "seven"),
    ("10", "zehn", "ten"),
    ("5", "fünf", "fuenf", "five"),
    ("4", "vier", "four"),
    ("12", "zwölf", "zwoelf", "twelve"),
    ("2", "zwei", "two"),
    ("6", "sechs", "six"),
    ("8", "acht", "eight"),
)
"""The right answers to the questions of `wording.QUESTIONS`, in their order."""


@dataclass(frozen=True)
class Stamp:
    """A stamp whose signature is ours: when its form went out, and its random part."""

    text: str
    issued_at: datetime
    nonce: str

    def age(self, now: datetime) -> timedelta:
        """How long the form has been out."""
        return now - self.issued_at

    @property
    def question(self) -> int:
        """Which question goes with this stamp."""
        return hashlib.sha256(self.nonce.encode()).digest()[0] % len(ANSWERS)


def issue(key: bytes, now: datetime, nonce: str) -> str:
    """A stamp of at most 64 characters: seconds, random part, signature."""
    body = f"{int(now.timestamp()):x}.{nonce}"
    return f"{body}.{_signature(key, body)}"


def read(key: bytes, text: str) -> Stamp | None:
    """The stamp, or None if we did not sign it."""
    body, _dot, signature = text.rpartition(".")
    seconds, dot, nonce = body.partition(".")
    if not dot or not text.isascii() or not hmac.compare_digest(signature, _signature(key, body)):
        return None
    return Stamp(text, datetime.fromtimestamp(int(seconds, 16), UTC), nonce)


def _signature(key: bytes, body: str) -> str:
    mac = hmac.new(key, b"report-stamp:" + body.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(mac[:18]).decode()


def proof_holds(stamp: str, number: str, bits: int = WORK_BITS) -> bool:
    """Whether SHA-256 of „stamp:number“ begins with so many zero bits."""
    if not (number.isascii() and number.isdigit() and len(number) <= 12):
        return False
    digest = hashlib.sha256(f"{stamp}:{number}".encode()).digest()
    return int.from_bytes(digest[:8], "big") >> (64 - bits) == 0


def find_proof(stamp: str, bits: int = WORK_BITS) -> str:
    """What the browser does: the first number that proves the work."""
    return next(str(number) for number in range(1 << 40) if proof_holds(stamp, str(number), bits))


def answer_is_right(stamp: Stamp, answer: str) -> bool:
    """Whether the answer to the stamp's question is right, as digits or as a word."""
    return answer.strip().strip(".!").casefold() in ANSWERS[stamp.question]
