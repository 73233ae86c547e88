"""Reporters' e-mail addresses as the database keeps them: encrypted with a key that is made from the installation's.

That key lies in the data directory, never in the database: who has a copy of the database alone reads no address. Pure.
"""

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken

_SEALED = "gAAAA"
"""How everything begins that was encrypted so; no address does."""


def sealed(secret: bytes, address: str) -> str:
    """The address, encrypted; different each time."""
    return _fernet(secret).encrypt(address.encode()).decode()


def opened(secret: bytes, kept: str) -> str:
    """The address again; empty if it was encrypted with another key. One from before there was a key comes as it is."""
    if not is_sealed(kept):
        return kept
    try:
        return _fernet(secret).decrypt(kept.encode()).decode()
    except InvalidToken:
        return ""


def is_sealed(kept: str) -> bool:
    """Whether this is an encrypted address."""
    return kept.startswith(_SEALED) and "@" not in kept


def _fernet(secret: bytes) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hmac.new(secret, b"report-address", hashlib.sha256).digest()))
