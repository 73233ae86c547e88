"""Topics from the form to the body: written, bundled, ordered, submitted, withdrawn, merged, split."""

from typing import Any

import pytest
from sqlmodel import Session, col, select

from app.core.errors import Forbidden, InvalidInput
from app.core.lifecycle import RefusedMove
from app.core.records import AuditEntry
from knowledge.gaps import topic_bundle, topics
from knowledge.gaps.models import Gap, Topic
from knowledge.gaps.states import GapStatus, TopicState
from knowledge.gaps.topic_actions import create_topic, submit_topic, withdraw_topic
from knowledge.gaps.topic_bonds import Bound
from knowledge.gaps.topic_check import TopicText
from knowledge.privacy.confirming import Unchecked
from knowledge.search.models import SearchOutbox
from tests.support.demo import Demo, hidden_fields, post

ON_SQLITE = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
TEXT = TopicText("Wohnen nach dem Auszug", "Wer hilft beim Mietvertrag?", "## Problem\nNiemand ist zuständig.")
NEW = {
    "title": TEXT.title,
    "guiding_question": TEXT.guiding_question,
    "brief": TEXT.brief,
    "contact_role": "Sachgebiet Wohnen",
}


def a_topic(demo: Demo, *gaps: str, text: TopicText = TEXT) -> str:
    """A draft with these gaps, freed from their topics and put into the topic store."""
    store(demo, *gaps)
    key: str = demo.perform("p-albers", create_topic, text, gaps).key
    return key


def store(demo: Demo, *keys: str) -> None:
    def free(work: Any) -> None:
        for gap in work.session.exec(select(Gap).where(col(Gap.key).in_(keys))):
            gap.topic_id, gap.topic_position, gap.status = None, None, GapStatus.TOPIC_STORE
            work.session.add(gap)
            work.record("gap.freed", gap)

    demo.perform("p-albers", free)


def gaps_of(session: Session, key: str) -> list[str]:
    found = topics.topic_by_key(session, key)
    assert found is not None
    return [gap.key for gap in found.gaps]


def status_of(demo: Demo, key: str) -> str:
    with demo.session() as session:
        return session.exec(select(Gap).where(col(Gap.key) == key)).one().status.value


def state_of(demo: Demo, key: str) -> TopicState:
    with demo.session() as session:
        return session.exec(select(Topic).where(col(Topic.key) == key)).one().state


# Writing


def test_a_topic_is_written_bundled_and_submitted(demo: Demo) -> None:
    store(demo, "F-2026-04", "F-2026-05")
    client = demo.client("p-albers")
    made = post(client, "/themen", NEW, at="/themen/neu")
    assert made.location == "/themen/T-08/fehlstellen"
    for gap in ("F-2026-04", "F-2026-05"):
        answer = post(client, "/themen/T-08/fehlstellen/dazu", {"gap": gap}, at="/themen/T-08/fehlstellen")
        assert answer.status_code == 303
    post(client, "/themen/T-08/fehlstellen/folge", {"gap": "F-2026-05", "to": "up"}, at="/themen/T-08/fehlstellen")
    assert demo.client("p-brandes").get("/themen/T-08").status_code == 404
    shown = client.get("/themen/T-08/vorlegen").get_data(as_text=True)
    assert "Mit dem Thema gehen 2 Fehlstellen" in shown
    assert post(client, "/themen/T-08/vorlegen", at="/themen/T-08/vorlegen").status_code == 303
    with demo.session() as session:
        assert gaps_of(session, "T-08") == ["F-2026-05", "F-2026-04"]
        assert {"T-08", "F-2026-04", "F-2026-05"} <= set(session.exec(select(SearchOutbox.key)))
        acts = session.exec(select(AuditEntry.action).where(col(AuditEntry.object_key) == "T-08")).all()
        assert "topic.moved" in acts
    assert status_of(demo, "F-2026-04") == "submitted"
    page = demo.client("p-brandes").get("/themen/T-08").get_data(as_text=True)
    for words in ("Wer hilft beim Mietvertrag?", "Niemand ist zuständig.", "Sachgebiet Wohnen"):
        assert words in page


