"""The coordination's inbox: who sees it, what its actions do to reports and gaps, and where reports never go."""

import secrets
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import col, select

from app.core.errors import DomainError, NotFound
from app.core.lifecycle import RefusedMove
from app.core.records import AuditEntry
from knowledge.gaps.actions_lineage import merge_gap, undo_merge
from knowledge.gaps.models import Gap, GapFacet
from knowledge.privacy.rules import HARMLESS, REPLACE, check
from knowledge.reports import actions, addresses, erasing, filing, mailing
from knowledge.reports.models import Report, ReportContact, ReportStep
from knowledge.reports.tasks import tiles, to_judge
from tests.knowledge.reports.sending import FORM, TEXT, filed, report, send
from tests.support.demo import Demo, post
from tests.support.time import TODAY

SQLITE = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
NO_POST = mailing.Post(b"", "")
CANARY = "Kanarienvogelmeldung über den Wartesaal im Rathausanbau"


def a_report(demo: Demo, text: str = TEXT, **more: object) -> str:
    """A report that somebody without account filed, straight into the database."""
    seed = secrets.token_hex(8)
    draft = filing.Draft(text, seed, seed, **more)  # type: ignore[arg-type]
    filed_report: Report = demo.perform("p-terhorst", filing.file_report, draft, NO_POST)
    return filed_report.key


def gap(demo: Demo, key: str) -> Gap:
    with demo.session() as session:
        return session.exec(select(Gap).where(col(Gap.key) == key)).one()


def test_a_linked_report_counts_at_its_gap_as_one_more_and_no_longer_when_it_goes(demo: Demo) -> None:
    imported = gap(demo, "F-2026-01").reports
    first, second = a_report(demo), a_report(demo)
    for key in (first, second):
        demo.perform("p-albers", actions.link_to_gap, key, "F-2026-01", NO_POST)
    assert gap(demo, "F-2026-01").reports == imported + 2
    with pytest.raises(RefusedMove):
        demo.perform("p-albers", actions.link_to_gap, first, "F-2026-02", NO_POST)
    demo.perform("p-albers", actions.take_up, first)
    demo.perform("p-albers", actions.erase, second)
    assert gap(demo, "F-2026-01").reports == imported
    assert (report(demo, first).state.value, report(demo, first).gap_id) == ("in_review", None)
    with demo.session() as session:
        assert session.exec(select(Report).where(col(Report.key) == second)).first() is None
        steps = session.exec(select(ReportStep.target)).all()
    assert [step for step in steps if step == "accepted"] == ["accepted"]


def test_a_merging_takes_reports_along_and_its_undoing_brings_back_only_those_that_are_left(demo: Demo) -> None:
    source, target = gap(demo, "F-2026-11").reports, gap(demo, "F-2026-05").reports
    gone, kept = a_report(demo), a_report(demo)
    for key in (gone, kept):
        demo.perform("p-albers", actions.link_to_gap, key, "F-2026-11", NO_POST)
    demo.perform("p-albers", merge_gap, "F-2026-11", "F-2026-05", "Dasselbe.")
    assert gap(demo, "F-2026-05").reports == target + source + 2
    demo.perform("p-albers", actions.erase, gone)
    assert gap(demo, "F-2026-05").reports == target + source + 1
    demo.perform("p-albers", undo_merge, "F-2026-11", "Doch nicht.")
    assert (gap(demo, "F-2026-05").reports, gap(demo, "F-2026-11").reports) == (target, source + 1)


def test_a_report_to_a_merged_gap_counts_at_the_one_that_took_it_in(demo: Demo) -> None:
    key = a_report(demo)
    demo.perform("p-albers", merge_gap, "F-2026-11", "F-2026-05", "Dasselbe.")
    demo.perform("p-albers", actions.link_to_gap, key, "F-2026-11", NO_POST)
    assert report(demo, key).gap_id == gap(demo, "F-2026-05").id


