"""A scoring from its announcement to the poll that is opened from it, on pages."""

import io
import json

import pytest
from openpyxl import load_workbook
from sqlmodel import col, select

from app.core import clock
from app.core.errors import ChangedMeanwhile, DomainError, Forbidden, InvalidInput, NotFound
from app.people.models import Organisation
from meetings.room import actions as room
from meetings.scoring import actions
from meetings.scoring.models import Scoring, ScoringSheet
from meetings.scoring.queries import scoring_by_id
from meetings.voting.models import Poll
from tests.meetings.walk import ADVISOR, GUEST, HELD_BY, ITEM, MEMBER, OFFICE, OUTSIDER, PLANNER, counted, run
from tests.support.demo import Demo, post

FORM = f"{ITEM}/bewertung"
SHOWN = "/bewertungen/1"
SQLITE = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
CRITERIA = ("severity", "reach", "leverage", "feasibility", "urgency", "fit")


def opening(**more: str) -> dict[str, object]:
    """The form of the announcement: all topics, the shipped weights."""
    weights = dict(zip([f"gewicht-{n}" for n in range(1, 7)], "322221", strict=True))
    return {
        "topics": ["T-03", "T-04", "T-05", "T-07"], "deadline": "2026-12-04", "shown": "closed", "late": "y",
        **weights, **more,
    }  # fmt: skip


def announced(demo: Demo, **more: str) -> None:
    """A scoring on item 6."""
    assert post(demo.client(OFFICE), FORM, opening(**more)).status_code == 303


def topic_ids(demo: Demo) -> list[str]:
    """The ids of the scored topics."""
    with demo.session() as session:
        found = scoring_by_id(session, 1)
        assert found
        return [topic.id for topic in found.rule.topics]


def answers(*marks: str) -> dict[str, str]:
    """A page of the sheet as it is sent."""
    return {f"wert-{place}": mark for place, mark in enumerate(marks, 1)}


def test_organisations_score_and_a_poll_follows(demo: Demo) -> None:
    office = demo.client(OFFICE)
    assert "Themen vorab bewerten lassen" in office.get(ITEM).get_data(as_text=True)
    assert post(office, FORM, opening(deadline="2020-01-01")).status_code == 422
    assert post(office, FORM, {**opening(), "gewicht-1": "11"}).status_code == 422
    announced(demo)
    with pytest.raises(DomainError):
        demo.perform(OFFICE, actions.open_scoring, "LG-09", "6", _draft(demo))
    member = demo.client(MEMBER)
    assert "Themen bewerten" in member.get("/").get_data(as_text=True)
    first, second, *_rest = topic_ids(demo)
    sheet = f"{SHOWN}/bogen?thema={first}"
    assert "dazu können wir nichts sagen" in member.get(sheet).get_data(as_text=True)
    saved = post(member, sheet, {**answers("4", "3", "unknown", "2", "1", "0"), "version": "0"}, at=sheet)
    assert saved.status_code == 303
    assert saved.location.endswith(f"thema={second}")
    stale = post(member, sheet, {**answers("1"), "version": "0"}, at=sheet)
    assert stale.status_code == 409
    assert "6 von 24 Fragen beantwortet" in member.get("/").get_data(as_text=True)
    _score_for_others(demo, first, second)
    for person in (MEMBER, OFFICE, ADVISOR, PLANNER):
        page = demo.client(person).get(SHOWN).get_data(as_text=True)
        assert "Bis zum Schluss sieht niemand" in page
        assert "am höchsten bewertet" not in page
        assert demo.client(person).get(f"{SHOWN}/ergebnis.xlsx").status_code == 403
    for person in (GUEST, OUTSIDER):
        for address in (SHOWN, f"{SHOWN}/bogen", f"{SHOWN}/bogen.pdf", f"{SHOWN}/ergebnis.xlsx"):
            assert demo.client(person).get(address).status_code == 404
    assert post(office, f"{SHOWN}/abschliessen").status_code == 303
    with counted(demo) as statements:
        result = member.get(SHOWN).get_data(as_text=True)
    assert len(statements) < 30
    for words in ("am höchsten bewertet", "Darüber lohnt das Gespräch", "Hält die Reihenfolge?", "0 bis 4"):
        assert words in result
    tried = member.get(f"{SHOWN}?g-severity=0&g-reach=9").get_data(as_text=True)
    assert "Mit diesen Gewichten wäre die Reihenfolge" in tried
    assert post(member, sheet, {**answers("1"), "version": "1"}, at=SHOWN).status_code == 403
    topic = member.get("/themen/T-03").get_data(as_text=True)
    assert "Wie die Organisationen es eingeschätzt haben" in topic
    assert "Wie die Organisationen es eingeschätzt haben" not in demo.client(OUTSIDER).get("/themen/T-03").get_data(
        as_text=True
    )
    _take_list(demo)
    _open_poll(demo, first)


def _draft(demo: Demo) -> actions.ScoringDraft:
    del demo
    return actions.ScoringDraft(("T-03",), (), clock.now())