@ON_SQLITE
def test_only_the_coordination_shapes_topics(demo: Demo) -> None:
    for person in ("p-brandes", "p-fricke", "p-terhorst"):
        client = demo.client(person)
        assert client.get("/themen").status_code == 200
        assert client.get("/themen/neu").status_code == 403
        assert post(client, "/themen", NEW, at="/themen").status_code == 403
        for page in ("bearbeiten", "fehlstellen", "vorlegen", "zurueckziehen", "zusammenfuehren", "teilen"):
            assert client.get(f"/themen/T-05/{page}").status_code in (403, 404), (person, page)
        assert post(client, "/themen/T-05/zurueckziehen", at="/themen").status_code in (403, 404)
    with pytest.raises(Forbidden):
        demo.perform("p-brandes", create_topic, TEXT)


@ON_SQLITE
def test_a_draft_does_not_exist_for_others_on_any_address(demo: Demo) -> None:
    key = a_topic(demo, "F-2026-05")
    client = demo.client("p-brandes")
    for page in ("", "/bearbeiten", "/fehlstellen", "/teilen", "/steckbrief", "/steckbrief.pdf", "/steckbrief.docx"):
        assert client.get(f"/themen/{key}{page}").status_code == 404, page
    assert key not in client.get("/themen").get_data(as_text=True)


@ON_SQLITE
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": " "}, "Bitte geben Sie dem Thema einen Titel."),
        ({"title": "x" * 121}, "höchstens 120 Zeichen"),
        ({"guiding_question": "x" * 301}, "höchstens 300 Zeichen"),
        ({"brief": "x" * 12_001}, "höchstens 12000 Zeichen"),
    ],
)
def test_bad_input_gets_a_sentence_and_keeps_what_was_typed(demo: Demo, change: dict[str, str], sentence: str) -> None:
    response = post(demo.client("p-albers"), "/themen", {**NEW, **change}, at="/themen/neu")
    assert response.status_code == 422
    page = response.get_data(as_text=True)
    assert sentence in page
    assert "Sachgebiet Wohnen" in page


@ON_SQLITE
def test_two_editors_lose_no_text(demo: Demo) -> None:
    key = a_topic(demo, "F-2026-05")
    client, at = demo.client("p-albers"), f"/themen/{key}/bearbeiten"
    opened = hidden_fields(client.get(at).get_data(as_text=True))
    assert post(client, f"/themen/{key}", {**NEW, "version": "1"}, at=at).status_code == 303
    late = client.post(f"/themen/{key}", data={**opened, **NEW, "brief": "Anders.", "version": "1"})
    page = late.get_data(as_text=True)
    assert late.status_code == 409
    assert "Anders." in page
    assert "Niemand ist zuständig." in page
    again = {**hidden_fields(page), **NEW, "brief": "Anders.", "version": "2"}
    assert client.post(f"/themen/{key}", data=again).status_code == 303


@ON_SQLITE
def test_a_double_click_makes_one_topic(demo: Demo) -> None:
    client = demo.client("p-albers")
    form = {**hidden_fields(client.get("/themen/neu").get_data(as_text=True)), **NEW}
    assert client.post("/themen", data=form).location == client.post("/themen", data=form).location
    with demo.session() as session:
        assert len(session.exec(select(Topic.id)).all()) == 8


# Submitting and withdrawing


@ON_SQLITE
def test_nothing_goes_to_a_body_without_gaps_and_brief(demo: Demo) -> None:
    empty = demo.perform("p-albers", create_topic, TEXT).key
    with pytest.raises(RefusedMove, match="mindestens eine Fehlstelle"):
        demo.perform("p-albers", submit_topic, empty)
    unwritten = a_topic(demo, "F-2026-05", text=TopicText("Ohne Text", brief="## Problem\n\n## Belege\n"))
    with pytest.raises(RefusedMove, match="Steckbrief"):
        demo.perform("p-albers", submit_topic, unwritten)
    page = demo.client("p-albers").get(f"/themen/{unwritten}/vorlegen").get_data(as_text=True)
    assert "So geht es noch nicht" in page


