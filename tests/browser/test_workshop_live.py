"""A whole workshop in real browsers: a moderator, a projector, ten phones without an account, one of them offline.

How quickly the screens agree is measured in the pages themselves, from the answer to the act until the last of them
shows it, so that the time that the test takes to ask them does not count.
"""

import re
import secrets
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from sqlmodel import Session, col, select

from app.core import clock
from app.core.work import Work
from app.people.models import Organisation
from knowledge.reconstruction import entering
from knowledge.reconstruction.door import token_hash
from knowledge.reconstruction.entering import Knock
from knowledge.reconstruction.states import MemberRole
from knowledge.reports.visitors import visitor
from tests.knowledge.reconstruction.table import act
from tests.knowledge.reconstruction.workshop import MODERATOR, ROOM, open_room
from tests.support.chromium import PHONE, Visitor
from tests.support.demo import Demo
from tests.support.server import Server
from tests.support.watches import answered, listen, overload, shown, watch

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)]

WITHIN = 1000.0
"""Milliseconds after the answer to an act in which every screen shows it, where twelve browsers have two cores."""
WORDS = (
    "Zeit",
    "Vertretung",
    "Auskunft",
    "Verständnis",
    "Formularen",
    "Mut",
    "Raum",
    "Dolmetschen",
    "Kinderbetreuung",
    "Übergabe",
)
PHONES, AT_THE_DOOR = len(WORDS), 2
LATE = "Eine Karte aus dem Funkloch"
HEAD, CARD, COVERED = "#room-head", "#board .ll-tcard", "#covered"


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    """Twelve browsers on two cores take their time to start."""
    expect.set_options(timeout=30_000)
    yield
    expect.set_options(timeout=5_000)


def knock(demo: Demo, code: str, name: str) -> str:
    """Somebody asks at the door; the cookie as joining would set it."""
    token = secrets.token_hex(32)
    with demo.session() as session:
        caritas = session.exec(select(Organisation.id).where(col(Organisation.key) == "caritas")).one()

    def job(session: Session) -> None:
        work = Work(session, visitor(demo.tenant_id), clock.now())
        entering.knock(work, code, Knock(name, caritas, MemberRole.RESONANCE, token_hash(token)))
        work.finish()

    demo.app.extensions["lueckenlos"].writer.run(job, demo.tenant_id)
    return token


def a_phone(chromium: Browser, base: str, token: str, view: str = "?ansicht=karten") -> Visitor:
    """A phone that has knocked; it opens its view while others do the same."""
    phone = Visitor(chromium, base, width=PHONE)
    phone.context.add_cookies([{"name": "lueckenlos-raum", "value": token, "url": base}])
    phone.page.goto(f"{base}{ROOM}{view}", wait_until="commit")
    return phone


def texts_on(screen: Visitor) -> list[str]:
    """The cards on the board, in their order."""
    return screen.page.locator("#board .ll-tcard__text").all_inner_texts()


def test_a_whole_round_of_cards_on_twelve_screens(demo: Demo, demo_url: str, chromium: Browser, tmp_path: Path) -> None:
    code = open_room(demo)
    inside = [knock(demo, code, f"Gast {number}") for number in range(AT_THE_DOOR, PHONES)]
    act(demo, demo.actor(MODERATOR), entering.admit_all)
    waiting = [knock(demo, code, f"Nachzügler {number}") for number in range(AT_THE_DOOR)]
    with Server(demo_url, tmp_path / "server") as server:
        moderator = Visitor(chromium, server.url).sign_in("Svenja Albers").go(f"{ROOM}/moderation")
        wall = Visitor(chromium, server.url)
        wall.context.add_cookies(moderator.context.cookies())  # type: ignore[arg-type]
        wall.page.goto(f"{server.url}{ROOM}/beamer", wait_until="commit")
        phones = [a_phone(chromium, server.url, each, "") for each in waiting]
        phones += [a_phone(chromium, server.url, each) for each in inside]
        for phone in phones[:AT_THE_DOOR]:
            expect(phone.page.get_by_text("Bitte warten")).to_be_visible()
        press(moderator, "Alle einlassen")
        for phone in phones:
            expect(phone.page.get_by_text("Der Fall beginnt gleich")).to_be_visible()
        every = (moderator, wall, *phones)
        the_phase_changes_everywhere(moderator, every)
        ten_cards_at_one_moment(moderator, wall, phones)
        they_are_uncovered(moderator, every, phones[0])
        orders = [texts_on(screen) for screen in every]
        assert all(order == orders[0] for order in orders)
        assert sorted(orders[0]) == sorted([*(sentence(word) for word in WORDS), LATE])
        for screen in every:
            assert screen.foreign == []
            screen.leave()


