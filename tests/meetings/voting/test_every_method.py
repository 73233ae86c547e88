"""Polls of every method and mode, from opening to the recount by two programs that share no line."""

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from app.core.errors import Forbidden, InvalidInput
from app.tally_command import Asked, tally
from exports import ballots_recount
from exports.ballots import SCRIPT
from meetings.room import actions as room
from meetings.voting import actions, entering
from meetings.voting.files import ballot_file, shows_papers
from meetings.voting.models import Ballot, Poll
from meetings.voting.poll_counting import thaw_poll_count
from meetings.voting.poll_rule import PROPORTIONAL
from meetings.voting.states import PollMethod, PollMode, PollState
from meetings.voting.wishes import PollWish
from tests.meetings.walk import MEMBER, OFFICE, TOPICS, options_of, run_with_everyone, seat_of
from tests.support.demo import Demo, post

VOTERS = ("p-diallo", "p-kessler", "p-marx", "p-bruns", "p-brandes")
SQLITE = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)


def opened(demo: Demo, wish: PollWish) -> int:
    poll: Poll = demo.perform(OFFICE, actions.open_poll, "LG-09", "6", wish)
    return poll.id or 0


def loaded(demo: Demo, poll_id: int) -> Poll:
    with demo.session() as session:
        return session.exec(select(Poll).where(Poll.id == poll_id)).one()


def answers_of(method: PollMethod, options: list[str]) -> list[Mapping[str, Any]]:
    """Five ballots that lead to a result without a tie: the first option wins, or the first two are chosen."""
    a, b, c, d = options
    if method in (PollMethod.SCHULZE, PollMethod.IRV, PollMethod.BORDA, PollMethod.PLURALITY):
        orders = [[[a], [b]], [[a], [b, c], [d]], [[a], [c]], [[b], [a]], [[c], [a], [b]]]
        return [{"ranking": order} for order in orders]
    if method in (PollMethod.SCORE, PollMethod.RESISTANCE):
        low = method == PollMethod.RESISTANCE
        marks = [(5, 3, 2, 0), (4, 4, 0, 1), (5, 0, 3, 0), (3, 5, 1, 2), (4, 2, 2, 2)]
        return [{"points": dict(zip(options, [5 - m if low else m for m in row], strict=True))} for row in marks]
    approved = [[a, b], [a], [a, b], [b, c], [a, d]]
    return [{"approved": names} for names in approved]


@SQLITE
def test_every_method_is_counted_alike_by_the_house_the_command_and_the_script(demo: Demo, tmp_path: Path) -> None:
    run_with_everyone(demo)
    methods = [m for m in PollMethod if m not in (PollMethod.MAJORITY, PollMethod.DOTS)]
    for method in methods:
        poll_id = opened(demo, PollWish(method, topic_keys=TOPICS, capacity=2))
        for person, answer in zip(VOTERS, answers_of(method, options_of(demo, poll_id)), strict=True):
            demo.perform(person, actions.cast_answer, poll_id, answer)
        demo.perform(OFFICE, actions.close_poll, poll_id)
        poll = loaded(demo, poll_id)
        with demo.session() as session:
            content = ballot_file(session, poll)
        file = tmp_path / f"{method}.json"
        file.write_bytes(content)
        counted = next(tally([file], Asked()))
        stored = thaw_poll_count(poll.tally or "")
        assert counted.sha256 == poll.file_sha256
        line = stored.counted.as_json(counted.sha256, all_ties=True)
        assert json.loads(counted.counted.as_json(counted.sha256, all_ties=True)) == json.loads(line), method
        script = ballots_recount.recount(json.loads(content))
        assert tuple(script["winners"]) == stored.counted.winners, method
        a, b, *_others = options_of(demo, poll_id)
        assert stored.counted.winners == ((a, b) if method in PROPORTIONAL else (a,)), method
    page = demo.client(MEMBER).get(f"/abstimmungen/{poll_id}").get_data(as_text=True)
    assert "Andere Verfahren" in page
    archive = zipfile.ZipFile(io.BytesIO(demo.client(MEMBER).get(f"/abstimmungen/{poll_id}/nachzaehlen.zip").data))
    archive.extractall(tmp_path)
    command = [sys.executable, "-I", "nachzaehlen.py", f"abstimmung-{poll_id}.json"]
    said = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert json.loads(said)["sha256_of_file"] == poll.file_sha256
    assert json.loads(said)["sha256_of_rule"] == poll.rule_sha256


def test_the_script_imports_nothing_of_the_house() -> None:
    imports = [line for line in SCRIPT.read_text().splitlines() if line.startswith(("import ", "from "))]
    assert {line.split()[1] for line in imports} == {"hashlib", "json", "sys", "fractions", "itertools"}


