"""Outgoing mail over real SMTP: once it is written it is delivered, again after a while, or given up with a reason."""

import email
import socket
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import policy
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import col, select

from app.core import mail_delivery
from app.core.clock import now as present
from app.core.config import BadSetting, Settings, from_environment
from app.core.database import Database
from app.core.errors import InvalidInput
from app.core.live import Hub
from app.core.mail import flowed, message_of, one_line, send_later
from app.core.mail_states import MailState
from app.core.records import MailOutbox
from app.core.web import House
from app.core.writer import writer_for
from tests.support.county import a_county
from tests.support.demo import Demo, post
from tests.support.postgres import free_port

SENDER = "kim@kreis.example"
SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


class Postbox:
    """A mail server's memory; `answers` are what it says to a recipient, one after the other."""

    def __init__(self) -> None:
        self.received: list[Any] = []
        self.answers: dict[str, list[str]] = {}

    async def handle_RCPT(self, _server: SMTP, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        said = self.answers.get(address, [])
        answer = said.pop(0) if said else "250 OK"
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, _server: SMTP, _session: Any, envelope: Any) -> str:  # noqa: N802
        self.received.append(email.message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@pytest.fixture
def postbox() -> Postbox:
    """What arrives."""
    return Postbox()


@pytest.fixture
def server(postbox: Postbox) -> Iterator[Controller]:
    """A mail server on a free port."""
    controller = Controller(postbox, hostname="127.0.0.1", port=free_port(), ready_timeout=10)
    controller.start()
    yield controller
    controller.stop()


def house_over(database: Database, smtp_url: str) -> House:
    """A house that sends over this server."""
    settings = Settings("", Path(), smtp_url=smtp_url, mail_from=SENDER, public_url="https://kim.example")
    return House(settings, database, writer_for(database), Hub(database))


def write(database: Database, tenant_id: int, **values: str) -> None:
    """Put a mail into the outbox."""
    given_ = {"to": "brandes@kim.example", "subject": "Neues", "text": "Guten Tag", "reference": "test:1", **values}
    with database.session(database.writing, tenant_id) as session:
        send_later(session, **given_)
        session.commit()


def mails(database: Database, tenant_id: int) -> list[MailOutbox]:
    """All rows of the outbox."""
    with database.read(tenant_id) as session:
        return list(session.exec(select(MailOutbox).order_by(col(MailOutbox.id))))


def test_a_mail_goes_with_its_transaction_and_arrives_once(
    database: Database, server: Controller, postbox: Postbox
) -> None:
    tenant, _person = a_county(database)
    house = house_over(database, f"smtp://127.0.0.1:{server.port}")
    with database.session(database.writing, tenant.id) as session:
        send_later(session, to="a@kim.example", subject="Nie", text="…", reference="test:0")
        session.rollback()
    write(database, tenant.id or 0, subject="Größe: „ä“", text="Grüße\n" + "lang " * 60, unsubscribe="https://k/b")
    for _time in range(2):
        mail_delivery.deliver(house, present())
    assert len(postbox.received) == 1
    message = postbox.received[0]
    assert message["Subject"] == "Größe: „ä“"
    assert message["List-Unsubscribe"] == "<https://k/b>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content_type() == "text/plain"
    assert message["Content-Type"].params["format"] == "flowed"
    assert "Grüße" in message.get_content()
    assert max(map(len, message.get_content().splitlines())) <= 78
    row = mails(database, tenant.id or 0)[0]
    assert (row.state, row.attempts, row.problem) == (MailState.SENT, 1, None)
    assert message["Message-ID"] == f"<{row.message_id}@kreis.example>"


def test_a_busy_server_is_asked_again_and_a_refusal_is_final(
    database: Database, server: Controller, postbox: Postbox
) -> None:
    tenant, _person = a_county(database)
    house = house_over(database, f"smtp://127.0.0.1:{server.port}")
    postbox.answers = {"voll@kim.example": ["451 später"], "weg@kim.example": ["550 kennt hier niemand"]}
    for to in ("voll@kim.example", "weg@kim.example", "da@kim.example"):
        write(database, tenant.id or 0, to=to)
    start = present()
    mail_delivery.deliver(house, start)
    assert [row.state for row in mails(database, tenant.id or 0)] == [
        MailState.WAITING, MailState.FAILED, MailState.SENT
    ]  # fmt: skip
    assert "550" in (mails(database, tenant.id or 0)[1].problem or "")
    mail_delivery.deliver(house, start + timedelta(seconds=30))
    assert len(postbox.received) == 1
    mail_delivery.deliver(house, start + timedelta(minutes=2))
    assert mails(database, tenant.id or 0)[0].state == MailState.SENT
    assert len(postbox.received) == 2


@SQLITE
def test_a_server_that_is_not_there_is_given_up_after_days_with_the_reason(database: Database) -> None:
    tenant, _person = a_county(database)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        house = house_over(database, f"smtp://127.0.0.1:{probe.getsockname()[1]}")
        write(database, tenant.id or 0)
        at = present()
        for wait in (*mail_delivery.WAITS, timedelta(0)):
            mail_delivery.deliver(house, at)
            assert mails(database, tenant.id or 0)[0].state == MailState.WAITING or not wait
            at += wait
    row = mails(database, tenant.id or 0)[0]
    assert (row.state, row.attempts) == (MailState.FAILED, len(mail_delivery.WAITS) + 1)
    assert "ConnectionRefused" in (row.problem or "")


@SQLITE
def test_a_server_that_says_nothing_holds_nobody_up(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    tenant, _person = a_county(database)
    monkeypatch.setattr(mail_delivery, "PATIENCE", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        house = house_over(database, f"smtp://127.0.0.1:{silent.getsockname()[1]}")
        write(database, tenant.id or 0)
        mail_delivery.deliver(house, present())
    row = mails(database, tenant.id or 0)[0]
    assert (row.state, row.attempts) == (MailState.WAITING, 1)
    assert "timed out" in (row.problem or "")


def test_who_dies_between_sending_and_marking_sends_the_same_mail_again(
    database: Database, server: Controller, postbox: Postbox
) -> None:
    tenant, _person = a_county(database)
    house = house_over(database, f"smtp://127.0.0.1:{server.port}")
    write(database, tenant.id or 0)
    start = present()
    claimed = mail_delivery.claim(house, start)
    connection = mail_delivery.connect(house.settings.smtp_url)
    connection.send_message(message_of(claimed[0], SENDER), SENDER, [claimed[0].recipient])
    connection.quit()
    mail_delivery.deliver(house, start + timedelta(minutes=1))
    assert len(postbox.received) == 1, "somebody else's claim is left alone"
    mail_delivery.deliver(house, start + timedelta(minutes=20))
    assert len({message["Message-ID"] for message in postbox.received}) == 1
    assert len(postbox.received) == 2


@SQLITE
def test_without_a_mail_server_mails_wait_untouched(database: Database) -> None:
    tenant, _person = a_county(database)
    write(database, tenant.id or 0)
    mail_delivery.deliver(house_over(database, ""), present())
    assert [(row.state, row.attempts) for row in mails(database, tenant.id or 0)] == [(MailState.WAITING, 0)]


def test_what_must_be_sent_once_is_written_once(database: Database) -> None:
    tenant, _person = a_county(database)
    for _time in range(2):
        write(database, tenant.id or 0, once="digest:1:2026-11-23")
    assert len(mails(database, tenant.id or 0)) == 1


def test_mails_are_given_up_after_a_week_and_forgotten_after_thirty_days(
    database: Database, server: Controller
) -> None:
    tenant, _person = a_county(database)
    house = house_over(database, f"smtp://127.0.0.1:{server.port}")
    write(database, tenant.id or 0)
    mail_delivery.deliver(house, present())
    write(database, tenant.id or 0, subject="wartet")
    mail_delivery.erase_old(house, present() + timedelta(days=6))
    assert [row.state for row in mails(database, tenant.id or 0)] == [MailState.SENT, MailState.WAITING]
    mail_delivery.erase_old(house, present() + timedelta(days=8))
    assert [row.state for row in mails(database, tenant.id or 0)] == [MailState.SENT, MailState.FAILED]
    mail_delivery.deliver(house, present() + timedelta(days=9))
    assert "week" in (mails(database, tenant.id or 0)[1].problem or "")
    mail_delivery.erase_old(house, present() + timedelta(days=31))
    assert mails(database, tenant.id or 0) == []


@SQLITE
@pytest.mark.parametrize(
    "address", ["", "a", "a@b\nBcc: c@d.example", "a@b.example, c@d.example", "A <a@b.example>", "a@b@c", "a b@c.de"]
)
def test_what_is_no_single_address_is_refused(database: Database, address: str) -> None:
    tenant, _person = a_county(database)
    with pytest.raises(InvalidInput):
        write(database, tenant.id or 0, to=address)


@given(st.text(max_size=300))
def test_no_subject_makes_a_second_header(words: str) -> None:
    row = MailOutbox(
        recipient="a@b.example", subject=one_line(words), text="x", reference="t", message_id="1",
        created_at=datetime(2026, 11, 23, tzinfo=UTC), next_at=datetime(2026, 11, 23, tzinfo=UTC),
    )  # fmt: skip
    parsed = email.message_from_bytes(message_of(row, SENDER).as_bytes(), policy=policy.default)
    assert set(parsed.keys()) == {
        "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "Content-Type", "Content-Transfer-Encoding",
        "MIME-Version",
    }  # fmt: skip


@given(st.text(alphabet=st.characters(blacklist_categories=("Cs", "Cc")) | st.just("\n"), max_size=400))
def test_flowed_lines_join_to_the_text_again(text: str) -> None:
    joined: list[str] = []
    soft = False
    for line in flowed(text).split("\n"):
        plain = line[1:] if line.startswith(" ") else line
        joined.append(plain) if not soft else joined.append(joined.pop() + plain)
        soft = line.endswith(" ") and line != "-- "
    expected = ["-- " if line.rstrip() == "--" else line.rstrip() for line in text.split("\n")]
    assert [line.rstrip() for line in joined] == [line.rstrip() for line in expected]


def a_certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for this machine, and its key."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True,
    )  # fmt: skip
    return certificate, key


def accept(_server: object, _session: object, _envelope: object, _mechanism: object, data: object) -> AuthResult:
    """One account."""
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (b"kim", b"p@ss:wort")
    return AuthResult(success=right, handled=right)


@SQLITE
def test_a_password_goes_over_an_encrypted_line_to_a_server_with_a_known_certificate_only(
    database: Database, postbox: Postbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tenant, _person = a_county(database)
    certificate, key = a_certificate(tmp_path)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    server = Controller(
        postbox, hostname="127.0.0.1", port=free_port(), tls_context=context, require_starttls=True,
        authenticator=accept, auth_required=True,
    )  # fmt: skip
    server.start()
    try:
        house = house_over(database, f"smtp://kim:p%40ss%3Awort@localhost:{server.port}")
        write(database, tenant.id or 0)
        start = present()
        mail_delivery.deliver(house, start)
        assert "certificate" in (mails(database, tenant.id or 0)[0].problem or "").lower()
        assert postbox.received == []
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        mail_delivery.deliver(house, start + timedelta(minutes=2))
        assert len(postbox.received) == 1
        wrong = replace(house.settings, smtp_url=house.settings.smtp_url.replace("kim:", "other:"))
        write(database, tenant.id or 0)
        mail_delivery.deliver(replace(house, settings=wrong), start + timedelta(minutes=3))
        assert "535" in (mails(database, tenant.id or 0)[1].problem or "")
    finally:
        server.stop()


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"SMTP_URL": "http://mail"}, "SMTP_URL should read"),
        ({"SMTP_URL": "smtp://mail"}, "MAIL_FROM must be"),
        ({"SMTP_URL": "smtp://mail", "MAIL_FROM": "a@b\nc"}, "MAIL_FROM must be"),
        ({"SMTP_URL": "smtp://mail", "MAIL_FROM": "a@b.example"}, "PUBLIC_URL must be"),
        ({"SMTP_URL": "smtp://a:secret@mail:port", "MAIL_FROM": "a@b.example"}, "SMTP_URL is not an address"),
        ({"PUBLIC_URL": "kim.example"}, "PUBLIC_URL should be"),
    ],
)
def test_half_a_mail_setting_stops_the_start_and_tells_no_password(values: dict[str, str], said: str) -> None:
    with pytest.raises(BadSetting, match=said) as found:
        from_environment({f"LUECKENLOS_{name}": value for name, value in values.items()})
    assert "secret" not in str(found.value)


def test_mails_of_one_county_are_none_of_another(database: Database) -> None:
    (one, _a), (other, _b) = a_county(database), a_county(database)
    write(database, one.id or 0)
    assert mails(database, other.id or 0) == []


@pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
def test_who_runs_the_house_sees_what_hangs_and_tries_again_without_reading_it(demo: Demo) -> None:
    write(demo.database, demo.tenant_id, subject="Vertrauliche Überschrift")
    house = house_over(demo.database, "")
    claimed = mail_delivery.claim(house, present())[0]
    mail_delivery.mark(house, claimed, mail_delivery.Outcome("550 unbekannt", final=True))
    client = demo.client("p-albers")
    page = client.get("/post").get_data(as_text=True)
    assert "550 unbekannt" in page
    assert "kein Mailserver eingetragen" in page
    assert "Vertrauliche" not in page
    assert client.get("/readyz").get_json()["mail"] == {"sends": False, "waiting": 0, "failed": 1}
    assert post(client, f"/post/{claimed.id}/nochmal", at="/post").status_code == 303
    assert mails(demo.database, demo.tenant_id)[0].state == MailState.WAITING
    assert demo.client("p-brandes").get("/post").status_code == 403
