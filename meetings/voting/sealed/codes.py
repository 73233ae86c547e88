"""Control codes: what a voter keeps to find the own ballot in the published list.

A code comes from the slip, a random number that stands in the form of one ballot and is stored nowhere. So the same
form sent twice leads to the same code, and nobody who has only the database can work a code out.
"""

import hashlib
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's letters and digits: none that is mistaken for another when it is read out or written down."""
LENGTH = 10
"""Letters of a code, five bits each: among 1,000 ballots two equal ones come once in two thousand million polls."""
SLIP_BYTES = 24
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})


def fresh_slip() -> str:
    """A new slip, 192 random bits, for the form of one ballot."""
    return secrets.token_urlsafe(SLIP_BYTES)


def is_slip(text: str) -> bool:
    """Whether a form sent back something that `fresh_slip` may have made."""
    return len(text) == len(fresh_slip()) and text.replace("-", "a").replace("_", "a").isalnum() and text.isascii()


def code_of(slip: str, poll_id: int, seat_id: int) -> str:
    """The code of the ballot that was cast with this slip: ten letters and digits."""
    number = int.from_bytes(_digest("code", slip, poll_id, seat_id), "big")
    return "".join(ALPHABET[(number >> 5 * place) % 32] for place in range(LENGTH))


def receipt_of(slip: str, poll_id: int, seat_id: int) -> str:
    """What the envelope keeps so that a form sent twice is known again; it tells nothing about the code."""
    return _digest("receipt", slip, poll_id, seat_id).hex()


def _digest(purpose: str, slip: str, poll_id: int, seat_id: int) -> bytes:
    return hashlib.sha256(f"lueckenlos-ballot/1 {purpose} {poll_id} {seat_id} {slip}".encode()).digest()


def grouped(code: str) -> str:
    """The code as people read it: „7KQ4M-2XP9T“."""
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"


def normal(typed: str) -> str:
    """A code as somebody typed it, without gaps and with mistaken letters put right; it may still be no code."""
    return "".join(letter for letter in typed.upper().translate(_MISREAD) if letter in ALPHABET)
