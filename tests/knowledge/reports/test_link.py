"""The page behind the secret link: what it says, what its holder may do, and that it is found by nobody else."""

import pytest
from sqlmodel import col, select

from app.core.records import AuditEntry, MailOutbox, UsedKey
from app.people.states import Visibility
from knowledge.gaps.actions_lineage import merge_gap
from knowledge.gaps.models import Gap
from knowledge.reports import actions, limits, mailing
from knowledge.reports.models import Report, ReportContact, ReportMessage
from tests.knowledge.reports.sending import FORM, TEXT, filed, path_of, public_address, report, send
from tests.support.demo import Demo, post

pytestmark = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
NO_POST = mailing.Post(b"", "")


def test_a_wrong_link_leads_nowhere_and_guessing_is_stopped(demo: Demo) -> None:
    client = demo.client()
    statuses = [
        client.get(f"/meldung/{'x' * 31}{number % 10}").status_code for number in range(limits.GUESSES.count + 1)
    ]
    assert statuses == [404] * limits.GUESSES.count + [429]


def test_others_who_guess_lock_nobody_out_of_their_own_report(demo: Demo) -> None:
    _key, link = filed(demo)
    client = demo.client()
    for number in range(limits.GUESSES.count + 1):
        client.get(f"/meldung/{number}")
    assert client.get("/meldung/falsch").status_code == 429
    assert TEXT in client.get(link).text


def test_the_page_of_a_link_is_told_to_nobody(demo: Demo) -> None:
    _key, link = filed(demo)
    answer = demo.client().get(link)
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert '<meta name="referrer" content="no-referrer">' in answer.text
    assert TEXT in answer.text


def test_the_holder_answers_and_the_link_stands_in_no_table(demo: Demo) -> None:
    key, link = filed(demo)
    client = demo.client()
    assert post(client, link, {"text": "Das gilt auch für die Schule."}).status_code == 303
    assert "Das gilt auch für die Schule." in client.get(link).text
    with demo.session() as session:
        locations = session.exec(select(UsedKey.location)).all()
        message = session.exec(select(ReportMessage)).one()
    assert not any(link.rsplit("/", 1)[1] in location for location in locations)
    assert (message.author.value, message.person_id, message.report_id) == ("reporter", None, report(demo, key).id)


def test_a_message_with_a_name_is_shown_again_before_it_goes(demo: Demo) -> None:
    _key, link = filed(demo)
    client = demo.client()
    shown = post(client, link, {"text": "Fragen Sie Frau Yilmaz."})
    assert (shown.status_code, "Bitte prüfen Sie diese Stellen" in shown.text) == (422, True)
    assert post(client, link, {"text": "Fragen Sie Frau Yilmaz.", "confirmed": "y"}).status_code == 303


def test_a_stale_token_costs_no_message_and_tells_nothing_of_a_wrong_link(demo: Demo) -> None:
    _key, link = filed(demo)
    client = demo.client()
    client.get(link)
    stale = client.post(link, data={"csrf_token": "alt", "text": "Ein langer Nachtrag."})
    assert (stale.status_code, "Ein langer Nachtrag." in stale.text) == (400, True)
    assert client.post("/meldung/gibtesnicht", data={"csrf_token": "alt", "text": "x"}).status_code == 400


def test_a_withdrawn_report_keeps_its_number_and_nothing_that_was_written(demo: Demo) -> None:
    key, link = filed(demo, email="ich@example.org", wish="Ein Formular.")
    demo.perform("p-albers", actions.reply, key, "Danke, wir fragen nach.", NO_POST)
    demo.perform("p-albers", actions.link_to_gap, key, "F-2026-01", NO_POST)
    before = gap(demo, "F-2026-01").reports
    client = demo.client()
    assert "Zurückziehen und löschen" in client.get(f"{link}/zurueckziehen").text
    assert post(client, f"{link}/zurueckziehen").status_code == 303
    row = report(demo, key)
    assert (row.state.value, row.happened, row.wish, row.gap_id) == ("withdrawn", "", "", None)
    assert gap(demo, "F-2026-01").reports == before - 1
    with demo.session() as session:
        assert session.exec(select(ReportContact)).all() == []
        assert session.exec(select(ReportMessage)).all() == []
    page = client.get(link).text
    assert "Ihr Text ist gelöscht." in page
    assert "Nachricht senden" not in page
    assert post(client, link, {"text": "Doch noch etwas."}, at="/melden/kreis-sonderau").status_code == 403


def gap(demo: Demo, key: str) -> Gap:
    with demo.session() as session:
        return session.exec(select(Gap).where(col(Gap.key) == key)).one()


def show_to(demo: Demo, key: str, visibility: Visibility) -> None:
    with demo.database.session(demo.database.writing, demo.tenant_id) as session:
        found = session.exec(select(Gap).where(col(Gap.key) == key)).one()
        found.visibility = visibility
        session.add(found)
        session.commit()


@pytest.mark.parametrize("visibility", list(Visibility))
def test_the_holder_learns_number_and_title_of_the_gap_only_if_it_is_public(demo: Demo, visibility: Visibility) -> None:
    number, link = filed(demo)
    show_to(demo, "F-2026-01", visibility)
    demo.perform("p-albers", actions.link_to_gap, number, "F-2026-01", NO_POST)
    page = demo.client().get(link).text
    assert "angenommen" in page
    told = visibility == Visibility.PUBLIC
    assert ("F-2026-01" in page, gap(demo, "F-2026-01").title in page) == (told, told)


