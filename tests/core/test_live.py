"""Live signals: what one writer changes, every follower hears, also in other processes, and nothing is missed."""

import queue
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlmodel import Session, select

from app.core import live
from app.core.database import Database
from app.core.live import Hub, Signal, frame, latest, notify, signals_after, stream
from app.core.work import Work
from app.core.writer import writer_for
from app.people.models import Organisation, Person
from tests.support.county import a_county, actor_for

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SOON = 5.0


def change(database: Database, person: Person, name: str, channel: str = "meeting:9") -> None:
    """Change something and announce it, as another process would."""

    def job(session: Session) -> None:
        work = Work(session, actor_for(person), NOW)
        work.record("organisation.seen", session.exec(select(Organisation)).one())
        work.announce(channel, name)
        notify(session, work.finish())

    writer_for(database).run(job, person.tenant_id)


@pytest.fixture
def hub(database: Database) -> Iterator[Hub]:
    hub = Hub(database)
    yield hub
    hub.close()


def test_a_follower_hears_what_another_process_changed(database: Database, database_url: str, hub: Hub) -> None:
    tenant, person = a_county(database)
    listener = hub.listen(tenant.id or 0, "meeting:9")
    elsewhere = Database(database_url)
    change(elsewhere, person, "poll-3")
    assert heard_by(listener).name in {"poll-3", "reset"}, "heard, or told to fetch everything afresh"
    change(elsewhere, person, "poll-4")
    while heard_by(listener).name != "poll-4":
        pass
    elsewhere.dispose()


def heard_by(listener: "queue.SimpleQueue[Signal]") -> Signal:
    return listener.get(timeout=SOON)


def test_a_follower_of_another_channel_or_tenant_hears_nothing(database: Database, hub: Hub) -> None:
    tenant, person = a_county(database)
    other, _ = a_county(database)
    right = hub.listen(tenant.id or 0, "meeting:9")
    wrong_channel = hub.listen(tenant.id or 0, "meeting:10")
    wrong_tenant = hub.listen(other.id or 0, "meeting:9")
    hub.deliver(Signal(1, tenant.id or 0, "meeting:9", "poll-3"))
    while heard_by(right).name != "poll-3":
        pass
    for listener in (wrong_channel, wrong_tenant):
        assert {signal.name for signal in drained(listener)} <= {"reset"}
    assert person


def drained(listener: "queue.SimpleQueue[Signal]") -> list[Signal]:
    found = []
    while not listener.empty():
        found.append(listener.get())
    return found


def test_who_comes_back_gets_what_was_missed_each_thing_once(database: Database, hub: Hub) -> None:
    tenant, person = a_county(database)
    change(database, person, "poll-1")
    seen = latest(database)
    for name in ("poll-3", "poll-4", "poll-3"):
        change(database, person, name)
    change(database, person, "other", channel="meeting:10")
    frames = stream(hub, database, tenant.id or 0, "meeting:9", seen, lambda: False)
    text = "".join(frames)
    assert "event: poll-1" not in text
    assert "event: other" not in text
    assert text.count("event: poll-3") == text.count("event: poll-4") == 1
    assert f"id: {latest(database) - 1}\nevent: poll-3" in text


def test_a_stream_ends_when_the_right_has_gone(database: Database, hub: Hub) -> None:
    tenant, _ = a_county(database)
    frames = list(stream(hub, database, tenant.id or 0, "meeting:9", None, lambda: False))
    assert frames == ["retry: 1000\n\n"]


def test_a_frame_carries_a_name_and_a_number_and_no_content() -> None:
    assert frame(Signal(7, 1, "meeting:9", "poll-3")) == "id: 7\nevent: poll-3\ndata: 7\n\n"


def test_signals_of_other_tenants_are_not_replayed(database: Database) -> None:
    tenant, person = a_county(database)
    other, _ = a_county(database)
    change(database, person, "poll-3")
    assert [signal.name for signal in signals_after(database, 0, tenant.id, "meeting:9")] == ["poll-3"]
    assert signals_after(database, 0, other.id, "meeting:9") == []


@pytest.mark.parametrize("count", [3])
def test_a_change_that_fails_announces_nothing(database: Database, count: int) -> None:
    tenant, person = a_county(database)

    def job(session: Session) -> None:
        work = Work(session, actor_for(person), NOW)
        work.record("organisation.seen", session.exec(select(Organisation)).one())
        work.announce("meeting:9", "poll-3")
        notify(session, work.finish())
        raise LookupError(count)

    with pytest.raises(LookupError):
        writer_for(database).run(job, person.tenant_id)
    assert signals_after(database, 0, tenant.id) == []


def test_a_mere_count_is_told_once_a_second_and_the_last_one_is_never_lost() -> None:
    live.register_calm(r"zahl-\d+")
    now, many = [100.0], [1]
    calm = live.Calm(lambda: many[0], lambda: now[0])
    first, second, third = (Signal(number, 1, "meeting:9", "zahl-3") for number in (1, 2, 3))
    other = Signal(4, 1, "meeting:9", "zahl-3-closed")
    assert calm.of([first]) == [first], "the first one goes at once"
    assert calm.of([second]) == calm.of([third]) == []
    assert calm.patience() == pytest.approx(live.CALM_SECONDS)
    now[0] += live.CALM_SECONDS
    assert calm.patience() == 0
    many[0] = 1000
    assert calm.of([]) == [second, third]
    assert calm.patience() == live.PING_SECONDS, "nothing is held"
    now[0] += 9
    assert calm.of([first]) == [], "a thousand ask for the number every ten seconds"
    assert calm.of([other]) == [first, other], "what is more than a count goes at once"
