"""Settings: what is wrong stops the start with a sentence that names it."""

import stat
from pathlib import Path

import pytest

from app.core.config import BadSetting, from_environment


def test_without_settings_the_demo_defaults_hold() -> None:
    settings = from_environment({})
    assert settings.port == 8000
    assert settings.host == "127.0.0.1"
    assert settings.database_url.startswith("sqlite:///")


@pytest.mark.parametrize(
    ("name", "value", "named"),
    [
        ("LUECKENLOS_PORT", "eighty", "“eighty”"),
        ("LUECKENLOS_PORT", "70000", "from 1 to 65535"),
        ("LUECKENLOS_DATABASE_URL", "not an address", "DATABASE_URL"),
        ("LUECKENLOS_DATABASE_URL", "mysql://x/y", "only sqlite and postgresql"),
        ("LUECKENLOS_DATABASE_URL", "sqlite://", "names no file"),
        ("LUECKENLOS_SECURE_COOKIES", "maybe", "one of no, yes"),
        ("LUECKENLOS_PROXIES", "-1", "from 0 to 5"),
        ("LUECKENLOS_PROT", "8000", "not a setting"),
    ],
)
def test_a_bad_setting_is_named_with_what_would_be_right(name: str, value: str, named: str) -> None:
    with pytest.raises(BadSetting, match=named):
        from_environment({name: value})


def test_the_secret_key_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    settings = from_environment({"LUECKENLOS_DATA_DIR": str(tmp_path)})
    first = settings.secret_key()
    assert first == settings.secret_key()
    assert len(first) == 32
    assert stat.S_IMODE((tmp_path / "keys" / "secret").stat().st_mode) == 0o600


def test_the_search_backend_follows_the_database_unless_it_is_set() -> None:
    assert from_environment({}).search == ""
    on_postgres = {"LUECKENLOS_DATABASE_URL": "postgresql://kim@db/kim", "LUECKENLOS_SEARCH": "whoosh"}
    assert from_environment(on_postgres).search == "whoosh"
    with pytest.raises(BadSetting, match="one of postgres, whoosh"):
        from_environment({"LUECKENLOS_SEARCH": "solr"})
    with pytest.raises(BadSetting, match="is no PostgreSQL database"):
        from_environment({"LUECKENLOS_SEARCH": "postgres"})