@pytest.mark.parametrize("merged", [False, True], ids=["linked", "merged"])
def test_a_gap_that_the_reporter_may_not_read_is_named_on_none_of_their_pages(demo: Demo, merged: bool) -> None:
    show_to(demo, "F-2026-11", Visibility.PUBLIC)
    show_to(demo, "F-2026-05", Visibility.COORDINATION)
    number, link = filed(demo)
    own = send(demo, demo.client("p-terhorst"), proof="").location
    for key in (number, own.rsplit("/", 1)[1]):
        demo.perform("p-albers", actions.link_to_gap, key, "F-2026-11" if merged else "F-2026-05", NO_POST)
    if merged:
        demo.perform("p-albers", merge_gap, "F-2026-11", "F-2026-05", "Dasselbe.")
    clerk = demo.client("p-terhorst")
    for page in (demo.client().get(link), clerk.get(link), clerk.get(own), clerk.get("/meldungen")):
        assert "angenommen" in page.text
        assert "F-2026-" not in page.text
        assert gap(demo, "F-2026-05").title not in page.text
    assert "F-2026-05" in demo.client("p-albers").get("/meldungen?stand=angenommen").text
    assert "F-2026-05" in demo.client("p-albers").get(own).text


def test_the_reason_of_a_refusal_is_read_by_the_holder(demo: Demo) -> None:
    key, link = filed(demo)
    demo.perform("p-albers", actions.decline, key, "Dafür ist das Land zuständig.", NO_POST)
    page = demo.client().get(link).text
    assert "nicht weiterverfolgt" in page
    assert "Dafür ist das Land zuständig." in page


def mails(demo: Demo) -> list[MailOutbox]:
    with demo.session() as session:
        return list(session.exec(select(MailOutbox).order_by(col(MailOutbox.id))))


def test_mails_bring_the_link_and_never_what_the_report_says(demo: Demo) -> None:
    with public_address(demo):
        key, link = filed(demo, email="ich@example.org")
        answer = post(
            demo.client("p-albers"), f"/meldungen/{key}/antwort", {"text": "Seit wann?"}, at=f"/meldungen/{key}"
        )
    assert answer.status_code == 303
    first, second = mails(demo)
    assert first.recipient == second.recipient == "ich@example.org"
    for mail in (first, second):
        address = next(line for line in mail.text.splitlines() if line.startswith("https://kim.example/"))
        assert path_of(address) == link
        assert TEXT[:20] not in mail.text
        assert "Seit wann?" not in mail.text + mail.subject


def test_without_a_public_address_or_an_email_there_is_no_mail(demo: Demo) -> None:
    filed(demo, email="ich@example.org")
    with public_address(demo):
        filed(demo)
    assert mails(demo) == []


def test_where_no_mail_goes_out_no_page_promises_one(demo: Demo) -> None:
    with public_address(demo):
        key, _link = filed(demo, email="ich@example.org")
    form, reply = demo.client().get(FORM).text, demo.client("p-albers").get(f"/meldungen/{key}").text
    assert ("keine E-Mails hinaus" in form, 'name="email"' in form) == (True, False)
    assert "Zurzeit gehen keine E-Mails hinaus" in reply
    assert "bekommt bis dahin gar keine Mail" in demo.client("p-albers").get("/post").text
    with public_address(demo, smtp_url="smtp://localhost"):
        form, reply = demo.client().get(FORM).text, demo.client("p-albers").get(f"/meldungen/{key}").text
        assert ("keine E-Mails hinaus" in form, 'name="email"' in form) == (False, True)
        assert "In der E-Mail steht nur" in reply


def test_the_outgoing_mail_does_not_tell_whose_report_is_whose(demo: Demo) -> None:
    with public_address(demo):
        key, _link = filed(demo, email="hanna@example.org")
    page = demo.client("p-albers").get("/post").text
    assert "eine meldende Person (h…@example.org)" in page
    assert "Neues zu einer Meldung" in page
    for told in ("hanna", "report:", key):
        assert told not in page


def test_a_held_report_mails_nobody_before_it_is_released(demo: Demo) -> None:
    with public_address(demo):
        assert send(demo, proof="", asked="1", email="fremd@example.org").status_code == 303
        assert mails(demo) == []
        with demo.session() as session:
            key = session.exec(select(Report.key)).one()
        client = demo.client("p-albers")
        post(client, f"/meldungen/{key}/schritt", {"target": "received"}, at=f"/meldungen/{key}")
    assert [mail.recipient for mail in mails(demo)] == ["fremd@example.org"]
    assert report(demo, key).state == "received"


def test_a_withdrawal_calls_back_the_mails_too(demo: Demo) -> None:
    with public_address(demo):
        _key, link = filed(demo, email="ich@example.org")
        assert len(mails(demo)) == 1
        assert post(demo.client(), f"{link}/zurueckziehen").status_code == 303
    assert mails(demo) == []


def test_nobody_fills_a_strangers_letter_box_through_the_form(demo: Demo) -> None:
    with public_address(demo):
        for _each in range(limits.MAILS.count + 2):
            filed(demo, email="Fremd@example.org")
    assert len(mails(demo)) == limits.MAILS.count


def test_a_visitors_acts_name_nobody(demo: Demo) -> None:
    _key, link = filed(demo)
    post(demo.client(), link, {"text": "Noch etwas."})
    with demo.session() as session:
        acts = session.exec(select(AuditEntry).where(col(AuditEntry.action).startswith("report."))).all()
    assert {(act.action, act.person_id) for act in acts} == {("report.filed", None), ("report.answered", None)}