def test_a_new_gap_begins_with_what_the_report_says_and_counts_it(demo: Demo) -> None:
    key = a_report(demo, codes={"life_domain": ("housing",), "interface": ("jobcenter", "school")}, frequency="weekly")
    client = demo.client("p-albers")
    page = client.get(f"/meldungen/{key}").text
    assert "Neue Fehlstelle aus dieser Meldung" in page
    typed = {"title": "Anträge enden an der Gemeindegrenze", "summary": TEXT, "solvable_at": "strategic",
             "severity": "3", "frequency": "4"}  # fmt: skip
    assert post(client, f"/meldungen/{key}/neue-fehlstelle", typed, at=f"/meldungen/{key}").status_code == 303
    with demo.session() as session:
        made = session.exec(select(Gap).where(col(Gap.title) == typed["title"])).one()
        codes = session.exec(select(GapFacet.key).where(col(GapFacet.gap_id) == made.id)).all()
    assert (made.status.value, made.visibility.value, made.reports) == ("reported", "coordination", 1)
    assert sorted(codes) == ["housing", "jobcenter", "school"]
    assert report(demo, key).gap_id == made.id


@SQLITE
def test_a_text_leaves_a_report_only_after_every_marked_passage_was_decided(demo: Demo) -> None:
    key = a_report(demo, "Frau Yilmaz wartete seit dem 12.03.2024 auf den Bescheid, wie alle anderen auch.")
    client = demo.client("p-albers")
    typed = {"title": "Bescheide dauern zu lange", "summary": TEXT, "solvable_at": "strategic", "severity": "2",
             "frequency": "2"}  # fmt: skip
    refused = post(client, f"/meldungen/{key}/neue-fehlstelle", typed, at=f"/meldungen/{key}")
    assert (refused.status_code, "zuerst über die markierten Stellen" in refused.text) == (409, True)
    assert "Bescheide dauern zu lange" in refused.text
    name, day = check(report(demo, key).happened)
    verdicts = {f"hit-{name.key}": REPLACE, f"hit-{day.key}": HARMLESS, "hit-fremd": REPLACE}
    assert post(client, f"/meldungen/{key}/stellen", verdicts, at=f"/meldungen/{key}").status_code == 303
    assert report(demo, key).happened.startswith("[Name] wartete seit dem 12.03.2024")
    assert post(client, f"/meldungen/{key}/neue-fehlstelle", typed, at=f"/meldungen/{key}").status_code == 303
    with demo.session() as session:
        facts = session.exec(select(AuditEntry.facts).where(col(AuditEntry.action) == "report.passages_decided")).one()
    assert facts == '{"harmless":1,"taken_out":1}'


@SQLITE
@pytest.mark.parametrize("typed", ["f-2026-01", " F-2026-01 ", "f - 2026 - 01"])
def test_a_gap_is_known_by_its_number_however_it_is_typed(demo: Demo, typed: str) -> None:
    key = a_report(demo)
    answer = post(demo.client("p-albers"), f"/meldungen/{key}/verknuepfen", {"gap": typed}, at=f"/meldungen/{key}")
    assert answer.status_code == 303
    assert report(demo, key).gap_id == gap(demo, "F-2026-01").id


@SQLITE
def test_declining_needs_a_reason_and_keeps_what_was_typed(demo: Demo) -> None:
    key = a_report(demo)
    client = demo.client("p-albers")
    empty = post(client, f"/meldungen/{key}/ablehnen", {"reason": ""}, at=f"/meldungen/{key}")
    assert (empty.status_code, "Bitte begründen Sie" in empty.text) == (422, True)
    unknown = post(client, f"/meldungen/{key}/verknuepfen", {"gap": "F-1999-77"}, at=f"/meldungen/{key}")
    assert (unknown.status_code, "F-1999-77" in unknown.text) == (409, True)
    assert (
        post(client, f"/meldungen/{key}/ablehnen", {"reason": "Sache des Landes."}, at=f"/meldungen/{key}").status_code
        == 303
    )
    assert (report(demo, key).state.value, report(demo, key).reason) == ("declined", "Sache des Landes.")


CURIOUS = ("p-brandes", "p-wieland", "p-fricke")


