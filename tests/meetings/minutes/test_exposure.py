"""What the public version would tell too much: titles of the closed part and names, found before it goes out."""

import pytest

from meetings.agenda.models import AgendaItem
from meetings.minutes import actions
from meetings.minutes.exposing import texts_of
from meetings.minutes.exposure import Exposed, PublicText, What, exposed
from meetings.minutes.queries import ItemSheet, sheet_by_key
from meetings.minutes.recorded import NOTHING
from meetings.minutes.states import MinutesKind
from meetings.voting.models import Poll
from meetings.voting.poll_rule import PollRule, RuleOption
from meetings.voting.states import PollMethod
from tests.meetings.minutes.walking import OPEN_NOTE, hold
from tests.meetings.walk import CHAIR, MEMBER, OFFICE, PLANNER
from tests.support.demo import Demo

PAGE = "/sitzungen/LG-09/niederschrift"
HIDDEN = "Personalie „Leitung der Koordination“"


def found(text: str) -> list[Exposed]:
    return exposed([PublicText("3", (text,))], [HIDDEN], ["Regina Marx", "Kai Ott"])


def test_a_closed_title_is_found_in_whatever_quotes_and_case() -> None:
    title = Exposed("3", What.TITLE, HIDDEN)
    assert found('Zu TOP 7 (personalie "Leitung der\nKoordination") nichts.') == [title]
    assert found("Zur Leitung.") == []


@pytest.mark.parametrize("text", ["Regina Marx sagt zu.", "Frau Marx sagt zu.", "MARX: ja", "So (Marx)."])
def test_a_name_is_found_whole_or_as_family_name(text: str) -> None:
    assert found(text) == [Exposed("3", What.NAME, "Regina Marx")]


@pytest.mark.parametrize("text", ["Die Marxstraße.", "Otto kommt.", "Ott", "regina"])
def test_words_that_only_contain_a_name_are_none(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
def test_the_clerk_sees_both_versions_and_what_to_look_at(demo: Demo) -> None:
    hold(demo)
    title = sheet_item(demo, "7")
    demo.perform(PLANNER, actions.save_block, "LG-09", "3", f"Herr Brandes fragt nach „{title}“.", 0)
    page = demo.client(OFFICE).get(f"{PAGE}/oeffentliche-fassung").get_data(as_text=True)
    assert "Name: Holger Brandes" in page
    assert f"Titel eines nicht öffentlichen Punktes: „{title}" in page
    assert "Nicht öffentlicher Tagesordnungspunkt" in page
    assert demo.client(CHAIR).get(f"{PAGE}/oeffentliche-fassung").status_code == 200
    assert demo.client(MEMBER).get(f"{PAGE}/oeffentliche-fassung").status_code == 404


def test_the_options_of_a_poll_are_looked_through() -> None:
    options = (RuleOption("a", "Regina Marx"), RuleOption("b", "Kai Ott"))
    poll = Poll(item_id=1, title="Wahl", rule=PollRule(PollMethod.APPROVAL, options=options).canonical())
    entry = ItemSheet(AgendaItem(meeting_id=1, title="Wahlen"), "", "", 0, (), (poll,), NOTHING, None)
    assert {"Wahl", "Regina Marx", "Kai Ott"} <= set(texts_of(entry))


def sheet_item(demo: Demo, number: str) -> str:
    with demo.session() as session:
        sheet = sheet_by_key(session, "LG-09")
        assert sheet is not None
        entry = sheet.item(number)
        assert entry is not None
        return entry.item.title


@pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
def test_minutes_of_results_print_what_came_of_it_and_keep_every_text(demo: Demo) -> None:
    hold(demo)
    office = demo.client(OFFICE)
    demo.perform(PLANNER, actions.save_block, "LG-09", "4", "Lange beraten.", 0)
    demo.perform(OFFICE, actions.describe, "LG-09", MinutesKind.RESULT, "", "")
    page = office.get(PAGE).get_data(as_text=True)
    assert "Die Vereinbarung gilt." in page
    assert "Unterlagen zusammenstellen" in page
    assert "Lange beraten." not in page
    assert OPEN_NOTE not in page
    desk = office.get(f"{PAGE}/top/4").get_data(as_text=True)
    assert "Lange beraten." in desk, "what was written stays with its writer"
    assert "Dies ist ein Ergebnisprotokoll" in desk
    demo.perform(OFFICE, actions.describe, "LG-09", MinutesKind.CONDENSED, "", "")
    page = office.get(PAGE).get_data(as_text=True)
    assert "Lange beraten." in page
    assert OPEN_NOTE in page
