"""System parts that only the tests need: Chromium, a PostgreSQL server and Java, from Debian's packages."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from tools.places import SetUpError, run, say

OLDEST_POSTGRESQL = 15
POSTGRESQL_HOME = Path("/usr/lib/postgresql")


@dataclass(frozen=True)
class SystemPart:
    """Something that Debian provides: what it is for people, and its package."""

    title: str
    package: str


CHROMIUM = SystemPart("Chromium, in which the browser tests run,", "chromium")
POSTGRESQL = SystemPart(f"A PostgreSQL server, version {OLDEST_POSTGRESQL} or newer,", "postgresql")
JAVA = SystemPart("A Java development kit, 17 or newer, in which veraPDF checks documents,", "default-jdk-headless")


def provide() -> None:
    """Install what is missing where that is allowed, else say in one sentence for each what to install."""
    absent = missing()
    if absent and os.geteuid() == 0 and shutil.which("apt-get"):
        install(absent)
        absent = missing()
    if absent:
        raise SetUpError("\n".join(sentence(part) for part in absent))


def missing() -> list[SystemPart]:
    """The parts that this machine lacks."""
    found = {CHROMIUM: has_chromium(), POSTGRESQL: newest_postgresql() is not None, JAVA: has_java()}
    return [part for part, there in found.items() if not there]


def sentence(part: SystemPart) -> str:
    """What is missing and how to get it."""
    return f"{part.title} is missing; on Debian, install it as root with: apt-get install {part.package}"


def has_chromium() -> bool:
    """Whether Debian's Chromium is on the PATH."""
    return shutil.which("chromium") is not None


def has_java() -> bool:
    """Whether a Java that can compile is on the PATH."""
    return all(shutil.which(program) for program in ("java", "javac"))


def newest_postgresql(home: Path = POSTGRESQL_HOME) -> Path | None:
    """The folder of the newest server's programs, None if there is no server that is new enough."""
    versions = [int(folder.name) for folder in home.glob("*") if folder.name.isdecimal()]
    usable = [number for number in versions if number >= OLDEST_POSTGRESQL and _has_server(home, number)]
    return home / str(max(usable)) / "bin" if usable else None


def install(parts: list[SystemPart]) -> None:
    """Install Debian's packages without asking."""
    packages = [part.package for part in parts]
    say(f"Installing from Debian: {', '.join(packages)} ...")
    quietly = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "update", "-qq"], quietly)
    run(["apt-get", "install", "-qq", "--yes", "--no-install-recommends", *packages], quietly)


def _has_server(home: Path, number: int) -> bool:
    return all((home / str(number) / "bin" / program).exists() for program in ("initdb", "postgres"))