@SQLITE
def test_a_resolution_is_voted_repeated_and_then_decided(demo: Demo) -> None:
    """Consensus first: one no sends it back; in the third attempt the simple majority decides, with its dissent."""
    run_with_everyone(demo)
    demo.perform(OFFICE, room.declare_recusal, "LG-09", "6", seat_of(demo, "st-brueckfeld"))
    wish = PollWish(
        PollMethod.MAJORITY, PollMode.NAMED, motion="Es wird gehandelt.", majority="consensus_then_majority"
    )
    for attempt in (1, 2, 3):
        poll_id = opened(demo, wish)
        for person, vote in zip(VOTERS[1:], ("yes", "yes", "no", "abstain"), strict=True):
            demo.perform(person, actions.cast_answer, poll_id, {"answer": vote})
        with pytest.raises(Forbidden, match="Befangenheit"):
            demo.perform(MEMBER, actions.cast_answer, poll_id, {"answer": "yes"})
        demo.perform(OFFICE, actions.close_poll, poll_id)
        count = thaw_poll_count(loaded(demo, poll_id).tally or "")
        assert count.counted.accepted == (attempt == 3)
        assert count.votes is not None
        assert (count.votes.entitled_present, count.votes.recused, count.not_cast) == (15, 1, 11)
    page = " ".join(demo.client("p-kessler").get(f"/abstimmungen/{poll_id}").get_data(as_text=True).split())
    assert "Mehrheitlich angenommen (2 Ja, 1 Nein, 1 Enthaltung); 1 Mitglied hat wegen Befangenheit" in page
    assert "Gegenstimmen:" in page
    assert "= Stimmberechtigte 16 − Befangene 1" in page
    form = demo.client(OFFICE).get("/sitzungen/LG-09/top/6/beschluss").get_data(as_text=True)
    assert "Es wird gehandelt." in form
    assert 'name="not_cast"' in form
    assert 'value="11"' in form


@SQLITE
@pytest.mark.parametrize(
    ("method", "choice"),
    [
        (PollMethod.APPROVAL, "approved"),
        (PollMethod.EQUAL_SHARES, "approved"),
        (PollMethod.SCORE, "wahl-1"),
        (PollMethod.SCHULZE, "wahl-1"),
    ],
)
def test_a_ballot_that_abstains_and_chooses_is_refused(demo: Demo, method: PollMethod, choice: str) -> None:
    run_with_everyone(demo)
    poll_id = opened(demo, PollWish(method, topic_keys=TOPICS, capacity=2))
    chosen = {choice: options_of(demo, poll_id)[0] if choice == "approved" else "1"}
    empty = {f"wahl-{place}": "" for place in (1, 2, 3, 4)} if choice == "wahl-1" else {}
    client, page = demo.client(MEMBER), f"/abstimmungen/{poll_id}"
    torn = post(client, f"{page}/stimme", {**empty, **chosen, "abstain": "y"}, at=page)
    assert torn.status_code == 422
    assert "Bitte wählen Sie entweder Enthaltung oder eine Auswahl." in torn.text
    assert post(client, f"{page}/stimme", {**empty, "abstain": "y"}, at=page).status_code == 303


@SQLITE
def test_a_vote_may_be_changed_only_where_the_rule_says_so(demo: Demo) -> None:
    run_with_everyone(demo)
    motion = PollWish(PollMethod.MAJORITY, motion="Ja?", majority="simple_of_cast", revote=True)
    poll_id = opened(demo, motion)
    for vote in ("yes", "no"):
        demo.perform(MEMBER, actions.cast_answer, poll_id, {"answer": vote})
    with demo.session() as session:
        assert [ballot.answer for ballot in session.exec(select(Ballot))] == ['{"answer": "no"}']
    demo.perform(OFFICE, actions.close_poll, poll_id)
    poll_id = opened(demo, PollWish(PollMethod.MAJORITY, motion="Ja?", majority="simple_of_cast"))
    demo.perform(MEMBER, actions.cast_answer, poll_id, {"answer": "yes"})
    with pytest.raises(actions.AlreadyCast):
        demo.perform(MEMBER, actions.cast_answer, poll_id, {"answer": "no"})


