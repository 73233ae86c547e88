"""A word in every text of a case whose workshop is running, and another in one that comes later: who gets at it where.

Every role asks every address of the rooms in which cases are; the broadest reader asks every address of the house but
those of the meetings, which know no case. What may be found is written down here, line by line. After the erasure it is
nowhere: on no page, in no free page of the database, in no backup.
"""

import logging
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from pathlib import Path
from zipfile import ZipFile, is_zipfile

import pytest
from flask.testing import FlaskClient
from sqlmodel import Session, col, select

from app.backup.making import make
from app.core import clock
from app.core.database import every_tenant
from app.people.models import Person, PersonRole
from app.people.states import Role
from knowledge.cases.erasing import erase_case
from knowledge.cases.erasure_due import forget_the_log
from knowledge.cases.states import ErasureWhy
from knowledge.reconstruction import entering
from knowledge.reconstruction.models import WorkshopRoom
from tests.knowledge.reconstruction.table import act
from tests.knowledge.reconstruction.workshop import FIRST, KEY, MODERATOR, ROOM, THIRD, knock, open_room
from tests.support.canary import WORD, case_id_of, files_with, put_canary
from tests.support.crawl import SAMPLES, addresses
from tests.support.demo import Demo, post

SQLITE = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)

LATER = "Zqspaeter"
"""The word of the case that is not on the table yet, and whose consent keeps authorities out."""
CASE_ROOMS = (
    "cases",
    "workshop",
    "aftermath",
    "coding",
    "comparison",
    "case_matrix",
    "live_",
    "refi",
    "steering",
    "joining",
)
ADMIN, CARD = "p-lohmann", "karte"

PAGES = {"cases.index", "cases.show", "workshops.timeline", "workshops.show", "comparison.index"}
LISTS = PAGES - {"cases.show", "workshops.timeline"}
CODED = {"coding.show", "coding.edit", "coding.agreement", "refi_qda.choose", "refi_qda.project_file"}
GIVES = PAGES | CODED | {"cases.withdrawing", "aftermath.feedback"}
TABLE = {"live_room.projector", "live_room.part", "live_cards.write", "live_cards.board", "live_cards.questions"}
ARRANGES = {"live_room.moderation", "live_cards.enter", "live_clusters.move", "live_clusters.show", "steering.ask_case"}
AFTER = {"aftermath.show", "aftermath.finding", "aftermath.cluster", "workshop_minutes.docx"}
LEADS = GIVES | TABLE | ARRANGES | AFTER
MAY = {
    "p-albers": LEADS,  # coordination, moderator
    "p-kaya": LEADS,  # coordination, minutes
    "p-okafor": GIVES,  # whose case it is
    "p-steffens": PAGES,  # case management of a welfare association, invited
    "p-brandes": PAGES,  # authority, project lead, invited within the consent
    "p-vogt": PAGES,  # the deputy at the same authority
    "p-fricke": PAGES,  # expert, invited
    "p-wieland": set(),  # member and chair, not invited
    "p-jansen": set(),  # advisor, not invited
    "p-vahle": set(),  # data protection officer
    ADMIN: set(),
    "guest": {"live_room.show"} | TABLE,
    "at the door": set(),
    "stranger": set(),
}
"""Where each of them may find a text of the case that is on the table."""
LATER_LEADS = LISTS | AFTER - {"aftermath.finding", "aftermath.cluster"} | {"live_room.moderation", "live_cards.enter"}
MAY_LATER = {
    "p-albers": LATER_LEADS | {"refi_qda.choose", "refi_qda.project_file", "gaps.show"},
    "p-kaya": LATER_LEADS | {"refi_qda.choose", "refi_qda.project_file"},
    "p-okafor": LISTS,
    "p-steffens": LISTS,
}
"""The same for the case that comes later; its title stands in lists, its finding beside the gap that it feeds."""


@dataclass
class Scene:
    """People with their browsers, and the addresses to ask."""

    people: dict[str, FlaskClient]
    rooms: dict[str, str]
    others: dict[str, str]


@pytest.fixture
def scene(demo: Demo) -> Scene:
    """The workshop runs with a guest at the table and one at the door; the words stand in both cases."""
    code = open_room(demo)
    guest = knock(demo, code)
    act(demo, demo.actor(MODERATOR), entering.admit_all)
    people: dict[str, FlaskClient] = {"guest": guest, "at the door": knock(demo, code, name="Berta")}
    case_ids = [put_canary(demo, FIRST), put_canary(demo, THIRD, LATER)]
    with demo.database.session(demo.database.writing) as session, every_tenant(session):
        _set(session)
        session.commit()
    demo.app.test_client_class = FlaskClient
    for person in MAY:
        people.setdefault(person, demo.app.test_client())
        if person.startswith("p-"):
            assert post(people[person], f"/anmelden/demo/{person}", at="/anmelden").status_code == 303  # type: ignore[arg-type]
    assert post(people["p-kaya"], f"{ROOM}/beitreten", at=ROOM).status_code == 303, "who leads has promised too"  # type: ignore[arg-type]
    everywhere = addresses(demo.index_now(), "GET", samples=_samples(demo, case_ids[0]))
    rooms = {each: place for each, place in everywhere.items() if each.startswith(CASE_ROOMS)}
    known = {each for each, view in demo.app.view_functions.items() if view.__module__.startswith("meetings.")}
    return Scene(people, rooms, {each: everywhere[each] for each in everywhere.keys() - rooms.keys() - known})