def press(screen: Visitor, name: object) -> None:
    """Press one of the moderation's buttons."""
    screen.page.get_by_role("button", name=name).first.click()  # type: ignore[arg-type]


def sentence(word: str) -> str:
    """What a card says."""
    return f"Es fehlte an {word}"


def the_phase_changes_everywhere(moderator: Visitor, every: Sequence[Visitor]) -> None:
    """The case begins and the moderator goes on to the cards."""
    press(moderator, "Fall beginnen")
    to_the_cards = moderator.page.get_by_role("button", name=re.compile("hierher.*Brüche"))
    expect(to_the_cards).to_be_visible()
    for screen in every:
        watch(screen, "phase", HEAD, "Phase 5 von 10")
    listen(moderator)
    to_the_cards.click()
    agree("phase", answered([moderator]), every)


def ten_cards_at_one_moment(moderator: Visitor, wall: Visitor, phones: Sequence[Visitor]) -> None:
    """Each phone writes a card; all are sent at one moment by the clock."""
    for phone in phones[:AT_THE_DOOR]:
        phone.page.get_by_role("link", name="Jetzt: Karten").click()
    for phone, word in zip(phones, WORDS, strict=True):
        form = phone.page.locator("#card-form")
        form.get_by_label("Hier ist etwas gerissen").check()
        form.get_by_role("textbox").fill(sentence(word))
        watch(phone, "own", "#my-cards .ll-tcard")
        listen(phone)
    for screen in (moderator, wall):
        watch(screen, "covered", COVERED, f"{PHONES} verdeckte Karten")
    moment = phones[0].page.evaluate("Date.now() + 500")
    for phone in phones:
        phone.page.evaluate(
            "at => { setTimeout(() => document.querySelector('#card-form [type=submit]').click(), at - Date.now()); }",
            moment,
        )
    for phone in phones:
        shown(phone, "own")
        assert texts_on(phone) == []
    agree("covered", answered(phones), (moderator, wall))


def they_are_uncovered(moderator: Visitor, every: Sequence[Visitor], lost: Visitor) -> None:
    """A phone loses its network, writes on, misses the uncovering, and catches up with both when it is back."""
    present = [screen for screen in every if screen is not lost]
    for screen in present:
        watch(screen, "uncovered", CARD, count=PHONES)
    lost.context.set_offline(True)
    form = lost.page.locator("#card-form")
    form.get_by_label("Das hat getragen").check()
    form.get_by_role("textbox").fill(LATE)
    form.get_by_role("button", name="Karte senden").click()
    expect(lost.page.locator("#outbox")).to_contain_text(LATE)
    listen(moderator)
    press(moderator, "Alle aufdecken")
    agree("uncovered", answered([moderator]), present)
    assert texts_on(lost) == []
    lost.context.set_offline(False)
    expect(lost.page.locator(CARD)).to_have_count(PHONES)
    expect(moderator.page.get_by_text("1 verdeckte Karte", exact=True)).to_be_visible()
    for screen in every:
        watch(screen, "all", CARD, count=PHONES + 1)
    listen(moderator)
    press(moderator, "Alle aufdecken")
    agree("all", answered([moderator]), every)


def agree(what: str, since: float, screens: Sequence[Visitor]) -> None:
    """Every screen shows it within a second of `since`, or longer where the machine has other work to do."""
    took = [shown(screen, what) - since for screen in screens]
    assert max(took) < WITHIN * overload(), f"{what}: {[round(each) for each in took]} ms, overload {overload():.1f}"