@SQLITE
@pytest.mark.parametrize("person", CURIOUS)
def test_a_curious_clerk_finds_no_report_anywhere(demo: Demo, person: str) -> None:
    key, _link = filed(demo, happened=CANARY)
    demo.perform("p-albers", actions.link_to_gap, key, "F-2026-01", NO_POST)
    client = demo.client(person)
    addresses = [f"/meldungen/{key}", f"/meldungen/{key}/loeschen", f"/faden/report/{report(demo, key).id}"]
    assert [client.get(address).status_code for address in addresses] == [404, 404, 404]
    for step in ("schritt", "stellen", "verknuepfen", "neue-fehlstelle", "ablehnen", "antwort", "ergaenzen"):
        assert post(client, f"/meldungen/{key}/{step}", at=FORM).status_code == 404, step
    assert post(client, f"/meldungen/{key}/loeschen", at=FORM).status_code == 403
    for address in ("/", "/meldungen?stand=alle", "/fehlstellen/F-2026-01", "/faden/gap/1"):
        page = client.get(address).text
        assert key not in page, address
        assert CANARY not in page, address
    with pytest.raises(NotFound):
        demo.perform(person, actions.link_to_gap, key, "F-2026-01", NO_POST)


@SQLITE
def test_what_a_report_says_is_in_no_search_no_audit_and_on_no_page_but_its_own(
    demo: Demo, caplog: pytest.LogCaptureFixture
) -> None:
    key, _link = filed(demo, happened=CANARY, email="kanarie@example.org")
    demo.perform("p-albers", actions.reply, key, f"Antwort zu {CANARY}", NO_POST)
    demo.perform("p-albers", actions.link_to_gap, key, "F-2026-01", NO_POST)
    demo.index_now()
    client = demo.client("p-albers")
    elsewhere = ("/", "/fehlstellen", "/fehlstellen/F-2026-01", "/faden/gap/1", "/meldungen?stand=zurueckgezogen")
    assert [address for address in elsewhere if "Kanarienvogel" in client.get(address).text] == []
    assert "Kanarienvogel" in client.get(f"/meldungen/{key}").text
    assert "/meldungen" not in client.get("/suche?q=Kanarienvogelmeldung").text.split("<main")[1].split("<form")[0]
    assert key not in client.get("/suche?q=Wartesaal+Rathausanbau").text
    with demo.session() as session:
        assert not any("Kanarie" in row.facts for row in session.exec(select(AuditEntry)))
    assert "anarie" not in caplog.text


@SQLITE
def test_the_coordination_sees_where_a_gap_comes_from(demo: Demo) -> None:
    key = a_report(demo)
    demo.perform("p-albers", actions.link_to_gap, key, "F-2026-01", NO_POST)
    assert f"Meldung {key}" in demo.client("p-albers").get("/fehlstellen/F-2026-01").text
    assert "F-2026-01" in demo.client("p-albers").get(f"/faden/report/{report(demo, key).id}").text


@SQLITE
def test_waiting_reports_stand_on_the_coordinations_desk_alone(demo: Demo) -> None:
    keys = [a_report(demo) for _each in range(12)]
    send(demo, proof="", asked="1")
    with demo.app.test_request_context(), demo.session() as session:
        group = to_judge(session, demo.actor("p-albers"), TODAY)
        assert group is not None
        assert (len(group.tasks), group.further) == (11, 2)
        assert {task.title.removeprefix("Meldung ") for task in group.tasks[:-1]} <= set(keys)
        assert "zurückgehaltene" in group.tasks[-1].title
        assert [tile.value for tile in tiles(session, demo.actor("p-albers"))] == ["13"]
        assert to_judge(session, demo.actor("p-brandes"), TODAY) is None
        assert tiles(session, demo.actor("p-brandes")) == []


@SQLITE
def test_a_report_is_found_by_the_number_that_somebody_says_and_erased_on_request(demo: Demo) -> None:
    key, link = filed(demo, email="ich@example.org")
    client = demo.client("p-albers")
    assert client.get(f"/meldungen?nummer={key.lower()}").location == f"/meldungen/{key}"
    assert "gibt es nicht" in client.get("/meldungen?nummer=M-AAAAAA").text
    assert "gibt es nicht" in demo.client("p-brandes").get(f"/meldungen?nummer={key}").text
    assert "Endgültig löschen" in client.get(f"/meldungen/{key}/loeschen").text
    assert post(client, f"/meldungen/{key}/loeschen").status_code == 303
    assert demo.client().get(link).status_code == 404
    with demo.session() as session:
        for table in (Report, ReportContact, ReportStep):
            assert session.exec(select(table)).all() == []


