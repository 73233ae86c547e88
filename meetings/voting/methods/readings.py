"""Other readings of the same ballots, to set beside a result: never the count itself. Pure."""

from fractions import Fraction
from statistics import median

from meetings.voting.methods.outcome import Counted, first, tiers
from meetings.voting.methods.profile import Kind, Profile

NOBODY = Fraction(-1)
"""Below every mark: an option to which nobody said anything."""


def supporters(profile: Profile) -> Counted:
    """How many ballots give an option anything, whatever they give it."""
    scores = {o: Fraction(sum(b.count for b in profile.ballots if b.of(o) > 0)) for o in profile.ids}
    return _by(profile, "supporters", scores)


def middle_mark(profile: Profile) -> Counted:
    """The median of the marks of an option."""
    scores = {option: Fraction(median(_marks(profile, option) or [NOBODY])) for option in profile.ids}
    return _by(profile, "median", scores)


def smallest_peak(profile: Profile) -> Counted:
    """The highest single resistance of an option: the smallest of these is first."""
    scores = {option: max(_marks(profile, option), default=Fraction(0)) for option in profile.ids}
    return _by(profile, "smallest_peak", scores, lowest=True)


def _marks(profile: Profile, option: str) -> list[Fraction]:
    return [b.points[option] for b in profile.ballots for _vote in range(b.count) if b.points and option in b.points]


def _by(profile: Profile, name: str, scores: dict[str, Fraction], *, lowest: bool = False) -> Counted:
    ranking = tiers(profile.ids, scores, lowest=lowest)
    return Counted(name, profile.ids, first(ranking, 1), ranking, scores)


READINGS = {Kind.DOTS: supporters, Kind.SCORE: middle_mark, Kind.RESISTANCE: smallest_peak}
"""The reading that belongs to ballots of a kind."""
