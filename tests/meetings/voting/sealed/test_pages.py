"""The pages of a secret poll: casting with a control code, two tellers, and the published list."""

import re

import pytest
from sqlmodel import col, select
from werkzeug.test import TestResponse

from app.core.records import AuditEntry, LiveEvent, UsedKey
from app.people.models import Person
from meetings.bodies.models import SeatHolder
from meetings.room import actions as room
from meetings.voting import actions as voting
from meetings.voting.models import Ballot, Poll
from meetings.voting.sealed import tellers
from meetings.voting.sealed.codes import fresh_slip
from meetings.voting.sealed.models import Envelope
from meetings.voting.states import PollMethod, PollMode
from meetings.voting.wishes import PollWish
from tests.meetings.voting.sealed.urn_room import act, seats
from tests.meetings.walk import ADVISOR, CHAIR, ITEM, MEMBER, OFFICE, OUTSIDER, PLANNER, run_with_everyone
from tests.support.demo import Demo, hidden_fields, post
from tests.support.house_rules import HouseClient

pytestmark = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)


def open_secret(demo: Demo, *, revote: bool = False) -> int:
    """Open a secret resolution on item 6 of the running meeting; its id."""
    wish = PollWish(PollMethod.MAJORITY, PollMode.SECRET, revote=revote, motion="Antrag", majority="simple_of_cast")
    poll: Poll = act(demo, voting.open_poll, "LG-09", "6", wish)
    return poll.id or 0


def holders(demo: Demo, poll_id: int) -> list[str]:
    """The keys of people who hold the seats that may vote, in the order of the seats."""
    ids = [voter.seat_id for voter in seats(demo, poll_id)]
    with demo.session() as session:
        rows = session.exec(
            select(col(SeatHolder.seat_id), col(Person.key))
            .join(Person, col(Person.id) == col(SeatHolder.person_id))
            .where(col(SeatHolder.seat_id).in_(ids), col(SeatHolder.rank) == 0)
        ).all()
    return [key for _seat, key in sorted(rows, key=lambda row: ids.index(row[0]))]


def cast(client: HouseClient, poll_id: int, vote: str, slip: str, **more: str) -> TestResponse:
    """Send a secret ballot as its form does."""
    page = client.get(f"/abstimmungen/{poll_id}")
    data = {**hidden_fields(page.text), "vote": vote, "slip": slip, **more}
    return client.post(f"/abstimmungen/{poll_id}/geheim", data=data)


def code_on(page: str) -> str:
    found = re.search(r'data-code="([^"]+)"', page)
    assert found, page
    return found[1]


def test_a_secret_ballot_from_its_form_to_the_published_list(demo: Demo) -> None:
    run_with_everyone(demo)
    poll_id = open_secret(demo)
    people = holders(demo, poll_id)[:6]
    codes = {}
    for place, person in enumerate(people):
        client, slip = demo.client(person), fresh_slip()
        answer = cast(client, poll_id, ("yes", "no", "yes")[place % 3], slip)
        assert answer.status_code == 200
        codes[person] = code_on(answer.text)
        again = cast(client, poll_id, "no", slip).text
        assert code_on(again) == codes[person], "the same form is the same ballot"
        assert "Es gilt die Stimme, die zuerst ankam." in again
        assert "Es gilt die Stimme, die zuerst ankam." not in answer.text
        assert "Ihre Stimme ist abgegeben" not in again
        assert cast(client, poll_id, "no", fresh_slip()).status_code == 409
        assert codes[person] not in client.get(f"/abstimmungen/{poll_id}").text, "shown once"
    late_slip = slip
    assert len(set(codes.values())) == 6

    with demo.session() as session:
        assert len(session.exec(select(Envelope)).all()) == 6
        casts = [act for act in session.exec(select(AuditEntry)) if act.action == "ballot.cast"]
        assert len(casts) == 6
        told = [event for event in session.exec(select(LiveEvent)) if event.name == f"poll-{poll_id}"]
        assert len(told) == 6 + 1
        kept = " ".join(key.location for key in session.exec(select(UsedKey)))
        assert not any(code in kept for code in codes.values())
        assert "geheim" not in kept

    assert post(demo.client(OFFICE), f"/abstimmungen/{poll_id}/schliessen").status_code == 303
    again = cast(demo.client(people[-1]), poll_id, "yes", late_slip)
    assert code_on(again.text) == codes[people[-1]], "whose answer was lost still gets the code after the count"
    assert cast(demo.client(people[0]), poll_id, "yes", fresh_slip()).status_code == 409
    with demo.session() as session:
        assert session.exec(select(Envelope)).all() == []
        assert session.exec(select(Poll.state).where(col(Poll.id) == poll_id)).one() == "published"


