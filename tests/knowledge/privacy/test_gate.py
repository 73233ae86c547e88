"""The gate before a release: every passage decided by a human, the author's own word is not enough."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from app.core.errors import InvalidInput
from knowledge.privacy import gate
from knowledge.privacy.gate import Answer, Standing
from knowledge.privacy.models import PrivacyDecision
from knowledge.privacy.standing import Decision, outranking, standing
from knowledge.privacy.states import HitVerdict
from tests.support.demo import Demo

SQLITE = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
SUBJECT = ("case", 1)
TEXTS = {"title": "Herr Schulze wartet", "station:7:text": "Frau Yilmaz und Herr Schulze gingen 2024 zum Amt."}
AUTHOR, SECOND, THIRD = 1, 2, 3
NOW = datetime(2026, 11, 23, tzinfo=UTC)

words = st.builds(
    Decision,
    st.sampled_from(HitVerdict),
    st.just("Grund"),
    st.sampled_from([AUTHOR, SECOND, THIRD]),
    st.integers(0, 50).map(lambda minutes: NOW + timedelta(minutes=minutes)),
)


@given(st.lists(words, max_size=6))
def test_nothing_is_cleared_without_somebody_who_did_not_write_it(decisions: list[Decision]) -> None:
    result = standing(outranking(decisions, {AUTHOR}), {AUTHOR})
    others = [each for each in decisions if each.person_id != AUTHOR]
    assert (result == Standing.OPEN) == (not decisions)
    if result == Standing.CLEARED:
        latest = max(each.at for each in others)
        assert any(each.at == latest and each.verdict == HitVerdict.HARMLESS for each in others)


def test_an_author_cannot_overrule_the_second_person_by_saying_it_again() -> None:
    strict = Decision(HitVerdict.REPLACE, "", SECOND, NOW)
    again = Decision(HitVerdict.HARMLESS, "doch", AUTHOR, NOW + timedelta(hours=1))
    assert standing(outranking([strict, again], {AUTHOR}), {AUTHOR}) == Standing.REPLACE


def person_id(demo: Demo, key: str) -> int:
    return demo.actor(key).person_id


def hits(
    demo: Demo, texts: dict[str, str] | None = None, *, authors: tuple[str, ...] = ("p-albers",)
) -> list[gate.OpenHit]:
    with demo.session() as session:
        ids = [person_id(demo, key) for key in authors]
        return gate.open_hits(session, SUBJECT, texts or TEXTS, gate.names_for(session), ids)


def say(demo: Demo, who: str, verdict: str = "harmless", reason: str = "Ein Beispiel.") -> int:
    given = hits(demo)
    answers = [Answer(each.field, each.hit.key, verdict, reason) for each in given]
    return demo.perform(who, gate.decide_all, SUBJECT, given, answers)


def test_every_passage_is_decided_and_a_second_person_clears_it(demo: Demo) -> None:
    assert [each.hit.text for each in hits(demo)] == ["Herr Schulze", "Frau Yilmaz", "Herr Schulze", "2024"]
    assert len(gate.blocking(hits(demo))) == 4
    assert say(demo, "p-albers") == 4
    assert gate.needs_second_person(hits(demo)) == gate.blocking(hits(demo)) == hits(demo)
    assert say(demo, "p-kaya") == 4
    assert gate.blocking(hits(demo)) == []
    assert say(demo, "p-kaya") == 0, "sent again it says nothing new"
    assert say(demo, "p-kaya", "replace", "") == 4
    assert {each.standing for each in hits(demo)} == {Standing.REPLACE}
    assert hits(demo, {"title": "Eine Familie wartet"}) == []


@SQLITE
def test_a_decision_holds_where_it_was_made_and_not_in_another_field(demo: Demo) -> None:
    say(demo, "p-kaya")
    moved = hits(demo, {**TEXTS, "anchor": "Herr Schulze kam an."})
    assert [(each.field, each.hit.text) for each in gate.blocking(moved)] == [("anchor", "Herr Schulze")]


@SQLITE
@pytest.mark.parametrize(
    ("verdict", "reason"), [("harmless", ""), ("harmless", " \u200b "), ("perhaps", "weil"), ("harmless", "x" * 501)]
)
def test_harmless_needs_a_reason_that_people_can_read(demo: Demo, verdict: str, reason: str) -> None:
    with pytest.raises(InvalidInput):
        say(demo, "p-kaya", verdict, reason)
    assert all(each.decision is None for each in hits(demo))


@SQLITE
def test_answers_about_passages_that_are_not_there_are_left_out(demo: Demo) -> None:
    foreign = [
        Answer("title", "0123456789abcdef", "harmless", "weil"),
        Answer("nowhere", hits(demo)[0].hit.key, "harmless", "x"),
    ]
    assert demo.perform("p-kaya", gate.decide_all, SUBJECT, hits(demo), foreign) == 0


@SQLITE
def test_the_table_and_the_audit_hold_no_passage_and_forgetting_leaves_nothing(demo: Demo) -> None:
    say(demo, "p-kaya", reason="Kein Mensch gemeint.")
    with demo.session() as session:
        rows = session.exec(select(PrivacyDecision)).all()
        assert len(rows) == 4
        assert not any("Schulze" in str(row) or "Yilmaz" in str(row) for row in rows)
    assert demo.perform("p-kaya", gate.forget, ("case", 2)) == 0
    assert demo.perform("p-kaya", gate.forget, SUBJECT) == 4
    assert all(each.decision is None for each in hits(demo))


@SQLITE
def test_only_in_a_case_years_and_towns_stand_out(demo: Demo) -> None:
    with demo.session() as session:
        found = gate.open_hits(session, ("gap", 1), {"summary": "2024 zog die Familie von Detmold nach Syrien."})
    assert found == []
    assert [each.hit.text for each in hits(demo, {"text": "2024 zog die Familie von Detmold nach Syrien."})] == [
        "2024",
        "Detmold",
        "Syrien",
    ]
