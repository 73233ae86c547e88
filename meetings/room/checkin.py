"""The code on the wall: it changes every half minute, so that only who sees the wall can report as present. Pure."""

import hmac
from datetime import datetime
from hashlib import sha256

SECONDS = 30
"""How long a code stands on the wall."""
GRACE = 5
"""How many codes before the one on the wall are still taken: long enough to read it, sign in and press."""
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_LENGTH = 6


def code_at(secret: bytes, meeting_id: int, at: datetime) -> str:
    """The code of a meeting at a moment: six letters and digits that nobody confuses."""
    return _code(secret, meeting_id, int(at.timestamp()) // SECONDS)


def _code(secret: bytes, meeting_id: int, step: int) -> str:
    digest = hmac.digest(secret, f"presence:{meeting_id}:{step}".encode(), sha256)
    return "".join(_LETTERS[byte % len(_LETTERS)] for byte in digest[:_LENGTH])


def is_current(secret: bytes, meeting_id: int, at: datetime, typed: str) -> bool:
    """Whether somebody can have read this code from the wall within the last minutes."""
    step, shown = int(at.timestamp()) // SECONDS, typed.strip().upper()
    codes = [_code(secret, meeting_id, step - back) for back in range(GRACE + 1)]
    return any(hmac.compare_digest(code.encode(), shown.encode()) for code in codes)


def fresh_for(at: datetime) -> int:
    """How many seconds the code on the wall still stands there."""
    return SECONDS - int(at.timestamp()) % SECONDS
