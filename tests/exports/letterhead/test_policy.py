"""Who may change the county's look, and that of a body."""

import pytest

from app.core.permissions import OFFICE, VOTING, Actor, SeatHeld
from exports.letterhead.policy import Place, may_dress, may_see_letterheads
from meetings.bodies.policy import BodyAccess

COUNTY, HERE, ELSEWHERE = Place(None), Place(BodyAccess(7)), Place(BodyAccess(8))


def actor(*roles: str, seat: str = "") -> Actor:
    seats = (SeatHeld(1, 7, seat, False),) if seat else ()
    return Actor(1, 1, 1, "", frozenset(roles), seats, "", "")


@pytest.mark.parametrize(
    ("who", "county", "here", "elsewhere", "listed"),
    [
        (actor("coordination"), True, True, True, True),
        (actor("admin"), True, False, False, True),
        (actor("member", seat=OFFICE), False, True, False, True),
        (actor("chair", seat=VOTING), False, False, False, False),
        (actor("casemgmt"), False, False, False, False),
        (actor("dpo"), False, False, False, False),
        (actor(), False, False, False, False),
    ],
)
def test_the_coordination_dresses_the_county_and_an_office_its_own_body(
    who: Actor, county: bool, here: bool, elsewhere: bool, listed: bool
) -> None:
    assert [bool(may_dress(who, place)) for place in (COUNTY, HERE, ELSEWHERE)] == [county, here, elsewhere]
    assert bool(may_see_letterheads(who)) is listed
    assert may_dress(actor(), COUNTY).reason
