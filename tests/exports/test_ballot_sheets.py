"""Paper ballots for every method: one for each entitled, and a sheet for the result."""

import io
import re
import zipfile

import pytest

from meetings.voting import actions
from meetings.voting.models import Poll
from meetings.voting.states import PollMethod, PollMode
from meetings.voting.wishes import PollWish
from tests.meetings.walk import MEMBER, OFFICE, TOPICS, run_with_everyone
from tests.support.demo import Demo

SQLITE = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
WISHES = (
    PollWish(PollMethod.DOTS, PollMode.PAPER, TOPICS, dots_per_seat=3, max_per_option=2),
    PollWish(PollMethod.APPROVAL, PollMode.PAPER, TOPICS),
    PollWish(PollMethod.SCORE, PollMode.PAPER, TOPICS),
    PollWish(PollMethod.SCHULZE, PollMode.PAPER, TOPICS),
    PollWish(PollMethod.RESISTANCE, PollMode.PAPER, TOPICS),
    PollWish(PollMethod.EQUAL_SHARES, PollMode.PAPER, TOPICS, capacity=2),
    PollWish(PollMethod.MAJORITY, PollMode.PAPER, motion="Wir tun es.", majority="simple_of_cast"),
)
ASKED = (
    "je Punkt ein Kreuz",
    "Ankreuzen, was",
    "0 bis 5 eintragen",
    "Plätze eintragen",
    "0 bis 10 eintragen",
    "Ankreuzen, was",
    "eine Antwort",
)


@SQLITE
def test_each_method_has_its_paper(demo: Demo) -> None:
    run_with_everyone(demo)
    office = demo.client(OFFICE)
    for wish, words in zip(WISHES, ASKED, strict=True):
        poll: Poll = demo.perform(OFFICE, actions.open_poll, "LG-09", "6", wish)
        address = f"/abstimmungen/{poll.id}/papier"
        assert "zum Ausdrucken" in office.get(f"/abstimmungen/{poll.id}").get_data(as_text=True)
        with zipfile.ZipFile(io.BytesIO(office.get(f"{address}.docx").data)) as archive:
            text = archive.read("word/document.xml").decode()
        assert words in text
        assert text.count("Stimmzettel: ") == 16
        shown = re.sub("<[^>]+>", "", text)
        assert shown.count(words) == 16, "a ballot says once what it asks"
        assert "Ergebniszettel" in text
        assert "Diallo" not in text
        assert demo.client(MEMBER).get(f"{address}.docx").status_code == 403
        demo.perform(OFFICE, actions.close_poll, poll.id)
    assert office.get(f"{address}.pdf").status_code == 403
