"""Published meetings as OParl 1.1: valid, complete, gone when they are gone, and nothing that is not public."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import text

from tests.exports.oparl.schemas import faults
from tests.support.demo import Demo, hidden_fields, post
from tests.support.time import NOW

pytestmark = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
OFFICE, MEMBER, STRANGER = "p-albers", "p-brandes", "p-oezer"
PAGE = "/sitzungen/LG-09/veroeffentlichen"
API = "/oparl/v1.1/kreis-sonderau"
SECRET = "Kanarienvogel"


def asked(demo: Demo, address: str) -> dict[str, Any]:
    """What the interface answers, without an account."""
    answer = demo.client().get(address)
    assert answer.status_code == 200, address
    assert answer.mimetype == "application/json"
    found: dict[str, Any] = json.loads(answer.data)
    return found


def path(address: str) -> str:
    """The address below the site."""
    return re.sub(r"^https?://[^/]+", "", address)


def change(demo: Demo, statement: str, **values: object) -> None:
    """Change the county's data behind everybody's back."""
    with demo.database.writing.begin() as connection:
        connection.execute(text(statement), values)


def held(demo: Demo) -> None:
    """The ninth meeting was held, and decided on its sixth item."""
    change(demo, "UPDATE meeting SET state = 'held' WHERE key = 'LG-09'")
    change(
        demo,
        "UPDATE decision SET mode = 'meeting', meeting_id = (SELECT id FROM meeting WHERE key = 'LG-09'), item_id ="
        " (SELECT id FROM agenda_item WHERE number = '6' AND meeting_id = (SELECT id FROM meeting WHERE key = 'LG-09'))"
        " WHERE key = 'D-08-2'",
    )


def switched_on(demo: Demo) -> None:
    """The meeting was held, and the steering group publishes."""
    held(demo)
    client = demo.client(OFFICE)
    fields = {**hidden_fields(client.get(PAGE).text), "on": "1"}
    assert client.post(f"{PAGE}/gremium", data=fields).status_code == 303


def published(demo: Demo, moment: object = None) -> None:
    """The office publishes the meeting, having read it."""
    client = demo.client(OFFICE)
    answer = post(client, PAGE, {"read_through": "y"})
    assert answer.status_code == 303, answer.text[-3000:]


def test_nothing_is_published_before_somebody_says_so(demo: Demo) -> None:
    assert asked(demo, "/oparl/v1.1/bodies")["data"] == []
    for address in ("body", "meetings", "meetings/LG-09", "agenda-items", "people"):
        assert demo.client().get(f"{API}/{address}").status_code == 404
    switched_on(demo)
    assert asked(demo, f"{API}/meetings")["data"] == []
    assert demo.client().get(f"{API}/meetings/LG-09").status_code == 404


def test_every_object_is_valid_and_each_can_be_asked_for_alone(demo: Demo) -> None:
    switched_on(demo)
    published(demo)
    waiting, seen = ["/oparl/v1.1/system"], dict[str, dict[str, Any]]()
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen[address] = found = asked(demo, address)
        objects = found.get("data", [found])
        assert [fault for each in objects for fault in faults(each)] == []
        waiting += [path(each) for each in re.findall(r'"(https?://localhost[^"]*)"', json.dumps(found))]
    kinds = {found["type"].rpartition("/")[2] for found in seen.values() if "type" in found}
    assert kinds == {"System", "Body", "Organization", "Meeting", "AgendaItem", "Location"}
    meeting = asked(demo, f"{API}/meetings/LG-09")
    assert [asked(demo, path(item["id"])) for item in meeting["agendaItem"]] == meeting["agendaItem"]
    decided = [item for item in meeting["agendaItem"] if "kim:vote" in item]
    assert decided
    assert all(item["resolutionText"] for item in decided)
    assert "+01:00" in meeting["created"]


def test_what_is_not_public_is_in_no_answer(demo: Demo) -> None:
    change(
        demo,
        "UPDATE agenda_item SET part = 'non_public', title = :word, text = :word WHERE number = '2'"
        " AND meeting_id = (SELECT id FROM meeting WHERE key = 'LG-09')",
        word=SECRET,
    )
    change(demo, "UPDATE agenda_item SET text = :word, proposal = :word WHERE part = 'public'", word=SECRET)
    switched_on(demo)
    published(demo)
    names = [row[0] for row in demo.database.reading.connect().execute(text("SELECT name FROM person"))]
    for address in ("body", "organizations", "meetings", "meetings/LG-09", "agenda-items", "people", "papers"):
        said = demo.client().get(f"{API}/{address}").text
        assert SECRET not in said
        assert [name for name in names if name in said] == []
    numbers = [item.get("number") for item in asked(demo, f"{API}/meetings/LG-09")["agendaItem"]]
    assert "2" not in numbers


def test_what_is_taken_back_or_no_longer_public_is_said_to_be_gone(demo: Demo) -> None:
    switched_on(demo)
    published(demo)
    first = asked(demo, f"{API}/meetings/LG-09")["agendaItem"][0]
    since = (NOW + timedelta(hours=1)).astimezone().isoformat()
    with time_machine.travel(NOW + timedelta(hours=2)):
        change(
            demo, "UPDATE agenda_item SET part = 'non_public' WHERE id = :id", id=int(first["id"].rpartition("/")[2])
        )
        published(demo)
    item = asked(demo, path(first["id"]))
    assert item["deleted"] is True
    assert "name" not in item
    assert faults(item) == []
    told = asked(demo, f"{API}/agenda-items?modified_since={since.replace('+', '%2B')}")["data"]
    assert first["id"] in [each["id"] for each in told if each.get("deleted")]
    with time_machine.travel(NOW + timedelta(hours=3)):
        assert post(demo.client(OFFICE), f"{PAGE}/zuruecknehmen", at=PAGE).status_code == 303
    gone = asked(demo, f"{API}/meetings/LG-09")
    assert (gone["deleted"], gone.get("name"), faults(gone)) == (True, None, [])
    assert asked(demo, f"{API}/meetings")["data"] == []
    assert len(asked(demo, f"{API}/meetings?modified_since={since.replace('+', '%2B')}")["data"]) == 1
    with time_machine.travel(NOW + timedelta(hours=4)):
        published(demo)
        client = demo.client(OFFICE)
        fields = {**hidden_fields(client.get(PAGE).text), "on": "0"}
        assert client.post(f"{PAGE}/gremium", data=fields).status_code == 303
    assert asked(demo, f"{API}/meetings/LG-09")["deleted"] is True
    assert asked(demo, f"{API}/organizations/lg-kim")["deleted"] is True


def test_lists_are_cut_into_pages_and_keep_their_filters(demo: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exports.oparl.api.PER_PAGE", 2)
    switched_on(demo)
    published(demo)
    seen: list[str] = []
    address: str | None = f"{API}/agenda-items?created_since=2020-01-01T00:00:00%2B01:00"
    while address:
        found = asked(demo, address)
        assert len(found["data"]) <= 2
        assert "created_since" in found["links"]["self"]
        seen += [each["id"] for each in found["data"]]
        address = path(found["links"]["next"]) if "next" in found["links"] else None
    assert len(seen) == len(set(seen)) == found["pagination"]["totalElements"] > 2
    assert asked(demo, f"{API}/meetings?created_until=2020-01-01T00:00:00%2B01:00")["data"] == []
    assert asked(demo, f"{API}/meetings?modified_until=2020-01-01T00:00:00%2B01:00")["data"] == []
    assert "agendaItem" not in asked(demo, f"{API}/meetings?omit_internal=true")["data"][0]
    assert asked(demo, f"{API}/meetings?gremium=pg-1")["data"] == []
    refused = demo.client().get(f"{API}/meetings?modified_since=gestern")
    assert (refused.status_code, "modified_since" in refused.text) == (400, True)
    tag = demo.client().get(f"{API}/meetings").headers["ETag"]
    assert demo.client().get(f"{API}/meetings", headers={"If-None-Match": tag}).status_code == 304
    assert demo.client().get(f"{API}/meetings").headers["Access-Control-Allow-Origin"] == "*"


def test_only_who_runs_the_meetings_publishes_and_only_what_was_held(demo: Demo) -> None:
    assert demo.client(MEMBER).get(PAGE).status_code == 403
    assert demo.client(STRANGER).get(PAGE).status_code in (403, 404)
    office = demo.client(OFFICE)
    held(demo)
    refused = post(office, PAGE, {"read_through": "y"})
    assert (refused.status_code, "Schalten Sie die Veröffentlichung zuerst ein" in refused.text) == (409, True)
    switched_on(demo)
    change(demo, "UPDATE meeting SET state = 'running' WHERE key = 'LG-09'")
    assert "sobald die Sitzung geschlossen ist" in office.get(PAGE).text
    assert post(office, PAGE, {"read_through": "y"}).status_code == 409
    held(demo)
    change(demo, "UPDATE agenda_item SET title = 'Bericht von Frau Aylin Demir' WHERE part = 'public'")
    shown = office.get(PAGE).text
    assert "Diese Stellen könnten auf Personen deuten" in shown
    refused = post(office, PAGE)
    assert (refused.status_code, "auf Personen geprüft" in refused.text) == (422, True)
    published(demo)
    assert "Diese Fassung steht so im Netz" in office.get(PAGE).text
    change(demo, "UPDATE meeting SET title = 'Anders' WHERE key = 'LG-09'")
    assert "hat sich etwas geändert" in office.get(PAGE).text
    assert asked(demo, f"{API}/meetings/LG-09")["name"] != "Anders", "an edit does not go out by itself"
