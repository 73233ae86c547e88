"""Stamps: a second set-up recognises what has not changed."""

from pathlib import Path

import pytest

from tools.places import SetUpError
from tools.stamps import Stamp, fingerprint


@pytest.fixture
def lock_file(tmp_path: Path) -> Path:
    path = tmp_path / "run.txt"
    path.write_text("flask==3.1.3", encoding="utf-8")
    return path


def test_an_unchanged_file_has_the_same_fingerprint(lock_file: Path) -> None:
    before = fingerprint([lock_file], "3.11.7")
    lock_file.touch()

    assert fingerprint([lock_file], "3.11.7") == before


def test_a_changed_file_has_another_fingerprint(lock_file: Path) -> None:
    before = fingerprint([lock_file])
    lock_file.write_text("flask==3.1.4", encoding="utf-8")

    assert fingerprint([lock_file]) != before


def test_another_python_gives_another_fingerprint(lock_file: Path) -> None:
    assert fingerprint([lock_file], "3.11.7") != fingerprint([lock_file], "3.12.1")


def test_a_missing_lock_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SetUpError, match=r"gone\.txt is missing"):
        fingerprint([tmp_path / "gone.txt"])


def test_a_stamp_holds_what_was_written(tmp_path: Path) -> None:
    stamp = Stamp(tmp_path / "made" / "set-up.json")
    stamp.write(run="a", dev="b")

    assert [stamp.holds("run", "a"), stamp.holds("dev", "a")] == [True, False]


@pytest.mark.parametrize("content", ["", "[]", "{half"])
def test_an_unreadable_stamp_holds_nothing(tmp_path: Path, content: str) -> None:
    (tmp_path / "set-up.json").write_text(content, encoding="utf-8")

    assert Stamp(tmp_path / "set-up.json").read() == {}
