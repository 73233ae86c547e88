"""Signing in: right and wrong passwords, limits, sessions that end, and demo accounts only where all is fictional."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import request
from sqlmodel import col, select

from app.core.config import Settings
from app.core.database import every_tenant
from app.factory import create_app
from app.people import passwords
from app.people.models import Person, SignInSession, Tenant
from tests.support.demo import Demo, hidden_fields, post
from tests.support.time import NOW

PASSWORD = "ein langes Passwort für Svenja"
ADDRESS = "albers@kim.example"


def with_password(demo: Demo) -> None:
    with demo.database.session(demo.database.writing, demo.tenant_id) as session:
        person = session.exec(select(Person).where(col(Person.email) == ADDRESS)).one()
        person.password_hash = passwords.hashed(PASSWORD)
        session.add(person)
        session.commit()


def try_to_enter(demo: Demo, password: str, email: str = ADDRESS) -> int:
    return post(demo.client(), "/anmelden", {"email": email, "password": password}).status_code


def test_the_right_password_opens_the_desk(demo: Demo) -> None:
    with_password(demo)
    client = demo.client()
    answer = post(client, "/anmelden", {"email": " Albers@KIM.example ", "password": PASSWORD})
    assert answer.status_code == 303
    assert "Svenja Albers" in client.get("/").text


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(demo: Demo) -> None:
    with_password(demo)
    client = demo.client()
    wrong = post(client, "/anmelden", {"email": ADDRESS, "password": "falsch"})
    unknown = post(client, "/anmelden", {"email": "niemand@kim.example", "password": "falsch"})
    assert wrong.status_code == unknown.status_code == 422
    assert "stimmen nicht" in wrong.text
    assert "stimmen nicht" in unknown.text
    assert ADDRESS in wrong.text, "the typed address survives"


def test_too_many_wrong_passwords_slow_down_this_account_and_no_other(demo: Demo) -> None:
    with_password(demo)
    with time_machine.travel(NOW, tick=False):
        assert {try_to_enter(demo, "falsch") for _ in range(10)} == {422}
        assert try_to_enter(demo, PASSWORD) == 429
        assert try_to_enter(demo, "falsch", "kaya-brandt@kim.example") == 422
    with time_machine.travel(NOW + timedelta(minutes=6), tick=False):
        assert try_to_enter(demo, PASSWORD) == 303


@pytest.mark.parametrize(("later", "status"), [(timedelta(minutes=29), 200), (timedelta(minutes=31), 302)])
def test_an_idle_session_ends_after_thirty_minutes(demo: Demo, later: timedelta, status: int) -> None:
    with time_machine.travel(NOW, tick=False):
        client = demo.client("p-albers")
    with time_machine.travel(NOW + later, tick=False):
        assert client.get("/").status_code == status


def test_even_a_busy_session_ends_after_twelve_hours(demo: Demo) -> None:
    with time_machine.travel(NOW, tick=False):
        client = demo.client("p-albers")
    for minutes in range(20, 721, 20):
        with time_machine.travel(NOW + timedelta(minutes=minutes), tick=False):
            status = client.get("/").status_code
        assert status == (200 if minutes < 720 else 302)


def test_signing_out_ends_the_session_on_the_server(demo: Demo) -> None:
    client = demo.client("p-albers")
    cookie = client.get_cookie("lueckenlos")
    answer = post(client, "/abmelden", at="/")
    assert answer.status_code == 303
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert cookie is not None
    client.set_cookie("lueckenlos", cookie.value)
    assert client.get("/").status_code == 302


def test_a_deactivated_person_is_out_at_the_next_request(demo: Demo) -> None:
    client = demo.client("p-albers")
    with demo.database.session(demo.database.writing, demo.tenant_id) as session:
        person = session.exec(select(Person).where(col(Person.key) == "p-albers")).one()
        person.active = False
        session.add(person)
        session.commit()
    assert client.get("/").status_code == 302


def test_the_database_keeps_no_token_that_would_open_a_session(demo: Demo) -> None:
    client = demo.client("p-albers")
    cookie = client.get_cookie("lueckenlos")
    with demo.session() as session:
        stored = session.exec(select(SignInSession.token_hash)).one()
    assert cookie is not None
    assert stored not in cookie.value


def test_demo_accounts_exist_only_in_a_fictional_county(demo: Demo) -> None:
    assert "Svenja Albers" in demo.client().get("/anmelden").text
    with demo.database.session(demo.database.writing) as session, every_tenant(session):
        tenant = session.exec(select(Tenant)).one()
        tenant.fictional = False
        session.add(tenant)
        session.commit()
    client = demo.client()
    page = client.get("/anmelden")
    assert "Svenja Albers" not in page.text
    assert client.post("/anmelden/demo/p-albers", data=hidden_fields(page.text)).status_code == 404


def test_a_form_without_its_token_and_a_form_from_elsewhere_are_refused(demo: Demo) -> None:
    client = demo.client()
    assert client.post("/anmelden", data={"email": ADDRESS, "password": PASSWORD}).status_code == 400
    fields = hidden_fields(client.get("/anmelden").text)
    foreign = client.post("/anmelden", data=fields, headers={"Origin": "https://anderswo.example"})
    assert foreign.status_code == 400
    cross = client.post("/anmelden", data=fields, headers={"Sec-Fetch-Site": "cross-site"})
    assert cross.status_code == 400


@pytest.mark.parametrize(
    "address", ["//anderswo.example", "/\\anderswo.example", "https://anderswo.example", "javascript:x"]
)
def test_nobody_is_sent_elsewhere_after_signing_in(demo: Demo, address: str) -> None:
    client = demo.client()
    answer = client.post(
        "/anmelden/demo/p-albers", query_string={"next": address}, data=hidden_fields(client.get("/anmelden").text)
    )
    assert answer.headers["Location"] == "/"


def test_the_language_can_be_chosen_before_and_after_signing_in(demo: Demo) -> None:
    client = demo.client()
    post(client, "/sprache", {"language": "en", "next": "/anmelden"}, at="/anmelden")
    assert 'lang="en"' in client.get("/anmelden").text


@pytest.mark.parametrize(("proxies", "seen"), [(0, "127.0.0.1"), (1, "203.0.113.9")])
def test_a_claimed_address_counts_only_behind_a_proxy(demo_url: str, tmp_path: Path, proxies: int, seen: str) -> None:
    app = create_app(Settings(demo_url, tmp_path, proxies=proxies))
    with app.test_client() as client:
        client.get("/anmelden", headers={"X-Forwarded-For": "203.0.113.9"})
        assert request.remote_addr == seen
    app.extensions["lueckenlos"].database.dispose()