@ON_SQLITE
def test_a_gap_that_is_still_judged_holds_its_topic_back(demo: Demo) -> None:
    key = demo.perform("p-albers", create_topic, TEXT, ("F-2026-11",)).key
    with demo.session() as session:
        assert gaps_of(session, key) == ["F-2026-11"]
    with pytest.raises(RefusedMove, match="Noch nicht im Themenspeicher: F-2026-11"):
        demo.perform("p-albers", submit_topic, key)
    assert state_of(demo, key) == TopicState.DRAFT


@ON_SQLITE
def test_a_text_that_names_somebody_goes_out_only_when_a_person_answers_for_it(demo: Demo) -> None:
    key = a_topic(demo, "F-2026-05", text=TopicText("Titel", brief="Herr Yilmaz rief an: 0171 2345678."))
    with pytest.raises(Unchecked):
        demo.perform("p-albers", submit_topic, key)
    client = demo.client("p-albers")
    assert "Telefonnummer" in client.get(f"/themen/{key}/vorlegen").get_data(as_text=True)
    assert post(client, f"/themen/{key}/vorlegen", at=f"/themen/{key}/vorlegen").status_code == 422
    sent = post(client, f"/themen/{key}/vorlegen", {"confirmed": "y"}, at=f"/themen/{key}/vorlegen")
    assert sent.status_code == 303
    changed = {**NEW, "brief": "Frau Schmidt, geboren am 03.04.1990", "version": "1"}
    answer = post(client, f"/themen/{key}", changed, at=f"/themen/{key}/bearbeiten")
    assert answer.status_code == 422
    assert "Könnte der Text jemanden erkennen lassen?" in answer.get_data(as_text=True)
    assert (
        post(client, f"/themen/{key}", {**changed, "confirmed": "y"}, at=f"/themen/{key}/bearbeiten").status_code == 303
    )


@ON_SQLITE
def test_a_withdrawn_topic_is_a_draft_and_its_gaps_are_in_the_store_again(demo: Demo) -> None:
    client = demo.client("p-albers")
    assert "Woran das Thema hängt" in client.get("/themen/T-05/zurueckziehen").get_data(as_text=True)
    assert post(client, "/themen/T-05/zurueckziehen", at="/themen/T-05/zurueckziehen").status_code == 303
    assert state_of(demo, "T-05") == TopicState.DRAFT
    assert status_of(demo, "F-2026-05") == "topic_store"


@ON_SQLITE
def test_a_topic_that_a_body_decided_about_stays_as_it_was_put(demo: Demo) -> None:
    client = demo.client("p-albers")
    assert client.get("/themen/T-01/bearbeiten").status_code == 403
    page = client.get("/themen/T-01").get_data(as_text=True)
    assert "Über dieses Thema hat ein Gremium entschieden" in page
    assert "/themen/T-01/bearbeiten" not in page


@ON_SQLITE
def test_a_topic_offers_the_steps_of_its_state(demo: Demo) -> None:
    key = a_topic(demo, "F-2026-04", text=TopicText("Ohne Text"))
    client = demo.client("p-albers")
    draft, submitted = (client.get(f"/themen/{each}").get_data(as_text=True) for each in (key, "T-05"))
    assert f"/themen/{key}/zurueckziehen" not in draft
    assert "hat einen Steckbrief, bevor es vorgelegt wird." in draft
    assert "/themen/T-05/zurueckziehen" in submitted
    assert "/themen/T-05/vorlegen" not in submitted
    assert "/themen/T-05/teilen" not in submitted, "one gap cannot be split"
    assert "/themen/T-05/bearbeiten" not in demo.client("p-brandes").get("/themen/T-05").get_data(as_text=True)


# The bundle


