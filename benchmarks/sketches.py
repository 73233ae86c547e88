"""A county's knowledge thought up, as plain values: gaps, and the cases that they were seen in. No database here.

The same seed and number always give the same sketch, whether 10 or 10,000 are asked for.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from app.people.states import Visibility
from knowledge.gaps.states import GapFacetName, GapStatus, SolvableAt
from knowledge.taxonomy import lists

Value = TypeVar("Value")

SEED = 20261123
FIRST_DAY, DAYS = date(2021, 1, 4), 2040
GAPS_PER_CASE = 10
STATIONS_PER_CASE = 8
CASES_PER_WORKSHOP = 4

FACETS: dict[GapFacetName, tuple[str, int]] = {
    GapFacetName.LIFE_DOMAIN: ("life_domains", 3),
    GapFacetName.LEGAL_DOMAIN: ("legal_domains", 3),
    GapFacetName.INTERFACE: ("agency_types", 4),
    GapFacetName.TRANSITION: ("transitions", 2),
    GapFacetName.AFFECTED_GROUP: ("affected_groups", 3),
    GapFacetName.KIND: ("gap_kinds", 3),
}
"""From which list the codes of a facet come, and how many a gap has at most."""

STATUSES = {
    GapStatus.REPORTED: 18,
    GapStatus.IN_REVIEW: 14,
    GapStatus.TOPIC_STORE: 16,
    GapStatus.IMPLEMENTING: 8,
    GapStatus.MONITORING: 8,
    GapStatus.RESOLVED: 16,
    GapStatus.DEFERRED: 6,
    GapStatus.ESCALATED: 5,
    GapStatus.DECLINED: 4,
    GapStatus.SINGLE_CASE: 5,
}
LEVELS = {Visibility.NETWORK: 60, Visibility.COORDINATION: 15, Visibility.BODY: 20, Visibility.PUBLIC: 5}

TROUBLES = (
    "Wartezeit",
    "Doppelte Nachweise",
    "Keine Zuständigkeit",
    "Fehlende Übergabe",
    "Ablehnung ohne Beratung",
    "Kein Termin",
    "Unterschiedliche Auskünfte",
    "Keine Sprachmittlung",
    "Verlorene Unterlagen",
    "Zu kurze Bewilligung",
    "Kein digitaler Antrag",
    "Unklare Kostenübernahme",
)
MATTERS = (
    "Schulplatz",
    "Kindergeld",
    "Wohnberechtigungsschein",
    "Integrationskurs",
    "Anerkennung des Berufsabschlusses",
    "Krankenversicherung",
    "Betreuungsplatz",
    "Niederlassungserlaubnis",
    "Erstausstattung",
    "Familiennachzug",
    "Schuldnerberatung",
    "Ausbildungsförderung",
    "Eingliederungshilfe",
    "Meldebescheinigung",
)
CONSEQUENCES = (
    "Anträge bleiben über Wochen liegen, Fristen verstreichen.",
    "Familien legen dieselben Papiere mehrfach vor und erhalten widersprüchliche Bescheide.",
    "Die Beratung beginnt bei jeder Stelle von vorn, Vereinbarungen gehen verloren.",
    "Rückstände bei Miete und Strom entstehen, bevor die erste Zahlung eingeht.",
    "Kurse und Ausbildungen werden abgebrochen oder gar nicht erst begonnen.",
    "Ehrenamtliche springen ein, wo eine Zuständigkeit geklärt werden müsste.",
)
FIGURES = ("Median der Tage bis zur Bewilligung", "Anteil unvollständiger Anträge", "Abgebrochene Kurse im Halbjahr")


@dataclass(frozen=True)
class Witness:
    """That a station of a case speaks for or against a gap; both numbers count from 0."""

    case: int
    station: int
    speaks_for: bool


@dataclass(frozen=True)
class GapSketch:
    """One gap. `places` are positions in the list of the county's municipalities; `steps` lead to `status`."""

    key: str
    title: str
    summary: str
    severity: int
    frequency: int
    status: GapStatus
    visibility: Visibility
    solvable_at: SolvableAt
    first_reported: date
    reports: int
    codes: dict[GapFacetName, tuple[str, ...]]
    places: tuple[int, ...]
    figures: tuple[tuple[str, str, str | None], ...]
    witnesses: tuple[Witness, ...]
    steps: tuple[tuple[date, GapStatus], ...]


@dataclass(frozen=True)
class StationSketch:
    """One station of a case; the texts name a type of agency, never an agency."""

    month: int
    title: str
    life_domain: str
    legal_domain: str
    transition: str | None
    assessment: str


@dataclass(frozen=True)
class CaseSketch:
    """One case with its stations. `giver` and `place` are positions in the county's lists, modulo their length."""

    key: str
    title: str
    giver: int
    place: int
    stations: tuple[StationSketch, ...]


