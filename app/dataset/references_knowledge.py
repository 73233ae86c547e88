"""What must hold between workshops, cases, gaps, topics and solutions of a demo file."""

import re
from collections.abc import Iterator
from itertools import chain

from app.core.i18n import _
from app.dataset.problems import Problem, quoted
from app.dataset.schema_demo import DemoFile
from app.dataset.schema_knowledge import CaseGiven, GapGiven, StationGiven, WorkshopCaseGiven, WorkshopGiven
from knowledge.cases.rules import is_locked
from knowledge.cases.states import StationAssessment
from knowledge.gaps.states import GapStatus

CALENDAR = re.compile(r"\b\d{1,2}\.\d{1,2}\.\d{4}\b|\b(19|20)\d\d\b")


def problems(demo: DemoFile) -> Iterator[Problem]:
    """Every contradiction in this part of the file."""
    yield from chain(_workshops(demo), _cases(demo), _gaps(demo), _topics(demo), _solutions(demo))


def _workshops(demo: DemoFile) -> Iterator[Problem]:
    cases = {case.key: case for case in demo.cases}
    attended: set[str] = set()
    for w, workshop in enumerate(demo.workshops):
        for c, given in enumerate(workshop.cases):
            path = f"workshops[{w}].cases[{c}]"
            if cases[given.case].workshop != workshop.key or given.case in attended:
                reason = _("steht der Fall %(case)s, der zu einem anderen Workshop gehört", case=quoted(given.case))
                yield Problem(f"{path}.case", reason)
            attended.add(given.case)
            yield from _attendance(demo, workshop, given, cases[given.case], path)
    for c, case in enumerate(demo.cases):
        if case.key not in attended:
            reason = _("steht %(workshop)s, wo der Fall nicht aufgeführt ist", workshop=quoted(case.workshop))
            yield Problem(f"cases[{c}].workshop", reason)


def _attendance(
    demo: DemoFile, workshop: WorkshopGiven, given: WorkshopCaseGiven, case: CaseGiven, path: str
) -> Iterator[Problem]:
    types = {organisation.key: organisation.type for organisation in demo.organisations}
    homes = {person.key: person.org for person in demo.people}
    scopes = frozenset(str(scope) for scope in case.consent.scopes)
    for index, organisation in enumerate(given.orgs):
        place = f"{path}.orgs[{index}]"
        if organisation not in workshop.participants_orgs:
            yield Problem(place, _("steht %(org)s, das zum Workshop nicht eingeladen ist", org=quoted(organisation)))
        if is_locked(types[organisation], scopes):
            reason = _("steht %(org)s, dessen Teilnahme die Einwilligung nicht deckt", org=quoted(organisation))
            yield Problem(place, reason)
    if case.case_giver and homes[case.case_giver] not in given.orgs:
        yield Problem(f"{path}.orgs", _("fehlt die Organisation der fallgebenden Person"))


def _cases(demo: DemoFile) -> Iterator[Problem]:
    names = _given_names(demo)
    seen: set[str] = set()
    for c, case in enumerate(demo.cases):
        month = 0
        for s, station in enumerate(case.stations):
            path = f"cases[{c}].stations[{s}]"
            if station.key in seen:
                yield Problem(f"{path}.key", _("steht der Schlüssel %(key)s zum zweiten Mal", key=quoted(station.key)))
            if station.month < month:
                yield Problem(f"{path}.month", _("steht ein Monat, der vor dem der vorigen Station liegt"))
            seen.add(station.key)
            month = station.month
            yield from _station(station, names, path)
        if case.stations and month != case.span_months:
            reason = _(
                "steht %(span)s, die letzte Station liegt in Monat %(month)s", span=case.span_months, month=month
            )
            yield Problem(f"cases[{c}].span_months", reason)


def _given_names(demo: DemoFile) -> list[str]:
    """What must not stand in a case's text: the municipalities by their last word, the organisations whole."""
    return [m.name.split()[-1] for m in demo.municipalities] + [o.name for o in demo.organisations]


def _station(station: StationGiven, names: list[str], path: str) -> Iterator[Problem]:
    if station.assessment == StationAssessment.BRIDGE and not station.what_helped:
        yield Problem(f"{path}.what_helped", _("fehlt, was geholfen hat"))
    if CALENDAR.search(station.text):
        yield Problem(f"{path}.text", _("steht ein Kalenderdatum; Fälle rechnen in Monaten seit dem Ankerereignis"))
    for name in names:
        if re.search(rf"\b{re.escape(name)}", station.text):
            yield Problem(
                f"{path}.text", _("steht der Name %(name)s; Fälle nennen nur Stellentypen", name=quoted(name))
            )


