"""The independent side of `make oracle` for proportional choice: pabutools, in an environment of its own.

The library imports solvers, one of them proprietary, for rules that are not asked here; they are replaced by nothing.
"""

import json
import sys
from unittest.mock import MagicMock

for solver in ("pulp", "gurobipy", "preflibtools", "preflibtools.instances"):
    sys.modules[solver] = MagicMock()

from pabutools.election import ApprovalBallot, ApprovalProfile, Cardinality_Sat, Cost_Sat, Instance, Project  # noqa: E402
from pabutools.rules import greedy_utilitarian_welfare, method_of_equal_shares, sequential_phragmen  # noqa: E402


def outcomes(row):
    """Every set that the library's rule can end with, ties unbroken."""
    projects = {option: Project(option, cost) for option, cost in row["costs"].items()}
    instance = Instance(projects.values(), budget_limit=row["budget"])
    ballots = [
        ApprovalBallot({projects[option] for option in approved})
        for number, approved in row["ballots"]
        for _ in range(number)
    ]
    profile = ApprovalProfile(ballots, instance=instance)
    satisfaction = Cardinality_Sat if row["seats"] else Cost_Sat
    found = {
        "equal_shares": method_of_equal_shares(instance, profile, sat_class=satisfaction, resoluteness=False),
        "phragmen": sequential_phragmen(instance, profile, resoluteness=False),
    }
    if not row["seats"]:
        found["greedy"] = greedy_utilitarian_welfare(instance, profile, sat_class=Cost_Sat, resoluteness=False)
    return {
        method: sorted({tuple(sorted(p.name for p in chosen)) for chosen in each}) for method, each in found.items()
    }


def main():
    """Compare every row; 1 if any differs."""
    with open(sys.argv[1], encoding="utf-8") as file:
        rows = json.load(file)
    different, tied, compared = [], 0, 0
    for row in rows:
        for method, theirs in outcomes(row).items():
            ours = sorted(tuple(each) for each in row["ours"].get(method, ()))
            compared += 1
            tied += len(ours) > 1
            if ours != theirs:
                different.append((method, theirs, row))
    print(f"{len(rows)} profiles, {compared} counts, {tied} with ties, {len(different)} differences")  # noqa: T201
    for method, theirs, row in different[:5]:
        print(method, theirs, json.dumps(row))  # noqa: T201
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
