"""Keys of running polls: in files of their owner, halves that say nothing alone, and gone when they are destroyed."""

import stat
from pathlib import Path

import pytest

from app.backup.making import LEFT_OUT
from meetings.voting.sealed import keys
from meetings.voting.sealed.envelopes import new_key
from meetings.voting.sealed.keys import FOLDER, KeyLost, KeyRing, WrongPassphrase

KEY = new_key().private


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    return KeyRing(tmp_path)


def test_a_kept_key_is_read_again_by_its_owner_only(ring: KeyRing, tmp_path: Path) -> None:
    ring.keep("ab12", keys.whole(KEY))
    assert keys.join(KeyRing(tmp_path).read("ab12")) == KEY
    assert stat.S_IMODE((tmp_path / FOLDER / "ab12.json").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / FOLDER).stat().st_mode) == 0o700
    assert ring.names() == {"ab12"}


def test_backups_that_know_the_sign_leave_the_folder_out(ring: KeyRing, tmp_path: Path) -> None:
    ring.keep("ab12", keys.whole(KEY))
    tag = (tmp_path / FOLDER / "CACHEDIR.TAG").read_text()
    assert tag.startswith("Signature: 8a477f597d28d172789f06886806bc55")
    assert FOLDER.split("/")[0] in LEFT_OUT, "nor are they in a backup of ours"


def test_a_destroyed_key_is_overwritten_and_gone(ring: KeyRing, tmp_path: Path) -> None:
    ring.keep("ab12", keys.whole(KEY))
    path = tmp_path / FOLDER / "ab12.json"
    with path.open("rb") as still_open:
        ring.destroy("ab12")
        assert set(still_open.read()) == {0}
    assert not path.exists()
    with pytest.raises(KeyLost):
        ring.read("ab12")
    ring.destroy("ab12")


def test_a_replaced_key_is_overwritten_too(ring: KeyRing, tmp_path: Path) -> None:
    ring.keep("ab12", keys.whole(KEY))
    with (tmp_path / FOLDER / "ab12.json").open("rb") as still_open:
        ring.keep("ab12", keys.split(KEY))
        assert set(still_open.read()) == {0}
    assert keys.join(ring.read("ab12")) == KEY
    assert [path.name for path in (tmp_path / FOLDER).iterdir() if path.suffix == ".new"] == []


def test_a_damaged_file_is_a_lost_key(ring: KeyRing, tmp_path: Path) -> None:
    ring.keep("ab12", keys.whole(KEY))
    for content in ("", "[", '[{"x": 1}]', "null"):
        (tmp_path / FOLDER / "ab12.json").write_text(content)
        with pytest.raises(KeyLost):
            ring.read("ab12")


def test_a_name_cannot_lead_out_of_the_folder(ring: KeyRing) -> None:
    for name in ("../secret", "", "a/b", "a.b"):
        with pytest.raises(ValueError, match="no name of a key"):
            ring.keep(name, keys.whole(KEY))


def test_two_passphrases_give_the_key_and_one_does_not() -> None:
    first, second = keys.split(KEY)
    assert keys.join((first, second)) == KEY
    locked = keys.lock(first, "blaue Amsel"), keys.lock(second, "sieben Berge")
    assert keys.join(locked) is None
    opened = keys.unlock(locked[0], "  blaue   Amsel ")
    assert keys.join((opened, locked[1])) is None
    assert keys.join((opened, keys.unlock(locked[1], "sieben Berge"))) == KEY
    for wrong in ("", "Blaue Amsel", "sieben Berge"):
        with pytest.raises(WrongPassphrase):
            keys.unlock(locked[0], wrong)


def test_a_locked_half_holds_nothing_of_the_key() -> None:
    first, second = keys.split(KEY)
    assert KEY.hex() not in {first.open, second.open}
    assert keys.lock(first, "blaue Amsel").open == ""