@SQLITE
def test_inbox_and_report_cost_a_fixed_number_of_statements(demo: Demo) -> None:
    key = a_report(demo)
    before = demo.statements("p-albers", "/meldungen"), demo.statements("p-albers", f"/meldungen/{key}")
    for _each in range(30):
        a_report(demo)
    demo.perform("p-albers", actions.reply, key, "Eins.", NO_POST)
    demo.perform("p-albers", actions.reply, key, "Zwei.", NO_POST)
    after = demo.statements("p-albers", "/meldungen"), demo.statements("p-albers", f"/meldungen/{key}")
    assert after == before
    assert "seite=2" in demo.client("p-albers").get("/meldungen").text


@SQLITE
def test_a_stranger_to_the_rules_reaches_no_forbidden_state(demo: Demo) -> None:
    key = a_report(demo)
    demo.perform("p-albers", actions.decline, key, "Nein.", NO_POST)
    for act, *given in ((actions.decline, "Noch einmal."), (actions.link_to_gap, "F-2026-01")):
        with pytest.raises(DomainError):
            demo.perform("p-albers", act, key, *given, NO_POST)
    demo.perform("p-albers", actions.take_up, key)
    assert report(demo, key).reason is None


@SQLITE
def test_a_held_report_that_nobody_released_goes_after_thirty_days(demo: Demo) -> None:
    kept, held = a_report(demo), a_report(demo, held=True)
    received = report(demo, held).received_at
    house = demo.app.extensions["lueckenlos"]
    for days, left in ((29, {kept, held}), (30, {kept})):
        erasing.erase_due(house, received + timedelta(days=days, hours=1))
        with demo.session() as session:
            assert set(session.exec(select(Report.key))) == left
    with demo.session() as session:
        assert len(session.exec(select(AuditEntry).where(col(AuditEntry.action) == "report.expired")).all()) == 1


@SQLITE
def test_no_address_of_a_reporter_stands_in_the_database(demo: Demo) -> None:
    filed(demo, email="ich@example.org")
    house = demo.app.extensions["lueckenlos"]
    secret = house.settings.secret_key()
    with demo.database.session(demo.database.writing, demo.tenant_id) as session:
        contact = session.exec(select(ReportContact)).one()
        assert "example" not in contact.email
        assert addresses.opened(secret, contact.email) == "ich@example.org"
        assert addresses.opened(b"another", contact.email) == ""
        contact.email = "alt@example.org"
        session.add(contact)
        session.commit()
    erasing.erase_due(house, datetime(2026, 11, 24, 4, tzinfo=UTC))
    with demo.session() as session:
        kept = session.exec(select(ReportContact.email)).one()
    assert addresses.is_sealed(kept)
    assert addresses.opened(secret, kept) == "alt@example.org"


@pytest.mark.parametrize(("day", "left"), [((2027, 5, 22), 1), ((2027, 5, 23), 0)])
def test_the_address_of_a_reporter_goes_six_months_after_the_reply(
    demo: Demo, day: tuple[int, int, int], left: int
) -> None:
    key, _link = filed(demo, email="ich@example.org")
    demo.perform("p-albers", actions.reply, key, "Danke.", NO_POST)
    house = demo.app.extensions["lueckenlos"]
    erasing.erase_due(house, datetime(*day, 4, 0, tzinfo=UTC))
    erasing.erase_due(house, datetime(*day, 4, 5, tzinfo=UTC))
    with demo.session() as session:
        assert len(session.exec(select(ReportContact)).all()) == left
        acts = session.exec(select(AuditEntry).where(col(AuditEntry.action) == "report.contact_erased")).all()
    assert len(acts) == 1 - left
    assert report(demo, key).happened == TEXT
