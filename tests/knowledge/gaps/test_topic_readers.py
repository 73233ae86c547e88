"""Who comes to read a topic when it is split, submitted or merged: never more people than its text was checked for."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import col, select

from app.core.lifecycle import RefusedMove
from app.core.work import Work
from app.people.states import Visibility
from knowledge.conversation.models import KeptVersion
from knowledge.gaps import topic_bundle
from knowledge.gaps.models import Gap, Topic
from knowledge.gaps.states import GapStatus, SolvableAt, TopicState
from knowledge.gaps.topic_actions import create_topic, submit_topic
from knowledge.gaps.topic_check import TopicText
from knowledge.gaps.topic_readers import readership, split_of
from knowledge.gaps.topics import FoundTopic
from knowledge.privacy.confirming import Unchecked
from tests.knowledge.gaps.test_topics import NEW, TEXT, a_topic, state_of, status_of, store
from tests.support.demo import Demo, post

ON_SQLITE = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
OFFICE, MEMBER = "p-albers", "p-brandes"
TELLING = "Frau Schmidt, geboren am 03.04.1990"


def show_to(demo: Demo, key: str, visibility: Visibility) -> None:
    def change(work: Work) -> None:
        gap = work.session.exec(select(Gap).where(col(Gap.key) == key)).one()
        gap.visibility = visibility
        work.session.add(gap)
        work.record("gap.edited", gap)

    demo.perform(OFFICE, change)


def words(demo: Demo, address: str, person: str = OFFICE) -> str:
    answer = demo.client(person).get(address)
    assert answer.status_code == 200
    return " ".join(answer.get_data(as_text=True).split())


def submitted(demo: Demo, *gaps: str, text: TopicText = TEXT) -> str:
    key = a_topic(demo, *gaps, text=text)
    demo.perform(OFFICE, submit_topic, key, confirmed=True)
    return key


def gap(key: str, visibility: Visibility) -> Gap:
    return Gap(
        key=key,
        title=key,
        summary="",
        status=GapStatus.SUBMITTED,
        visibility=visibility,
        solvable_at=SolvableAt.STRATEGIC,
        severity=3,
        frequency=3,
        first_reported=date(2026, 11, 1),
    )


# Rules


def test_a_topic_is_closed_by_the_most_closed_of_its_gaps() -> None:
    closed, open_ = gap("F-1", Visibility.COORDINATION), gap("F-2", Visibility.NETWORK)
    assert readership([open_, closed]).closed_by == (closed,)
    assert readership([closed]).level == "coordination"
    assert readership([closed]).closed_by == (closed,)
    assert readership([open_]).closed_by == ()
    assert readership([]).level == "coordination"


def test_the_more_open_half_of_a_topic_starts_as_a_draft() -> None:
    body, network = gap("F-1", Visibility.BODY), gap("F-2", Visibility.NETWORK)
    found = FoundTopic(Topic(key="T-1", title="", state=TopicState.SUBMITTED), (body, network), "body")
    opening, closing = split_of(found, {"F-2"}), split_of(found, {"F-1"})
    assert (opening.state, opening.starts_anew, opening.opens_the_old) == (TopicState.DRAFT, True, False)
    assert (closing.state, closing.starts_anew, closing.opens_the_old) == (TopicState.SUBMITTED, False, True)


# Splitting


@ON_SQLITE
def test_splitting_a_submitted_topic_publishes_no_unchecked_text(demo: Demo) -> None:
    key = submitted(demo, "F-2026-04", "F-2026-05")
    client, at = demo.client(OFFICE), f"/themen/{key}/teilen?fehlstelle=F-2026-05"
    form = {"gaps": "F-2026-05", "title": "Der andere Teil", "guiding_question": TELLING}
    refused = post(client, f"/themen/{key}/teilen", form, at=at)
    assert refused.status_code == 422
    page = refused.get_data(as_text=True)
    assert "Könnte der Text jemanden erkennen lassen?" in page
    assert "Der andere Teil" in page
    made = post(client, f"/themen/{key}/teilen", {**form, "confirmed": "y"}, at=at)
    assert made.status_code == 303
    with pytest.raises(Unchecked):
        demo.perform(
            OFFICE, topic_bundle.split_topic, submitted(demo, "F-2026-04", "F-2026-08"), ["F-2026-08"], TELLING, ""
        )


@ON_SQLITE
def test_the_new_topic_keeps_its_first_version(demo: Demo) -> None:
    key = submitted(demo, "F-2026-04", "F-2026-05")
    new = demo.perform(OFFICE, topic_bundle.split_topic, key, ["F-2026-05"], "Der andere Teil", "Wer hilft?").key
    with demo.session() as session:
        topic = session.exec(select(Topic).where(col(Topic.key) == new)).one()
        kept = select(KeptVersion).where(col(KeptVersion.kind) == "topic", col(KeptVersion.thing_id) == topic.id)
        versions = session.exec(kept).all()
    assert [version.number for version in versions] == [1]
    assert "Der andere Teil" in versions[0].texts


@ON_SQLITE
def test_a_brief_that_few_could_read_does_not_open_with_the_split(demo: Demo) -> None:
    key = submitted(demo, "F-2026-04", "F-2026-05")
    show_to(demo, "F-2026-05", Visibility.NETWORK)
    assert "Es beginnt als Entwurf" in words(demo, f"/themen/{key}/teilen?fehlstelle=F-2026-05")
    new = demo.perform(OFFICE, topic_bundle.split_topic, key, ["F-2026-05"], "Der andere Teil", TELLING).key
    assert state_of(demo, new) == TopicState.DRAFT
    assert status_of(demo, "F-2026-05") == GapStatus.TOPIC_STORE
    for address in (f"/themen/{new}", f"/themen/{new}/steckbrief"):
        assert demo.client("p-fricke").get(address).status_code == 404
        assert demo.client(MEMBER).get(address).status_code == 404


@ON_SQLITE
def test_what_stays_and_opens_is_checked_whole_and_said(demo: Demo) -> None:
    key = submitted(demo, "F-2026-04", "F-2026-05", text=TopicText(TEXT.title, TEXT.guiding_question, TELLING))
    show_to(demo, "F-2026-04", Visibility.COORDINATION)
    page = words(demo, f"/themen/{key}/teilen?fehlstelle=F-2026-04")
    assert "Das bisherige Thema können danach mehr Menschen lesen als jetzt" in page
    assert "Die Mitglieder der Gremien und die Koordination lesen dieses Thema." in page
    with pytest.raises(Unchecked):
        demo.perform(OFFICE, topic_bundle.split_topic, key, ["F-2026-04"], "Der Rest", "")
    new = demo.perform(OFFICE, topic_bundle.split_topic, key, ["F-2026-04"], "Der Rest", "", confirmed=True).key
    assert state_of(demo, new) == TopicState.SUBMITTED
    assert demo.client(MEMBER).get(f"/themen/{new}").status_code == 404


# Who will read it


@ON_SQLITE
def test_before_submitting_the_page_names_the_gap_that_hides_the_topic(demo: Demo) -> None:
    key = a_topic(demo, "F-2026-04", "F-2026-05")
    page = words(demo, f"/themen/{key}/vorlegen")
    assert "Die Mitglieder der Gremien und die Koordination lesen dieses Thema." in page
    show_to(demo, "F-2026-04", Visibility.COORDINATION)
    page = words(demo, f"/themen/{key}/vorlegen")
    assert "Kein Mitglied eines Gremiums kann es öffnen" in page
    told = page[page.index('id="leser"') : page.index('id="submit-form"')]
    assert "F-2026-04" in told
    assert "F-2026-05" not in told


@ON_SQLITE
def test_the_preview_of_a_merge_says_who_will_read_both(demo: Demo) -> None:
    first, second = submitted(demo, "F-2026-04"), submitted(demo, "F-2026-05")
    show_to(demo, "F-2026-04", Visibility.COORDINATION)
    page = words(demo, f"/themen/{first}/zusammenfuehren?in={second}")
    told = page[page.index('id="leser"') : page.index('id="merge-form"')]
    assert "Kein Mitglied eines Gremiums kann es öffnen" in told
    assert "F-2026-04" in told
    assert "F-2026-05" not in told


# Bundling


@ON_SQLITE
def test_a_new_topic_begins_only_with_gaps_that_may_join(demo: Demo) -> None:
    def resolve(work: Work) -> None:
        row = work.session.exec(select(Gap).where(col(Gap.key) == "F-2026-10")).one()
        row.topic_id, row.status = None, GapStatus.RESOLVED
        work.session.add(row)
        work.record("gap.moved", row)

    demo.perform(OFFICE, resolve)
    at = "/themen/neu?fehlstelle=F-2026-11&fehlstelle=F-2026-10"
    page = words(demo, at)
    assert "F-2026-10 gehört schon zu einem Thema oder ist nicht mehr offen." in page
    assert 'name="fehlstelle" value="F-2026-11"' in page
    assert 'name="fehlstelle" value="F-2026-10"' not in page
    sent: dict[str, Any] = {**NEW, "fehlstelle": ["F-2026-10", "F-2026-01"]}
    answer = post(demo.client(OFFICE), "/themen", sent, at=at)
    assert answer.status_code == 409
    assert "F-2026-01, F-2026-10 gehören schon zu einem Thema" in answer.get_data(as_text=True)
    with pytest.raises(RefusedMove):
        demo.perform(OFFICE, create_topic, TEXT, ("F-2026-10",))


@ON_SQLITE
def test_an_emptied_brief_is_said_at_the_brief(demo: Demo) -> None:
    key = submitted(demo, "F-2026-05")
    answer = post(
        demo.client(OFFICE), f"/themen/{key}", {**NEW, "brief": "", "version": "1"}, at=f"/themen/{key}/bearbeiten"
    )
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    said = page.rindex("Ein vorgelegtes Thema behält seinen Steckbrief.")
    assert page.index('id="guiding_question"') < said < page.index('id="contact_role"')
    assert 'href="#title"' not in page


@ON_SQLITE
def test_a_submitted_topic_offers_only_what_it_takes(demo: Demo) -> None:
    key = submitted(demo, "F-2026-05")
    page = words(demo, f"/themen/{key}/fehlstellen")
    offered = page[page.index('id="angebot"') :]
    assert "Darum stehen hier nur Fehlstellen aus dem Themenspeicher" in offered
    assert "F-2026-11" not in offered
    assert "Herausnehmen" not in page
    assert "Dazunehmen" in offered
    unwritten = words(demo, "/themen/T-04/fehlstellen")
    assert "Dieses Thema ist vorgelegt und hat keinen Steckbrief." in unwritten
    assert "Dazunehmen" not in unwritten
    draft = a_topic(demo)
    assert "F-2026-11" in words(demo, f"/themen/{draft}/fehlstellen")


@ON_SQLITE
def test_a_gap_that_changes_who_reads_a_submitted_topic_asks_first(demo: Demo) -> None:
    show_to(demo, "F-2026-05", Visibility.NETWORK)
    key = submitted(demo, "F-2026-05")
    store(demo, "F-2026-04")
    show_to(demo, "F-2026-04", Visibility.COORDINATION)
    client, address = demo.client(OFFICE), f"/themen/{key}/fehlstellen"
    assert demo.client(MEMBER).get(f"/themen/{key}").status_code == 200
    for level in ({}, {"level": "network"}):
        asked = post(client, f"{address}/dazu", {"gap": "F-2026-04", **level}, at=address)
        assert asked.status_code == 409
        assert "Wer darf das Thema dann lesen?" in asked.get_data(as_text=True)
    assert demo.client(MEMBER).get(f"/themen/{key}").status_code == 200
    done = post(client, f"{address}/dazu", {"gap": "F-2026-04", "level": "coordination"}, at=address)
    assert done.status_code == 303
    assert demo.client(MEMBER).get(f"/themen/{key}").status_code == 404
    again = post(client, f"{address}/weg", {"gap": "F-2026-04"}, at=address)
    assert again.status_code == 409
    assert 'value="network"' in again.get_data(as_text=True)
    back = post(client, f"{address}/weg", {"gap": "F-2026-04", "level": "network"}, at=address)
    assert back.status_code == 303
