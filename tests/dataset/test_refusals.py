"""What is wrong in a demo file is said with file, path and reason, and the database stays as it was."""

import copy
import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session, SQLModel, func, select

from app.core.database import Database, every_tenant
from app.dataset.loading import load_file, load_values
from app.dataset.problems import DataFileError
from tests.support.changed_files import DEMO, GONE, PROFILES, Steps, changed, parsed, paths, put

CASE, STATION, GAP = ("cases", 0), ("cases", 0, "stations", 3), ("gaps", 3)
AGREEMENT, ITEM = "agreement", ("agenda", "items", 3)

ONE_THING_WRONG: dict[str, tuple[Steps, object, str, str]] = {
    # codebook
    "category under a later one": (
        ("codebook", 2, "parent"),
        "K-04",
        "codebook[2].parent",
        "das nicht weiter oben steht",
    ),
    "words that are not there": (("codings", 0, "quote"), "anders", "codings[0].quote", "nicht genau einmal vorkommt"),
    "station of another case": (("codings", 0, "station"), "A1", "codings[0].station", "gehört nicht zu diesem Fall"),
    # shape
    "unknown format": (("meta", "format"), "kim-demo/9", "", "Ihr Format „kim-demo/9“ ist nicht bekannt"),
    "no format": (("meta", "format"), GONE, "", "Ihr Format „(ohne Angabe)“ ist nicht bekannt"),
    "unknown key at the top": (("budget",), 1, "budget", "steht eine Angabe, die das Format nicht kennt"),
    "unknown key deep down": ((*STATION, "colour"), "rot", "cases[0].stations[3].colour", "steht eine Angabe, die"),
    "missing section": (("tenant",), GONE, "tenant", "fehlt eine Angabe"),
    "missing title": ((*GAP, "title"), GONE, "gaps[3].title", "fehlt eine Angabe"),
    "number for text": ((*GAP, "title"), 12, "gaps[3].title", "steht „12“, erwartet wird ein Text"),
    "text for number": ((*GAP, "reports"), "viele", "gaps[3].reports", "steht „viele“, erwartet wird eine ganze Zahl"),
    "true for number": ((*GAP, "severity"), True, "gaps[3].severity", "steht „true“, erwartet wird eine ganze Zahl"),
    "text for yes or no": (
        ("municipalities", 0, "casemgmt"),
        "ja",
        "municipalities[0].casemgmt",
        "steht „ja“, erwartet",
    ),
    "text for date": (
        (*GAP, "first_reported"),
        "bald",
        "gaps[3].first_reported",
        "erwartet wird ein Datum wie 2026-12-10",
    ),
    "moment for date": (
        (*GAP, "first_reported"),
        dt.datetime(2026, 1, 1, 9, tzinfo=dt.UTC),
        "gaps[3].first_reported",
        "erwartet wird ein Datum",
    ),
    "text for list": (("gaps",), "keine", "gaps", "steht „keine“, erwartet wird eine Liste"),
    "list for group": (("tenant",), [1], "tenant", "steht eine Liste, erwartet wird eine Gruppe von Angaben"),
    "nothing for text": ((*CASE, "title"), None, "cases[0].title", "steht nichts, erwartet wird ein Text"),
    "blank text": ((*CASE, "title"), "  ", "cases[0].title", "steht ein leerer Text"),
    "control character": (
        (*CASE, "title"),
        "A\x00B",
        "cases[0].title",
        "steht ein Zeichen, das in Texten nicht erlaubt ist",
    ),
    "beyond a scale": ((*GAP, "frequency"), 5, "gaps[3].frequency", "steht „5“, erwartet wird ein Wert bis 4"),
    "infinite number": (
        ("tenant", "staffing", 0, "fte"),
        float("inf"),
        "tenant.staffing[0].fte",
        "erwartet wird eine Zahl",
    ),
    "unknown state": ((*GAP, "status"), "done", "gaps[3].status", "erwartet wird einer der Werte reported, in_review"),
    "time of day": (("agenda", "start"), "25:00", "agenda.start", "erwartet wird eine Uhrzeit wie 14:00"),
    "month": (
        (*CASE, "consent", "obtained_month"),
        "2026-13",
        "cases[0].consent.obtained_month",
        "erwartet wird ein Monat",
    ),
    "key with a space": (("topics", 0, "key"), "T 01", "topics[0].key", "erwartet wird ein Schlüssel"),
    "e-mail address": (("people", 0, "email"), "albers", "people[0].email", "erwartet wird eine E-Mail-Adresse"),
    # references and codes
    "code": ((*STATION, "transition"), "sgb2_moon", "cases[0].stations[3].transition", "nicht vorkommt"),
    "code in a list": ((*GAP, "kinds", 0), "bad_luck", "gaps[3].kinds[0]", "das in der Liste gap_kinds nicht vorkommt"),
    "organisation": (("people", 0, "org"), "kreisamt", "people[0].org", "den es unter organisations nicht gibt"),
    "person": (("bodies", 0, "chair"), "p-niemand", "bodies[0].chair", "den es unter people nicht gibt"),
    "municipality": (
        (*GAP, "municipalities", 0),
        "berlin",
        "gaps[3].municipalities[0]",
        "unter municipalities nicht gibt",
    ),
    "gap of a finding": (
        ("cases", 0, "stations", 1, "findings", 0, "gap"),
        "F-9",
        "cases[0].stations[1].findings[0].gap",
        "unter gaps",
    ),
    "topic": ((*GAP, "topic"), "T-99", "gaps[3].topic", "steht der Verweis „T-99“, den es unter topics nicht gibt"),
    "solution": (
        ("agreement", "measures", 3, "builds_on"),
        "L-0",
        "agreement.measures[3].builds_on",
        "unter past_solutions",
    ),
    "meeting": (("topics", 0, "decided_in"), "LG-99", "topics[0].decided_in", "den es unter meetings nicht gibt"),
    "decision": (("gaps", 8, "escalation", "by_decision"), "D-0", "gaps[8].escalation.by_decision", "unter decisions"),
    "agreement": ((*ITEM, "agreement"), "ZV-0", "agenda.items[3].agreement", "den es unter agreements nicht gibt"),
    "goal": ((AGREEMENT, "measures", 0, "goal"), "Z9", "agreement.measures[0].goal", "den es unter goals nicht gibt"),
    "quorum rule": (
        ("bodies", 0, "rules", "quorum"),
        "all",
        "bodies[0].rules.quorum",
        "keine bekannte Regel der Beschlussfähigkeit",
    ),
    "way of deciding": (
        ("bodies", 0, "rules", "decision"),
        "dice",
        "bodies[0].rules.decision",
        "Regel der Beschlussfassung",
    ),
    # said twice
    "key twice": (("topics", 1, "key"), "T-01", "topics[1].key", "steht der Schlüssel „T-01“ zum zweiten Mal"),
    "station twice": (("cases", 1, "stations", 0, "key"), "A1", "cases[1].stations[0].key", "zum zweiten Mal"),
    "code twice": ((*GAP, "kinds"), ["handover", "handover"], "gaps[3].kinds", "steht „handover“ doppelt"),
    "e-mail twice": (("people", 1, "email"), "ALBERS@kim.example", "people[1].email", "zum zweiten Mal"),
    "obligation twice": (
        (AGREEMENT, "obligations", 1, "org"),
        "kreis",
        "agreement.obligations[1].org",
        "zum zweiten Mal",
    ),
    "indicator twice": (
        (AGREEMENT, "goals", 1, "indicators", 0, "key"),
        "I1",
        "agreement.goals[1].indicators[0].key",
        "zweiten",
    ),
    # contradictions
    "real address in invented data": (("people", 0, "email"), "a@kreis.de", "people[0].email", "auf .example endet"),
    "finding without evidence": ((*GAP, "evidence"), [], "gaps[3].evidence", "fehlt der Beleg"),
    "evidence without finding": (
        (*GAP, "evidence", 0, "station"),
        "A1",
        "gaps[3].evidence[0].station",
        "keinen Befund",
    ),
    "counter-evidence": (
        (*GAP, "counter_evidence", 0, "case"),
        "ahorn",
        "gaps[3].counter_evidence[0].station",
        "nicht gibt",
    ),
    "municipality of a case": ((*GAP, "municipalities"), ["hallenbeck"], "gaps[3].municipalities", "fehlt „"),
    "topic does not answer": ((*GAP, "topic"), "T-03", "gaps[3].topic", "steht „T-03“, das nicht zurückverweist"),
    "gap does not answer": (
        ("topics", 0, "gaps"),
        ["F-2026-01", "F-2026-02", "F-2026-04"],
        "topics[0].gaps[2]",
        "zurück",
    ),
    "solution does not answer": ((*GAP, "solutions"), ["L-2025-02"], "gaps[3].solutions[0]", "nicht zurückverweist"),
    "body does not answer": (("topics", 0, "body"), "lg-kim", "topics[0].body", "nicht zurückverweist"),
    "time runs backwards": ((*STATION, "month"), 0, "cases[0].stations[3].month", "vor dem der vorigen Station"),
    "span": ((*CASE, "span_months"), 15, "cases[0].span_months", "steht 15, die letzte Station liegt in Monat 14"),
    "bridge without help": (
        ("cases", 0, "stations", 7, "what_helped"),
        GONE,
        "cases[0].stations[7].what_helped",
        "geholfen",
    ),
    "calendar date in a case": (
        (*STATION, "text"),
        "Am 03.05.2025 kam der Bescheid.",
        "cases[0].stations[3].text",
        "Kalender",
    ),
    "place in a case": (
        (*STATION, "text"),
        "Umzug nach Brückfeld.",
        "cases[0].stations[3].text",
        "steht der Name „Brückfeld“",
    ),
    "authority without consent": (
        ("workshops", 0, "cases", 1, "orgs", 0),
        "jobcenter",
        "workshops[0].cases[1].orgs[0]",
        "Einwilligung",
    ),
    "not invited": (
        ("workshops", 0, "cases", 0, "orgs", 0),
        "vhs",
        "workshops[0].cases[0].orgs[0]",
        "nicht eingeladen",
    ),
    "case in another workshop": ((*CASE, "workshop"), "W-2026-2", "workshops[0].cases[0].case", "anderen Workshop"),
    "deferred without date": (
        ("gaps", 12, "deferred_until"),
        GONE,
        "gaps[12].deferred_until",
        "fehlt die Wiedervorlage",
    ),
    "escalated to nobody": (("gaps", 8, "escalation"), GONE, "gaps[8].escalation", "fehlt, an wen gemeldet wurde"),
    "solution ends before it starts": (
        ("past_solutions", 0, "period", "end"),
        "2023-01",
        "past_solutions[0].period.end",
        "vor",
    ),
    "holder from elsewhere": (
        ("bodies", 0, "members", 0, "person"),
        "p-vogt",
        "bodies[0].members[0].person",
        "nicht zu „kreis“",
    ),
    "body under itself": (("bodies", 0, "parent"), "pg-uebergang", "bodies[0].parent", "diesem selbst untersteht"),
    "too many votes": (("decisions", 0, "votes", "in_favour"), 20, "decisions[0].votes", "stehen 22 Stimmen bei 16"),
    "one meeting on two days": (("decisions", 1, "date"), dt.date(2026, 7, 3), "decisions[2].date", "ein anderer Tag"),
    "meeting ends before it starts": (("agenda", "end"), "13:00", "agenda.end", "nicht nach dem Beginn"),
    "gap in the numbers": ((*ITEM, "number"), 9, "agenda.items[3].number", "steht die Nummer 9, erwartet wird 4"),
    "lead not obligated": (
        (AGREEMENT, "measures", 0, "lead"),
        "caritas",
        "agreement.measures[0].lead",
        "nicht verpflichtet",
    ),
    "measure ends before it starts": (
        (AGREEMENT, "measures", 0, "start"),
        dt.date(2028, 1, 1),
        "agreement.measures[0].start",
        "nach",
    ),
    "consent by a stranger": (
        (AGREEMENT, "obligations", 0, "by"),
        "p-albers",
        "agreement.obligations[0].by",
        "nicht zu „kreis“",
    ),
    "consent without day": (
        (AGREEMENT, "obligations", 0, "consent_on"),
        GONE,
        "agreement.obligations[0].consent_on",
        "fehlt der Tag",
    ),
    "answer while pending": (
        (AGREEMENT, "obligations", 0, "consent"),
        "pending",
        "agreement.obligations[0].consent",
        "obwohl",
    ),
    "version twice": ((AGREEMENT, "history", 1, "version"), 1, "agreement.history[1].version", "zum zweiten Mal"),
}


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Iterator[Database]:
    """A database with nothing in it; these tests leave it so."""
    path = tmp_path_factory.mktemp("refusals") / "empty.sqlite"
    shutil.copy(migrated_file, path)
    database = Database(f"sqlite:///{path}")
    yield database
    database.dispose()


