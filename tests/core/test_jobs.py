"""A committed job is done, once, whatever happens to its worker; periodic work is done once per period."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from app.core import clock, jobs, jobs_registry
from app.core.errors import DomainError, NotFound
from app.core.jobs_states import JobState
from app.core.jobs_take import SILENT_SECONDS, free_jobs, take
from app.core.records import Job, PeriodicRun
from app.core.web import House
from tests.support.demo import Demo, post

KIND = "test.count"


@pytest.fixture
def counted() -> Iterator[list[int]]:
    """What jobs of the test kind counted; the kind is known for one test only."""
    seen: list[int] = []

    def run(running: jobs.Running) -> dict[str, int]:
        for number in range(int(running.arguments["upto"])):
            seen.append(number)
            running.progress(number + 1, int(running.arguments["upto"]))
        return {"counted": len(seen)}

    jobs.register(KIND, run, "Zählen")
    yield seen
    del jobs_registry.kinds[KIND]


@pytest.fixture
def without_periodic_work() -> Iterator[None]:
    """Nothing periodic but what the test registers."""
    kept = dict(jobs_registry.periodics)
    jobs_registry.periodics.clear()
    yield
    jobs_registry.periodics.clear()
    jobs_registry.periodics.update(kept)


def house_of(demo: Demo) -> House:
    house: House = demo.app.extensions["lueckenlos"]
    return house


def job_of(demo: Demo, job_id: int | None) -> Job:
    with demo.session() as session:
        return session.exec(select(Job).where(col(Job.id) == job_id)).one()


def change(demo: Demo, job_id: int | None, **values: object) -> None:
    with demo.database.session(demo.database.writing, demo.tenant_id) as session:
        row = session.exec(select(Job).where(col(Job.id) == job_id)).one()
        for name, value in values.items():
            setattr(row, name, value)
        session.add(row)
        session.commit()


def test_a_started_job_is_run_as_the_one_who_started_it(demo: Demo, counted: list[int]) -> None:
    job = demo.perform("p-albers", jobs.start, KIND, upto=3)
    assert jobs.work_off(house_of(demo)) == 1
    done = job_of(demo, job.id)
    assert (done.state, done.done, done.total, done.result) == (JobState.DONE, 3, 3, '{"counted": 3}')
    assert counted == [0, 1, 2]


def test_an_action_that_fails_starts_no_job(demo: Demo, counted: list[int]) -> None:
    def start_and_fail(work: object) -> None:
        jobs.start(work, KIND, upto=1)  # type: ignore[arg-type]
        raise DomainError("Das geht nicht.")

    with pytest.raises(DomainError):
        demo.perform("p-albers", start_and_fail)
    assert jobs.work_off(house_of(demo)) == 0


def test_a_job_in_hand_is_not_taken_twice_but_a_silent_workers_job_is(demo: Demo, counted: list[int]) -> None:
    job = demo.perform("p-albers", jobs.start, KIND, upto=1)
    now = clock.now()
    change(demo, job.id, state=JobState.RUNNING, worker="elsewhere:1", beat_at=now, attempts=1)
    assert free_jobs(house_of(demo)) == []
    assert not take(house_of(demo), demo.tenant_id, job.id or 0)
    change(demo, job.id, beat_at=now - timedelta(seconds=SILENT_SECONDS + 1))
    assert jobs.work_off(house_of(demo)) == 1
    assert job_of(demo, job.id).state == JobState.DONE


def test_a_job_that_ends_its_worker_again_and_again_is_given_up(demo: Demo, counted: list[int]) -> None:
    job = demo.perform("p-albers", jobs.start, KIND, upto=1)
    change(demo, job.id, state=JobState.RUNNING, worker="elsewhere:1", attempts=3)
    assert jobs.work_off(house_of(demo)) == 0
    assert job_of(demo, job.id).state == JobState.FAILED


def test_a_cancelled_job_stops_between_its_steps_and_may_be_started_again(demo: Demo, counted: list[int]) -> None:
    job = demo.perform("p-albers", jobs.start, KIND, upto=2)
    demo.perform("p-albers", jobs.cancel, job.id)
    assert job_of(demo, job.id).state == JobState.CANCELLED
    demo.perform("p-albers", jobs.retry, job.id)
    change(demo, job.id, cancel_wanted=True)
    jobs.work_off(house_of(demo))
    assert (job_of(demo, job.id).state, counted) == (JobState.CANCELLED, [0])


def test_what_a_job_raises_becomes_its_sentence(demo: Demo) -> None:
    def refuse(_running: jobs.Running) -> None:
        raise DomainError("Die Datei ist leer.")

    jobs.register(KIND, refuse)
    job = demo.perform("p-albers", jobs.start, KIND)
    jobs.work_off(house_of(demo))
    del jobs_registry.kinds[KIND]
    assert (job_of(demo, job.id).state, job_of(demo, job.id).text) == (JobState.FAILED, "Die Datei ist leer.")


def test_a_foreign_job_does_not_exist_for_others(demo: Demo, counted: list[int]) -> None:
    job = demo.perform("p-terhorst", jobs.start, KIND, upto=1)
    assert demo.client("p-marx").get(f"/vorgaenge/{job.id}").status_code == 404
    assert demo.client("p-albers").get(f"/vorgaenge/{job.id}").status_code == 200
    with pytest.raises(NotFound):
        demo.perform("p-marx", jobs.cancel, job.id)


@pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
def test_the_page_of_a_job_shows_its_progress_and_stops_it(demo: Demo, counted: list[int]) -> None:
    job = demo.perform("p-terhorst", jobs.start, KIND, upto=4)
    client = demo.client("p-terhorst")
    address = f"/vorgaenge/{job.id}"
    assert "wartet" in client.get(address).text
    assert f'href="{address}"' in client.get("/vorgaenge").text
    assert post(client, f"{address}/abbrechen", at=address).status_code == 303
    assert "abgebrochen" in client.get(address).text
    assert post(client, f"{address}/wiederholen", at=address).status_code == 303
    jobs.work_off(house_of(demo))
    part = client.get(address, headers={"HX-Request": "true"}).text
    assert "erledigt" in part
    assert "hx-trigger" not in part


def test_periodic_work_is_done_once_in_each_period(demo: Demo, without_periodic_work: None) -> None:
    ran: list[datetime] = []
    jobs.every("test.minute", 60, lambda _house, now: ran.append(now))
    start = datetime(2026, 11, 23, 9, 0, 10, tzinfo=UTC)
    for seconds in (0, 10, 49, 50, 55, 170):
        jobs.run_due(house_of(demo), start + timedelta(seconds=seconds))
    assert [now.second + 60 * now.minute for now in ran] == [10, 60, 180]


def test_daily_work_waits_for_its_hour(demo: Demo, without_periodic_work: None) -> None:
    ran: list[datetime] = []
    jobs.daily("test.day", 7, lambda _house, now: ran.append(now))
    for day, hour in ((23, 5), (23, 6), (23, 20), (24, 5), (24, 6), (27, 4)):
        jobs.run_due(house_of(demo), datetime(2026, 11, day, hour, 30, tzinfo=UTC))
    assert [(now.day, now.hour) for now in ran] == [(23, 6), (24, 6), (27, 4)]


def test_a_period_that_its_worker_did_not_finish_is_begun_again(demo: Demo, without_periodic_work: None) -> None:
    ran: list[datetime] = []
    jobs.every("test.minute", 60, lambda _house, now: ran.append(now))
    jobs.run_due(house_of(demo), clock.now())
    with demo.database.session(demo.database.writing) as session:
        row = session.exec(select(PeriodicRun)).one()
        row.finished, row.worker = False, "elsewhere:1"
        row.beat_at = clock.now() - timedelta(seconds=SILENT_SECONDS + 1)
        session.add(row)
        session.commit()
    jobs.run_due(house_of(demo), clock.now())
    assert len(ran) == 2


def test_one_failing_periodic_work_does_not_keep_the_others(demo: Demo, without_periodic_work: None) -> None:
    ran: list[str] = []

    def fail(_house: House, _now: datetime) -> None:
        raise ValueError("broken")

    jobs.every("test.a", 60, fail)
    jobs.every("test.b", 60, lambda _house, _now: ran.append("b"))
    jobs.run_due(house_of(demo), clock.now())
    assert ran == ["b"]


WORKER = """
import os, sys, time
from app.core import jobs
from app.core.config import from_environment
from app.factory import create_app
from app.core.jobs_queue import Worker

