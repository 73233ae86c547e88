"""Which method counts which ballots."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from meetings.voting.methods import points, proportional, ranked, resolution
from meetings.voting.methods.outcome import Counted
from meetings.voting.methods.profile import BadProfile, Kind, Profile


@dataclass(frozen=True)
class Wish:
    """What is asked for besides the ballots: `seats` options, or a `budget` over their costs."""

    seats: int | None = None
    budget: Fraction | None = None
    completion: str = "none"


@dataclass(frozen=True)
class Method:
    """How ballots are counted, and which kinds can be."""

    count: Callable[[Profile, Wish], Counted]
    kinds: frozenset[Kind]


_RANKED = frozenset({Kind.RANKED})
_POINTS = frozenset({Kind.APPROVAL, Kind.SCORE, Kind.DOTS})


def _most(name: str) -> Callable[[Profile, Wish], Counted]:
    return lambda profile, wish: points.most(profile, name, wish.seats or 1)


def _capacity(profile: Profile, wish: Wish) -> tuple[int | None, Fraction | None]:
    """Seats if they are asked for, else the budget asked for or named by the file."""
    if wish.seats is not None:
        return wish.seats, None
    budget = wish.budget if wish.budget is not None else profile.budget
    if budget is None:
        raise BadProfile("Say how much there is to share out: --seats K, or --budget N where options have costs.")
    return None, budget


def _runoff(profile: Profile, wish: Wish) -> Counted:
    if (wish.seats or 1) != 1:
        raise BadProfile("The instant runoff has one winner.")
    return ranked.instant_runoff(profile)


METHODS: dict[str, Method] = {
    "schulze": Method(lambda p, w: ranked.schulze(p, w.seats or 1), _RANKED),
    "irv": Method(_runoff, _RANKED),
    "borda": Method(lambda p, w: ranked.borda(p, w.seats or 1), _RANKED),
    "plurality": Method(lambda p, w: ranked.plurality(p, w.seats or 1), _RANKED),
    "approval": Method(_most("approval"), frozenset({Kind.APPROVAL})),
    "score": Method(_most("score"), frozenset({Kind.SCORE, Kind.DOTS})),
    "dots": Method(_most("dots"), frozenset({Kind.DOTS, Kind.SCORE})),
    "resistance": Method(lambda p, w: points.resistance(p, w.seats or 1), frozenset({Kind.RESISTANCE})),
    "equal_shares": Method(
        lambda p, w: proportional.equal_shares(p, *_capacity(p, w), completion=w.completion), _POINTS
    ),
    "phragmen": Method(lambda p, w: proportional.phragmen(p, *_capacity(p, w)), frozenset({Kind.APPROVAL})),
    "greedy": Method(lambda p, w: proportional.greedy(p, *_capacity(p, w)), _POINTS),
    "majority": Method(lambda p, _w: resolution.majority(p), frozenset({Kind.RESOLUTION})),
}


def count(profile: Profile, method: str, wish: Wish | None = None) -> Counted:
    """Count; BadProfile where the method does not fit the ballots or nothing says how much there is."""
    wish = wish or Wish()
    chosen = METHODS[method]
    if profile.kind not in chosen.kinds:
        fitting = ", ".join(sorted(name for name, each in METHODS.items() if profile.kind in each.kinds))
        raise BadProfile(f"{method} does not count {profile.kind.value} ballots. These methods do: {fitting}.")
    if not profile.options and profile.kind != Kind.RESOLUTION:
        raise BadProfile("There is no option to choose from.")
    if wish.seats is not None and not 1 <= wish.seats <= len(profile.options):
        raise BadProfile(f"There are {len(profile.options)} options; --seats must be between 1 and that.")
    return chosen.count(profile, wish)
