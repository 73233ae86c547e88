"""The lot: what it decides, that the sealed number can be checked, and that what was drawn stays."""

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import DomainError, Forbidden, InvalidInput
from exports.minutes_votes import vote_tables
from meetings.voting import actions as voting
from meetings.voting.dots import CutLine
from meetings.voting.lots import actions
from meetings.voting.lots.models import PollLot
from meetings.voting.lots.queries import draw_in, lot_lines, lot_of
from meetings.voting.lots.rules import Draw, commitment, draw_of, drawn, ticket
from meetings.voting.majority import LOT_ACCEPTED, VoteCount, evaluate, rule_for, settled
from meetings.voting.methods.outcome import Counted
from meetings.voting.models import Poll
from meetings.voting.wording import result_sentence
from tests.meetings.walk import MEMBER, OFFICE, closed_poll, open_dots, options_of, run_with_everyone
from tests.support.demo import Demo, post

SQLITE = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
TIED = {"p-diallo": (2, 1, 0, 0), "p-kessler": (2, 0, 1, 0), "p-marx": (2, 0, 0, 1)}


def counted(*ranking: tuple[str, ...], outcomes: tuple[tuple[str, ...], ...] = ()) -> Counted:
    """A count with this order."""
    return Counted("dots", ("a", "b", "c"), outcomes, ranking)


def test_the_lot_decides_only_what_somebody_waits_for() -> None:
    line = CutLine(2, ("a",), ("b", "c"), 1)
    assert draw_of(counted(("a",), ("b", "c")), line, None, shares=False) == Draw((("b",), ("c",)), 1)
    assert draw_of(counted(("a", "b"), ("c",)), None, None, shares=False) == Draw((("a",), ("b",)))
    assert draw_of(counted(("a",), ("b", "c")), None, None, shares=False) is None
    assert draw_of(counted(("a", "b"), ("c",)), CutLine(2, ("a", "b"), (), 0), None, shares=False) is None
    two = counted(outcomes=(("a", "b"), ("a", "c")))
    assert draw_of(two, None, None, shares=True) == Draw((("a", "b"), ("a", "c")))
    tie = evaluate(rule_for("simple_of_cast", tie="lot"), VoteCount(6, 6), 16)
    assert draw_of(counted(), None, tie, shares=False) == Draw((("yes",), ("no",)))
    decided = evaluate(rule_for("simple_of_cast", tie="lot"), VoteCount(7, 6), 16)
    assert draw_of(counted(), None, decided, shares=False) is None
    assert settled(decided, "no") == decided
    assert (settled(tie, "yes").accepted, settled(tie, "yes").kind) == (True, LOT_ACCEPTED)
    assert result_sentence(settled(tie, "no"), VoteCount(6, 6)) == (
        "abgelehnt; bei Stimmengleichheit entschied das Los (6 Ja, 6 Nein)"
    )


@given(st.text(), st.lists(st.text(min_size=1), min_size=2, unique=True), st.integers(1, 3))
def test_the_sealed_number_can_be_checked_with_a_hash_alone(seed: str, options: list[str], places: int) -> None:
    draw = Draw(tuple((option,) for option in options), min(places, len(options)))
    won = drawn(seed, "f" * 64, draw)
    assert len(won) == draw.places
    hashes = {o: hashlib.sha256(f"{seed}:{'f' * 64}:{o}".encode()).hexdigest() for o in options}
    assert [option for (option,) in won] == sorted(options, key=hashes.__getitem__)[: draw.places]
    assert ticket(seed, "f" * 64, (options[0],)) == hashes[options[0]]
    assert commitment(seed) == hashlib.sha256(seed.encode()).hexdigest()


def test_a_tie_at_the_line_is_drawn_once_and_shown(demo: Demo) -> None:
    run_with_everyone(demo)
    poll_id = open_dots(demo)
    page = f"/abstimmungen/{poll_id}"
    with demo.session() as session:
        lot = lot_of(session, poll_id)
        assert lot
        secret, sha256 = lot.seed, lot.sha256
    running = demo.client(MEMBER).get(page).get_data(as_text=True)
    assert sha256 in running
    assert secret not in running
    with pytest.raises(DomainError):
        demo.perform(OFFICE, actions.draw_sealed, poll_id)
    for person, dots in TIED.items():
        points = dict(zip(options_of(demo, poll_id), dots, strict=True))
        demo.perform(person, voting.cast_ballot, poll_id, points)
    demo.perform(OFFICE, voting.close_poll, poll_id)
    office = demo.client(OFFICE)
    assert "Los ziehen" in office.get(page).get_data(as_text=True)
    assert "Los ziehen" not in demo.client(MEMBER).get(page).get_data(as_text=True)
    assert demo.client(MEMBER).get(f"{page}/los").status_code == 403
    with pytest.raises(Forbidden):
        demo.perform(MEMBER, actions.draw_sealed, poll_id)
    with pytest.raises(InvalidInput):
        demo.perform(OFFICE, actions.record_draw, poll_id, "Frau Wieland", options_of(demo, poll_id)[1:])
    assert post(office, f"{page}/los", {"drawn_by": "", "drawn": []}).status_code == 422
    assert post(office, f"{page}/los/ziehen", at=f"{page}/los").status_code == 303
    shown = demo.client(MEMBER).get(page).get_data(as_text=True)
    assert "Losentscheid" in shown
    assert secret in shown
    with demo.session() as session:
        poll, lot = session.get(Poll, poll_id), lot_of(session, poll_id)
        assert poll
        assert lot
        draw = draw_in(poll)
        assert draw
        assert json.loads(lot.drawn or "") == [list(each) for each in drawn(secret, poll.file_sha256 or "", draw)]
        assert "hinterlegten Zahl fiel auf" in lot_lines(session, [poll_id])[poll_id]
        assert "hinterlegten Zahl fiel auf" in vote_tables(session, [poll_id])[poll_id].tally_line
    with pytest.raises(DomainError):
        demo.perform(OFFICE, actions.draw_sealed, poll_id)
    assert office.get(f"{page}/los").status_code == 404


@SQLITE
def test_a_lot_drawn_in_the_room_names_who_drew_it(demo: Demo) -> None:
    poll_id = closed_poll(demo, TIED)
    second = options_of(demo, poll_id)[2]
    sent = {"drawn_by": "Karin Wieland", "drawn": [second]}
    assert post(demo.client(OFFICE), f"/abstimmungen/{poll_id}/los", sent).status_code == 303
    page = demo.client(MEMBER).get(f"/abstimmungen/{poll_id}").get_data(as_text=True)
    assert "gezogen von Karin Wieland" in page
    with demo.session() as session:
        lot = session.get(PollLot, 1)
        assert lot
        assert (lot.kind, lot.drawn) == ("hand", json.dumps([[second]]))
        inside, public = (vote_tables(session, [poll_id], public=each)[poll_id].tally_line for each in (False, True))
    assert "Karin Wieland" in inside
    assert "Karin Wieland" not in public
    assert public.split(" fiel auf ")[1:] == inside.split(" fiel auf ")[1:]
