"""Counting points: approval, score, dots, and systemic consensing, where the least resistance wins."""

from fractions import Fraction

from meetings.voting.methods.outcome import Counted, first, tiers
from meetings.voting.methods.profile import Profile


def totals(profile: Profile) -> dict[str, Fraction]:
    """All points of each option; what a ballot does not name gets none from it."""
    scores = dict.fromkeys(profile.ids, Fraction(0))
    for ballot in profile.ballots:
        for option, points in (ballot.points or {}).items():
            scores[option] += ballot.count * points
    return scores


def most(profile: Profile, method: str, seats: int = 1) -> Counted:
    """The option with the most points wins; equal points are a tie."""
    scores = totals(profile)
    ranking = tiers(profile.ids, scores)
    return Counted(method, profile.ids, first(ranking, seats), ranking, scores)


def resistance(profile: Profile, seats: int = 1) -> Counted:
    """The option with the least resistance wins; equal sums are a tie."""
    scores = totals(profile)
    ranking = tiers(profile.ids, scores, lowest=True)
    return Counted("resistance", profile.ids, first(ranking, seats), ranking, scores)
