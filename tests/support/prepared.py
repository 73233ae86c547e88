"""Cases that somebody prepares through the pages, for tests."""

import re
from typing import Any

from sqlmodel import col, select

from knowledge.cases.models import Case, Station
from tests.support.demo import Demo, hidden_fields, post
from tests.support.house_rules import HouseClient

FRAME = {
    "subtitle": "ein Kita-Platz, den es nicht gab",
    "adults": "1",
    "adult_age": "27_39",
    "children": "2",
    "child_age": "daycare",
    "anchor": "Zuweisung in die Kommune",
    "span_months": "9",
    "timing": "closed",
    "groups": ["recognised"],
}
STATION = {
    "month": "3",
    "title": "Absage der Kita",
    "text": "Die Anmeldefrist war vorbei.",
    "legal_domain": "kibiz",
    "life_domain": "early_education",
    "assessment": "break",
    "agencies": ["daycare", "municipality"],
    "days_without_benefits": "41",
}
CONSENT = {
    "form": "written",
    "obtained_month": "2026-09",
    "language": "yes",
    "room": "no_authorities",
    "extra": "gap_text",
}


def word_in(page: str) -> str:
    found = re.search(r'name="word"[^>]*value="([^"]+)"', page)
    assert found
    return found[1]


def begin(client: HouseClient, **changed: Any) -> str:
    """A new case; its key."""
    page = client.get("/faelle/neu").get_data(as_text=True)
    answer = client.post("/faelle", data={**hidden_fields(page), "word": word_in(page), **FRAME, **changed})
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return str(answer.location.split("/")[2])


def fill(client: HouseClient, **station: Any) -> str:
    """A case with one station and a consent."""
    key = begin(client)
    at = f"/faelle/{key}/stationen/neu"
    assert post(client, f"/faelle/{key}/stationen", {**STATION, **station}, at=at).status_code == 303
    assert post(client, f"/faelle/{key}/einwilligung", CONSENT).status_code == 303
    return key


def case_of(demo: Demo, key: str) -> Case:
    with demo.session() as session:
        return session.exec(select(Case).where(col(Case.key) == key)).one()


def stations_of(demo: Demo, key: str) -> list[Station]:
    with demo.session() as session:
        statement = select(Station).join(Case, col(Case.id) == col(Station.case_id)).where(col(Case.key) == key)
        return list(session.exec(statement.order_by(col(Station.month), col(Station.position))))
