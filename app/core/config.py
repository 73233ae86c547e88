"""Settings from the environment. What is unknown or wrong stops the start with a sentence."""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

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
    "SMTP_URL": "mail server, smtp://user:password@host:587 (STARTTLS) or smtps://…; empty: mails wait",
    "MAIL_FROM": "address that mails come from",
    "PUBLIC_URL": "address that people open, https://…, for the links in mails",
    "SEARCH": "where the search index is kept: whoosh (a folder), or postgres (tables; the default on PostgreSQL)",
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
    search: str = ""
    smtp_url: str = ""
    mail_from: str = ""
    public_url: str = ""

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
    database_url = _database_url(given.get("DATABASE_URL", f"sqlite:///{data_dir / 'lueckenlos.sqlite'}"))
    return Settings(
        database_url=database_url,
        data_dir=data_dir,
        port=_number("PORT", given.get("PORT", "8000"), 1, 65535),
        host=given.get("HOST", "127.0.0.1"),
        processes=_number("PROCESSES", given.get("PROCESSES", "1"), 1, 64),
        proxies=_number("PROXIES", given.get("PROXIES", "0"), 0, 5),
        secure_cookies=_yes_or_no("SECURE_COOKIES", given.get("SECURE_COOKIES", "no")),
        log_level=_one_of("LOG_LEVEL", given.get("LOG_LEVEL", "INFO"), {"DEBUG", "INFO", "WARNING", "ERROR"}),
        search=_search(given.get("SEARCH", ""), database_url),
        **_mail(given),
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


def _search(value: str, database_url: str) -> str:
    """The backend of search; "" lets the database decide."""
    if value:
        _one_of("SEARCH", value, {"postgres", "whoosh"})
    if value == "postgres" and make_url(database_url).get_backend_name() != "postgresql":
        raise BadSetting(f"{PREFIX}SEARCH is “postgres”, but {PREFIX}DATABASE_URL is no PostgreSQL database.")
    return value


def _mail(given: Mapping[str, str]) -> dict[str, str]:
    """What mails need: none of the three, or a server with both addresses."""
    server, sender, public = (given.get(name, "").strip() for name in ("SMTP_URL", "MAIL_FROM", "PUBLIC_URL"))
    if server:
        parts = _address_parts("SMTP_URL", server)
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
            raise BadSetting(f"{PREFIX}SMTP_URL should read {KNOWN['SMTP_URL']}.")
        if not re.fullmatch(r"[^\s@<>,;]+@[^\s@<>,;]+", sender):
            raise BadSetting(f"{PREFIX}SMTP_URL is set, so {PREFIX}MAIL_FROM must be the {KNOWN['MAIL_FROM']}.")
        if not public:
            raise BadSetting(f"{PREFIX}SMTP_URL is set, so {PREFIX}PUBLIC_URL must be the {KNOWN['PUBLIC_URL']}.")
    if public and (_address_parts("PUBLIC_URL", public).scheme not in ("http", "https") or " " in public):
        raise BadSetting(f"{PREFIX}PUBLIC_URL should be the {KNOWN['PUBLIC_URL']}.")
    return {"smtp_url": server, "mail_from": sender, "public_url": public.rstrip("/")}


def _address_parts(name: str, value: str) -> SplitResult:
    """The parts of an address; a port that is none is told without showing the address, which may hold a password."""
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError:
        raise BadSetting(f"{PREFIX}{name} is not an address; it should be the {KNOWN[name]}.") from None
    return parts


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
