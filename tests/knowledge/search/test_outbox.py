"""From a committed change to the index: nothing lost, nothing twice, whatever breaks in between."""

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

import pytest
from sqlmodel import Session, SQLModel

from app.core.database import Database
from app.people.models import Tenant
from knowledge.search import outbox
from knowledge.search.audience import EVERYONE
from knowledge.search.documents import Change, Kind, SearchDocument
from knowledge.search.index import WhooshIndex
from knowledge.search.models import SearchOutbox
from knowledge.search.registry import Registry, Source, UnknownSource
from tests.knowledge.search.samples import document, keys

ALL = {EVERYONE}


class House:
    """A tenant's database with an outbox, and a feature that keeps its documents in a dictionary."""

    def __init__(self, database: Database, index: WhooshIndex) -> None:
        self.database = database
        self.index = index
        self.there: dict[str, SearchDocument] = {}
        self.sources = Registry()
        self.sources.register(Source(Kind.GAP, self._load_all, self._load))

    def _load_all(self, _session: Session) -> Iterable[SearchDocument]:
        return list(self.there.values())

    def _load(self, _session: Session, wanted: Collection[str]) -> Iterable[SearchDocument]:
        return [self.there[key] for key in wanted if key in self.there]

    def change(self, key: str, title: str | None, *, commit: bool = True) -> None:
        """An action that changes a thing, or removes it, and queues it."""
        with self.database.session(self.database.writing, 1) as session:
            outbox.enqueue(session, Kind.GAP, key)
            if not commit:
                return
            session.commit()
        if title is None:
            del self.there[key]
        else:
            self.there[key] = document(key, title)

    def forget(self, rows: Sequence[int]) -> None:
        with self.database.session(self.database.writing, 1) as session:
            outbox.forget(session, rows)
            session.commit()

    def drain(
        self, index: WhooshIndex | None = None, *, forget: outbox.Forget | None = None, batch: int = 500
    ) -> outbox.Drained:
        with self.database.read(1) as session:
            return outbox.drain(session, index or self.index, forget or self.forget, self.sources, batch)

    def waiting(self) -> int:
        with self.database.read(1) as session:
            return outbox.waiting(session)

    def found(self, query: str) -> list[str]:
        return keys(self.index.search(query, ALL))


@pytest.fixture
def house(database: Database, tmp_path: Path) -> House:
    SQLModel.metadata.create_all(database.writing, tables=[SearchOutbox.__table__])  # type: ignore[attr-defined]
    with database.session(database.writing) as session:
        session.add(Tenant(id=1, key="kreis", name="Kreis", kind="county", state="NRW"))
        session.commit()
    house = House(database, WhooshIndex(tmp_path / "index"))
    house.drain()
    return house


def test_a_committed_change_is_found_after_the_next_run(house: House) -> None:
    house.change("a", "Wohngeld")
    assert house.found("Wohngeld") == []
    assert house.drain() == outbox.Drained(rows=1)
    assert (house.found("Wohngeld"), house.waiting()) == (["a"], 0)


def test_a_change_that_was_rolled_back_queues_nothing(house: House) -> None:
    house.change("a", "Wohngeld", commit=False)
    assert house.waiting() == 0


def test_a_thing_that_is_gone_is_taken_off(house: House) -> None:
    house.change("a", "Wohngeld")
    house.drain()
    house.change("a", None)
    house.drain()
    assert house.found("Wohngeld") == []


def test_many_rows_for_one_document_index_its_present_state_once(house: House) -> None:
    for title in ("Wohngeld", "Kindergeld", "Elterngeld"):
        house.change("a", title)
    assert house.drain().rows == 3
    assert house.index.count() == 1
    assert house.found("Elterngeld") == ["a"]


def test_a_long_queue_is_taken_in_batches(house: House) -> None:
    for number in range(5):
        house.change(f"d{number}", "Wohngeld")
    assert [house.drain(batch=2).more for _ in range(3)] == [True, True, False]
    assert house.index.count() == 5


def test_a_crash_before_the_rows_are_deleted_repeats_the_work_and_changes_nothing(house: House) -> None:
    house.change("a", "Wohngeld")

    def crash(_rows: Sequence[int]) -> None:
        raise ConnectionError("power cut")

    with pytest.raises(ConnectionError):
        house.drain(forget=crash)
    assert house.waiting() == 1
    house.drain()
    assert (house.found("Wohngeld"), house.index.count(), house.waiting()) == (["a"], 1, 0)


class Crashing(WhooshIndex):
    """An index whose disk fails on commit."""

    def apply(self, changes: Sequence[Change]) -> None:
        raise OSError("no space left on device")


def test_a_crash_before_the_commit_of_the_index_loses_nothing(house: House) -> None:
    house.change("a", "Wohngeld")
    with pytest.raises(OSError, match="no space"):
        house.drain(Crashing(house.index.root))
    assert house.waiting() == 1
    house.drain()
    assert house.found("Wohngeld") == ["a"]


def test_a_change_that_arrives_during_a_run_waits_for_the_next(house: House) -> None:
    house.change("a", "Wohngeld")

    def meanwhile(rows: Sequence[int]) -> None:
        house.change("a", "Kindergeld")
        house.forget(rows)

    house.drain(forget=meanwhile)
    assert house.waiting() == 1
    house.drain()
    assert house.found("Kindergeld") == ["a"]


def test_only_one_indexer_works_at_a_time(house: House) -> None:
    house.change("a", "Wohngeld")
    with house.index.indexing() as mine:
        assert mine
        assert house.drain(WhooshIndex(house.index.root)).busy
    assert house.waiting() == 1
    assert house.drain().rows == 1


def test_a_lost_index_is_rebuilt_from_the_database(house: House, tmp_path: Path) -> None:
    house.change("a", "Wohngeld")
    house.drain()
    house.index = WhooshIndex(tmp_path / "fresh")
    house.change("b", "Wohngeld")
    assert house.drain().rebuilt
    assert sorted(house.found("Wohngeld")) == ["a", "b"]
    assert house.waiting() == 0


def test_a_rebuild_on_demand_leaves_the_outbox_to_the_next_run(house: House) -> None:
    house.change("a", "Wohngeld")
    with house.database.read(1) as session:
        assert outbox.rebuild(session, house.index, house.sources).rebuilt
    assert (house.found("Wohngeld"), house.waiting()) == (["a"], 1)


def test_a_kind_that_nobody_can_load_is_named(house: House) -> None:
    with house.database.session(house.database.writing, 1) as session:
        outbox.enqueue(session, Kind.MEETING, "1")
        session.commit()
    with pytest.raises(UnknownSource, match="meeting"):
        house.drain()


def test_an_idle_run_does_nothing(house: House) -> None:
    assert house.drain() == outbox.Drained()