@SQLITE
def test_the_office_enters_a_show_of_hands_and_what_lay_in_the_box(demo: Demo) -> None:
    run_with_everyone(demo)
    hands = opened(demo, PollWish(PollMethod.MAJORITY, PollMode.ENTERED, motion="Ja?", majority="simple_of_cast"))
    with pytest.raises(Forbidden, match="Geschäftsstelle"):
        demo.perform(MEMBER, actions.cast_answer, hands, {"answer": "yes"})
    with pytest.raises(Forbidden):
        demo.perform(MEMBER, entering.enter_votes, hands, {seat_of(demo, "st-brueckfeld"): {"answer": "yes"}})
    with pytest.raises(InvalidInput, match="nicht stimmberechtigt"):
        demo.perform(OFFICE, entering.enter_votes, hands, {9999: {"answer": "yes"}})
    seats = [seat_of(demo, key) for key in ("st-brueckfeld", "jobcenter")]
    for answers in ({seats[0]: {"answer": "no"}, seats[1]: {"answer": "yes"}}, {seats[0]: None}):
        demo.perform(OFFICE, entering.enter_votes, hands, answers)
    demo.perform(OFFICE, actions.close_poll, hands)
    count = thaw_poll_count(loaded(demo, hands).tally or "")
    assert (count.cast, count.counted.accepted) == (1, True)
    box = opened(demo, PollWish(PollMethod.MAJORITY, PollMode.PAPER, motion="Ja?", majority="two_thirds_of_cast"))
    with pytest.raises(InvalidInput, match="mehr Stimmzettel als"):
        demo.perform(OFFICE, entering.enter_paper, box, [({"answer": "yes"}, 17)])
    demo.perform(
        OFFICE, entering.enter_paper, box, [({"answer": "yes"}, 8), ({"answer": "no"}, 4), ({"answer": "invalid"}, 1)]
    )
    demo.perform(OFFICE, actions.close_poll, box)
    count = thaw_poll_count(loaded(demo, box).tally or "")
    assert count.votes is not None
    assert (count.votes.invalid, count.votes.not_cast, count.counted.accepted) == (1, 3, True)


@SQLITE
def test_a_voided_poll_stays_with_its_reason_and_is_replaced(demo: Demo) -> None:
    run_with_everyone(demo)
    wish = PollWish(PollMethod.APPROVAL, topic_keys=TOPICS, typed=("Nichts davon",))
    first = opened(demo, wish)
    demo.perform(MEMBER, actions.cast_answer, first, {"approved": options_of(demo, first)[:1]})
    demo.perform(OFFICE, actions.close_poll, first)
    with pytest.raises(Forbidden):
        demo.perform(MEMBER, entering.void_poll, first, "Weil.")
    with pytest.raises(Exception, match="Begründung"):
        demo.perform(OFFICE, entering.void_poll, first, "  ")
    demo.perform(OFFICE, entering.void_poll, first, "Ein Thema fehlte.")
    second = opened(demo, wish)
    assert loaded(demo, second).replaces_id == first
    old = loaded(demo, first)
    assert (old.state, old.void_reason, old.tally is not None) == (PollState.VOIDED, "Ein Thema fehlte.", True)
    assert not shows_papers(old)
    assert "Ein Thema fehlte." in demo.client(MEMBER).get(f"/abstimmungen/{first}").get_data(as_text=True)


@SQLITE
def test_an_item_without_topics_can_be_put_to_the_vote(demo: Demo) -> None:
    run_with_everyone(demo)
    page = demo.client(OFFICE).get("/sitzungen/LG-09/top/7/abstimmung").get_data(as_text=True)
    assert "Antrag im Wortlaut" in page
    families = ("zustimmung", "bewertung", "rangfolge", "widerstand", "auswahl", "punkte")
    for family in families:
        assert demo.client(OFFICE).get(f"/sitzungen/LG-09/top/7/abstimmung?verfahren={family}").status_code == 200
    fields = {"method": "schulze", "typed": "A\nB\n", "mode": "named"}
    answer = post(demo.client(OFFICE), "/sitzungen/LG-09/top/7/abstimmung?verfahren=rangfolge", fields)
    assert answer.status_code == 303
    answer = post(demo.client(MEMBER), "/abstimmungen/1/stimme", {"wahl-1": "2", "wahl-2": "1"})
    assert answer.status_code == 303


@SQLITE
def test_the_office_fills_in_the_grid_and_types_paper_after_paper(demo: Demo) -> None:
    run_with_everyone(demo)
    for method, mode in ((PollMethod.SCORE, PollMode.ENTERED), (PollMethod.APPROVAL, PollMode.PAPER)):
        poll_id = opened(demo, PollWish(method, mode, typed=("A", "B")))
        one, two = options_of(demo, poll_id)
        typed = {f"sitz-{seat_of(demo, 'jobcenter')}-{one}": "4"} if mode == PollMode.ENTERED else {"approved": [two]}
        client = demo.client(OFFICE)
        assert client.get(f"/abstimmungen/{poll_id}/eintragen").status_code == 200
        assert post(client, f"/abstimmungen/{poll_id}/eintragen", typed).status_code == 303
        demo.perform(OFFICE, actions.close_poll, poll_id)
        assert thaw_poll_count(loaded(demo, poll_id).tally or "").cast == 1
        assert client.get(f"/abstimmungen/{poll_id}").status_code == 200