def test_a_gap_joins_a_submitted_topic_along_with_it_and_leaves_to_the_store(demo: Demo) -> None:
    key = a_topic(demo, "F-2026-05")
    demo.perform("p-albers", submit_topic, key)
    store(demo, "F-2026-04")
    demo.perform("p-albers", topic_bundle.add_gap, key, "F-2026-04")
    assert status_of(demo, "F-2026-04") == "submitted"
    demo.perform("p-albers", topic_bundle.remove_gap, key, "F-2026-05")
    assert status_of(demo, "F-2026-05") == "topic_store"
    with pytest.raises(RefusedMove, match="bündelt mindestens eine Fehlstelle"):
        demo.perform("p-albers", topic_bundle.remove_gap, key, "F-2026-04")
    with demo.session() as session:
        rows = session.exec(select(Gap.key, Gap.topic_position).where(col(Gap.topic_id).is_not(None))).all()
        assert ("F-2026-04", 0) in rows


@ON_SQLITE
def test_a_gap_of_another_topic_is_not_taken_from_it(demo: Demo) -> None:
    key = a_topic(demo)
    with pytest.raises(RefusedMove, match="gehört schon zu einem Thema"):
        demo.perform("p-albers", topic_bundle.add_gap, key, "F-2026-01")
    client = demo.client("p-albers")
    answer = post(client, f"/themen/{key}/fehlstellen/dazu", {"gap": "F-2026-01"}, at=f"/themen/{key}/fehlstellen")
    assert answer.status_code == 409
    assert "gehört schon zu einem Thema" in answer.get_data(as_text=True)


@ON_SQLITE
def test_dragging_sends_the_whole_order(demo: Demo) -> None:
    key = a_topic(demo, "F-2026-04", "F-2026-05", "F-2026-08")
    order = {"all": "F-2026-08 F-1999-99 F-2026-04"}
    post(demo.client("p-albers"), f"/themen/{key}/fehlstellen/folge", order, at=f"/themen/{key}/fehlstellen")
    with demo.session() as session:
        assert gaps_of(session, key) == ["F-2026-08", "F-2026-04", "F-2026-05"]


# Merging and splitting


def test_a_merged_topic_leads_for_good_to_the_one_that_took_it_in(demo: Demo) -> None:
    first, second = a_topic(demo, "F-2026-05"), a_topic(demo, "F-2026-04")
    client = demo.client("p-albers")
    page = client.get(f"/themen/{first}/zusammenfuehren?in={second}").get_data(as_text=True)
    assert f"Die Adresse von {first} führt künftig zu {second}." in page
    sent = post(
        client,
        f"/themen/{first}/zusammenfuehren",
        {"into": second},
        at=f"/themen/{first}/zusammenfuehren?in={second}",
    )
    assert sent.location == f"/themen/{second}"
    with demo.session() as session:
        assert gaps_of(session, second) == ["F-2026-04", "F-2026-05"]
    old = client.get(f"/themen/{first}")
    assert (old.status_code, old.location) == (301, f"/themen/{second}?von={first}")
    assert client.get(f"/themen/{first}/steckbrief.pdf").location == f"/themen/{second}/steckbrief.pdf"
    assert demo.client("p-brandes").get(f"/themen/{first}").status_code == 404, "the target is still a draft"
    kept = client.get(f"/themen/{first}?original=ja").get_data(as_text=True)
    assert "Dieses Thema ist in einem anderen aufgegangen." in kept
    assert f"{first} {TEXT.title}" in client.get(f"/themen/{second}").get_data(as_text=True)
    listed = client.get("/themen").get_data(as_text=True)
    assert f'href="/themen/{first}"' not in listed


@ON_SQLITE
def test_a_second_merge_takes_the_older_redirects_along(demo: Demo) -> None:
    first, second, third = (a_topic(demo, gap) for gap in ("F-2026-05", "F-2026-04", "F-2026-08"))
    demo.perform("p-albers", topic_bundle.merge_topics, first, second)
    demo.perform("p-albers", topic_bundle.merge_topics, second, third)
    client = demo.client("p-albers")
    assert client.get(f"/themen/{first}").location == f"/themen/{third}?von={first}"
    assert client.get(f"/themen/{third}").status_code == 200


