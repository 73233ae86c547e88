"""Versions: kept with each change, compared, put back as a new one, never altered, read by those who may edit."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError
from sqlmodel import col, select

from app.core.work import Work
from app.people.states import Visibility
from knowledge.conversation.models import KeptVersion
from knowledge.conversation.versions import keep_version
from knowledge.gaps.actions_text import edit_gap, text_of
from knowledge.gaps.models import Gap, Topic
from knowledge.gaps.topic_actions import create_topic, edit_topic, text_of_topic
from knowledge.gaps.topic_check import TopicText
from tests.knowledge.conversation.people import CLERK, OFFICE, OTHER_OFFICE, gap_id, set_level, within
from tests.support.demo import Demo, post

SQLITE = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
KEY = "F-2026-01"


def rewrite(demo: Demo, person: str = OFFICE, key: str = KEY, **texts: str) -> None:
    """Change title or summary of a gap."""

    def change(work: Work) -> None:
        gap = work.session.exec(select(Gap).where(col(Gap.key) == key)).one()
        edit_gap(work, key, replace(text_of(work.session, gap), **texts), gap.version)

    within(demo, person, change)


def gap_of(demo: Demo) -> Gap:
    """The gap as it is now."""
    with demo.session() as session:
        return session.exec(select(Gap).where(col(Gap.key) == KEY)).one()


def kept(demo: Demo, kind: str = "gap") -> list[KeptVersion]:
    """All versions of a kind, the oldest first."""
    with demo.session() as session:
        statement = select(KeptVersion).where(col(KeptVersion.kind) == kind).order_by(col(KeptVersion.number))
        return list(session.exec(statement))


def test_the_first_change_keeps_the_text_before_it_too(demo: Demo) -> None:
    before = gap_of(demo).summary
    rewrite(demo, summary="Ganz neu geschrieben.")
    rewrite(demo, OTHER_OFFICE, summary="Ganz neu geschrieben und ergänzt.")
    rewrite(demo, OTHER_OFFICE, summary="Ganz neu geschrieben und ergänzt.")
    rows = kept(demo)
    assert [row.number for row in rows] == [1, 2, 3]
    assert before.split()[0] in rows[0].texts
    assert rows[0].person_id is None
    page = demo.client(OFFICE).get(f"/fassungen/gap/{gap_id(demo, KEY)}").get_data(as_text=True)
    assert "<ins> und ergänzt</ins>" in page
    assert "Deniz Kaya-Brandt" in page
    assert "vor der ersten Änderung" in page


@SQLITE
def test_any_two_versions_are_compared_and_nonsense_is_the_last_change(demo: Demo) -> None:
    for number in range(3):
        rewrite(demo, summary=f"Fassung mit der Zahl {number}.")
    at, client = f"/fassungen/gap/{gap_id(demo, KEY)}", demo.client(OFFICE)
    page = client.get(f"{at}?von=2&bis=4").get_data(as_text=True)
    assert "<del>0</del><ins>2</ins>" in page
    back = client.get(f"{at}?von=4&bis=2").get_data(as_text=True)
    assert "<del>2</del><ins>0</ins>" in back
    for query in ("von=99&bis=77", "von=x", "von=-1&bis=99999999999999999999"):
        assert client.get(f"{at}?{query}").status_code == 200
    assert "Die Texte sind gleich." in client.get(f"{at}?von=3&bis=3").get_data(as_text=True)


def test_an_old_version_comes_back_as_a_new_one(demo: Demo) -> None:
    before = gap_of(demo)
    rewrite(demo, title="Anderer Titel", summary="Anderer Text.")
    at = f"/fassungen/gap/{before.id}/1/wiederherstellen"
    assert "Fassung 1 wiederherstellen?" in demo.client(OFFICE).get(at).get_data(as_text=True)
    assert post(demo.client(OFFICE), at).status_code == 303
    after = gap_of(demo)
    assert (after.title, after.summary) == (before.title, before.summary)
    assert [row.number for row in kept(demo)] == [1, 2, 3]
    assert demo.client(OFFICE).get(at.replace("/1/", "/9/")).status_code == 404


@SQLITE
def test_what_was_taken_out_of_a_text_does_not_come_back_unchecked(demo: Demo) -> None:
    set_level(demo, KEY, Visibility.COORDINATION)
    rewrite(demo, summary="Frau Yilmaz wartet seit 03.04.2025.")
    rewrite(demo, summary="Eine Frau wartet seit Monaten.")
    set_level(demo, KEY, Visibility.NETWORK)
    number = next(row.number for row in kept(demo) if "Yilmaz" in row.texts)
    answer = post(demo.client(OFFICE), f"/fassungen/gap/{gap_id(demo, KEY)}/{number}/wiederherstellen")
    assert answer.status_code == 409
    assert "erkannt werden könnte" in answer.get_data(as_text=True)
    assert "ist wiederhergestellt" not in answer.get_data(as_text=True)
    assert "Yilmaz" not in gap_of(demo).summary


def test_readers_of_a_thing_who_may_not_edit_it_find_no_versions(demo: Demo) -> None:
    set_level(demo, KEY, Visibility.NETWORK)
    rewrite(demo, summary="Alt mit Namen.")
    rewrite(demo, summary="Neu.")
    at = f"/fassungen/gap/{gap_id(demo, KEY)}"
    assert demo.client(CLERK).get(at).status_code == 404
    assert demo.client(CLERK).get(f"{at}/1/wiederherstellen").status_code == 404
    page = demo.client(CLERK).get(f"/fehlstellen/{KEY}").get_data(as_text=True)
    assert "Fassungen" not in page
    assert "Fassungen (3)" in demo.client(OFFICE).get(f"/fehlstellen/{KEY}").get_data(as_text=True)


def test_the_database_alters_no_version_and_lets_one_be_erased(demo: Demo) -> None:
    rewrite(demo, summary="Neu.")
    with pytest.raises(DBAPIError, match="not altered"), demo.database.writing.begin() as connection:
        connection.exec_driver_sql("UPDATE kept_version SET texts = '{}'")
    with demo.database.writing.begin() as connection:
        connection.exec_driver_sql("DELETE FROM kept_version WHERE number = 1")
    assert [row.number for row in kept(demo)] == [2]


@SQLITE
def test_who_changed_a_text_follows_its_thing(demo: Demo) -> None:
    rewrite(demo, OTHER_OFFICE, summary="Neu.")
    assert KEY in demo.client(OTHER_OFFICE).get("/beobachtet").get_data(as_text=True)


@SQLITE
def test_topics_keep_versions_of_their_brief(demo: Demo) -> None:
    topic = within(demo, OFFICE, create_topic, TopicText("Wohnen", "Wer zahlt?", "Alter Text."))

    def change(work: Work) -> None:
        edit_topic(work, topic.key, replace(text_of_topic(topic), brief="## Ausgangslage\n\nNeu."), topic.version)

    within(demo, OFFICE, change)
    at = f"/fassungen/topic/{topic.id}"
    assert "<ins>" in demo.client(OFFICE).get(at).get_data(as_text=True)
    assert post(demo.client(OFFICE), f"{at}/1/wiederherstellen").status_code == 303
    with demo.session() as session:
        assert session.exec(select(Topic.brief).where(col(Topic.id) == topic.id)).one() == "Alter Text."


@SQLITE
def test_texts_without_a_change_make_no_version(demo: Demo) -> None:
    def keep(work: Work) -> None:
        for _time in range(2):
            keep_version(work, "gap", 1, {"title": "A"}, note=" Notiz ", before={"title": "A"})
        work.record("gap.edited", work.session.exec(select(Gap)).first() or Gap())

    within(demo, OFFICE, keep)
    rows: list[Any] = kept(demo)
    assert [(row.number, row.note) for row in rows] == [(1, "Notiz")]