def test_who_may_cast_secretly_and_what_is_no_ballot(demo: Demo) -> None:
    run_with_everyone(demo)
    poll_id = open_secret(demo)
    voter = holders(demo, poll_id)[0]
    assert cast(demo.client(ADVISOR), poll_id, "yes", fresh_slip()).status_code == 403
    assert cast(demo.client(OUTSIDER), poll_id, "yes", fresh_slip()).status_code == 404
    for vote, slip in (("perhaps", fresh_slip()), ("", fresh_slip()), ("yes", ""), ("yes", "x" * 32 + "\n")):
        assert cast(demo.client(voter), poll_id, vote, slip).status_code == 422, (vote, slip)
    with demo.session() as session:
        assert session.exec(select(Ballot).where(col(Ballot.poll_id) == poll_id)).all() == []
    assert cast(demo.client(voter), poll_id, "yes", fresh_slip()).status_code == 200


def test_who_may_not_vote_is_refused_before_the_form_is_looked_at(demo: Demo) -> None:
    run_with_everyone(demo)
    poll_id = open_secret(demo)
    voter = holders(demo, poll_id)[0]
    demo.perform(voter, room.leave, "LG-09")
    for vote, slip in (("yes", fresh_slip()), ("", fresh_slip()), ("yes", "")):
        refused = cast(demo.client(voter), poll_id, vote, slip)
        assert refused.status_code == 403, (vote, slip)
        assert "None" not in refused.text


def test_after_the_vote_a_broken_slip_is_a_second_ballot(demo: Demo) -> None:
    run_with_everyone(demo)
    poll_id = open_secret(demo)
    client = demo.client(holders(demo, poll_id)[0])
    assert cast(client, poll_id, "yes", fresh_slip()).status_code == 200
    refused = cast(client, poll_id, "no", "")
    assert refused.status_code == 409
    assert "können Sie sie ändern" not in refused.text


def test_two_tellers_lock_the_urn_and_the_second_release_counts_it(demo: Demo) -> None:
    run_with_everyone(demo)
    office = demo.client(OFFICE)
    for person, status in ((MEMBER, 403), (PLANNER, 403), (OUTSIDER, 404), (CHAIR, 200)):
        assert demo.client(person).get(f"{ITEM}/urne").status_code == status, person
    with demo.session() as session:
        ids = {key: str(id_) for key, id_ in session.exec(select(col(Person.key), col(Person.id)))}
    one, other = MEMBER, "p-brandes"
    assert post(office, f"{ITEM}/urne", {"first": ids[one], "second": ids[one]}).status_code == 422
    prepared = post(office, f"{ITEM}/urne", {"first": ids[one], "second": ids[other]})
    urn = prepared.location
    assert prepared.status_code == 303

    with pytest.raises(voting.DomainError, match="noch nicht verschlossen"):
        open_secret(demo)
    assert post(office, f"{urn}/verschliessen", at=urn).status_code == 403
    words = {one: "sieben blaue Amseln", other: "am Fluss steht ein Haus"}
    short = {"passphrase": "kurz", "repeated": "kurz"}
    assert post(demo.client(one), f"{urn}/verschliessen", short, at=urn).status_code == 422
    differs = {"passphrase": words[one], "repeated": words[other]}
    assert post(demo.client(one), f"{urn}/verschliessen", differs, at=urn).status_code == 422
    for person, passphrase in words.items():
        data = {"passphrase": passphrase, "repeated": passphrase}
        assert post(demo.client(person), f"{urn}/verschliessen", data, at=urn).status_code == 303
    poll_id = open_secret(demo)
    for person in holders(demo, poll_id)[:5]:
        assert cast(demo.client(person), poll_id, "yes", fresh_slip()).status_code == 200
    early = {"passphrase": words[one]}
    assert post(demo.client(one), f"{urn}/freigeben", early, at=urn).status_code == 403, "not before the close"

    assert post(office, f"/abstimmungen/{poll_id}/schliessen").status_code == 303
    assert state_of(demo, poll_id) == "closed"
    assert cast(demo.client(holders(demo, poll_id)[6]), poll_id, "yes", fresh_slip()).status_code == 409
    assert post(demo.client(one), f"{urn}/freigeben", {"passphrase": words[other]}, at=urn).status_code == 422
    assert post(demo.client(one), f"{urn}/freigeben", {"passphrase": words[one]}, at=urn).status_code == 303
    assert state_of(demo, poll_id) == "closed"
    assert post(demo.client(other), f"{urn}/freigeben", {"passphrase": words[other]}, at=urn).status_code == 303
    assert state_of(demo, poll_id) == "published"
    assert "ausgezählt" in office.get(urn).text
    assert demo.client(OUTSIDER).get(urn).status_code == 404
    with demo.session() as session:
        acts = " ".join(act.facts for act in session.exec(select(AuditEntry)))
    assert not any(word in acts for passphrase in words.values() for word in passphrase.split())
    assert tellers.TELLERS == 2


def state_of(demo: Demo, poll_id: int) -> str:
    with demo.session() as session:
        return str(session.exec(select(Poll.state).where(col(Poll.id) == poll_id)).one())