def rows_in(session: Session) -> int:
    """How many rows all tables have together."""
    with every_tenant(session):
        return sum(
            session.exec(select(func.count()).select_from(table)).one() for table in SQLModel.metadata.sorted_tables
        )


def refusal(database: Database, file: Path, profile: str | None = None) -> str:
    """The sentence with which the file is refused; it left no row behind."""
    with database.session(database.writing) as session:
        with pytest.raises(DataFileError) as refused:
            load_file(session, file, profile)
        session.commit()
        assert rows_in(session) == 0
    return refused.value.message


@pytest.mark.parametrize(("steps", "value", "place", "reason"), ONE_THING_WRONG.values(), ids=ONE_THING_WRONG.keys())
def test_one_thing_wrong_is_named_by_file_path_and_reason(
    empty: Database, tmp_path: Path, steps: Steps, value: object, place: str, reason: str
):
    file = changed(tmp_path, (steps, value))
    sentence = refusal(empty, file)
    assert sentence.startswith(f"Die Datei „{file}“ kann nicht geladen werden: " + (f"Bei {place} " if place else ""))
    assert reason in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence


def test_a_misspelt_key_is_named_rather_than_the_one_it_should_be(empty: Database, tmp_path: Path):
    file = changed(tmp_path, ((*CASE, "title"), GONE), ((*CASE, "titel"), "Familie Ahorn"))
    assert "Bei cases[0].titel steht eine Angabe, die das Format nicht kennt." in refusal(empty, file)


