"""Founding a body, its rules as data, its seats over time, and the history that nothing leaves."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import col, select

from app.core.errors import ChangedMeanwhile, DomainError, Forbidden, InvalidInput
from app.people.models import Organisation
from meetings.bodies import actions
from meetings.bodies.drafts import (
    RULE_FIELDS,
    BodyDraft,
    HoldersDraft,
    SeatDraft,
    goes_round,
    repeated,
    stands_in_for_oneself,
)
from meetings.bodies.models import Body, BodyRules, Seat, SeatHolder
from meetings.bodies.profiles import PROFILES
from meetings.bodies.queries import changes_of, rules_of, seat_rows
from meetings.bodies.states import BodyKind, SeatKind
from meetings.bodies.wording import decision_rules, quorums
from tests.meetings.walk import CHAIR, MEMBER, OFFICE, OUTSIDER, PLANNER, run
from tests.support.demo import Demo, post

on_sqlite = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
JULY, AUGUST = date(2026, 7, 1), date(2026, 8, 1)
HOUSING = BodyDraft("Projektgruppe Wohnen", BodyKind.PROJECT, "Wege in eigenen Wohnraum")


def body(demo: Demo, key: str = "lg-kim") -> Body:
    with demo.session() as session:
        return session.exec(select(Body).where(col(Body.key) == key)).one()


def organisation(demo: Demo, key: str) -> int:
    with demo.session() as session:
        return session.exec(select(Organisation.id).where(col(Organisation.key) == key)).one() or 0


def housing(demo: Demo) -> Seat:
    demo.perform(PLANNER, actions.found_body, HOUSING)
    draft = SeatDraft(organisation(demo, "jobcenter"), SeatKind.VOTING, JULY)
    seat: Seat = demo.perform(PLANNER, actions.add_seat, "projektgruppe-wohnen", draft)
    return seat


@on_sqlite
def test_the_page_says_that_nobody_can_run_the_office(demo: Demo) -> None:
    """Naming the office alone gives nobody a right: that takes somebody on an office seat."""
    draft = BodyDraft("Lenkungsgruppe Wohnen", BodyKind.STEERING, office_id=organisation(demo, "jobcenter"))
    group = demo.perform(PLANNER, actions.found_body, draft)
    hint, page = "Niemand sitzt auf einem Sitz der Geschäftsstelle.", f"/gremien/{group.key}"
    assert hint in demo.client(PLANNER).get(page).get_data(as_text=True)
    assert hint not in demo.client(MEMBER).get(page).get_data(as_text=True)
    assert hint not in demo.client(PLANNER).get("/gremien/lg-kim").get_data(as_text=True)
    seat = demo.perform(PLANNER, actions.add_seat, group.key, SeatDraft(draft.office_id or 0, SeatKind.OFFICE, JULY))
    someone = demo.actor("p-brandes").person_id
    demo.perform(PLANNER, actions.set_holders, group.key, seat.id, HoldersDraft(someone, (), JULY))
    assert hint not in demo.client(PLANNER).get(page).get_data(as_text=True)


def holders(demo: Demo, seat: Seat, holder: int | None, *deputies: int, since: date) -> None:
    draft = HoldersDraft(holder, deputies, since)
    demo.perform(PLANNER, actions.set_holders, "projektgruppe-wohnen", seat.id, draft)


def sitting(demo: Demo, day: date) -> list[list[str]]:
    with demo.session() as session:
        rows = seat_rows(session, body(demo, "projektgruppe-wohnen").id or 0, day)
    return [[holder.name for holder in row.holders] for row in rows]


@given(st.dictionaries(st.integers(1, 6), st.none() | st.integers(1, 6)), st.integers(1, 6), st.integers(1, 6))
def test_whoever_hangs_below_oneself_goes_round(parents: dict[int, int | None], one: int, other: int) -> None:
    assert goes_round(parents, one, one)
    assert not goes_round(parents, one, None)
    if parents.get(other) == one:
        assert goes_round(parents, one, other)


def test_nobody_sits_on_a_seat_twice() -> None:
    assert repeated([1, 2, 1])
    assert not repeated([None, 2, 1])


def test_a_project_group_follows_its_parents_rules_until_it_has_its_own(demo: Demo) -> None:
    steering = body(demo)
    draft = BodyDraft("Projektgruppe Wohnen", BodyKind.PROJECT, parent_id=steering.id)

    group = demo.perform(PLANNER, actions.found_body, draft)

    with demo.session() as session:
        inherited, own = rules_of(session, [group])[group.id], rules_of(session, [steering])[steering.id or 0]
        assert inherited.id == own.id
    assert group.key == "projektgruppe-wohnen"
    assert demo.perform(PLANNER, actions.found_body, draft).key == "projektgruppe-wohnen-2"


@on_sqlite
@pytest.mark.parametrize("person", [MEMBER, OUTSIDER, CHAIR, OFFICE])
def test_bodies_are_set_up_by_the_coordination(demo: Demo, person: str) -> None:
    if demo.actor(person).has_role("coordination"):
        assert demo.perform(person, actions.found_body, HOUSING).key
        return
    with pytest.raises(Forbidden):
        demo.perform(person, actions.found_body, HOUSING)


def test_rules_change_by_name_and_the_history_says_how(demo: Demo) -> None:
    steering = body(demo)
    with demo.session() as session:
        rules = rules_of(session, [steering])[steering.id or 0].model_dump(exclude={"id", "body_id", "tenant_id"})

    changed = rules | {"invitation_days": 21, "quorum": "two_thirds"}
    demo.perform(OFFICE, actions.set_rules, "lg-kim", changed, steering.version)

    with demo.session() as session:
        row = session.exec(select(BodyRules).where(col(BodyRules.body_id) == steering.id)).one()
        [change] = changes_of(session, steering.id or 0)
    assert (row.invitation_days, row.quorum) == (21, "two_thirds")
    assert [field for field, _before, _after in change.changes] == ["invitation_days", "quorum"]
    assert change.by == "Svenja Albers"
    with pytest.raises(ChangedMeanwhile):
        demo.perform(OFFICE, actions.set_rules, "lg-kim", rules, steering.version)
    page = demo.client(MEMBER).get("/gremien/lg-kim/verlauf").text
    assert "wenn mindestens zwei Drittel der Stimmberechtigten anwesend sind" in page


def test_a_body_in_session_keeps_its_rules_and_seats(demo: Demo) -> None:
    run(demo)
    steering = body(demo)

    with pytest.raises(DomainError, match="tagt gerade"):
        demo.perform(OFFICE, actions.set_rules, "lg-kim", {}, steering.version)
    with pytest.raises(DomainError, match="tagt gerade"):
        demo.perform(OFFICE, actions.end_seat, "lg-kim", 1, AUGUST)


def test_people_follow_each_other_on_a_seat(demo: Demo) -> None:
    seat = housing(demo)
    brandes, vogt = (demo.actor(person).person_id for person in ("p-brandes", "p-vogt"))
    holders(demo, seat, brandes, vogt, since=JULY)

    holders(demo, seat, vogt, brandes, since=AUGUST)

    assert sitting(demo, JULY) == [["Holger Brandes", "Simone Vogt"]]
    assert sitting(demo, AUGUST) == [["Simone Vogt", "Holger Brandes"]]
    with demo.session() as session:
        ended = session.exec(select(SeatHolder.valid_to).where(col(SeatHolder.seat_id) == seat.id)).all()
        assert sorted(filter(None, ended)) == [date(2026, 7, 31)] * 2


@on_sqlite
def test_a_plan_for_later_is_replaced_by_a_newer_one(demo: Demo) -> None:
    seat = housing(demo)
    brandes, vogt = (demo.actor(person).person_id for person in ("p-brandes", "p-vogt"))
    holders(demo, seat, brandes, since=AUGUST)

    holders(demo, seat, vogt, since=JULY)

    assert sitting(demo, AUGUST) == [["Simone Vogt"]]


@on_sqlite
def test_the_same_person_twice_is_refused(demo: Demo) -> None:
    seat, brandes = housing(demo), demo.actor("p-brandes").person_id

    with pytest.raises(InvalidInput, match="zweimal"):
        holders(demo, seat, brandes, brandes, since=JULY)
    with pytest.raises(InvalidInput, match="gibt es nicht"):
        holders(demo, seat, 999_999, since=JULY)


def test_an_ended_seat_is_gone_the_day_after(demo: Demo) -> None:
    seat = housing(demo)
    with pytest.raises(InvalidInput, match="schon einen solchen Sitz"):
        demo.perform(
            PLANNER,
            actions.add_seat,
            "projektgruppe-wohnen",
            SeatDraft(organisation(demo, "jobcenter"), SeatKind.VOTING, AUGUST),
        )

    demo.perform(PLANNER, actions.end_seat, "projektgruppe-wohnen", seat.id, date(2026, 7, 31))

    assert len(sitting(demo, date(2026, 7, 31))) == 1
    assert sitting(demo, AUGUST) == []


def test_a_body_does_not_hang_below_itself(demo: Demo) -> None:
    steering = body(demo)
    group = demo.perform(PLANNER, actions.found_body, BodyDraft("Unten", BodyKind.WORKING, parent_id=steering.id))

    with pytest.raises(InvalidInput, match="unter sich selbst"):
        demo.perform(
            PLANNER,
            actions.change_body,
            "lg-kim",
            BodyDraft(steering.name, steering.kind, parent_id=group.id),
            steering.version,
        )


@on_sqlite
def test_a_seat_with_four_deputies_keeps_the_fourth(demo: Demo) -> None:
    seat = housing(demo)
    people = [demo.actor(person).person_id for person in ("p-brandes", "p-vogt", "p-albers", "p-kaya", "p-diallo")]
    holders(demo, seat, people[0], *people[1:], since=JULY)

    address = f"/gremien/projektgruppe-wohnen/sitze/{seat.id}"
    typed = {"holder": people[0], "first": people[2], "second": people[1], "third": people[3], "since": "2026-09-01"}
    assert post(demo.client(PLANNER), address, {name: str(value) for name, value in typed.items()}).status_code == 303

    assert sitting(demo, date(2026, 9, 1)) == [
        ["Holger Brandes", "Svenja Albers", "Simone Vogt", "Deniz Kaya-Brandt", "Mariama Diallo"]
    ]


@on_sqlite
@pytest.mark.parametrize("address", ["bearbeiten", "regeln", "sitze/neu", "sitze/1", "sitze/1/beenden"])
def test_forms_are_for_office_and_coordination(demo: Demo, address: str) -> None:
    assert demo.client(OFFICE).get(f"/gremien/lg-kim/{address}").status_code == 200
    assert demo.client(PLANNER).get(f"/gremien/lg-kim/{address}").status_code == 200
    assert demo.client(MEMBER).get(f"/gremien/lg-kim/{address}").status_code == 403


@on_sqlite
def test_a_form_keeps_what_was_typed(demo: Demo) -> None:
    answer = post(demo.client(PLANNER), "/gremien/neu", {"name": "", "kind": "project", "purpose": "Wohnraum"})

    assert answer.status_code == 422
    assert re.search(r">\s*Wohnraum</textarea>", answer.text)


@on_sqlite
def test_a_seat_of_another_body_is_not_found(demo: Demo) -> None:
    seat = housing(demo)

    assert demo.client(PLANNER).get(f"/gremien/lg-kim/sitze/{seat.id}").status_code == 404


@given(st.dictionaries(st.integers(1, 5), st.sets(st.integers(1, 5), max_size=3)), st.integers(1, 5))
def test_deputies_in_a_circle_are_seen_however_long_it_is(deputies: dict[int, set[int]], person: int) -> None:
    reached = set(deputies.get(person, ()))
    for _step in range(5):
        reached |= {other for here in reached for other in deputies.get(here, ())}

    assert stands_in_for_oneself(deputies, person) == (person in reached)


@on_sqlite
def test_two_members_do_not_stand_in_for_each_other(demo: Demo) -> None:
    seat = housing(demo)
    brandes, vogt = (demo.actor(person).person_id for person in ("p-brandes", "p-vogt"))
    holders(demo, seat, brandes, vogt, since=JULY)
    draft = SeatDraft(organisation(demo, "awo"), SeatKind.VOTING, JULY)
    second: Seat = demo.perform(PLANNER, actions.add_seat, "projektgruppe-wohnen", draft)

    with pytest.raises(InvalidInput, match="im Kreis"):
        holders(demo, second, vogt, brandes, since=AUGUST)
    holders(demo, second, vogt, since=AUGUST)


@on_sqlite
@pytest.mark.parametrize("key", sorted(PROFILES))
def test_rules_that_ship_fill_the_form_and_hold_once_saved(demo: Demo, key: str) -> None:
    assert set(PROFILES[key]) == set(RULE_FIELDS)
    assert PROFILES[key]["quorum"] in quorums()
    assert PROFILES[key]["decision"] in decision_rules()
    page = demo.client(OFFICE).get(f"/gremien/lg-kim/regeln?profil={key}")

    assert page.status_code == 200
    assert "Sie gelten erst, wenn Sie speichern." in page.text
    demo.perform(OFFICE, actions.set_rules, "lg-kim", PROFILES[key], body(demo).version)
    with demo.session() as session:
        row = session.exec(select(BodyRules).where(col(BodyRules.body_id) == body(demo).id)).one()
    assert {name: getattr(row, name) for name in RULE_FIELDS} == PROFILES[key]