def _set(session: Session) -> None:
    """The room stands at the cards, uncovered; one account runs the house; no address holds the word."""
    room = session.exec(select(WorkshopRoom)).one()
    room.position = 5
    session.add(room)
    role = session.exec(select(PersonRole).join(Person).where(col(Person.key) == ADMIN)).one()
    role.role = Role.ADMIN
    session.add(role)
    for table in ("workshop_card", "card_cluster"):
        session.connection().exec_driver_sql(f"UPDATE {table} SET key = '{CARD}' WHERE key LIKE '{WORD}%'")
    session.connection().exec_driver_sql("UPDATE workshop_card SET shown_as = 1")


def _samples(demo: Demo, case_id: int) -> dict[str, dict[str, object]]:
    """The samples of the crawl, but of this case and this workshop in the rooms in which cases are."""
    entry = f"(SELECT id FROM workshop_case WHERE case_id = {case_id})"
    found: dict[str, object] = {"cluster": CARD, "card": CARD}
    with demo.session() as session:
        for name, source in {
            "station_id": f"station WHERE case_id = {case_id}",
            "finding_id": f"finding WHERE station_id IN (SELECT id FROM station WHERE case_id = {case_id})",
            "workshop_case_id": f"workshop_case WHERE case_id = {case_id}",
            "cluster_id": f"card_cluster WHERE workshop_case_id = {entry}",
            "question_id": f"workshop_question WHERE workshop_case_id = {entry}",
            "passage_id": f"coding_passage WHERE case_id = {case_id}",
            "coding_id": f"coding WHERE passage_id IN (SELECT id FROM coding_passage WHERE case_id = {case_id})",
        }.items():
            found[name] = session.connection().exec_driver_sql(f"SELECT min(id) FROM {source}").scalar()
    renamed = {"birke": FIRST, "W-2026-1": KEY}
    return {
        room: {
            name: found[name] if name in found and room.startswith(CASE_ROOMS) else renamed.get(str(value), value)
            for name, value in sample.items()
        }
        for room, sample in SAMPLES.items()
    }


def words_in(data: bytes) -> set[str]:
    """Which of the words an answer says, in any part of the file that it is."""
    if not is_zipfile(BytesIO(data)):
        return {word for word in (WORD, LATER) if word.encode() in data}
    with ZipFile(BytesIO(data)) as parts:
        return set[str]().union(*(words_in(parts.read(name)) for name in parts.namelist()))


def places_of(scene: Scene, person: str, word_of: dict[str, set[str]]) -> Iterator[tuple[str, str]]:
    """Word and endpoint wherever the person finds one."""
    for endpoint, place in {**scene.rooms, **(scene.others if person == MODERATOR else {})}.items():
        answer = scene.people[person].get(place)
        assert answer.status_code < 500, (person, place)
        for word in words_in(answer.data):
            word_of.setdefault(person, set()).add(place)
            yield word, endpoint


@SQLITE
def test_every_role_finds_a_case_where_it_may_and_nobody_finds_it_after_its_erasure(
    demo: Demo, scene: Scene, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    seen: dict[str, set[str]] = {}
    for person, allowed in MAY.items():
        found = set(places_of(scene, person, seen))
        assert {endpoint for word, endpoint in found if word == WORD} == allowed, person
        assert {endpoint for word, endpoint in found if word == LATER} == MAY_LATER.get(person, set()), person
    stream = scene.people["guest"].get(f"{ROOM}/strom?seit=0", buffered=False)
    assert words_in(b"".join(islice(stream.iter_encoded(), 2))) == set()
    stream.close()
    house = demo.app.extensions["lueckenlos"]
    for word in (WORD, LATER):
        assert word not in caplog.text
        assert list(files_with(word, house.settings.data_dir)) == [], "the index and every file beside the database"
        assert house.search.find(demo.actor(MODERATOR), word, [], 10).total == 0
    before = make(house.settings, tmp_path / "backups", clock.now())
    assert list(files_with(WORD, before)), "a backup from before holds it until it expires"
    shutil.rmtree(before)

    demo.perform(MODERATOR, erase_case, case_id_of(demo, FIRST), why=ErasureWhy.WITHDRAWAL)
    demo.perform(MODERATOR, erase_case, case_id_of(demo, THIRD), why=ErasureWhy.RETENTION)
    forget_the_log(demo.database)
    for person, places in seen.items():
        for place in places:
            assert words_in(scene.people[person].get(place).data) == set(), (person, place)
    make(house.settings, tmp_path / "backups", clock.now())
    for word in (WORD, LATER):
        assert list(files_with(word, tmp_path)) == []
        assert word not in caplog.text


def test_the_rooms_of_meetings_know_no_case() -> None:
    """That is why nobody need ask them above."""
    for path in Path("meetings").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert not any(f"knowledge.{room}" in text for room in ("cases", "coding", "aftermath", "comparison")), path
