"""Settings from the environment. What is unknown or wrong stops the start with a sentence."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

PREFIX = "LUECKENLOS_"
KNOWN = {
    "DATABASE_URL": "address of the database, sqlite:///… or postgresql://…",
    "DATA_DIR": "folder for the search index, uploads and keys",
    "PORT": "port that the server listens on, 1–65535",
    "HOST": "address that the server listens on",
    "PROCESSES": "server processes, PostgreSQL only",
    "PROXIES": "how many reverse proxies stand before the server and set X-Forwarded-For, 0–5",
    "SECURE_COOKIES": "yes behind HTTPS, no for a demonstration on this machine",
    "LOG_LEVEL": "DEBUG, INFO, WARNING or ERROR",
    "BENCH_QUESTIONS": "file of questions for the search benchmark",
    "TEST_POSTGRES_BIN": "folder of PostgreSQL's programs for the tests",
}


class BadSetting(Exception):
    """A setting that cannot be used; the message is a whole sentence."""


@dataclass(frozen=True)
class Settings:
    """The checked settings."""

    database_url: str
    data_dir: Path
    port: int = 8000
    host: str = "127.0.0.1"
    processes: int = 1
    proxies: int = 0
    secure_cookies: bool = False
    log_level: str = "INFO"

    @property
    def index_dir(self) -> Path:
        """Where the search index lives."""
        return self.data_dir / "index"

    def secret_key(self) -> bytes:
        """The key that signs cookies and tokens, made once, readable by its owner only."""
        path = self.data_dir / "keys" / "secret"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(secrets.token_bytes(32))
        return path.read_bytes()


def from_environment(environment: Mapping[str, str]) -> Settings:
    """The settings, or BadSetting with a sentence that names the setting and what would be right."""
    given = {name.removeprefix(PREFIX): value for name, value in environment.items() if name.startswith(PREFIX)}
    for name in given:
        if name not in KNOWN:
            raise BadSetting(
                f"{PREFIX}{name} is not a setting. Known settings: {', '.join(PREFIX + n for n in KNOWN)}."
            )
    data_dir = Path(given.get("DATA_DIR", "var")).absolute()
    return Settings(
        database_url=_database_url(given.get("DATABASE_URL", f"sqlite:///{data_dir / 'lueckenlos.sqlite'}")),
        data_dir=data_dir,
        port=_number("PORT", given.get("PORT", "8000"), 1, 65535),
        host=given.get("HOST", "127.0.0.1"),
        processes=_number("PROCESSES", given.get("PROCESSES", "1"), 1, 64),
        proxies=_number("PROXIES", given.get("PROXIES", "0"), 0, 5),
        secure_cookies=_yes_or_no("SECURE_COOKIES", given.get("SECURE_COOKIES", "no")),
        log_level=_one_of("LOG_LEVEL", given.get("LOG_LEVEL", "INFO"), {"DEBUG", "INFO", "WARNING", "ERROR"}),
    )


def _database_url(value: str) -> str:
    try:
        url = make_url(value)
    except ArgumentError:
        raise BadSetting(
            f"{PREFIX}DATABASE_URL is not an address of a database: it should read {KNOWN['DATABASE_URL']}."
        ) from None
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise BadSetting(
            f"{PREFIX}DATABASE_URL names {url.get_backend_name()}; only sqlite and postgresql are supported."
        )
    if url.get_backend_name() == "sqlite" and not url.database:
        raise BadSetting(f"{PREFIX}DATABASE_URL names no file; write sqlite:///path/to/file.sqlite.")
    return value


def _number(name: str, value: str, low: int, high: int) -> int:
    if not value.isdecimal() or not low <= int(value) <= high:
        raise BadSetting(f"{PREFIX}{name} is “{value}”; it should be a whole number from {low} to {high}.")
    return int(value)


def _yes_or_no(name: str, value: str) -> bool:
    return _one_of(name, value, {"yes", "no"}) == "yes"


def _one_of(name: str, value: str, choices: set[str]) -> str:
    if value not in choices:
        raise BadSetting(f"{PREFIX}{name} is “{value}”; it should be one of {', '.join(sorted(choices))}.")
    return value
