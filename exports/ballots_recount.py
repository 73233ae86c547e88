#!/usr/bin/env python3
"""Counts a ballot file `lueckenlos-ballots/1` again. Plain Python 3.9 or newer, nothing to install.

    python3 nachzaehlen.py abstimmung.json

Written apart from the software that made the file: it shares no line with it. Exact fractions, ties are named.
Of ties under proportional methods it follows every way, as long as there are not too many.
"""

import hashlib
import json
import sys
from fractions import Fraction
from itertools import combinations

MANY = 20000


def table(ballots, options):
    """Option → sum of points; an approval is one point."""
    sums = {o: Fraction(0) for o in options}
    for b in ballots:
        given = b["points"] if "points" in b else dict.fromkeys(b["approved"], 1)
        for o, p in given.items():
            sums[o] += Fraction(str(p)) * b["count"]
    return sums


def place_of(ballot, options):
    """Option → its place on the ballot; what is missing shares the last one."""
    where = {o: n for n, group in enumerate(ballot["ranking"]) for o in group}
    return {o: where.get(o, len(ballot["ranking"])) for o in options}


def schulze(ballots, options):
    """Who is beaten by nobody, when a chain of duels is as strong as its weakest margin."""
    margin = {(a, b): 0 for a in options for b in options}
    for ballot in ballots:
        place = place_of(ballot, options)
        for a in options:
            for b in options:
                margin[a, b] += ballot["count"] * ((place[a] < place[b]) - (place[a] > place[b]))
    path = {pair: max(0, m) for pair, m in margin.items()}
    for k in options:
        for i in options:
            for j in options:
                if len({i, j, k}) == 3:
                    path[i, j] = max(path[i, j], min(path[i, k], path[k, j]))
    return [[a] for a in options if all(path[a, b] >= path[b, a] for b in options)]


def firsts(ballots, left):
    """First places among those who are left, shared where several are first."""
    votes = {o: Fraction(0) for o in left}
    for b in ballots:
        place = place_of(b, left)
        best = [o for o in left if place[o] == min(place.values())]
        for o in best:
            votes[o] += Fraction(b["count"], len(best))
    return votes


def runoff(ballots, options):
    """The weakest leaves, until one is left; every way of breaking ties is followed."""
    ends, seen, todo = set(), set(), [tuple(options)]
    while todo:
        left = todo.pop()
        if left in seen:
            continue
        seen.add(left)
        if len(seen) > MANY:
            return None
        if len(left) == 1:
            ends.add(left[0])
            continue
        votes = firsts(ballots, left)
        empty = [o for o in left if not votes[o]]
        if empty and len(empty) < len(left):
            todo.append(tuple(o for o in left if o not in empty))
            continue
        low = min(votes.values())
        todo += [tuple(o for o in left if o != out) for out in left if votes[out] == low]
    return [[o] for o in options if o in ends]


def borda(ballots, options):
    """n points for the first of n, one for the last; those who share places share their points."""
    sums = {o: Fraction(0) for o in options}
    for b in ballots:
        place = place_of(b, options)
        for o in options:
            better = sum(place[x] < place[o] for x in options)
            equal = sum(place[x] == place[o] for x in options)
            sums[o] += b["count"] * (len(options) - better - Fraction(equal - 1, 2))
    return best(sums)


def best(sums, lowest=False):
    """The options with the most points, or with the fewest."""
    goal = (min if lowest else max)(sums.values())
    return [[o] for o in sums if sums[o] == goal]


def voters_of(ballots):
    """One entry per voter: option → points."""
    return [
        {o: Fraction(str(p)) for o, p in (b.get("points") or dict.fromkeys(b.get("approved", []), 1)).items() if p}
        for b in ballots
        for _ in range(b["count"])
    ]


def explore(start, following, complete=None):
    """Every set that the rule can end with; `following` gives the next states of (chosen, purses)."""
    ends: dict = {}
    seen, todo = set(), [start]
    while todo:
        state = todo.pop()
        key = (frozenset(state[0]), state[1])
        if key in seen:
            continue
        seen.add(key)
        if len(seen) > MANY:
            return None
        nexts = following(state)
        if nexts:
            todo += nexts
        else:
            ends.setdefault(frozenset(state[0]), state)
    if complete is None:
        return [sorted(e) for e in ends]
    found = set()
    for state in ends.values():
        more = complete(state)
        if more is None:
            return None
        found |= {tuple(sorted(e)) for e in more}
    return [list(e) for e in found]