def _gaps(demo: DemoFile) -> Iterator[Problem]:
    findings = _findings(demo)
    stations = {(case.key, station.key) for case in demo.cases for station in case.stations}
    for g, gap in enumerate(demo.gaps):
        path = f"gaps[{g}]"
        yield from _evidence(gap, findings.get(gap.key, set()), stations, path)
        yield from _places(demo, gap, path)
        yield from _mutual_topic(demo, gap, path)
        yield from _mutual_solutions(demo, gap, path)
        yield from _status(gap, path)


def _findings(demo: DemoFile) -> dict[str, set[tuple[str, str]]]:
    """By gap: the stations with a finding for it."""
    found: dict[str, set[tuple[str, str]]] = {}
    for case in demo.cases:
        for station in case.stations:
            for finding in station.findings:
                found.setdefault(finding.gap, set()).add((case.key, station.key))
    return found


def _evidence(
    gap: GapGiven, found: set[tuple[str, str]], stations: set[tuple[str, str]], path: str
) -> Iterator[Problem]:
    for e, row in enumerate(gap.evidence):
        if (row.case, row.station) not in found:
            reason = _(
                "steht %(station)s, wo es keinen Befund zu %(gap)s gibt", station=quoted(row.station), gap=gap.key
            )
            yield Problem(f"{path}.evidence[{e}].station", reason)
    given = {(row.case, row.station) for row in gap.evidence}
    for _case, station in sorted(found - given):
        yield Problem(
            f"{path}.evidence", _("fehlt der Beleg %(station)s, zu dem es einen Befund gibt", station=quoted(station))
        )
    against: set[tuple[str, str]] = set()
    for e, counter in enumerate(gap.counter_evidence):
        pair = (counter.case, counter.station)
        if pair not in stations or pair in against:
            reason = _(
                "steht %(station)s, das es in diesem Fall nicht gibt oder schon genannt ist",
                station=quoted(counter.station),
            )
            yield Problem(f"{path}.counter_evidence[{e}].station", reason)
        against.add(pair)


def _places(demo: DemoFile, gap: GapGiven, path: str) -> Iterator[Problem]:
    homes = {case.key: case.municipality for case in demo.cases}
    for row in gap.evidence:
        home = homes[row.case]
        if home is not None and gap.municipalities and home not in gap.municipalities:
            reason = _(
                "fehlt %(place)s, aus der der Beleg %(station)s stammt", place=quoted(home), station=quoted(row.station)
            )
            yield Problem(f"{path}.municipalities", reason)


def _mutual_topic(demo: DemoFile, gap: GapGiven, path: str) -> Iterator[Problem]:
    topics = {topic.key: topic for topic in demo.topics}
    if gap.topic and gap.key not in topics[gap.topic].gaps:
        yield Problem(f"{path}.topic", _("steht %(topic)s, das nicht zurückverweist", topic=quoted(gap.topic)))


def _mutual_solutions(demo: DemoFile, gap: GapGiven, path: str) -> Iterator[Problem]:
    solutions = {solution.key: solution for solution in demo.past_solutions}
    for s, key in enumerate(gap.solutions):
        if gap.key not in solutions[key].gaps:
            yield Problem(f"{path}.solutions[{s}]", _("steht %(key)s, das nicht zurückverweist", key=quoted(key)))


def _status(gap: GapGiven, path: str) -> Iterator[Problem]:
    if gap.status == GapStatus.DEFERRED and not (gap.deferred_until and gap.deferred_reason):
        yield Problem(f"{path}.deferred_until", _("fehlt die Wiedervorlage mit Begründung"))
    if gap.status == GapStatus.ESCALATED and gap.escalation is None:
        yield Problem(f"{path}.escalation", _("fehlt, an wen gemeldet wurde"))


def _topics(demo: DemoFile) -> Iterator[Problem]:
    gaps = {gap.key: gap for gap in demo.gaps}
    bodies = {body.key: body for body in demo.bodies}
    for t, topic in enumerate(demo.topics):
        for g, key in enumerate(topic.gaps):
            if gaps[key].topic != topic.key:
                yield Problem(f"topics[{t}].gaps[{g}]", _("steht %(key)s, das nicht zurückverweist", key=quoted(key)))
        if topic.body and bodies[topic.body].topic != topic.key:
            yield Problem(f"topics[{t}].body", _("steht %(key)s, das nicht zurückverweist", key=quoted(topic.body)))


def _solutions(demo: DemoFile) -> Iterator[Problem]:
    gaps = {gap.key: gap for gap in demo.gaps}
    for s, solution in enumerate(demo.past_solutions):
        for g, key in enumerate(solution.gaps):
            if solution.key not in gaps[key].solutions:
                yield Problem(
                    f"past_solutions[{s}].gaps[{g}]", _("steht %(key)s, das nicht zurückverweist", key=quoted(key))
                )
        if solution.period.end and solution.period.end < solution.period.start:
            yield Problem(f"past_solutions[{s}].period.end", _("steht ein Monat, der vor dem Anfang liegt"))