def run(running):
    marks = running.arguments["marks"]
    with open(marks, "a") as file:
        file.write(f"begun {os.getpid()}\\n")
    for number in range(running.arguments["steps"]):
        running.progress(number + 1, running.arguments["steps"])
        time.sleep(0.05)
    with open(marks, "a") as file:
        file.write(f"ended {os.getpid()}\\n")

house = create_app(from_environment(os.environ)).extensions["lueckenlos"]
jobs.register("test.slow", run)
jobs.every("test.tick", 1, lambda house, now: open(sys.argv[1], "a").write(f"tick {int(now.timestamp())}\\n"))
parent = os.getppid()
with Worker(house):
    while os.getppid() == parent:
        time.sleep(0.1)
"""


def a_worker(demo_url: str, data_dir: Path, ticks: Path) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "LUECKENLOS_DATABASE_URL": demo_url, "LUECKENLOS_DATA_DIR": str(data_dir)}
    return subprocess.Popen([sys.executable, "-c", WORKER, str(ticks)], env=environment)


def wait_for(what: str, path: Path, times: int = 1, seconds: float = 40) -> str:
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        text = path.read_text() if path.exists() else ""
        if text.count(what) >= times:
            return text
        time.sleep(0.05)
    raise AssertionError(f"{what} did not come: {path.read_text() if path.exists() else 'nothing'}")


def test_two_workers_share_the_work_and_a_killed_ones_job_is_taken_up(
    demo: Demo, demo_url: str, tmp_path: Path
) -> None:
    jobs.register("test.slow", lambda _running: None)
    marks, ticks = tmp_path / "marks", tmp_path / "ticks"
    workers = [a_worker(demo_url, tmp_path / "data", ticks) for _number in range(2)]
    try:
        job = demo.perform("p-albers", jobs.start, "test.slow", marks=str(marks), steps=30)
        victim = int(wait_for("begun", marks).split()[1])
        os.kill(victim, signal.SIGKILL)
        next(worker for worker in workers if worker.pid == victim).wait()
        text = wait_for("ended", marks)
        told = demo.perform("p-albers", jobs.start, "test.slow", marks=str(tmp_path / "quick"), steps=1)
        wait_for("ended", tmp_path / "quick")
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()
        del jobs_registry.kinds["test.slow"]
    begun = [line.split()[1] for line in text.splitlines() if line.startswith("begun")]
    assert len(begun) == 2
    assert str(victim) == begun[0] != begun[1]
    assert job_of(demo, job.id).attempts == 2
    assert job_of(demo, told.id).attempts == 1
    seconds = [line for line in ticks.read_text().splitlines() if line.startswith("tick")]
    assert len(seconds) == len(set(seconds))
