"""Reading ballot files: our own `lueckenlos-ballots/1`, PrefLib (.soc .soi .toc .toi .cat), Pabulib (.pb)."""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from meetings.voting.methods.profile import POINTS, BadProfile, Ballot, Kind, Option, Profile

FORMAT = "lueckenlos-ballots/1"
PREFLIB = (".soc", ".soi", ".toc", ".toi", ".cat")
SUFFIXES = (".json", *PREFLIB, ".pb")
_GROUPS = re.compile(r"\{([^}]*)\}|([^,{}\s]+)")
_OLD_NAME = re.compile(r"\s*(\d+)\s*,\s*(.*)")


def read(text: str, suffix: str) -> Profile:
    """The profile in a file of this suffix; BadProfile with place and reason where it cannot be read."""
    if suffix == ".json":
        return from_json(text)
    if suffix in PREFLIB:
        return from_preflib(text, categories=suffix == ".cat")
    if suffix == ".pb":
        return from_pabulib(text)
    raise BadProfile(f"Files ending in {suffix or 'nothing'} cannot be read; these can: {', '.join(SUFFIXES)}.")


def from_json(text: str) -> Profile:
    """A published ballot file of ours."""
    try:
        raw = json.loads(text)
    except ValueError as error:
        raise BadProfile(f"This is no JSON: {error}.") from None
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        raise BadProfile(f"The file does not say that it is {FORMAT}.")
    try:
        kind = Kind(raw["kind"])
        options = tuple(_option(each) for each in raw.get("options", ()))
        ballots = tuple(_ballot(each, kind) for each in raw["ballots"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadProfile(f"A part of the file is missing or has the wrong shape: {error}.") from None
    rule, facts = (raw.get(name) if isinstance(raw.get(name), dict) else None for name in ("rule", "facts"))
    budget = rule.get("budget") if rule else None
    known = {**(facts or {}), **rule} if rule is not None else facts
    return Profile(kind, options, ballots, known, _fraction(budget) if budget else None)


def _option(raw: Mapping[str, Any]) -> Option:
    cost = raw.get("cost")
    return Option(str(raw["id"]), str(raw.get("title", "")), None if cost is None else _fraction(cost))


def _ballot(raw: Mapping[str, Any], kind: Kind) -> Ballot:
    count = raw.get("count", 1)
    if not isinstance(count, int) or isinstance(count, bool):
        raise BadProfile("The count of a ballot is not a whole number.")
    if kind == Kind.RANKED:
        return Ballot(count, tuple(tuple(str(option) for option in group) for group in raw["ranking"]))
    if kind == Kind.RESOLUTION:
        return Ballot(count, answer=str(raw["answer"]))
    if kind == Kind.APPROVAL:
        approved = [str(option) for option in raw["approved"]]
        if len(set(approved)) != len(approved):
            raise BadProfile("A ballot approves of the same option twice.")
        return Ballot(count, points=dict.fromkeys(approved, Fraction(1)))
    return Ballot(count, points={str(option): _fraction(given) for option, given in raw["points"].items()})


def _fraction(value: object) -> Fraction:
    """A number without loss: an integer, or text such as „12.5“ and „29/20“."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise BadProfile(f"{value!r} is no number.")
    try:
        return Fraction(repr(value) if isinstance(value, float) else str(value).strip())
    except (ValueError, ZeroDivisionError):
        raise BadProfile(f"{value!r} is no number.") from None


def from_preflib(text: str, *, categories: bool = False) -> Profile:
    """A PrefLib file, of today's form with `#` lines or of the one before; of categories the first is approval."""
    lines = [line.strip() for line in text.lstrip("\ufeff").splitlines() if line.strip()]
    names, rows = _new_preflib(lines) if lines and lines[0].startswith("#") else _old_preflib(lines)
    options = tuple(Option(id_, name) for id_, name in names.items())
    ballots = [_preflib_ballot(row, categories) for row in rows]
    return Profile(Kind.APPROVAL if categories else Kind.RANKED, options, tuple(ballots))


def _new_preflib(lines: list[str]) -> tuple[dict[str, str], list[tuple[str, str]]]:
    names, rows = {}, []
    for line in lines:
        name = re.fullmatch(r"#\s*ALTERNATIVE NAME (\d+)\s*:\s*(.*)", line)
        if name:
            names[name[1]] = name[2]
        elif not line.startswith("#"):
            count, _colon, order = line.partition(":")
            rows.append((count, order))
    return names, rows


def _old_preflib(lines: list[str]) -> tuple[dict[str, str], list[tuple[str, str]]]:
    if not lines or not lines[0].isdecimal():
        raise BadProfile("Line 1: neither a # line nor the number of alternatives.")
    number = int(lines[0])
    found = [_OLD_NAME.fullmatch(line) for line in lines[1 : number + 1]]
    names = {match[1]: match[2] for match in found if match}
    if len(names) != number:
        raise BadProfile(f"Line 1 announces {number} alternatives, {len(names)} are named.")
    rows = [line.partition(",") for line in lines[number + 2 :]]
    return names, [(count, order) for count, _comma, order in rows]


def _preflib_ballot(row: tuple[str, str], categories: bool) -> Ballot:
    count, order = row
    if not count.strip().isdecimal():
        raise BadProfile(f"{count!r} is not how often a ballot was cast.")
    groups = [_ids(match[1] if match[1] is not None else match[2]) for match in _GROUPS.finditer(order)]
    if categories:
        return Ballot(int(count), points=dict.fromkeys(groups[0] if groups else (), Fraction(1)))
    return Ballot(int(count), tuple(group for group in groups if group))


def _ids(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def from_pabulib(text: str) -> Profile:
    """A Pabulib file: META, PROJECTS and VOTES, separated by semicolons."""
    sections = _sections(text)
    meta = {row[0].strip(): row[1].strip() for row in sections.get("META", ())[1:] if len(row) > 1}
    projects = _records(sections.get("PROJECTS", ()))
    votes = _records(sections.get("VOTES", ()))
    if not projects:
        raise BadProfile("The file names no projects.")
    options = tuple(
        Option(row["project_id"], row.get("name", ""), _fraction(row["cost"]) if row.get("cost") else None)
        for row in projects
    )
    kind = _pabulib_kind(meta.get("vote_type", "approval"))
    budget = _fraction(meta["budget"].replace(",", ".")) if meta.get("budget") else None
    return Profile(kind, options, tuple(_pabulib_ballot(row, kind) for row in votes), meta, budget)


def _sections(text: str) -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    rows: list[list[str]] = []
    for row in csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=";"):
        if len(row) == 1 and row[0].strip().upper() in ("META", "PROJECTS", "VOTES"):
            rows = found.setdefault(row[0].strip().upper(), [])
        elif any(cell.strip() for cell in row):
            rows.append(row)
    return found


def _records(rows: Iterable[list[str]]) -> list[dict[str, str]]:
    head, *others = list(rows) or [[]]
    names = [name.strip() for name in head]
    return [dict(zip(names, (cell.strip() for cell in row), strict=False)) for row in others]


def _pabulib_kind(vote_type: str) -> Kind:
    kinds = {
        "approval": Kind.APPROVAL,
        "choose-1": Kind.APPROVAL,
        "ordinal": Kind.RANKED,
        "cumulative": Kind.DOTS,
        "scoring": Kind.SCORE,
    }
    if vote_type not in kinds:
        raise BadProfile(f"There are no ballots of the type {vote_type!r}.")
    return kinds[vote_type]


def _pabulib_ballot(row: Mapping[str, str], kind: Kind) -> Ballot:
    chosen = _ids(row.get("vote", ""))
    if kind == Kind.RANKED:
        return Ballot(1, tuple((option,) for option in chosen))
    if kind not in POINTS:
        return Ballot(1, points=dict.fromkeys(chosen, Fraction(1)))
    given = [_fraction(points) for points in _ids(row.get("points", ""))]
    if len(given) != len(chosen):
        raise BadProfile(f"Voter {row.get('voter_id', '?')}: {len(chosen)} projects, {len(given)} points.")
    return Ballot(1, points=dict(zip(chosen, given, strict=True)))