def test_a_broken_key_is_named_rather_than_the_references_to_it(empty: Database, tmp_path: Path):
    file = changed(tmp_path, (("cases", 0, "key"), 7))
    assert "Bei cases[0].key steht „7“, erwartet wird ein Text." in refusal(empty, file)


@pytest.mark.parametrize(
    ("profile", "reason"),
    [
        (None, "Bitte mit --profile eines der Profile wählen: herford, hochsauerland, duesseldorf"),
        ("bielefeld", "Das Profil „bielefeld“ gibt es nicht, nur herford"),
    ],
)
def test_one_of_several_profiles_must_be_chosen(empty: Database, profile: str | None, reason: str):
    assert reason in refusal(empty, PROFILES, profile)


def test_a_demo_file_has_no_profiles(empty: Database):
    assert "Profile gibt es nur in Dateien des Formats kim-profiles/1" in refusal(empty, DEMO, "herford")


@pytest.mark.parametrize(
    ("steps", "value", "reason"),
    [
        (("profiles", 0, "kind"), "village", "Bei profiles[0].kind steht „village“"),
        (("profiles", 0, "nickname"), "HF", "Bei profiles[0].nickname steht eine Angabe, die das Format nicht kennt"),
        (("profiles", 0, "says", "bodys"), [], "steht die Angabe „bodys“; gemeint ist wohl „bodies“"),
        (("profiles", 0, "says", "bodies", 0, "kind"), "club", "Bei profiles[0].says.bodies[0].kind steht „club“"),
        (("profiles", 1, "key"), "herford", "Bei profiles[1].key steht der Schlüssel „herford“ zum zweiten Mal"),
        (
            ("profiles", 0, "says", "blocks", 1, "number"),
            1,
            "Bei profiles[0].says.blocks[1] steht ein Name zum zweiten Mal",
        ),
        (("profiles", 3, "says", "staffing"), {"block_III": {"x": -1}}, "Bei profiles[3].says.staffing.block_III"),
    ],
)
def test_a_broken_profile_is_refused(empty: Database, tmp_path: Path, steps: Steps, value: object, reason: str):
    changes = [((*steps[:-1], "bodies"), GONE)] if steps[-1] == "bodys" else []
    assert reason in refusal(empty, changed(tmp_path, *changes, (steps, value), source=PROFILES), "herford")


STRANGE = st.sampled_from(
    [None, True, -1, 3.5, "", "x", "ÄÖ ü", "2026-01-01", dt.date(2026, 1, 1), [], {}, [None], {"key": "x"}, GONE, "😀"]
)


@settings(max_examples=60)
@given(steps=st.sampled_from(paths(parsed(DEMO))), value=STRANGE)
def test_whatever_stands_anywhere_is_loaded_or_refused_but_never_crashes(empty: Database, steps: Steps, value: object):
    values = copy.deepcopy(dict(parsed(DEMO)))
    put(values, steps, value)
    with empty.session(empty.writing) as session:
        sentence = load_or_refuse(session, values)
        session.rollback()
        assert rows_in(session) == 0
    assert sentence is None or sentence.startswith("Die Datei „kreis.yaml“ kann nicht geladen werden: ")


def load_or_refuse(session: Session, values: dict[str, Any]) -> str | None:
    """None if the values could be loaded, else the sentence of the refusal."""
    try:
        load_values(session, Path("kreis.yaml"), values)
    except DataFileError as refused:
        return refused.message
    return None
