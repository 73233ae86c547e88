"""`lueckenlos load` brings an empty database up to date and loads a file, or changes nothing."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect

from app.core.config import Settings
from app.core.database import Database
from app.dataset.command import load_into
from app.dataset.problems import DataFileError
from app.schema import downgrade
from tests.support.changed_files import DEMO, PROFILES, changed


@pytest.fixture
def chosen(tmp_path: Path) -> Settings:
    """A fresh database file and data folder."""
    return Settings(f"sqlite:///{tmp_path / 'kreis.sqlite'}", tmp_path / "data")


def tables_of(settings: Settings) -> list[str]:
    """The names of all tables in the database."""
    engine = create_engine(settings.database_url)
    names = inspect(engine).get_table_names()
    engine.dispose()
    return names


def test_an_empty_database_is_brought_up_to_date_and_loaded(chosen: Settings):
    report = list(load_into(chosen, DEMO, None))
    assert report[0].startswith("kreis-sonderau")
    assert any(line.split() == ["14", "Fehlstellen"] for line in report)
    assert "gap" in tables_of(chosen)


def test_a_county_joins_another_one(chosen: Settings):
    load_into(chosen, DEMO, None)
    assert "herford" in next(iter(load_into(chosen, PROFILES, "herford")))


def test_a_broken_file_leaves_an_empty_database_empty(chosen: Settings, tmp_path: Path):
    with pytest.raises(DataFileError, match="topics"):
        load_into(chosen, changed(tmp_path, (("gaps", 3, "topic"), "T-99")), None)
    assert tables_of(chosen) == []


def test_a_county_joins_one_of_an_older_version_which_loses_nothing(chosen: Settings):
    load_into(chosen, DEMO, None)
    before = rows_of(chosen, "agenda_item")
    database = Database(chosen.database_url)
    downgrade(database, "0021")
    database.dispose()
    assert "herford" in next(iter(load_into(chosen, PROFILES, "herford")))
    assert rows_of(chosen, "agenda_item") == before > 0


def rows_of(settings: Settings, table: str) -> int:
    """How many rows a table has."""
    engine = create_engine(settings.database_url)
    with engine.connect() as connection:
        number: int = connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()
    engine.dispose()
    return number
