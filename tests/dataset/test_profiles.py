"""Five counties, one program: each profile becomes a tenant, and nothing that it says is lost."""

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

import pytest
from sqlmodel import Session, SQLModel, col, select

from app.core.database import SCOPE, Database
from app.dataset.build_profile import exceptions_in, slug
from app.dataset.loading import load_file
from app.people.models import (
    Municipality,
    Organisation,
    Person,
    ProgrammeBlock,
    StaffPost,
    Tenant,
    TenantFact,
    TenantTerm,
)
from app.people.states import TenantKind
from knowledge.taxonomy.models import CodeLabel
from meetings.bodies.models import Body, BodyRules, Seat
from meetings.bodies.states import BodyKind
from tests.support.changed_files import PROFILE_KEYS, PROFILES, parsed


@pytest.fixture
def load(database: Database) -> Iterator[Any]:
    sessions = []

    def one(key: str) -> Session:
        with database.session(database.writing) as writing:
            load_file(writing, PROFILES, key)
            writing.commit()
            tenant_id = writing.info[SCOPE]
        sessions.append(database.session(database.reading, tenant_id))
        return sessions[-1]

    yield one
    for session in sessions:
        session.close()


def leaves(value: Any) -> set[str]:
    """Every single value inside, as text."""
    if isinstance(value, dict):
        return set().union(*map(leaves, value.values()))
    if isinstance(value, list):
        return set().union(set(), *map(leaves, value))
    if value is None:
        return set()
    if isinstance(value, float | int) and not isinstance(value, bool):
        return {str(float(value))}
    return {value.isoformat() if isinstance(value, dt.date) else str(value)}


def stored(session: Session) -> set[str]:
    """Every single value in the tenant's rows, also inside the JSON of facts."""
    found: set[str] = set()
    for table in (
        Tenant,
        TenantTerm,
        TenantFact,
        ProgrammeBlock,
        StaffPost,
        Municipality,
        Organisation,
        Body,
        CodeLabel,
    ):
        for row in session.exec(select(table)):
            values = SQLModel.model_dump(row)
            found |= leaves(values) | {str(values.get("number"))}
            if isinstance(row, TenantFact):
                found |= leaves(json.loads(row.value))
    return found


def profile(key: str) -> dict[str, Any]:
    """The profile as it stands in the file."""
    return next(row for row in parsed(PROFILES)["profiles"] if row["key"] == key)


@pytest.mark.parametrize("key", PROFILE_KEYS)
def test_every_profile_becomes_a_real_tenant_without_accounts(load, key: str):
    session = load(key)
    tenant = session.exec(select(Tenant)).one()
    assert (tenant.key, tenant.name, tenant.fictional) == (key, profile(key)["name"], False)
    assert session.exec(select(Person)).all() == []


@pytest.mark.parametrize("key", PROFILE_KEYS)
def test_nothing_that_a_county_says_is_lost(load, key: str):
    given = profile(key)
    numbers = {str(block["number"]) for block in given["says"].get("blocks", [])}
    numbers |= {str(block["number"]) for block in given["says"].get("fields_of_action", [])}
    said = leaves(given) - {str(float(number)) for number in numbers if number.isdigit()} | numbers
    assert said - stored(load(key)) == set()


@pytest.mark.parametrize("key", PROFILE_KEYS)
def test_the_terms_of_a_county_are_its_own(load, key: str):
    terms = {row.name: row.label for row in load(key).exec(select(TenantTerm))}
    assert terms == profile(key)["says"]["terms"]


def test_only_minden_luebbecke_takes_gaps_straight_into_project_groups(load):
    sessions = [load(key) for key in PROFILE_KEYS]
    direct = sessions[-1].exec(select(Tenant.key).where(col(Tenant.direct_route_enabled).is_(True))).all()
    assert direct == ["minden-luebbecke"]


def test_blocks_may_be_roman_or_fields_of_action(load):
    assert load("minden-luebbecke").exec(select(ProgrammeBlock.number).order_by(col(ProgrammeBlock.id))).all() == [
        "I",
        "II",
        "III",
    ]
    assert load("hochsauerland").exec(select(ProgrammeBlock.number).order_by(col(ProgrammeBlock.id))).all() == [
        "1",
        "2",
        "3",
        "4",
    ]


def test_the_seats_of_herfords_steering_group_are_organisations(load):
    session = load("herford")
    statement = (
        select(Organisation.type)
        .join(Seat, col(Seat.organisation_id) == col(Organisation.id))
        .join(Body, col(Body.id) == col(Seat.body_id))
        .where(col(Body.kind) == BodyKind.STEERING)
        .order_by(col(Seat.position))
    )
    types = session.exec(statement).all()
    assert types == [
        "municipality",
        "kim_casemgmt",
        "jobcenter",
        "employment_agency",
        "bamf",
        "foreigners_authority",
        "county_admin",
    ]


def test_a_steering_group_gets_the_shipped_rules_of_procedure(load):
    rules = load("hochsauerland").exec(select(BodyRules)).one()
    assert (rules.quorum, rules.invitation_days, rules.papers_days) == ("half_of_voting_members", 14, 10)


def test_duesseldorf_has_hosts_of_case_management_and_no_municipalities(load):
    session = load("duesseldorf")
    hosts = session.exec(
        select(Organisation.name).where(col(Organisation.type) == "kim_casemgmt").order_by(col(Organisation.id))
    ).all()
    assert sorted(hosts) == sorted(profile("duesseldorf")["says"]["casemgmt_hosts"])
    assert session.exec(select(Tenant.kind)).one() == TenantKind.INDEPENDENT_CITY
    assert session.exec(select(Municipality)).all() == []


def test_municipalities_without_case_management_are_known_by_name(load):
    found = (
        load("minden-luebbecke")
        .exec(select(Municipality.name, Municipality.casemgmt).order_by(col(Municipality.id)))
        .all()
    )
    assert found == [("Porta Westfalica", False), ("Hille", False)]


def test_posts_are_called_as_the_county_calls_them(load):
    assert load("minden-luebbecke").exec(
        select(StaffPost.block, StaffPost.label, StaffPost.fte).order_by(col(StaffPost.id))
    ).all() == [
        ("III", "Ausländerbehörde", 1.0),
        ("III", "Einwanderungsbehörde", 1.0),
    ]
    assert (
        load("siegen-wittgenstein").exec(select(StaffPost.label).order_by(col(StaffPost.id))).all()[1] == "Fallmanager"
    )


def test_life_domains_are_called_as_the_county_calls_them(load):
    labels = {row.key: row.label for row in load("minden-luebbecke").exec(select(CodeLabel))}
    assert labels["residence_status"] == "Aufenthalt"
    assert labels["health"] == labels["family"] == "Gesundheit und Familie"


@pytest.mark.parametrize(
    ("name", "key"),
    [("Sundern (Sauerland)", "sundern-sauerland"), ("Ausländer- bzw. Ämter", "auslaender-bzw-aemter"), ("?!", "")],
)
def test_a_name_becomes_a_key(name: str, key: str):
    assert slug(name) == key


@pytest.mark.parametrize(
    ("text", "names"),
    [("alle außer A, B und C", ["A", "B", "C"]), ("alle außer Hille", ["Hille"]), ("in allen", []), ("", [])],
)
def test_exceptions_are_read_from_their_sentence(text: str, names: list[str]):
    assert exceptions_in(text) == names
