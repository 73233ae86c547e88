"""The house as it is delivered: what is pinned, that no file says where from, and what stays out of git."""

import ast
import hashlib
import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tools import check, lock
from tools.collect_assets import HASH_LENGTH, MANIFEST, TARGET, VENDOR
from tools.places import REQUIREMENTS, ROOT

REQUIREMENT_FILES = sorted(REQUIREMENTS.glob("*.txt"))
RUN_IN_VENV = {"demo.py", "messages.py", "pictures.py"}


def pins(name: str) -> dict[str, str]:
    """Name → version, as the lock file has them."""
    return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", (REQUIREMENTS / name).read_text(encoding="utf-8"), re.MULTILINE))


def npm_packages() -> dict[str, dict[str, str]]:
    """What package-lock.json pins, without the project itself."""
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    return {name: facts for name, facts in packages.items() if name}


def test_each_use_has_its_own_lock_file() -> None:
    uses = ("build", "dev", "node", "run", "uv", "validators")
    assert {file.name for file in REQUIREMENT_FILES} == {f"{use}.txt" for use in uses}


@pytest.mark.parametrize(
    "file", [*REQUIREMENT_FILES, ROOT / "package-lock.json", ROOT / ".npmrc"], ids=lambda file: str(file.name)
)
def test_a_lock_file_contains_no_address(file: Path) -> None:
    text = file.read_text(encoding="utf-8").lower()

    assert not re.findall(r"https?:|//|registry\.|index-url|pypi|pythonhosted|npmjs", text)


@pytest.mark.parametrize("file", REQUIREMENT_FILES, ids=lambda file: str(file.name))
def test_every_requirement_is_pinned_with_a_hash(file: Path) -> None:
    requirements = file.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    pinned = [line for line in requirements if re.match(r"[a-z0-9._-]+==\S+.* --hash=sha256:[0-9a-f]{64}", line)]

    assert requirements == pinned != []


def test_tests_run_on_the_very_parts_that_people_run_on() -> None:
    run, dev = pins("run.txt"), pins("dev.txt")

    assert {name: dev.get(name) for name in run} == run


def test_every_declared_dependency_is_pinned() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    names = {re.split(r"[\[<>=~!; ]", wish)[0].lower() for wish in declared}

    assert names <= pins("run.txt").keys()


def test_the_application_runs_without_the_parts_that_only_tests_need() -> None:
    only_for_tests = pins("dev.txt").keys() - pins("run.txt").keys()

    started = subprocess.run(
        [sys.executable, "-c", IMPORT_THE_HOUSE, *only_for_tests], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert started.returncode == 0, started.stderr


# Imports every module of the house and the server's worker, as if the distributions named as arguments were not there.
IMPORT_THE_HOUSE = """
import importlib, importlib.metadata, pkgutil, re, sys

absent = set(sys.argv[1:])
homes = importlib.metadata.packages_distributions()
foreign = {name for name, owners in homes.items() if {re.sub("[_.]", "-", o).lower() for o in owners} <= absent}

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in foreign:
            raise ModuleNotFoundError(f"{name} belongs to the tests alone")

sys.meta_path.insert(0, Absent())
import gunicorn.workers.ggevent
for room in ("app", "knowledge", "meetings", "exports"):
    for module in pkgutil.walk_packages([room], f"{room}."):
        if module.name != "app.wsgi":  # importing it opens the database
            importlib.import_module(module.name)
"""


def test_the_build_backend_is_pinned_too() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

    assert declared["build-system"]["requires"] == declared["dependency-groups"]["build"]
    assert pins("build.txt").keys() == {"setuptools"}


def test_every_front_end_part_has_its_integrity_and_no_address() -> None:
    packages = npm_packages()

    assert packages
    assert [name for name, facts in packages.items() if not facts.get("integrity", "").startswith("sha512-")] == []
    assert [name for name, facts in packages.items() if "resolved" in facts] == []


def test_front_end_parts_are_named_by_exact_versions() -> None:
    named = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    wishes = {**named["dependencies"], **named["devDependencies"]}

    assert wishes == {name: npm_packages()[f"node_modules/{name}"]["version"] for name in wishes}


def test_lock_files_have_no_source_but_the_project_files() -> None:
    assert lock._SOURCES.keys() == {file.name for file in REQUIREMENT_FILES}


def test_the_hash_in_a_collected_name_is_the_hash_of_its_content() -> None:
    manifest = json.loads((TARGET / MANIFEST).read_text(encoding="utf-8"))

    assert manifest.keys() >= VENDOR.keys()
    for file in manifest.values():
        digest = hashlib.sha256((TARGET / file).read_bytes()).hexdigest()
        assert file.rsplit(".", 2)[1] == digest[:HASH_LENGTH], file


@pytest.mark.parametrize("folder", ["build", "node_modules", ".venv", ".tools", "var"])
def test_what_set_up_makes_stays_out_of_git(folder: str) -> None:
    assert f"/{folder}/" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()


def test_the_script_of_continuous_integration_can_be_started() -> None:
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_every_command_of_make_explains_itself() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    (phony,) = re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)

    assert targets == set(re.findall(r"^([a-z]+):.*## \S", makefile, re.MULTILINE)) == set(phony.split())


def test_set_up_needs_nothing_but_the_standard_library() -> None:
    foreign = {
        f"{file.name}: {module}"
        for file in (ROOT / "tools").glob("*.py")
        if file.name not in RUN_IN_VENV
        for module in imported_modules(file)
        if module not in sys.stdlib_module_names | {"tools"}
    }

    assert foreign == set()


def imported_modules(file: Path) -> set[str]:
    """The top-level names of all modules that a file imports."""
    nodes = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    from_ = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    return {name.split(".")[0] for name in plain | from_}


def test_every_check_is_a_program_of_our_own_environment() -> None:
    assert {Path(command[0]).parent for command in check.CHECKS.values()} == {ROOT / ".venv" / "bin"}