def _score_for_others(demo: Demo, first: str, second: str) -> None:
    """Another organisation by itself, a third one on paper."""
    zero, four = dict.fromkeys(CRITERIA, 0), dict.fromkeys(CRITERIA, 4)
    demo.perform(HELD_BY, actions.save_marks, 1, first, zero, 0)
    demo.perform(HELD_BY, actions.save_marks, 1, second, four, 1)
    with demo.session() as session:
        keys = ("jobcenter", "abh-kreis")
        rows = session.exec(select(Organisation).where(col(Organisation.key).in_(keys))).all()
        ids = {row.key: row.id or 0 for row in rows}
    with pytest.raises(Forbidden):
        demo.perform(OFFICE, actions.save_marks, 1, first, four, 2, ids["jobcenter"])
    with pytest.raises(Forbidden):
        demo.perform(MEMBER, actions.save_marks, 1, first, four, 0, ids["abh-kreis"])
    paper = f"{SHOWN}/bogen/{ids['abh-kreis']}"
    office = demo.client(OFFICE)
    sent = {**answers("3", "3", "3", "3", "3", "3"), "version": "0"}
    assert post(office, f"{paper}?thema={first}", sent, at=paper).status_code == 303
    assert "vom Papier eingetragen" in office.get(SHOWN).get_data(as_text=True)
    with demo.session() as session:
        assert len(session.exec(select(ScoringSheet)).all()) == 3
    with pytest.raises(InvalidInput):
        demo.perform(MEMBER, actions.save_marks, 1, first, {"severity": 5}, 1)
    with pytest.raises(ChangedMeanwhile):
        demo.perform(MEMBER, actions.save_marks, 1, first, four, 7)


def _take_list(demo: Demo) -> None:
    answer = demo.client(MEMBER).get(f"{SHOWN}/ergebnis.xlsx")
    sheet = load_workbook(io.BytesIO(answer.data)).worksheets[0]
    assert sheet.max_row == 1 + 4 * 7
    told = json.loads(demo.client(MEMBER).get(f"{SHOWN}/ergebnis.json").data)
    row = next(each for each in told["rows"] if each["topic"] == "T-03" and each["weight"] == 3)
    assert (row["answers"], row["lowest"], row["highest"], row["marks_4"]) == (3, 0, 4, 1)
    assert demo.client(MEMBER).get(f"{SHOWN}/bogen.docx").data[:2] == b"PK"


def _open_poll(demo: Demo, first: str) -> None:
    """In the running meeting the poll is one button away, and its page shows the scoring."""
    del first
    office = demo.client(OFFICE)
    assert "Punktabfrage zu diesen Themen eröffnen" not in office.get(SHOWN).get_data(as_text=True)
    run(demo)
    demo.perform(OFFICE, room.record_everyone, "LG-09")
    assert "Punktabfrage zu diesen Themen eröffnen" in office.get(SHOWN).get_data(as_text=True)
    wish = {
        "dots_per_seat": "3", "max_per_option": "2", "capacity": "2", "mode": "unnamed",
        "topics": ["T-03", "T-04", "T-05", "T-07"],
    }  # fmt: skip
    opened = post(office, f"{ITEM}/abstimmung?verfahren=punkte", wish, at=SHOWN)
    assert opened.status_code == 303
    with demo.session() as session:
        assert session.exec(select(Poll.method).where(col(Poll.item_id) > 0)).all()[-1] == "dots"
    page = demo.client(MEMBER).get(opened.location).get_data(as_text=True)
    assert "Das haben die Organisationen vorher eingeschätzt" in page
    assert "Das haben die Organisationen vorher eingeschätzt" not in demo.client(GUEST).get(opened.location).get_data(
        as_text=True
    )


@SQLITE
def test_weights_belong_to_the_body_and_an_open_scoring_keeps_its_own(demo: Demo) -> None:
    office = demo.client(OFFICE)
    weights = {f"gewicht-{place}": "0" for place in range(1, 7)}
    assert post(office, "/gremien/lg-kim/kriterien", weights).status_code == 422
    announced(demo)
    assert post(office, "/gremien/lg-kim/kriterien", {**weights, "gewicht-1": "7"}).status_code == 303
    assert 'value="7"' in office.get("/gremien/lg-kim/kriterien").get_data(as_text=True)
    with demo.session() as session:
        found = scoring_by_id(session, 1)
        assert found
        assert found.rule.weights["severity"] == 3
    assert demo.client(MEMBER).get("/gremien/lg-kim/kriterien").status_code == 403
    with pytest.raises((Forbidden, NotFound)):
        demo.perform(MEMBER, actions.weigh, "lg-kim", {"severity": 1})
    with pytest.raises(InvalidInput):
        demo.perform(OFFICE, actions.weigh, "lg-kim", {"colour": 1})
    assert post(office, f"{SHOWN}/zuruecknehmen", {"reason": ""}).status_code == 422
    assert post(office, f"{SHOWN}/zuruecknehmen", {"reason": "Ein Thema fehlt."}).status_code == 303
    assert "Ein Thema fehlt." in office.get(SHOWN).get_data(as_text=True)
    announced(demo, late="")
    with demo.session() as session:
        states = [row.state for row in session.exec(select(Scoring).order_by(col(Scoring.id)))]
    assert states == ["withdrawn", "open"]
