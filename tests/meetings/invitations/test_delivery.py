"""Invitations over a mail server that has a bad day: down for an hour, slow, busy, gone in mid-sentence, refusing."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from app.core import mail_delivery
from app.core.clock import now
from app.core.web import House
from meetings.invitations.log import log_of
from meetings.invitations.sending import send_again
from tests.core.test_mail import Postbox
from tests.meetings.invitations.test_sending import FROM, SQLITE, log, outbox, scheduled, send
from tests.support.demo import Demo
from tests.support.postgres import free_port

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


class SlowPostbox(Postbox):
    """A mail server that takes its time for some recipients, once."""

    def __init__(self) -> None:
        super().__init__()
        self.slow: set[str] = set()

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if address in self.slow:
            self.slow.remove(address)
            await asyncio.sleep(1.2)
        return await super().handle_RCPT(server, session, envelope, address, options)


@pytest.fixture
def port() -> int:
    """Where the mail server will be, once it is there."""
    return free_port()


@pytest.fixture
def box() -> SlowPostbox:
    """What arrives."""
    return SlowPostbox()


@pytest.fixture
def later(box: SlowPostbox, port: int) -> Iterator[Controller]:
    """The mail server, not started yet."""
    controller = Controller(box, hostname="127.0.0.1", port=port, ready_timeout=10)
    yield controller
    if controller.server:
        controller.stop()


def house_at(demo: Demo, port: int) -> House:
    house: House = demo.app.extensions["lueckenlos"]
    return replace(house, settings=replace(house.settings, smtp_url=f"smtp://127.0.0.1:{port}", mail_from=FROM.email))


def deliver(house: House, start: datetime, since: timedelta, until: timedelta, step: timedelta) -> None:
    """The deliverer wakes up again and again."""
    while since < until:
        mail_delivery.deliver(house, start + since)
        since += step


def states(demo: Demo) -> dict[str, tuple[str, str]]:
    """What the send log says of each address: the state, and the beginning of the reason."""
    with demo.session() as session:
        return {line.letter.recipient: (line.state, line.problem[:3]) for line in reversed(log_of(session, 3))}


@SQLITE
def test_after_an_hour_without_a_server_everybody_is_told_once_and_the_log_says_so(
    demo: Demo, box: SlowPostbox, later: Controller, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail_delivery, "PATIENCE", 0.6)
    scheduled(demo)
    send(demo)
    everybody = [mail.recipient for mail in outbox(demo)]
    house, start = house_at(demo, port), now()

    deliver(house, start, timedelta(0), HOUR, 3 * MINUTE)
    assert box.received == []
    assert {state for state, _problem in states(demo).values()} <= {"wird erneut versucht", "wartet"}
    send(demo)
    assert [mail.recipient for mail in outbox(demo)] == everybody, "who waits is not written to again"

    slow, busy, gone, refused = everybody[0], everybody[3], everybody[7], everybody[9]
    box.slow = {slow}
    box.answers = {busy: ["451 später"] * 3, gone: ["421 bis gleich"], refused: ["550 kennt hier niemand"]}
    later.start()
    deliver(house, start, HOUR, 4 * HOUR, 10 * MINUTE)
    deliver(house, start, 4 * HOUR, 24 * HOUR, HOUR)

    arrived = Counter(str(message["To"]) for message in box.received)
    assert set(arrived) == set(everybody) - {refused}
    assert set(arrived.values()) == {1}
    found = states(demo)
    assert found.pop(refused) == ("abgelehnt", "550")
    assert set(found.values()) == {("versandt", "")}

    letter = next(place for place, (to, _kind, _sequence) in enumerate(log(demo), 1) if to == refused)
    demo.perform("p-albers", send_again, "LG-09", letter, FROM)
    deliver(house, start, 25 * HOUR, 26 * HOUR, HOUR)
    assert Counter(str(message["To"]) for message in box.received)[refused] == 1
    assert states(demo)[refused] == ("versandt", "")


@SQLITE
def test_who_dies_while_sending_repeats_the_same_message_and_forgets_nobody(
    demo: Demo, box: SlowPostbox, later: Controller, port: int
) -> None:
    scheduled(demo)
    send(demo)
    house, start = house_at(demo, port), now()
    later.start()
    claimed = mail_delivery.claim(house, start)
    connection = mail_delivery.connect(house.settings.smtp_url)
    for mail in claimed[:2]:
        connection.send_message(mail_delivery.message_of(mail, FROM.email), FROM.email, [mail.recipient])
    connection.quit()

    deliver(house, start, MINUTE, HOUR, 5 * MINUTE)

    numbers = {str(message["Message-ID"]) for message in box.received}
    assert len(numbers) == len(outbox(demo)), "a repeated mail is the same message, so programs show it once"
    assert len(box.received) == len(outbox(demo)) + 2
    assert {state for state, _problem in states(demo).values()} == {"versandt"}