def phragmen_from(voters, costs, money, fill):
    """Next states of sequential Phragmén: who supports a topic shares its cost, the smallest load first."""

    def following(state):
        chosen, loads = state
        rest = money - sum(costs[o] for o in chosen)
        offers = {}
        for o in costs:
            crowd = [i for i, v in enumerate(voters) if o in v]
            if o not in chosen and crowd:
                offers[o] = ((costs[o] + sum(loads[i] for i in crowd)) / len(crowd), crowd)
        if not offers:
            left = [o for o in costs if o not in chosen]
            return [((*chosen, o), loads) for o in left] if fill and rest >= 1 else []
        low = min(load for load, _ in offers.values())
        winners = [o for o, (load, _) in offers.items() if load == low]
        if any(costs[o] > rest for o in winners):
            return []
        return [((*chosen, o), tuple(low if i in offers[o][1] else x for i, x in enumerate(loads))) for o in winners]

    return following


def equal_shares(voters, costs, money, by_cost, completion):
    """Everybody gets the same purse; bought is what costs its supporters least for what it is worth to them."""
    share = Fraction(money) / len(voters) if voters else Fraction(0)
    worth = [{o: costs[o] * p if by_cost else p for o, p in v.items()} for v in voters]

    def price(purses, o):
        crowd = [i for i, v in enumerate(worth) if o in v]
        if not crowd or sum(purses[i] for i in crowd) < costs[o]:
            return None
        if costs[o] == 0:
            return Fraction(0)
        broke: set = set()
        while True:
            paying = [i for i in crowd if i not in broke]
            rho = (costs[o] - sum(purses[i] for i in broke)) / sum((worth[i][o] for i in paying), Fraction(0))
            poor = {i for i in paying if purses[i] < rho * worth[i][o]}
            if not poor:
                return rho
            broke |= poor

    def following(state):
        chosen, purses = state
        offers = {o: price(purses, o) for o in costs if o not in chosen}
        offers = {o: rho for o, rho in offers.items() if rho is not None}
        if not offers:
            return []
        low = min(offers.values())
        return [
            ((*chosen, o), tuple(p - min(p, low * worth[i][o]) if o in worth[i] else p for i, p in enumerate(purses)))
            for o in offers
            if offers[o] == low
        ]

    def complete(state):
        loads = tuple(share - purse for purse in state[1])
        return explore((state[0], loads), phragmen_from(voters, costs, money, False))

    return explore(((), (share,) * len(voters)), following, complete if completion == "phragmen" else None)


def greedy(sums, costs, money):
    """From the most points down whatever still fits."""

    def following(state):
        rest = money - sum(costs[o] for o in state[0])
        fits = [o for o in costs if o not in state[0] and costs[o] <= rest]
        top = max((sums[o] for o in fits), default=None)
        return [((*state[0], o), ()) for o in fits if sums[o] == top]

    return explore(((), ()), following)


def proportional(data, method, options, rule):
    """The sets that may be chosen."""
    ballots, budget, seats = data["ballots"], rule.get("budget"), rule.get("capacity")
    costs = {o["id"]: Fraction(str(o.get("cost", 1))) if budget else Fraction(1) for o in data["options"]}
    money, voters = Fraction(budget or seats), voters_of(ballots)
    voters += [{} for _ in range(sum(b["count"] for b in ballots) - len(voters))]
    if method == "equal_shares":
        return equal_shares(voters, costs, money, bool(budget), rule.get("completion", "none"))
    if method == "phragmen":
        return explore(((), (Fraction(0),) * len(voters)), phragmen_from(voters, costs, money, not budget))
    sums = table(ballots, options)
    if not budget:
        order = sorted(options, key=lambda o: -sums[o])
        line = sums[order[min(int(money), len(order)) - 1]]
        sure = [o for o in order if sums[o] > line]
        tied = [o for o in order if sums[o] == line]
        return [sorted([*sure, *more]) for more in combinations(tied, min(int(money), len(order)) - len(sure))]
    return greedy(sums, costs, money)


