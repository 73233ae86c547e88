"""Python parts: the pinned installer in .tools, the environment in .venv, the house itself in it.

Works without the system's venv module: uv, fetched by pip and checked by its hash, makes the environment.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from tools.places import ENVIRONMENT, REQUIREMENTS, ROOT, TOOLS, SetUpError, run, say
from tools.stamps import Stamp, fingerprint

PYTHON = ENVIRONMENT / "bin" / "python"
UV = TOOLS / "bin" / "uv"
VALIDATORS = TOOLS / "validators"
LEVELS = {"run": ("build.txt", "run.txt"), "dev": ("build.txt", "dev.txt")}
_STAMP = Stamp(ENVIRONMENT / "set-up.json")


def provide(level: str) -> None:
    """Bring .venv up to `run` (what the application needs) or `dev` (what its tests need as well)."""
    install_uv()
    create_environment()
    wanted = {name: _state(name) for name in LEVELS}
    if _STAMP.holds(level, wanted[level]):
        return
    say(f"Installing the Python parts ({level}) ...")
    files = [word for name in LEVELS[level] for word in ("--requirement", str(REQUIREMENTS / name))]
    _uv("pip", "install", "--python", str(PYTHON), "--require-hashes", "--compile-bytecode", *files)
    _uv("pip", "install", "--python", str(PYTHON), "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    _STAMP.write(root=str(ROOT), **(wanted if level == "dev" else {"run": wanted["run"]}))


def install_uv() -> None:
    """The installer, at the pinned version; pip checks its hash."""
    stamp = Stamp(TOOLS / "uv.json")
    state = fingerprint([REQUIREMENTS / "uv.txt"])
    if UV.exists() and stamp.holds("uv", state):
        return
    _require_pip()
    say("Installing the installer (uv) ...")
    options = ["--quiet", "--no-input", "--disable-pip-version-check", "--only-binary=:all:", "--upgrade"]
    pinned = ["--target", str(TOOLS), "--require-hashes", "--requirement", str(REQUIREMENTS / "uv.txt")]
    run([sys.executable, "-m", "pip", "install", *options, *pinned], {**os.environ, "PIP_ROOT_USER_ACTION": "ignore"})
    stamp.write(uv=state)


def create_environment() -> None:
    """An environment for this Python and this folder; one for another Python or a moved folder is made anew."""
    if PYTHON.exists() and _made_for_this_python() and _STAMP.read().get("root", str(ROOT)) == str(ROOT):
        return
    say(f"Creating .venv for Python {platform.python_version()} ...")
    _uv("venv", "--clear", "--python", sys.executable, str(ENVIRONMENT))


def provide_validators() -> None:
    """The programs that tests hold documents against, away from .venv: no part of the application depends on them."""
    stamp = Stamp(VALIDATORS / "set-up.json")
    state = fingerprint([REQUIREMENTS / "validators.txt"], platform.python_version())
    if stamp.holds("validators", state):
        return
    say("Installing the validators of documents ...")
    install_apart("validators.txt", VALIDATORS)
    stamp.write(validators=state)


def install_apart(requirements: str, target: Path) -> None:
    """Install a pinned file into a folder of its own, away from .venv."""
    shutil.rmtree(target, ignore_errors=True)
    place = ["--python", sys.executable, "--target", str(target)]
    _uv("pip", "install", *place, "--require-hashes", "--requirement", str(REQUIREMENTS / requirements))


def _uv(*words: str) -> None:
    run([UV, "--quiet", *words], {**os.environ, "UV_PYTHON_DOWNLOADS": "never", "UV_LINK_MODE": "copy"})


def _state(level: str) -> str:
    files = [*(REQUIREMENTS / name for name in LEVELS[level]), ROOT / "pyproject.toml"]
    return fingerprint(files, platform.python_version())


def _made_for_this_python() -> bool:
    lines = (ENVIRONMENT / "pyvenv.cfg").read_text(encoding="utf-8").splitlines()
    return f"version_info = {platform.python_version()}" in lines


def _require_pip() -> None:
    asked = subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True, check=False)
    if asked.returncode:
        raise SetUpError(f"{sys.executable} has no pip; install it, on Debian with: apt-get install python3-pip")
