"""A word in every text of the cases: not in what the house tells about acts, not in lists and files of those outside,
and after an erasure with nobody."""

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile, is_zipfile

import pytest
import sqlalchemy as sa

from knowledge.cases.erasing import erase_case
from knowledge.cases.states import ErasureWhy
from knowledge.privacy.confirming import hits_in
from knowledge.reconstruction import card_actions, cluster_actions
from knowledge.reconstruction.cluster_actions import Sentence
from tests.knowledge.reconstruction.table import act, draft, in_cards_phase
from tests.knowledge.reconstruction.workshop import MODERATOR, ROOM
from tests.support.canary import WORD, put_canary
from tests.support.crawl import SAMPLES, STREAMS
from tests.support.demo import Demo

pytestmark = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
TELLING = ("audit_entry", "live_event", "outgoing_mail", "job", "used_key", "search_outbox")
"""Tables in which the house tells of acts: keys, states and numbers."""
FILES = (".xlsx", ".json", ".csv", ".docx", ".pdf", ".ics", ".qdpx", ".qdc")
ROOMS = ("cases", "workshops", "aftermath", "coding", "comparison", "case_matrix", "workshop_", "live_", "refi")


def says_it(data: bytes) -> bool:
    """Whether the word is in an answer, or in any part of the file that it is."""
    if is_zipfile(BytesIO(data)):
        with ZipFile(BytesIO(data)) as parts:
            return any(WORD.encode() in parts.read(name) for name in parts.namelist())
    return WORD.encode() in data


def test_what_is_written_in_the_room_is_in_no_signal_no_mail_and_no_log(demo: Demo) -> None:
    (phone,) = in_cards_phase(demo, 1)
    moderator = demo.actor(MODERATOR)
    act(demo, phone, card_actions.post_card, replace(draft("eins", f"{WORD} kam zu spät"), looked_at=True), nobody=True)
    act(demo, moderator, card_actions.uncover)
    with demo.session() as session:
        card = session.connection().exec_driver_sql("SELECT key FROM workshop_card").scalar()
    cluster = act(demo, moderator, cluster_actions.move_card, card, "neu")
    confirmed = tuple(hit.key for hit in hits_in([WORD]))
    act(demo, moderator, cluster_actions.name_cluster, cluster.key, Sentence(then=WORD), 1, confirmed)
    office = demo.client(MODERATOR)
    assert WORD in office.get(f"{ROOM}/karten/tafel?schirm=moderator").get_data(as_text=True)
    with demo.database.reading.connect() as connection:
        metadata = sa.MetaData()
        metadata.reflect(connection)
        told = [table for name, table in metadata.tables.items() if name in TELLING]
        assert {"audit_entry", "live_event"} <= {table.name for table in told}
        for table in told:
            for column in table.columns:
                if isinstance(column.type, sa.String):
                    assert connection.execute(sa.select(column).where(column.contains(WORD))).first() is None, column


def places(demo: Demo) -> list[str]:
    """An address for every page and file of the rooms in which cases are."""
    found = []
    with demo.app.test_request_context():
        for rule in demo.app.url_map.iter_rules():
            room = rule.endpoint.split(".")[0]
            if "GET" in (rule.methods or ()) and room.startswith(ROOMS) and rule.endpoint not in STREAMS:
                sample = SAMPLES.get(rule.endpoint) or SAMPLES.get(room) or {}
                values = {name: value for name, value in sample.items() if name in rule.arguments}
                found.append(demo.app.url_for(rule.endpoint, **values))
    return found


def test_nobody_outside_gets_it_in_a_file_and_nobody_at_all_after_an_erasure(demo: Demo) -> None:
    ids = [put_canary(demo, key) for key in ("birke", "eiche", "weide")]
    rooms = places(demo)
    assert len(rooms) > 40
    for person in ("p-brandes", "p-wieland", "p-diallo"):
        client = demo.client(person)
        files = [place for place in rooms if place.endswith(FILES)]
        assert len(files) > 3
        assert [place for place in files if says_it(client.get(place).data)] == [], person
    assert says_it(demo.client("p-albers").get("/faelle/birke").data), "the word is there for those who may"
    for case_id in ids:
        demo.perform("p-albers", erase_case, case_id, why=ErasureWhy.WITHDRAWAL)
    for person in ("p-albers", "p-okafor", "p-brandes"):
        client = demo.client(person)
        assert [place for place in rooms if says_it(client.get(place).data)] == [], person