def cases_behind(gaps: int) -> int:
    """How many cases stand behind this number of gaps, at least one."""
    return max(1, -(-gaps // GAPS_PER_CASE))


def gap_sketches(start: int, stop: int, places: int, seed: int = SEED) -> Iterator[GapSketch]:
    """The gaps with these numbers, in a county with this many municipalities.

    A gap is witnessed by cases with lower numbers only, so a county may grow in steps and end up the same.
    """
    for number in range(start, stop):
        yield _gap(number, places, Random(f"{seed} gap {number}"))


def case_sketches(start: int, stop: int, seed: int = SEED) -> Iterator[CaseSketch]:
    """The cases with these numbers."""
    for number in range(start, stop):
        yield _case(number, Random(f"{seed} case {number}"))


def _gap(number: int, places: int, chance: Random) -> GapSketch:
    day = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
    codes = {facet: _codes(chance, *source) for facet, source in FACETS.items()}
    status = _weighted(chance, STATUSES)
    return GapSketch(
        key=f"F-{day.year}-{number + 10_000}",
        title=_title(chance, codes),
        summary=_summary(chance, codes),
        severity=chance.randint(1, 4),
        frequency=chance.randint(1, 4),
        status=status,
        visibility=_weighted(chance, LEVELS),
        solvable_at=chance.choice(list(SolvableAt)),
        first_reported=day,
        reports=chance.choice((0, 0, 1, 1, 2, 3, 5, 9)),
        codes=codes,
        places=tuple(sorted(chance.sample(range(places), chance.randint(0, min(3, places))))),
        figures=_figures(chance),
        witnesses=_witnesses(number, chance),
        steps=_steps(chance, day, status),
    )


def _case(number: int, chance: Random) -> CaseSketch:
    title = f"Fall {number + 1}: {chance.choice(TROUBLES)} beim Thema {chance.choice(MATTERS)}"
    stations = tuple(_station(chance, 2 * place) for place in range(STATIONS_PER_CASE))
    return CaseSketch(f"fall-{number + 1}", title, chance.randrange(1000), chance.randrange(1000), stations)


def _station(chance: Random, month: int) -> StationSketch:
    return StationSketch(
        month=month,
        title=f"{chance.choice(TROUBLES)}: {chance.choice(MATTERS)}",
        life_domain=chance.choice(lists.keys("life_domains")),
        legal_domain=chance.choice(lists.keys("legal_domains")),
        transition=chance.choice((None, *lists.keys("transitions"))),
        assessment=chance.choice(lists.keys("station_assessments")),
    )


def _codes(chance: Random, list_name: str, most: int) -> tuple[str, ...]:
    return tuple(chance.sample(lists.keys(list_name), chance.randint(1, most)))


def _title(chance: Random, codes: dict[GapFacetName, tuple[str, ...]]) -> str:
    agency = lists.label("agency_types", codes[GapFacetName.INTERFACE][0])
    return f"{chance.choice(TROUBLES)} – {chance.choice(MATTERS)} ({agency})"


def _summary(chance: Random, codes: dict[GapFacetName, tuple[str, ...]]) -> str:
    agencies = " und ".join(lists.label("agency_types", key) for key in codes[GapFacetName.INTERFACE])
    domain = lists.label("life_domains", codes[GapFacetName.LIFE_DOMAIN][0])
    change = lists.label("transitions", codes[GapFacetName.TRANSITION][0])
    first, second = chance.sample(CONSEQUENCES, 2)
    said = f"Im Lebensbereich {domain} greift beim Übergang {change} nichts ineinander. Beteiligt: {agencies}."
    return f"{said} {first} {second}"


def _figures(chance: Random) -> tuple[tuple[str, str, str | None], ...]:
    if chance.random() < 0.6:
        return ()
    after = str(chance.randint(5, 40)) if chance.random() < 0.5 else None
    return ((chance.choice(FIGURES), str(chance.randint(20, 90)), after),)


def _witnesses(number: int, chance: Random) -> tuple[Witness, ...]:
    wanted = chance.choice((0, 0, 1, 1, 2, 3, 4))
    stations = chance.sample(range(cases_behind(number + 1) * STATIONS_PER_CASE), wanted)
    return tuple(
        Witness(station // STATIONS_PER_CASE, station % STATIONS_PER_CASE, chance.random() < 0.85)
        for station in stations
    )


def _steps(chance: Random, day: date, status: GapStatus) -> tuple[tuple[date, GapStatus], ...]:
    path = [GapStatus.REPORTED]
    if status not in (GapStatus.REPORTED, GapStatus.SINGLE_CASE):
        path.append(GapStatus.IN_REVIEW)
    if status not in path:
        path.append(status)
    return tuple((day + timedelta(days=30 * place + chance.randrange(28)), step) for place, step in enumerate(path))


def _weighted(chance: Random, weights: dict[Value, int]) -> Value:
    return chance.choices(list(weights), list(weights.values()))[0]
