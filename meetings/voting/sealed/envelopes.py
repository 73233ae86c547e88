"""Sealing a ballot for its poll and its seat, and opening it at the count.

HPKE (RFC 9180: X25519, HKDF-SHA256, ChaCha20-Poly1305) from `cryptography`: whoever has the public key seals, only who
has the private key opens. Poll and seat are bound in, so an envelope cannot be moved to another seat or poll. Every
paper of a poll has the same length.
"""

import json
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
STEP = 256
"""Papers are filled up to a multiple of so many bytes."""
_FRAME = 64
"""Bytes of a paper beside its answer: the code and the braces."""


class TooLong(ValueError):
    """A programming error: an answer is longer than the papers of its poll."""


class CannotOpen(ValueError):
    """An envelope that this key does not open: changed, moved to another seat, or of another poll."""


@dataclass(frozen=True)
class Paper:
    """What lies in an envelope: the control code and the answer as plain JSON values."""

    code: str
    answer: Any


@dataclass(frozen=True)
class KeyPair:
    """The two halves of a poll's key, 32 bytes each."""

    private: bytes
    public: bytes


def new_key() -> KeyPair:
    """A fresh key pair."""
    private = X25519PrivateKey.generate()
    return KeyPair(private.private_bytes_raw(), private.public_key().public_bytes_raw())


def public_half(private: bytes) -> bytes:
    """The public half that belongs to a private one."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def paper_size(longest_answer: int) -> int:
    """The length of all papers of a poll whose longest answer has so many bytes as JSON."""
    return -(-(longest_answer + _FRAME) // STEP) * STEP


def answer_bytes(answer: Any) -> bytes:
    """An answer as it is written on a paper."""
    return json.dumps(answer, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def seal(public: bytes, paper: Paper, size: int, poll_id: int, seat_id: int) -> bytes:
    """The envelope; two of the same paper never look alike, all of a poll have one length."""
    text = answer_bytes({"code": paper.code, "answer": paper.answer})
    if len(text) > size:
        raise TooLong(f"{len(text)} bytes do not fit on a paper of {size}")
    return _SUITE.encrypt(text.ljust(size), X25519PublicKey.from_public_bytes(public), info=_info(poll_id, seat_id))


def open_envelope(private: bytes, envelope: bytes, poll_id: int, seat_id: int) -> Paper:
    """The paper in the envelope; `CannotOpen` if the key, the poll or the seat is another."""
    try:
        text = _SUITE.decrypt(envelope, X25519PrivateKey.from_private_bytes(private), info=_info(poll_id, seat_id))
    except (InvalidTag, ValueError):
        raise CannotOpen(f"seat {seat_id}") from None
    values = json.loads(text)
    return Paper(values["code"], values["answer"])


def _info(poll_id: int, seat_id: int) -> bytes:
    return f"lueckenlos-ballot/1 {poll_id} {seat_id}".encode()
