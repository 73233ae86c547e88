"""The form for everybody: what gets in, what stays out, and that nobody loses their text."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import inspect
from sqlmodel import col, func, select

from app.core.records import AuditEntry
from app.people.models import RateBucket, Tenant
from app.people.states import TenantKind
from knowledge.reports import robots
from knowledge.reports.models import Report, ReportContact, ReportFacet
from tests.knowledge.reports.sending import FORM, TEXT, fields, filed, report, send, stamp
from tests.support.demo import Demo, hidden_fields, post

pytestmark = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
"""Forms and pages are our own; what the database must do is tested in test_inbox.py."""


def reports(demo: Demo) -> int:
    with demo.session() as session:
        return session.exec(select(func.count(col(Report.id)))).one()


def test_a_person_without_account_reports_and_nothing_of_them_is_kept(demo: Demo) -> None:
    key, link = filed(
        demo, municipality="ostervelde", agency="jobcenter", life_domains=["housing"], wish="Ein Formular."
    )
    row = report(demo, key)
    assert (row.state.value, row.reporter_id, row.happened) == ("received", None, TEXT)
    with demo.session() as session:
        codes = session.exec(select(ReportFacet.key).where(col(ReportFacet.report_id) == row.id)).all()
        contacts = session.exec(select(func.count(col(ReportContact.id)))).one()
        act = session.exec(select(AuditEntry).where(col(AuditEntry.action) == "report.filed")).one()
    assert (sorted(codes), contacts) == (["housing", "jobcenter"], 0)
    assert (act.person_id, act.organisation_id, act.object_key) == (None, None, key)
    with demo.everything() as everything:
        buckets = everything.exec(select(RateBucket.bucket)).all()
    assert buckets
    assert not any("127.0.0.1" in bucket for bucket in buckets)
    assert link.rsplit("/", 1)[1] not in whole_database(demo)


def whole_database(demo: Demo) -> str:
    """Everything that stands in any table."""
    with demo.database.reading.connect() as connection:
        tables = inspect(demo.database.reading).get_table_names()
        rows = [str(row) for table in tables for row in connection.exec_driver_sql(f'SELECT * FROM "{table}"')]
    return "\n".join(rows)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"happened": ""}, "Bitte beschreiben Sie, was immer wieder passiert."),
        ({"happened": "Zu kurz."}, "Bitte schreiben Sie etwas mehr"),
        ({"happened": "x" * 4001}, "höchstens 4000 Zeichen"),
        ({"frequency": ""}, "Bitte wählen Sie, wie oft."),
        ({"frequency": "never"}, "Bitte wählen Sie aus der Liste."),
        ({"agency": "geheimdienst"}, "Bitte wählen Sie aus der Liste."),
        ({"life_domains": ["housing", "nonsense"]}, "Bitte wählen Sie aus der Liste."),
        ({"email": "keine Adresse"}, "Das ist keine E-Mail-Adresse."),
        ({"email": "a@b.de\nBcc: c@d.de"}, "Das ist keine E-Mail-Adresse."),
        ({"website": "https://casino.example"}, "Falle für Programme"),
    ],
)
def test_a_refused_form_comes_back_with_everything_typed(demo: Demo, typed: dict[str, object], words: str) -> None:
    answer = send(demo, **{"wish": "Ein gemeinsames Formular.", **typed})
    assert answer.status_code == 422
    assert words in answer.text
    assert "Ein gemeinsames Formular." in answer.text
    assert reports(demo) == 0


def test_a_stale_token_costs_nobody_their_text(demo: Demo) -> None:
    client = demo.client()
    answer = client.post(FORM, data={**fields(demo, client), "csrf_token": "abgelaufen"})
    assert (answer.status_code, TEXT in answer.text, reports(demo)) == (400, True, 0)
    assert "Das Formular ist abgelaufen." in answer.text
    assert "The CSRF" not in answer.text
    again = client.post(FORM, data={**fields(demo, client), "csrf_token": hidden_fields(answer.text)["csrf_token"]})
    assert again.status_code == 303


@pytest.mark.parametrize(
    ("age", "words"),
    [(timedelta(seconds=1), "schneller, als jemand tippt"), (timedelta(hours=25), "war lange offen")],
)
def test_a_form_is_neither_sent_at_once_nor_days_later(demo: Demo, age: timedelta, words: str) -> None:
    answer = send(demo, once=stamp(demo, age=age))
    assert (answer.status_code, words in answer.text, TEXT in answer.text) == (422, True, True)
    assert reports(demo) == 0


def test_a_forged_stamp_brings_no_report(demo: Demo) -> None:
    assert send(demo, once="5f.nnnn.ssss", proof="1").status_code == 422
    assert reports(demo) == 0


def test_who_neither_works_nor_answers_is_asked_and_then_held_but_not_locked_out(demo: Demo) -> None:
    client = demo.client()
    once = stamp(demo)
    asked = send(demo, client, once=once, proof="")
    assert (asked.status_code, "Bitte beantworten Sie die Frage." in asked.text) == (422, True)
    assert re.search(r'name="asked"[^>]*value="1"', asked.text)
    wrong = send(demo, client, once=once, proof="", answer="vielleicht", happened="")
    assert (wrong.status_code, "Diese Antwort stimmt nicht." in wrong.text, "?:" in wrong.text) == (422, True, False)
    assert send(demo, client, once=once, proof="", asked="1", answer="weiß nicht").status_code == 303
    with demo.session() as session:
        assert session.exec(select(Report.state)).one() == "held"
    with client.session_transaction() as session_:
        page = client.get(f"/meldung/{session_['receipt']['token']}").text
    assert "eingegangen" in page
    assert "zurückgehalten" not in page


def test_a_right_answer_needs_no_javascript(demo: Demo) -> None:
    once = stamp(demo)
    read = robots.read(bytes(demo.app.secret_key), once)  # type: ignore[arg-type]
    assert read is not None
    assert send(demo, once=once, proof="", answer=robots.ANSWERS[read.question][1]).status_code == 303
    with demo.session() as session:
        assert session.exec(select(Report.state)).one() == "received"


def test_one_stamp_brings_one_report_however_often_it_is_sent(demo: Demo) -> None:
    client = demo.client()
    once = stamp(demo)
    first = send(demo, client, once=once)
    with client.session_transaction() as session:
        token = session["receipt"]["token"]
    again = send(
        demo, client, once=once, happened="Ein Roboter schreibt mit derselben Arbeit noch etwas anderes hinein."
    )
    with client.session_transaction() as session:
        assert session["receipt"]["token"] == token
    assert (first.status_code, again.status_code, first.location) == (303, 303, again.location)
    assert reports(demo) == 1


def test_marked_passages_are_corrected_or_confirmed_and_a_confirmation_holds_for_what_was_shown(demo: Demo) -> None:
    client = demo.client()
    named = "Frau Yilmaz bekam drei verschiedene Auskünfte vom Amt."
    shown = send(demo, client, happened=named)
    assert shown.status_code == 422
    assert "Eine Stelle könnte jemanden verraten" in shown.text
    print_ = re.search(r'name="confirmed" value="([^"]+)"', shown.text)
    assert print_ is not None
    more = send(demo, client, happened=f"{named} Am 12.03.2024 auch.", confirmed=print_[1])
    assert (more.status_code, "2 Stellen" in more.text) == (422, True)
    assert send(demo, client, happened=named, confirmed=print_[1]).status_code == 303


def test_the_live_check_marks_and_keeps_nothing(demo: Demo) -> None:
    client = demo.client()
    token = hidden_fields(client.get(FORM).text)["csrf_token"]
    typed = {"csrf_token": token, "happened": "Familie Petrenko <b>wohnt</b> in Ostervelde"}
    found = client.post(f"{FORM}/pruefung", data=typed, headers={"HX-Request": "true"})
    assert "Familie Petrenko" in found.text
    assert "Ostervelde" in found.text
    assert "<input" not in found.text
    nothing = client.post(f"{FORM}/pruefung", data={**typed, "happened": TEXT}, headers={"HX-Request": "true"})
    assert nothing.text.strip() == ""
    assert "Petrenko" not in whole_database(demo)


def test_a_flood_from_one_address_is_stopped_without_losing_the_text(demo: Demo) -> None:
    client = demo.client()
    statuses = [send(demo, client, happened=f"{TEXT} Nummer {number}").status_code for number in range(20)]
    assert set(statuses) == {303}
    stopped = send(demo, client)
    assert (stopped.status_code, TEXT in stopped.text) == (429, True)
    assert int(stopped.headers["Retry-After"]) > 0
    elsewhere = client.post(FORM, data=fields(demo, client), environ_base={"REMOTE_ADDR": "198.51.100.7"})
    assert elsewhere.status_code == 303


def test_the_receipt_shows_number_and_link_to_the_sender_alone(demo: Demo) -> None:
    client = demo.client()
    send(demo, client)
    page = client.get(f"{FORM}/gesendet")
    assert re.search(r"M-[A-Z0-9]{6}", page.text)
    assert re.search(r"http://localhost/meldung/[\w-]{32}", page.text)
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert demo.client().get(f"{FORM}/gesendet").status_code == 303


def test_the_form_speaks_english_and_the_report_remembers(demo: Demo) -> None:
    client = demo.client()
    page = client.get(FORM).text
    client.post("/sprache", data={**hidden_fields(page), "language": "en", "next": FORM})
    assert 'lang="en"' in client.get(FORM).text
    assert send(demo, client).status_code == 303
    with demo.session() as session:
        assert session.exec(select(Report.language)).one() == "en"


def test_an_unknown_county_does_not_exist_and_the_only_one_needs_no_choice(demo: Demo) -> None:
    assert demo.client().get("/melden/kreis-nirgendwo").status_code == 404
    assert demo.client().get("/melden").location == FORM


def test_a_signed_in_person_reports_without_riddles_and_finds_the_own_report_only(demo: Demo) -> None:
    client = demo.client("p-terhorst")
    answer = send(demo, client, proof="")
    key = answer.location.rsplit("/", 1)[1]
    assert (answer.status_code, report(demo, key).reporter_id) == (303, demo.actor("p-terhorst").person_id)
    assert TEXT in client.get(answer.location).text
    assert key in client.get("/meldungen").text
    shown = post(client, f"{answer.location}/ergaenzen", {"text": "Fragen Sie Frau Yilmaz."}, at=answer.location)
    assert (shown.status_code, "Bitte prüfen Sie diese Stellen" in shown.text) == (422, True)
    added = post(client, f"{answer.location}/ergaenzen", {"text": "Auch bei der Schule."}, at=answer.location)
    assert (added.status_code, "Auch bei der Schule." in client.get(answer.location).text) == (303, True)
    for other in ("p-brandes", "p-wieland", "p-marx"):
        assert demo.client(other).get(answer.location).status_code == 404
        assert key not in demo.client(other).get("/meldungen").text
    assert post(client, f"{answer.location}/zurueckziehen").status_code == 303
    assert report(demo, key).state == "withdrawn"


def test_of_several_counties_a_visitor_chooses_and_a_signed_in_person_stays_in_the_own(demo: Demo) -> None:
    with demo.database.session(demo.database.writing) as session:
        session.add(Tenant(key="kreis-anderswo", name="Kreis Anderswo", kind=TenantKind.COUNTY))
        session.commit()
    page = demo.client().get("/melden").text
    assert FORM in page
    assert "/melden/kreis-anderswo" in page
    elsewhere = demo.client().get("/melden/kreis-anderswo").text
    assert "Kreis Anderswo" in elsewhere
    assert "Ostervelde" not in elsewhere
    signed_in = demo.client("p-terhorst")
    assert signed_in.get("/melden").location == FORM
    assert signed_in.get("/melden/kreis-anderswo").status_code == 404


def test_the_link_is_the_right_whoever_is_signed_in(demo: Demo) -> None:
    _key, link = filed(demo)
    assert TEXT in demo.client("p-brandes").get(link).text
