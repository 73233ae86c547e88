"""Cards, board and dots in real browsers: by dragging, by keyboard, without JavaScript, and for axe-core."""

from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from sqlmodel import select

from app.core.database import every_tenant
from knowledge.reconstruction import card_actions, cluster_actions, dot_actions
from knowledge.reconstruction.card_places import WHOLE_CASE
from knowledge.reconstruction.card_rules import DotRule
from knowledge.reconstruction.card_states import CardKind
from knowledge.reconstruction.models import WorkshopRoom
from tests.knowledge.reconstruction.table import act, in_cards_phase, room_of
from tests.knowledge.reconstruction.workshop import MODERATOR, ROOM
from tests.support.chromium import DESKTOP, PHONE, Visitor
from tests.support.demo import Demo
from tests.support.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)]

DESK = f"{ROOM}/moderation"
CARDS = ("Der Bescheid kam zu spät", "Niemand war zuständig", "Die Lotsin ging mit")


def on_the_table(demo: Demo, *texts: str) -> Any:
    """Uncovered cards in the room's first case; its moderator."""
    in_cards_phase(demo, 1)
    moderator = demo.actor(MODERATOR)
    at = room_of(demo, moderator).workshop_case_id or 0
    act(demo, moderator, card_actions.enter_cards, CardKind.BREAK, WHOLE_CASE, "\n".join(texts), at)
    return moderator


def stand_at(demo: Demo, position: int) -> None:
    """Put the room into a phase."""
    with demo.database.session(demo.database.writing) as session, every_tenant(session):
        room = session.exec(select(WorkshopRoom)).one()
        room.position = position
        session.add(room)
        session.commit()


def a_member(chromium: Browser, base: str, **more: Any) -> Visitor:
    """Somebody of a welfare association who joins with their account."""
    member = Visitor(chromium, base, **more).sign_in("Thomas Steffens").go(ROOM)
    member.page.get_by_role("button", name="Zusagen und beitreten").click()
    expect(member.page.get_by_role("navigation", name="Ansichten")).to_be_visible()
    return member


def test_a_card_is_dragged_while_somebody_else_types(demo: Demo, server: Server, chromium: Browser) -> None:
    on_the_table(demo, *CARDS)
    stand_at(demo, 7)
    moderator = Visitor(chromium, server.url).sign_in("Svenja Albers").go(DESK)
    phone = a_member(chromium, server.url, width=PHONE).go(f"{ROOM}?ansicht=karten")
    typed = phone.page.get_by_label("Ihre Beobachtung")
    typed.fill("Halb getippt")
    card = moderator.page.locator("#loose li").first
    card.drag_to(moderator.page.locator("[data-pile=neu]"))
    expect(moderator.page.get_by_role("heading", name="Gruppe 1 (noch ohne Namen)")).to_be_visible()
    expect(phone.page.get_by_role("heading", name="Gruppe 1 (noch ohne Namen)")).to_be_visible()
    expect(typed).to_have_value("Halb getippt")
    phone.page.reload()
    expect(phone.page.get_by_label("Ihre Beobachtung")).to_have_value("Halb getippt")
    a_late_press_is_told(moderator)
    assert moderator.foreign == phone.foreign == []
    moderator.leave()
    phone.leave()


def a_late_press_is_told(moderator: Visitor) -> None:
    """What somebody else's screen has moved meanwhile is said, and stays to be read while the page looks again."""
    next_one = moderator.page.get_by_role("button", name="Weiter:").first
    next_one.evaluate("button => { button.value = 'go:9:9:9'; }")
    next_one.click()
    told = moderator.page.get_by_role("alert").filter(has_text="Ihr Klick hat nichts geändert")
    expect(told).to_be_visible()
    with moderator.page.expect_response(lambda answer: "/raum/teil/kopf" in answer.url):
        moderator.page.evaluate("window.htmx.trigger(document.getElementById('room-head'), 'sse:room')")
    expect(told).to_be_visible()


def test_everything_goes_without_javascript(demo: Demo, server: Server, chromium: Browser) -> None:
    on_the_table(demo, CARDS[0])
    moderator = Visitor(chromium, server.url, javascript=False).sign_in("Svenja Albers").go(DESK)
    phone = a_member(chromium, server.url, width=PHONE, javascript=False).go(f"{ROOM}?ansicht=karten")
    phone.page.get_by_label("Das hat getragen").check()
    phone.page.get_by_label("Ihre Beobachtung").fill("Ein Anruf genügte")
    phone.page.get_by_role("button", name="Karte senden").click()
    expect(phone.page.get_by_text("liegt verdeckt auf dem Tisch. Noch 4 Karten.")).to_be_visible()
    moderator.go(DESK).page.get_by_role("button", name="Alle aufdecken").click()
    expect(moderator.page.get_by_text("Keine verdeckten Karten.")).to_be_visible()
    moderator.page.get_by_role("link", name="Karte nach … Ein Anruf genügte").click()
    moderator.page.get_by_label("Karte nach").select_option("neue Gruppe")
    moderator.page.get_by_role("button", name="Verschieben").click()
    expect(moderator.page.get_by_role("heading", name="Gruppe 1 (noch ohne Namen)")).to_be_visible()
    moderator.leave()
    phone.leave()


@pytest.mark.parametrize("width", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_no_screen_of_the_table_has_a_barrier(
    demo: Demo, server: Server, chromium: Browser, width: dict[str, int]
) -> None:
    moderator = on_the_table(demo, *CARDS)
    card = "SELECT key FROM workshop_card"
    with demo.session() as session:
        key = session.connection().exec_driver_sql(card).scalar()
    cluster = act(demo, moderator, cluster_actions.move_card, key, "neu").key
    act(demo, moderator, cluster_actions.name_cluster, cluster, cluster_actions.Sentence(then="fehlt Geld"), 1)
    desk = Visitor(chromium, server.url, width=width).sign_in("Svenja Albers")
    problems = {}
    for position, addresses in {
        5: (DESK, f"{ROOM}/karten/neu", f"{ROOM}/karten/nachtrag", f"{ROOM}?ansicht=karten"),
        7: (DESK, f"{ROOM}/gruppen/{cluster}", f"{ROOM}/karten/{key}/legen", f"{ROOM}/beamer"),
        9: (DESK, f"{ROOM}?ansicht=punkte", f"{ROOM}/punkte", f"{ROOM}/punkte/papier", f"{ROOM}/beamer"),
        10: (DESK, f"{ROOM}/fragen/neu", f"{ROOM}/beamer"),
    }.items():
        stand_at(demo, position)
        if position == 9:
            act(demo, moderator, dot_actions.open_dots, DotRule())
        for address in addresses:
            desk.go(address)
            found = desk.violations() + (["scrolls sideways"] if desk.scrolls_sideways() else [])
            if found:
                problems[position, address] = found
    desk.leave()
    assert problems == {}
