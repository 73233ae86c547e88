"""The rules on the demo county: who is locked out, which grades come out, how its timelines are drawn."""

from collections import Counter
from datetime import date
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml

import app.dataset
from app.core.permissions import Actor
from knowledge.cases.policy import CaseAccess, may_read_case
from knowledge.cases.rules import TransitionNumbers, is_locked, transition_numbers
from knowledge.cases.timeline import StationView, lay_out
from knowledge.cases.wording import station_caption
from knowledge.gaps.rules import EvidenceItem, count_evidence, evidence_grade
from knowledge.taxonomy.lists import label


@cache
def demo() -> dict[str, Any]:
    path = Path(next(iter(app.dataset.__path__))) / "files" / "demo.yaml"
    content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return content


def by_key(name: str) -> dict[str, Any]:
    return {each["key"]: each for each in demo()[name]}


@cache
def numbered(name: str) -> dict[str, int]:
    return {key: number for number, key in enumerate(by_key(name), start=1)}


def attending(case_key: str) -> tuple[dict[str, Any], list[str]]:
    """The workshop of a case and the organisations that attend it."""
    for workshop in demo()["workshops"]:
        for each in workshop["cases"]:
            if each["case"] == case_key:
                return workshop, each["orgs"]
    raise KeyError(case_key)


def access(case_key: str, today: date) -> CaseAccess:
    case = by_key("cases")[case_key]
    workshop, organisations = attending(case_key)
    return CaseAccess(
        state="released",
        giver_id=numbered("people")[case["case_giver"]],
        scopes=frozenset(case["consent"]["scopes"]),
        attending_organisation_ids=frozenset(numbered("organisations")[each] for each in organisations),
        workshop_state=workshop["state"],
        released_on=workshop["released_on"],
        today=today,
        moderator_id=numbered("people")[workshop["moderation"]],
    )


def actor(person_key: str) -> Actor:
    person = by_key("people")[person_key]
    organisation = by_key("organisations")[person["org"]]
    number = numbered("people")[person_key]
    roles = frozenset(person["roles"])
    ids = numbered("organisations")[person["org"]]
    return Actor(number, 1, ids, organisation["type"], roles, (), person["name"], organisation["name"])


CASES = ["ahorn", "birke", "eiche", "erle", "linde", "weide"]
IN_THE_WINDOW = {"ahorn": date(2026, 4, 10), "birke": date(2026, 4, 10), "eiche": date(2026, 4, 10)}


@pytest.mark.parametrize("case_key", CASES)
def test_nobody_attends_a_case_against_its_consent(case_key: str) -> None:
    scopes = by_key("cases")[case_key]["consent"]["scopes"]
    types = {by_key("organisations")[each]["type"] for each in attending(case_key)[1]}

    assert not [each for each in types if is_locked(each, scopes)]


@pytest.mark.parametrize("case_key", ["birke", "eiche", "weide"])
@pytest.mark.parametrize("organisation", ["jobcenter", "st-brueckfeld", "gd-muehlenrode", "agentur", "gesundheitsamt"])
def test_jobcenter_and_municipalities_are_locked_out_of_birke_eiche_and_weide(case_key: str, organisation: str) -> None:
    scopes = by_key("cases")[case_key]["consent"]["scopes"]

    assert is_locked(by_key("organisations")[organisation]["type"], scopes)


@pytest.mark.parametrize(
    ("person_key", "seen"),
    [
        ("p-brandes", {"ahorn"}),
        ("p-diallo", {"ahorn"}),
        ("p-bruns", {"ahorn", "birke", "eiche"}),
        ("p-oezer", set()),
        ("p-haddad", set()),
        ("p-albers", set(CASES)),
    ],
)
def test_in_april_each_sees_the_spring_cases_of_the_own_room(person_key: str, seen: set[str]) -> None:
    on = date(2026, 4, 10)
    spring = [key for key in CASES if key in IN_THE_WINDOW or person_key == "p-albers"]

    assert {key for key in spring if may_read_case(actor(person_key), access(key, on))} == seen


@pytest.mark.parametrize("case_key", CASES)
def test_on_the_day_of_the_demo_the_window_is_closed_for_attendees(case_key: str) -> None:
    today = demo()["meta"]["as_of"]
    readers = {key for key in by_key("people") if may_read_case(actor(key), access(case_key, today))}

    assert readers == {"p-albers", "p-kaya", by_key("cases")[case_key]["case_giver"]}


def test_the_grades_are_one_a_seven_b_five_c_one_d() -> None:
    grades: Counter[str] = Counter()
    for gap in demo()["gaps"]:
        items = [
            EvidenceItem(numbered("cases")[each["case"]], numbered("organisations")[organisation_of(each["case"])])
            for each in gap["evidence"]
        ]
        count = count_evidence(items)
        grades[evidence_grade(count.cases, count.organisations, gap["reports"], len(gap["indicators"]))] += 1

    assert grades == {"A": 1, "B": 7, "C": 5, "D": 1}


def organisation_of(case_key: str) -> str:
    giver = by_key("cases")[case_key]["case_giver"]
    organisation: str = by_key("people")[giver]["org"]
    return organisation


def test_the_change_to_sgb_2_is_one_bridge_and_two_breaks_over_all_cases() -> None:
    stations = [(each.get("transition"), each["assessment"]) for case in demo()["cases"] for each in case["stations"]]

    assert transition_numbers(stations)["asylblg_sgb2"] == TransitionNumbers(bridges=1, breaks=2, other=0)


@pytest.mark.parametrize("case_key", CASES)
def test_the_timeline_of_each_case_is_readable(case_key: str) -> None:
    case = by_key("cases")[case_key]
    layout = lay_out([view(each) for each in case["stations"]], case["span_months"])
    boxes = [mark.box for mark in layout.marks] + [change.box for change in layout.transitions]

    assert len(layout.marks) == len(case["stations"])
    assert not any(a.overlaps(b) for a, b in combinations(boxes, 2))
    assert layout.width < 1100
    assert layout.height < 1200


def view(each: dict[str, Any]) -> StationView:
    transition = each.get("transition")
    return StationView(
        key=each["key"],
        month=each["month"],
        title=each["title"],
        legal_domain=each["legal_domain"],
        legal_domain_label=label("legal_domains", each["legal_domain"]),
        assessment=each["assessment"],
        transition=transition,
        transition_label=label("transitions", transition) if transition else "",
        caption=station_caption(each["assessment"], each["month"]),
    )
