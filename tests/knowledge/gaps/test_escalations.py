"""Writing an escalation down: the privacy check, two editors, and days that have not come yet."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from app.core import clock
from app.people.states import Visibility
from knowledge.gaps import actions_text
from knowledge.gaps.models import Escalation, Gap
from knowledge.privacy.confirming import Unchecked
from knowledge.privacy.rules import check
from tests.support.demo import Demo, hidden_fields, post

SQLITE = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
AT = "/fehlstellen/F-2026-06/eskalation"
TYPED = {"addressee": "Integrationsministerium", "via": "Brief", "sent_on": "2026-10-20", "version": "1"}
ANSWER = "Frau Müller (0151 23456789) prüft es."
PASSAGES = [hit.key for hit in check(ANSWER)]


def save(demo: Demo, **change: Any) -> Any:
    return post(demo.client("p-albers"), AT, {**TYPED, **change}, at=AT)


def saved(demo: Demo) -> Escalation:
    with demo.session() as session:
        return session.exec(select(Escalation)).one()


def level(demo: Demo, visibility: str) -> None:
    with demo.database.session(demo.database.writing, demo.tenant_id) as session:
        row = session.exec(select(Gap).where(col(Gap.key) == "F-2026-06")).one()
        row.visibility = Visibility(visibility)
        session.add(row)
        session.commit()


@SQLITE
def test_what_points_at_somebody_is_confirmed_before_others_read_it(demo: Demo) -> None:
    typed = {"answer": ANSWER, "answered_on": "2026-11-02"}
    response = save(demo, **typed)
    page = response.get_data(as_text=True)
    assert response.status_code == 422
    assert len(PASSAGES) == 2
    assert all(f'value="{key}"' in page for key in PASSAGES)
    assert ANSWER in page
    assert save(demo, **typed, harmless=PASSAGES[:1]).status_code == 422
    assert saved(demo).answer is None
    assert save(demo, **typed, harmless=PASSAGES).status_code == 303
    assert save(demo, **typed, version="2", via="Mail").status_code == 303, "it was accepted before"
    assert save(demo, addressee="Herr Schulze", version="3").status_code == 422


@SQLITE
def test_what_the_coordination_wrote_for_itself_is_checked_when_the_gap_opens(demo: Demo) -> None:
    level(demo, "coordination")
    assert save(demo, answer=ANSWER, answered_on="2026-11-02").status_code == 303
    with demo.session() as session:
        gap = session.exec(select(Gap).where(col(Gap.key) == "F-2026-06")).one()
        text = actions_text.text_of(session, gap)
    opened = replace(text, visibility=Visibility.NETWORK)
    with pytest.raises(Unchecked) as refused:
        demo.perform("p-albers", actions_text.edit_gap, gap.key, opened, gap.version)
    assert {hit.key for hit in refused.value.hits} >= set(PASSAGES)


def test_two_editors_of_an_escalation_lose_nothing(demo: Demo) -> None:
    first, second = demo.client("p-albers"), demo.client("p-kaya")
    opened = second.get(AT).get_data(as_text=True)
    assert 'name="version" type="hidden" value="1"' in opened
    theirs = {"answer": "Eine Änderung ist geplant.", "answered_on": "2026-11-02"}
    assert post(first, AT, {**TYPED, **theirs}, at=AT).status_code == 303
    mine = {**TYPED, "via": "Landkreistag"}
    response = second.post(AT, data={**hidden_fields(opened), **mine})
    page = response.get_data(as_text=True)
    assert response.status_code == 409
    for words in ("inzwischen von jemand anderem", "Eine Änderung ist geplant.", "02.11.2026", "Landkreistag"):
        assert words in page
    assert (saved(demo).via, saved(demo).answer) == ("Brief", "Eine Änderung ist geplant.")
    again = {**hidden_fields(page), **mine, **theirs, "version": "2"}
    assert second.post(AT, data=again).status_code == 303
    assert (saved(demo).via, saved(demo).version) == ("Landkreistag", 3)


@SQLITE
@pytest.mark.parametrize("field", ["sent_on", "answered_on"])
def test_a_day_that_has_not_come_is_refused_at_its_field(demo: Demo, field: str) -> None:
    tomorrow: date = clock.today() + timedelta(days=1)
    given = {"answer": "Ja.", "answered_on": "2026-11-02", field: tomorrow.isoformat()}
    page = save(demo, **given)
    assert page.status_code == 422
    assert f'id="{field}-error"' in page.get_data(as_text=True)
    assert "liegt in der Zukunft" in page.get_data(as_text=True)
    assert saved(demo).version == 1
