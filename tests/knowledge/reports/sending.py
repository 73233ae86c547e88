"""Sending reports as a visitor would, without waiting: the stamp is a little older, the work is done beforehand."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from sqlmodel import col, select

from app.core import clock
from knowledge.reports import robots
from knowledge.reports.models import Report
from tests.support.demo import Demo, hidden_fields
from tests.support.house_rules import HouseClient

FORM = "/melden/kreis-sonderau"
TEXT = "Nach dem Umzug in eine andere Gemeinde beginnt der Antrag immer wieder von vorn."


def stamp(demo: Demo, *, age: timedelta = timedelta(seconds=30)) -> str:
    """A stamp that was given so long ago."""
    return robots.issue(bytes(demo.app.secret_key), clock.now() - age, secrets.token_urlsafe(16))  # type: ignore[arg-type]


def fields(demo: Demo, client: HouseClient, **typed: Any) -> dict[str, Any]:
    """A filled form that proves its work."""
    given = {"once": stamp(demo), "happened": TEXT, "frequency": "monthly", **typed}
    if "proof" not in given:
        given["proof"] = robots.find_proof(given["once"])
    return {"csrf_token": hidden_fields(client.get(FORM).text)["csrf_token"], **given}


def send(demo: Demo, client: HouseClient | None = None, **typed: Any) -> Any:
    """The answer to a sent form."""
    client = client or demo.client()
    return client.post(FORM, data=fields(demo, client, **typed))


def filed(demo: Demo, **typed: Any) -> tuple[str, str]:
    """File a report as a visitor; its number and the path of its link."""
    client = demo.client()
    answer = send(demo, client, **typed)
    assert answer.status_code == 303, answer.text
    with client.session_transaction() as session:
        token = session["receipt"]["token"]
    page = client.get(f"/meldung/{token}").text
    return page.split("Meldung M-")[1][:6].join(["M-", ""]), f"/meldung/{token}"


def report(demo: Demo, key: str) -> Report:
    """The row of a report."""
    with demo.session() as session:
        return session.exec(select(Report).where(col(Report.key) == key)).one()


@contextmanager
def public_address(demo: Demo, address: str = "https://kim.example", smtp_url: str = "") -> Iterator[None]:
    """An installation whose mails can carry links; with `smtp_url` they also leave."""
    house = demo.app.extensions["lueckenlos"]
    before, house.settings = house.settings, replace(house.settings, public_url=address, smtp_url=smtp_url)
    yield
    house.settings = before


def path_of(link: str) -> str:
    """The path of an absolute link."""
    return urlsplit(link).path
