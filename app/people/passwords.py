"""Passwords: Argon2id with the parameters of the OWASP cheat sheet, at most two at once."""

import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.core.writer import offload

_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
_at_once = threading.BoundedSemaphore(2)
_NOBODY = _hasher.hash("nobody has this password")


def hashed(password: str) -> str:
    """The Argon2id hash of a password."""
    with _at_once:
        return offload(lambda: _hasher.hash(password))


def matches(stored: str | None, password: str) -> bool:
    """Whether the password is right. Takes as long for an account that does not exist."""
    with _at_once:
        return offload(lambda: _verify(stored or _NOBODY, password)) and stored is not None


def _verify(stored: str, password: str) -> bool:
    try:
        return _hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False
