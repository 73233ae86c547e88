"""Parts, supplements, templates, notice, answers, corrections: what only some files say comes out as it went in."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlmodel import Session, col, select

from app.core.database import SCOPE, Database
from app.dataset.dump import dump_demo
from app.dataset.loading import load_file
from app.dataset.problems import DataFileError
from meetings.agenda.models import AgendaItem
from tests.support.changed_files import DEMO, changed, parsed, write

AT = dt.datetime(2026, 11, 30, 9, 15, tzinfo=dt.UTC)
BODY = next(place for place, body in enumerate(parsed(DEMO)["bodies"]) if body["key"] == "lg-kim")
SEATS = parsed(DEMO)["bodies"][BODY]["members"]
HOLDER, DEPUTY = next((seat["person"], seat["deputy"]) for seat in SEATS if "deputy" in seat)
OTHER = next(seat["person"] for seat in SEATS if seat.get("person") not in (None, HOLDER))
FINER: tuple[tuple[tuple[str | int, ...], object], ...] = (
    (("bodies", BODY, "rules", "notice_unit"), "working"),
    (("bodies", BODY, "rules", "counts_send_day"), True),
    (("bodies", BODY, "rules", "urgent_days"), 3),
    (("bodies", BODY, "rules", "urgent_unit"), "full"),
    (("bodies", BODY, "rules", "supplement_days"), 3),
    (("bodies", BODY, "rules", "part_numbering"), "restart"),
    (("bodies", BODY, "rules", "hidden_part"), "nothing"),
    (("bodies", BODY, "rules", "tie"), "chair_decides"),
    (("bodies", BODY, "rules", "minutes_adoption"), "signatures"),
    (
        ("bodies", BODY, "agenda_template"),
        [
            {"title": "Begrüßung", "kind": "procedural", "minutes": 3},
            {"title": "Personal", "kind": "report", "minutes": 5, "place": "closing", "part": "non_public"},
        ],
    ),
    (("bodies", BODY, "members", 0, "valid_from"), dt.date(2025, 1, 1)),
    (("agenda", "dial_in_url"), "https://konferenz.example/kim"),
    (("agenda", "dial_in_phone"), "+49 2931 940, Kennung 12"),
    (("agenda", "urgency"), "Die Förderung läuft aus"),
    (("agenda", "items", 4, "number"), "4.1"),
    (("agenda", "items", 5, "number"), "4a"),
    (("agenda", "items", 5, "supplement"), True),
    (("agenda", "items", 9, "number"), "N1"),
    (("agenda", "items", 9, "part"), "non_public"),
    (
        ("agenda", "answers"),
        [
            {"seat": HOLDER, "person": DEPUTY, "answer": "deputy", "by": HOLDER, "at": AT},
            {"person": "p-fricke", "answer": "accepted", "by": "p-fricke", "at": AT},
        ],
    ),
    (
        ("agenda", "amendments"),
        [
            {"at": AT, "text": "Die Sitzung begann um 14:05 Uhr.", "reason": "Schreibfehler"},
            {"at": AT, "item": "4a", "by": HOLDER, "text": "Es waren 15 Stimmen.", "reason": "Verzählt"},
        ],
    ),
)  # fmt: skip
sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def reloaded(database: Database, path: Path) -> tuple[dict[str, Any], Session]:
    """What comes out of a database that the file was loaded into, and the session that read it."""
    with database.session(database.writing) as writing:
        load_file(writing, path)
        tenant_id = writing.info[SCOPE]
        writing.commit()
    session = database.session(database.reading, tenant_id)
    return dump_demo(session, "kreis-sonderau"), session


def test_the_finer_things_come_out_as_they_went_in(database: Database, tmp_path: Path) -> None:
    path = changed(tmp_path, *FINER)

    found, session = reloaded(database, path)

    assert found == yaml.safe_load(path.read_text(encoding="utf-8"))
    items = {row.number: row for row in session.exec(select(AgendaItem).order_by(col(AgendaItem.position)))}
    assert items["4.1"].parent_id == items["4"].id
    session.close()
    again = write(tmp_path, found)
    assert yaml.safe_load(again.read_text(encoding="utf-8")) == found


@sqlite
@pytest.mark.parametrize(
    ("steps", "value", "words"),
    [
        (("agenda", "items", 4, "number"), "9.1", "ohne einen Punkt darüber"),
        (("agenda", "items", 4, "number"), "4", "zum zweiten Mal"),
        (("agenda", "items", 4, "number"), "vier", "agenda.items[4].number"),
        (("agenda", "answers"), [{"seat": "p-fricke", "person": OTHER, "answer": "accepted", "by": OTHER, "at": AT}],
         "ohne Sitz in diesem Gremium"),
        (("agenda", "answers"), [{"seat": OTHER, "person": OTHER, "answer": "accepted", "by": OTHER, "at": AT}] * 2,
         "zum zweiten Mal"),
        (("agenda", "amendments"), [{"at": AT, "item": 77, "text": "x", "reason": "y"}], "den es nicht gibt"),
    ],
)  # fmt: skip
def test_what_contradicts_itself_is_refused(
    database: Database, tmp_path: Path, steps: tuple[str | int, ...], value: object, words: str
) -> None:
    with database.session(database.writing) as session, pytest.raises(DataFileError) as refused:
        load_file(session, changed(tmp_path, (steps, value)))
    assert words in str(refused.value)
