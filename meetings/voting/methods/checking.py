"""Whether a ballot file holds together: its totals, its ballots under its own rule, its rule under the method. Pure.

Only what a file says of itself is checked; a foreign file that says nothing passes.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from meetings.voting.methods.profile import BadProfile, Kind, Profile


def require_sound(profile: Profile) -> None:
    """BadProfile with a sentence where the file contradicts itself."""
    for problem in (*_totals(profile), *_ballots(profile)):
        raise BadProfile(problem)


def require_method(profile: Profile, method: str) -> None:
    """BadProfile where the file's rule was announced for another method."""
    announced = method_of(profile)
    if announced and announced != method:
        raise BadProfile(
            f"The rule of this file was announced for {announced}, not for {method}. "
            f"Count it by {announced}, or say --despite-rule to see what {method} would have made of it."
        )


def method_of(profile: Profile) -> str:
    """The method that the file's rule names; empty where it names none."""
    named = (profile.rule or {}).get("method")
    return named if isinstance(named, str) else ""


def _totals(profile: Profile) -> Iterable[str]:
    """Cast ≤ entitled; cast + not cast = entitled, where a resolution's answers are what was cast."""
    given, cast = profile.rule or {}, profile.voters
    entitled, missing = _number(given, "entitled"), _number(given, "not_cast")
    if entitled is not None and cast > entitled:
        yield f"The totals do not fit: {cast} ballots were cast, only {entitled} were entitled."
    if entitled is not None and missing is not None and cast + missing != entitled:
        sums = "Yes, no, abstentions, invalid" if profile.kind == Kind.RESOLUTION else "Ballots cast"
        yield f"The totals do not fit: {sums} ({cast}) and not cast ({missing}) are not the {entitled} entitled."


def _ballots(profile: Profile) -> Iterable[str]:
    """No ballot gives more than the rule allows."""
    given = profile.rule or {}
    most, each, highest = (_number(given, name) for name in ("dots_per_seat", "max_per_option", "highest"))
    for place, ballot in enumerate(profile.ballots, 1):
        points = (ballot.points or {}).values()
        if profile.kind == Kind.DOTS and most is not None and sum(points, Fraction(0)) > most:
            yield f"Ballot {place} gives {sum(points, Fraction(0))} dots, the rule allows {most}."
        limit = each if profile.kind == Kind.DOTS else highest
        if (
            limit is not None
            and profile.kind in (Kind.DOTS, Kind.SCORE, Kind.RESISTANCE)
            and max(points, default=0) > limit
        ):
            yield f"Ballot {place} gives an option {max(points)} points, the rule allows {limit}."


def _number(given: Mapping[str, object], name: str) -> int | None:
    value = given.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else None