def resolution(data, rule):
    """Yes, no, abstentions, invalid; whether the motion is carried, None while nobody can say."""
    facts = data.get("facts", {})
    n = {a: sum(b["count"] for b in data["ballots"] if b["answer"] == a) for a in ("yes", "no", "abstain", "invalid")}
    way = rule.get("majority", "simple_of_cast")
    if way == "consensus_then_majority":
        way = "unanimous_of_cast" if rule.get("attempt", 1) <= 2 else "simple_of_cast"
    present = sum(n.values()) + facts.get("not_cast", 0)
    if way == "consent":
        return n, n["no"] == 0
    if n["yes"] + n["no"] == 0:
        return n, False
    if way in ("unanimous_of_cast", "consensus"):
        return n, n["no"] == 0
    base = {"members": rule.get("members", present), "present": present}.get(
        way.rpartition("_of_")[2], n["yes"] + n["no"]
    )
    if way.startswith("two_thirds"):
        return n, 3 * n["yes"] >= 2 * base
    if way == "three_quarters":
        return n, 4 * n["yes"] >= 3 * base
    if way == "simple_of_cast" and n["yes"] == n["no"]:
        chair, tie = facts.get("chair_vote"), rule.get("tie", "rejected")
        if tie == "chair_decides" and chair in ("yes", "no"):
            return n, chair == "yes"
        return n, None if tie in ("revote", "lot") else False
    return n, 2 * n["yes"] > base


KINDS = {
    **dict.fromkeys(("schulze", "irv", "borda", "plurality"), "ranked"),
    **dict.fromkeys(("approval", "equal_shares", "phragmen", "greedy"), "approval"),
    **{name: name for name in ("score", "dots", "resistance")},
    "majority": "resolution",
}


def problem(data):
    """What does not fit in the file: totals that do not add up, ballots beside the rule; empty if it holds together."""
    rule, facts, cast = data["rule"], data.get("facts", {}), sum(b["count"] for b in data["ballots"])
    if KINDS.get(rule.get("method")) != data["kind"]:
        return f"The rule is for {rule.get('method')}, the ballots are of the kind {data['kind']}."
    if cast > facts.get("entitled", cast):
        return f"{cast} ballots were cast, only {facts['entitled']} were entitled."
    if "not_cast" in facts and "entitled" in facts and cast + facts["not_cast"] != facts["entitled"]:
        return f"{cast} cast and {facts['not_cast']} not cast are not the {facts['entitled']} entitled."
    known = {o["id"] for o in data["options"]}
    for b in data["ballots"]:
        points = b.get("points", {})
        named = [*points, *b.get("approved", []), *(o for group in b.get("ranking", []) for o in group)]
        if not known.issuperset(named) or len(set(named)) != len(named):
            return "A ballot names an option that does not exist, or one twice."
        if data["kind"] == "dots" and sum(points.values()) > rule.get("dots_per_seat", sum(points.values())):
            return "A ballot gives more dots than the rule allows."
        limit = rule.get("max_per_option" if data["kind"] == "dots" else "highest")
        if limit is not None and max(points.values(), default=0) > limit:
            return "A ballot gives an option more than the rule allows."
    return ""


def recount(data):
    """The result of a file by the rule that it carries."""
    rule, options = data["rule"], [o["id"] for o in data["options"]]
    method, ballots = rule["method"], data["ballots"]
    if method == "majority":
        numbers, accepted = resolution(data, rule)
        return {"method": method, "accepted": accepted, "votes": numbers}
    if method in ("equal_shares", "phragmen", "greedy"):
        outcomes = proportional(data, method, options, rule)
    elif method in ("schulze", "irv", "borda", "plurality"):
        ways = {"schulze": schulze, "irv": runoff, "borda": borda}
        outcomes = ways[method](ballots, options) if method in ways else best(firsts(ballots, options))
    else:
        outcomes = best(table(ballots, options), lowest=method == "resistance")
    won = {o for outcome in outcomes or () for o in outcome}
    sums = (
        {o: str(p) for o, p in table(ballots, options).items()} if data["kind"] not in ("ranked", "resolution") else {}
    )
    tied = None if outcomes is None else sorted(sorted(outcome) for outcome in outcomes)
    return {"method": method, "winners": [o for o in options if o in won], "outcomes": tied, "sums": sums}


def main():
    """Counts the file that is named, and prints its hash beside the result."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    with open(sys.argv[1], "rb") as file:
        content = file.read()
    data = json.loads(content)
    if data.get("format") != "lueckenlos-ballots/1":
        sys.exit("This is no ballot file.")
    wrong = problem(data)
    if wrong:
        sys.exit("This file does not hold together: " + wrong)
    rule = json.dumps(data["rule"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    found = recount(data)
    found["ballots"] = sum(b["count"] for b in data["ballots"])
    found["titles"] = {o["id"]: o["title"] for o in data["options"] if o["id"] in found.get("winners", ())}
    found["sha256_of_rule"] = hashlib.sha256(rule.encode()).hexdigest()
    found["sha256_of_file"] = hashlib.sha256(content).hexdigest()
    print(json.dumps(found, ensure_ascii=False, indent=1))  # noqa: T201 - a script of its own


if __name__ == "__main__":
    main()