def test_a_split_moves_gaps_and_both_topics_name_each_other(demo: Demo) -> None:
    key = a_topic(demo, "F-2026-04", "F-2026-05")
    demo.perform("p-albers", submit_topic, key)
    client, at = demo.client("p-albers"), f"/themen/{key}/teilen?fehlstelle=F-2026-05"
    assert "geht in das neue Thema." in client.get(at).get_data(as_text=True)
    sent = post(client, f"/themen/{key}/teilen", {"gaps": "F-2026-05", "title": "Der andere Teil"}, at=at)
    new = sent.location.rsplit("/", 1)[-1]
    with demo.session() as session:
        assert (gaps_of(session, key), gaps_of(session, new)) == (["F-2026-04"], ["F-2026-05"])
        row = session.exec(select(Topic).where(col(Topic.key) == new)).one()
        assert (row.state, row.brief) == (TopicState.SUBMITTED, TEXT.brief)
    assert f"{key} {TEXT.title}" in client.get(f"/themen/{new}").get_data(as_text=True)
    assert f"{new} Der andere Teil" in client.get(f"/themen/{key}").get_data(as_text=True)
    with pytest.raises(InvalidInput, match="im bisherigen Thema bleiben"):
        demo.perform("p-albers", topic_bundle.split_topic, key, ["F-2026-04"], "Alles", "")


@ON_SQLITE
def test_counts_after_a_merge_are_of_distinct_cases(demo: Demo) -> None:
    with demo.session() as session:
        found = topics.topic_by_key(session, "T-01")
        assert found is not None
        sheet = topics.sheet(session, demo.actor("p-albers"), found)
        assert sheet.cases < sum(strength.cases for strength in sheet.strengths.values())
    page = demo.client("p-albers").get("/themen").get_data(as_text=True)
    assert f"{sheet.cases} Fallrekonstruktionen" in page


@ON_SQLITE
def test_what_a_decision_names_is_neither_merged_nor_split(demo: Demo) -> None:
    for action, *args in (
        (topic_bundle.merge_topics, "T-02", "T-03"),
        (topic_bundle.split_topic, "T-01", ["F-2026-01"], "Neu", ""),
        (topic_bundle.add_gap, "T-01", "F-2026-10"),
    ):
        with pytest.raises((Bound, RefusedMove, Forbidden)):
            demo.perform("p-albers", action, *args)


@ON_SQLITE
def test_withdrawing_and_submitting_again_asks_the_lifecycle(demo: Demo) -> None:
    with pytest.raises(Forbidden):
        demo.perform("p-albers", withdraw_topic, "T-01")
    with pytest.raises(RefusedMove, match="nicht vorgesehen"):
        demo.perform("p-albers", submit_topic, "T-05")


# The list


@ON_SQLITE
def test_the_list_filters_in_the_address_and_counts_by_state(demo: Demo) -> None:
    page = demo.client("p-albers").get("/themen?stand=mandated&q=AsylbLG").get_data(as_text=True)
    assert "1 Thema" in page
    assert "/themen/T-01" in page
    assert 'href="/themen/T-06"' not in page
    assert "Kein Thema passt" in demo.client("p-albers").get("/themen?q=gibtesnicht%25").get_data(as_text=True)
    for odd in ("stand=nie", "seite=0", "seite=99999999", "seite=²", "q=%00"):
        assert demo.client("p-albers").get(f"/themen?{odd}").status_code == 200, odd


@ON_SQLITE
def test_members_read_no_small_count_in_the_list(demo: Demo) -> None:
    page = demo.client("p-brandes").get("/themen").get_data(as_text=True)
    assert "weniger als 3 Fallrekonstruktionen" in page
    assert ">2 Fallrekonstruktionen" not in page


@ON_SQLITE
def test_the_list_costs_a_fixed_number_of_statements(demo: Demo) -> None:
    before = demo.statements("p-albers", "/themen")
    for _number in range(3):
        a_topic(demo)
    assert demo.statements("p-albers", "/themen") == before
    assert before < 15
