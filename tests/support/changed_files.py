"""The demo file with one thing changed, written to a file of its own."""

import copy
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FILES = Path(__file__).parents[2] / "app" / "dataset" / "files"
DEMO, PROFILES = FILES / "demo.yaml", FILES / "profiles.yaml"
PROFILE_KEYS = ("herford", "hochsauerland", "duesseldorf", "minden-luebbecke", "siegen-wittgenstein")
GONE = object()
"""As a new value: the entry is taken away."""

Change = Callable[[dict[str, Any]], None]
Steps = tuple[str | int, ...]


@cache
def parsed(path: Path) -> Mapping[str, Any]:
    """The file as plain values; do not change them."""
    values: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return values


def put(values: Any, steps: Steps, value: object) -> None:
    """Set, or with GONE take away, the value at this path."""
    for step in steps[:-1]:
        values = values[step]
    if value is GONE:
        del values[steps[-1]]
    else:
        values[steps[-1]] = value


def write(folder: Path, values: Mapping[str, Any]) -> Path:
    """The values as a YAML file."""
    file = folder / "kreis.yaml"
    file.write_text(yaml.safe_dump(values, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return file


def changed(folder: Path, *changes: tuple[Steps, object], source: Path = DEMO) -> Path:
    """A file like `source` in which these paths have these values."""
    values = copy.deepcopy(dict(parsed(source)))
    for steps, value in changes:
        put(values, steps, value)
    return write(folder, values)


def paths(value: Any, steps: Steps = ()) -> list[Steps]:
    """The path of everything in plain values."""
    found = [steps] if steps else []
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, child in inner:
        found += paths(child, (*steps, step))
    return found
