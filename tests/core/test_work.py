"""One action is one transaction: recorded, chained, announced, and done once."""

import threading
from datetime import UTC, datetime

import pytest
from sqlmodel import Session, col, select

from app.core.audit import verify
from app.core.database import Database
from app.core.errors import DomainError, Forbidden, NotFound
from app.core.live import Signal, signals_after
from app.core.permissions import ALLOWED, hidden, refused
from app.core.records import AuditEntry, AuditHead
from app.core.work import Unrecorded, Work, remember_key, used_location
from app.core.writer import Writer, writer_for
from app.people.models import Organisation, Person
from tests.support.county import a_county, actor_for

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def act(writer: Writer, person: Person, name: str, *, record: bool = True, fail: bool = False) -> str:
    """Rename the county's organisation as one action."""

    def job(session: Session) -> str:
        work = Work(session, actor_for(person, "coordination"), NOW)
        row = session.exec(select(Organisation)).one()
        row.name = name
        session.add(row)
        if record:
            work.record("organisation.renamed", row, length=len(name))
            work.announce("organisation:1", "name")
        if fail:
            raise DomainError("Das geht nicht.")
        work.finish()
        return row.name

    return writer.run(job, person.tenant_id)


def stored_name(database: Database, person: Person) -> str:
    with database.read(person.tenant_id) as session:
        return session.exec(select(Organisation.name)).one()


def test_an_action_is_stored_with_its_audit_entry_and_its_signal(database: Database) -> None:
    tenant, person = a_county(database)
    assert act(writer_for(database), person, "Neu") == "Neu"
    with database.read(tenant.id) as session:
        entry = session.exec(select(AuditEntry)).one()
        assert (entry.seq, entry.action, entry.object_type, entry.facts) == (
            1,
            "organisation.renamed",
            "organisation",
            '{"length":3}',
        )
        assert list(verify(session)) == []
    assert signals_after(database, 0, tenant.id) == [Signal(1, tenant.id or 0, "organisation:1", "name")]


def test_a_refused_action_changes_nothing(database: Database) -> None:
    tenant, person = a_county(database)
    before = stored_name(database, person)
    with pytest.raises(DomainError, match="Das geht nicht"):
        act(writer_for(database), person, "Neu", fail=True)
    assert stored_name(database, person) == before
    with database.read(tenant.id) as session:
        assert session.exec(select(AuditEntry)).all() == []


def test_a_change_that_nobody_recorded_is_refused(database: Database) -> None:
    _, person = a_county(database)
    before = stored_name(database, person)
    with pytest.raises(Unrecorded):
        act(writer_for(database), person, "Heimlich", record=False)
    assert stored_name(database, person) == before


def test_many_at_once_are_all_stored_in_one_chain(database: Database) -> None:
    tenant, person = a_county(database)
    writer = writer_for(database)
    threads = [threading.Thread(target=act, args=(writer, person, f"Name {n}")) for n in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read(tenant.id) as session:
        assert session.exec(select(AuditEntry.seq).order_by(col(AuditEntry.seq))).all() == list(range(1, 25))
        assert list(verify(session)) == []


def test_one_failing_action_does_not_harm_those_that_wait_with_it(database: Database) -> None:
    tenant, person = a_county(database)
    writer = writer_for(database)
    failures: list[BaseException] = []

    def failing() -> None:
        try:
            act(writer, person, "Nie", fail=True)
        except DomainError as error:
            failures.append(error)

    threads = [
        threading.Thread(target=failing if n % 2 else act, args=() if n % 2 else (writer, person, f"N {n}"))
        for n in range(12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(failures) == 6
    with database.read(tenant.id) as session:
        assert len(session.exec(select(AuditEntry)).all()) == 6


def test_a_changed_entry_a_missing_entry_and_a_cut_chain_are_found(database: Database) -> None:
    tenant, person = a_county(database)
    for number in range(4):
        act(writer_for(database), person, f"Name {number}")
    with database.session(database.writing, tenant.id) as session:
        entries = session.exec(select(AuditEntry).order_by(col(AuditEntry.seq))).all()
        with session.no_autoflush:
            entries[1].action = "organisation.closed"
            assert [place.seq for place in verify(session)] == [2]
            session.expire(entries[1])
            head = session.exec(select(AuditHead)).one()
            head.seq = 5
            assert [place.seq for place in verify(session)] == [5]


def test_audit_facts_take_no_text(database: Database) -> None:
    tenant, person = a_county(database)
    with database.session(database.writing, tenant.id) as session:
        work = Work(session, actor_for(person), NOW)
        with pytest.raises(ValueError, match="not text"):
            work.record("gap.moved", session.exec(select(Organisation)).one(), note="Frau Birke hat erzählt")


def test_a_one_time_key_is_remembered_for_its_person(database: Database) -> None:
    tenant, person = a_county(database)
    with database.session(database.writing, tenant.id) as session:
        work = Work(session, actor_for(person), NOW)
        assert used_location(work, "k1") is None
        remember_key(work, "k1", "/sitzungen/LG-09")
        session.flush()
        assert used_location(work, "k1") == "/sitzungen/LG-09"


def test_a_policy_is_enforced_inside_the_action(database: Database) -> None:
    tenant, person = a_county(database)
    with database.session(database.writing, tenant.id) as session:
        work = Work(session, actor_for(person), NOW)
        work.require(ALLOWED)
        with pytest.raises(Forbidden, match="Nur der Vorsitz"):
            work.require(refused("Nur der Vorsitz"))
        with pytest.raises(NotFound):
            work.require(hidden())
