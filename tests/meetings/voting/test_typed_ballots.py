"""What is read straight from the fields is what the form would have read, and never more than the form would take."""

from typing import Any

import pytest
from flask import Flask
from flask_babel import Babel
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from meetings.voting.ballot_forms import ballot_form_of
from meetings.voting.methods.profile import Kind
from meetings.voting.poll_rule import PollRule, RuleOption
from meetings.voting.states import PollMethod
from meetings.voting.typed_ballots import typed_answer

OPTIONS = tuple(RuleOption(str(number), f"Thema {number}") for number in (7, 3, 11))
RULES = {
    Kind.DOTS: PollRule(PollMethod.DOTS, OPTIONS, vote_unit="organisation", dots_per_seat=3, max_per_option=2),
    Kind.SCORE: PollRule(PollMethod.SCORE, OPTIONS, vote_unit="organisation", highest=5),
    Kind.RESISTANCE: PollRule(PollMethod.RESISTANCE, OPTIONS, vote_unit="organisation", highest=10),
    Kind.RANKED: PollRule(PollMethod.SCHULZE, OPTIONS, vote_unit="organisation"),
    Kind.APPROVAL: PollRule(PollMethod.APPROVAL, OPTIONS, vote_unit="organisation"),
    Kind.RESOLUTION: PollRule(
        PollMethod.MAJORITY, vote_unit="organisation", motion="Antrag", majority="simple_of_cast", tie="rejected"
    ),
}
FIELDS = [f"{name}-{place}" for name in ("punkte", "wahl") for place in range(1, 5)]
VALUES = [
    "",
    "0",
    "1",
    "2",
    "3",
    "5",
    "10",
    "11",
    "02",
    "-1",
    "1.5",
    "٣",
    " 1",
    "yes",
    "no",
    "abstain",
    "y",
    "7",
    "99999",
]
sent_fields = st.lists(
    st.tuples(st.sampled_from([*FIELDS, "vote", "approved", "abstain"]), st.sampled_from(VALUES)), max_size=7
)


@pytest.fixture(scope="module")
def bare() -> Flask:
    app = Flask("bare")
    app.secret_key = "nothing is signed here"
    Babel(app)
    return app


@given(kind=st.sampled_from(list(RULES)), fields=sent_fields)
def test_both_readers_agree(bare: Flask, kind: Kind, fields: list[tuple[str, str]]) -> None:
    rule, sent = RULES[kind], MultiDict(fields)
    answer = typed_answer(rule, sent)
    if answer is None:
        return
    with bare.test_request_context(method="POST"):
        form = ballot_form_of(rule, formdata=sent, meta={"csrf": False})
        assert form.validate(), (fields, form.errors, form.form_errors)
        assert form.answer() == answer


@pytest.mark.parametrize(
    ("kind", "fields", "answer"),
    [
        (Kind.DOTS, {"punkte-1": "2", "punkte-3": "1", "punkte-2": ""}, {"points": {"7": 2, "3": 0, "11": 1}}),
        (Kind.SCORE, {"wahl-1": "", "wahl-2": "0", "wahl-3": ""}, {"points": {"3": 0}}),
        (Kind.RESISTANCE, {f"wahl-{n}": "4" for n in (1, 2, 3)}, {"points": {"7": 4, "3": 4, "11": 4}}),
        (Kind.RANKED, {"wahl-3": "1", "wahl-1": "2", "wahl-2": ""}, {"ranking": [["11"], ["7"]]}),
        (Kind.APPROVAL, {"approved": "3"}, {"approved": ["3"]}),
        (Kind.RESOLUTION, {"vote": "no"}, {"answer": "no"}),
    ],
)
def test_a_plain_ballot_needs_no_form(kind: Kind, fields: dict[str, str], answer: dict[str, Any]) -> None:
    assert typed_answer(RULES[kind], MultiDict(fields)) == answer
    assert typed_answer(RULES[kind], MultiDict({**fields, "seat": "99", "csrf_token": "x"})) == answer, (
        "no seat is read"
    )
    assert typed_answer(RULES[kind], MultiDict({**fields, "abstain": "y"})) is None or kind == Kind.RESOLUTION


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (Kind.DOTS, {"punkte-1": "2", "punkte-2": "2"}),
        (Kind.DOTS, {}),
        (Kind.RANKED, {"wahl-1": "1", "wahl-2": "3", "wahl-3": ""}),
        (Kind.RANKED, {"wahl-1": "4", "wahl-2": "", "wahl-3": ""}),
        (Kind.SCORE, {"wahl-1": "6", "wahl-2": "", "wahl-3": ""}),
        (Kind.SCORE, {"wahl-1": "1"}),
        (Kind.APPROVAL, {"approved": "99"}),
        (Kind.RESOLUTION, {"vote": "invalid"}),
    ],
)
def test_whatever_is_not_plain_is_left_to_the_form(kind: Kind, fields: dict[str, str]) -> None:
    assert typed_answer(RULES[kind], MultiDict(fields)) is None
