"""The private keys of running secret polls: files of their own, outside the database and outside its backups.

Without tellers a file holds the key. With two tellers it holds two halves of it, each locked with the passphrase of one
of them; one half alone says nothing about the key. A key is destroyed when its poll is counted or given up: from then
on no copy of the database can be opened any more.
"""

import json
import os
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

FOLDER = "keys/ballots"
"""Below `keys/`, which no backup of ours takes along."""
_CACHE_TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# Keys of secret polls. Must not be copied anywhere.\n"
"""By this file (bford.info/cachedir) tar, borg and restic leave a folder out of their backups, where asked to."""
MEMORY_KIB, PASSES, KEY_BYTES = 19 * 1024, 2, 32
"""What guessing a passphrase costs: Argon2id, as for the passwords of the house."""


class KeyLost(Exception):
    """The key of a poll is not there any more: its envelopes cannot be opened by anybody."""


class WrongPassphrase(ValueError):
    """The passphrase does not unlock this half."""


@dataclass(frozen=True)
class Half:
    """One part of a key: in the open, or locked with a passphrase. All values are hexadecimal."""

    open: str = ""
    salt: str = ""
    locked: str = ""

    @property
    def is_locked(self) -> bool:
        """Whether a passphrase is needed."""
        return not self.open


Halves = tuple[Half, ...]


def whole(private: bytes) -> Halves:
    """A key that nobody locks."""
    return (Half(open=private.hex()),)


def split(private: bytes) -> Halves:
    """Two halves, both still open; only both together give the key (one-time pad)."""
    pad = secrets.token_bytes(len(private))
    return Half(open=pad.hex()), Half(open=_xor(private, pad).hex())


def join(halves: Sequence[Half]) -> bytes | None:
    """The key, None while one of its halves is locked."""
    if any(half.is_locked for half in halves):
        return None
    parts = [bytes.fromhex(half.open) for half in halves]
    return parts[0] if len(parts) == 1 else _xor(*parts)


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(left ^ right for left, right in zip(one, other, strict=True))


def lock(half: Half, passphrase: str) -> Half:
    """The half, readable only with the passphrase from now on."""
    salt = secrets.token_bytes(16)
    locked = ChaCha20Poly1305(_stretched(passphrase, salt)).encrypt(bytes(12), bytes.fromhex(half.open), None)
    return Half(salt=salt.hex(), locked=locked.hex())


def unlock(half: Half, passphrase: str) -> Half:
    """The half in the open again; `WrongPassphrase` if it is not this one."""
    key = ChaCha20Poly1305(_stretched(passphrase, bytes.fromhex(half.salt)))
    try:
        return Half(open=key.decrypt(bytes(12), bytes.fromhex(half.locked), None).hex())
    except InvalidTag:
        raise WrongPassphrase from None


def _stretched(passphrase: str, salt: bytes) -> bytes:
    """The passphrase as a key; a fresh one for every salt, so it locks once and the nonce may be all zeros."""
    return hash_secret_raw(" ".join(passphrase.split()).encode(), salt, PASSES, MEMORY_KIB, 1, KEY_BYTES, Type.ID)


class KeyRing:
    """The key files of one data folder."""

    def __init__(self, data_dir: Path) -> None:
        self._folder = data_dir / FOLDER

    def keep(self, name: str, halves: Halves) -> None:
        """Write or replace a key; it is on the disk, readable by its owner only, when this returns."""
        self._make_folder()
        path = self._path(name)
        fresh = path.with_suffix(f".{secrets.token_hex(4)}.new")
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            json.dump([asdict(half) for half in halves], file)
            file.flush()
            os.fsync(file.fileno())
        before = path.exists() and path.open("r+b")
        os.replace(fresh, path)
        self._settle()
        if before:
            _blank(before.fileno())
            before.close()

    def read(self, name: str) -> Halves:
        """The halves of a key; `KeyLost` if the file is gone or damaged."""
        try:
            return tuple(Half(**values) for values in json.loads(self._path(name).read_text(encoding="ascii")))
        except (OSError, ValueError, TypeError):
            raise KeyLost(name) from None

    def destroy(self, name: str) -> None:
        """Overwrite and remove a key; nothing if it is gone already."""
        try:
            with self._path(name).open("r+b") as file:
                _blank(file.fileno())
        except FileNotFoundError:
            return
        self._path(name).unlink(missing_ok=True)
        self._settle()

    def names(self) -> frozenset[str]:
        """The names of all keys that are still there."""
        return frozenset(path.stem for path in self._folder.glob("*.json"))

    def kept_at(self, name: str) -> float:
        """When a key was written, in seconds since 1970; 0 if it is gone."""
        try:
            return self._path(name).stat().st_mtime
        except FileNotFoundError:
            return 0.0

    def _path(self, name: str) -> Path:
        if not name.isalnum():
            raise ValueError(f"{name!r} is no name of a key")
        return self._folder / f"{name}.json"

    def _make_folder(self) -> None:
        if not self._folder.exists():
            self._folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._folder.mkdir(exist_ok=True, mode=0o700)
            (self._folder / "CACHEDIR.TAG").write_text(_CACHE_TAG, encoding="ascii")

    def _settle(self) -> None:
        handle = os.open(self._folder, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)


def _blank(handle: int) -> None:
    """Zeros over the content, before the file system lets go of it."""
    size = os.fstat(handle).st_size
    os.pwrite(handle, bytes(size), 0)
    os.fsync(handle)
