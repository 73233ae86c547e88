"""Stations: added, changed, taken out and put back, moved among those of one month; and added while a workshop runs."""

import json
from collections.abc import Collection
from dataclasses import replace
from typing import Any

from sqlmodel import Session, col, delete, func, select

from app.core.errors import DomainError, InvalidInput, NotFound
from app.core.i18n import _, ngettext
from app.core.work import Work
from knowledge.cases.access import FoundCase
from knowledge.cases.drafts import MOST_STATIONS, StationDraft, cleaned, problem_of
from knowledge.cases.editing import case_of_station, locked_case, same_or_changed
from knowledge.cases.models import Case, Finding, RemovedStation, Station, StationAgency
from knowledge.cases.names import station_prefix
from knowledge.cases.policy import may_add_live_station
from knowledge.cases.states import FindingKind, StationAssessment
from knowledge.cases.texts import allowed_words
from knowledge.gaps.models import Evidence
from knowledge.privacy.confirming import Unchecked, hits_in, names_for
from knowledge.taxonomy import lists

_WORDS = ("month", "title", "legal_domain", "life_domain", "transition", "assessment", "text", "hidden")
_PLAIN = (*_WORDS, "duration_weeks", "days_without_benefits", "days_without_insurance")
_CODES = {"legal_domain": "legal_domains", "life_domain": "life_domains", "transition": "transitions"}


class BeyondSpan(InvalidInput):
    """The station lies behind the end of the case; whoever means it says that the case is longer."""

    def __init__(self, case: Case, month: int) -> None:
        span = ngettext("%(num)s Monat", "%(num)s Monate", case.span_months)
        super().__init__(
            _(
                "Der Fall umfasst bisher %(span)s, die Station liegt in Monat %(month)s. Ist das kein Tippfehler,"
                " kreuzen Sie „Zeitraum verlängern“ an.",
                span=span,
                month=month,
            )
        )


def add_station(work: Work, case_id: int, draft: StationDraft) -> Station:
    """A new station of a draft."""
    return _add(work, locked_case(work, case_id), draft, "station.added")


def add_live_station(work: Work, case_id: int, draft: StationDraft, confirmed: Collection[str] = ()) -> Station:
    """A station that the round adds while the workshop runs; everybody's timeline shows it at once.

    Moderator, minute taker, coordination and case giver may. Everybody in the room reads it at once, so whatever could
    point at a person is confirmed first (keys of hits in `confirmed`), and looked at again in the review.
    """
    found = locked_case(work, case_id, may_add_live_station)
    texts = (draft.title, draft.text, draft.what_helped)
    hits = hits_in(texts, names_for(work.session), allowed_words(found.case), in_case=True)
    if any(hit.key not in confirmed for hit in hits):
        raise Unchecked(hits)
    station = _add(work, found, draft, "station.added_live")
    station.added_live = True
    work.session.add(station)
    if found.workshop is not None:
        work.announce(f"workshop:{found.workshop.id}", "timeline")
    return station


def _add(work: Work, found: FoundCase, draft: StationDraft, act: str) -> Station:
    draft = _checked(draft)
    _within_span(work, found.case, draft)
    keys = work.session.exec(select(Station.key).where(col(Station.case_id) == found.id)).all()
    if len(keys) >= MOST_STATIONS:
        raise DomainError(_("Ein Zeitstrahl hat höchstens %(most)d Stationen.", most=MOST_STATIONS))
    highest = work.session.exec(select(func.max(Station.position)).where(col(Station.case_id) == found.id)).one()
    station = Station(
        case_id=found.id,
        key=_next_key(work.session, found.case, keys),
        position=0 if highest is None else highest + 1,
        **_columns(draft),
    )
    work.session.add(station)
    work.session.flush()
    _write_agencies(work.session, station, draft.agencies)
    work.record(act, found.case, station=station.key)
    return station


def change_station(work: Work, station_id: int, draft: StationDraft, shown: str) -> Station:
    """Write a change down if the station is still as the form showed it (`shown` is its mark)."""
    found, station = case_of_station(work, station_id)
    same_or_changed(shown, draft_of(work.session, station).mark)
    draft = _checked(draft)
    if draft.month != station.month:
        _within_span(work, found.case, draft)
    for name, value in _columns(draft).items():
        setattr(station, name, value)
    work.session.add(station)
    _write_agencies(work.session, station, draft.agencies)
    work.record("station.changed", found.case, station=station.key)
    return station


def reword_live_station(work: Work, found: FoundCase, station: Station, wording: StationDraft, shown: str) -> None:
    """Put the words of a station right that the round added, and nothing else of it. The caller has asked who may."""
    if not station.added_live:
        raise NotFound(_("Diese Seite gibt es nicht."))
    present = draft_of(work.session, station)
    same_or_changed(shown, present.mark)
    draft = replace(present, title=wording.title, text=wording.text, what_helped=wording.what_helped)
    for name, value in _columns(_checked(draft)).items():
        setattr(station, name, value)
    work.session.add(station)
    work.record("station.changed", found.case, station=station.key)


def remove_station(work: Work, station_id: int) -> RemovedStation:
    """Take a station with its findings out of a draft; it can be put back until the draft is given for checking."""
    found, station = case_of_station(work, station_id)
    draft = draft_of(work.session, station)
    findings = work.session.exec(
        select(Finding).where(col(Finding.station_id) == station.id).order_by(col(Finding.position))
    ).all()
    content = {
        "key": station.key,
        "position": station.position,
        "draft": vars(draft) | {"assessment": draft.assessment.value},
        "findings": [{"text": each.text, "gap_id": each.gap_id, "kind": each.kind.value} for each in findings],
    }
    removed = RemovedStation(case_id=found.id, removed_at=work.now, content=json.dumps(content, ensure_ascii=False))
    work.session.add(removed)
    work.record("station.removed", found.case, station=station.key)
    for table in (Evidence, Finding, StationAgency):
        work.session.exec(delete(table).where(col(table.station_id) == station.id))
    work.session.delete(station)
    work.session.flush()
    return removed


def put_back(work: Work, removed_id: int) -> Station:
    """A station that was taken out stands again where it stood, with its findings."""
    removed = work.session.exec(select(RemovedStation).where(col(RemovedStation.id) == removed_id)).first()
    if removed is None:
        raise NotFound(_("Diese Station lässt sich nicht mehr zurückholen."))
    found = locked_case(work, removed.case_id)
    content = json.loads(removed.content)
    given = content["draft"]
    assessment, agencies = StationAssessment(given["assessment"]), tuple(given["agencies"])
    station = _add(
        work,
        found,
        StationDraft(**given | {"assessment": assessment, "agencies": agencies, "extends": True}),
        "station.back",
    )
    station.position = content["position"]
    keys = work.session.exec(
        select(Station.key).where(col(Station.case_id) == found.id, col(Station.id) != station.id)
    ).all()
    if content["key"] not in keys:
        station.key = content["key"]
    work.session.add(station)
    work.session.add_all(
        Finding(
            station_id=station.id or 0,
            gap_id=each["gap_id"],
            position=place,
            text=each["text"],
            kind=FindingKind(each["kind"]),
        )
        for place, each in enumerate(content["findings"])
    )
    work.session.delete(removed)
    work.session.flush()
    return station


def move_station(work: Work, station_id: int, up: bool) -> Station:
    """One place up or down among the stations of the same month; between months the month decides."""
    found, station = case_of_station(work, station_id)
    same_month = list(
        work.session.exec(
            select(Station)
            .where(col(Station.case_id) == found.id, col(Station.month) == station.month)
            .order_by(col(Station.position), col(Station.id))
        )
    )
    place = same_month.index(station)
    target = place - 1 if up else place + 1
    if 0 <= target < len(same_month):
        positions = sorted({row.position for row in same_month})
        if len(positions) < len(same_month):
            positions = list(range(len(same_month)))
        same_month[place], same_month[target] = same_month[target], same_month[place]
        for row, position in zip(same_month, positions, strict=True):
            row.position = position
            work.session.add(row)
        work.record("station.moved", found.case, station=station.key)
    return station


def draft_of(session: Session, station: Station) -> StationDraft:
    """The station as a form shows it."""
    agencies = session.exec(
        select(StationAgency.agency_type)
        .where(col(StationAgency.station_id) == station.id)
        .order_by(col(StationAgency.position))
    ).all()
    plain: dict[str, Any] = {name: getattr(station, name) for name in _PLAIN}
    return StationDraft(**plain, agencies=tuple(agencies), what_helped=station.what_helped or "")


def _within_span(work: Work, case: Case, draft: StationDraft) -> None:
    """A station behind the end of the case makes the case longer, if that was said."""
    if draft.month <= case.span_months:
        return
    if not draft.extends:
        raise BeyondSpan(case, draft.month)
    case.span_months = draft.month
    work.session.add(case)


def _columns(draft: StationDraft) -> dict[str, Any]:
    return {name: getattr(draft, name) for name in _PLAIN} | {"what_helped": draft.what_helped or None}


def _checked(draft: StationDraft) -> StationDraft:
    """InvalidInput with the first thing that is wrong."""
    draft = cleaned(draft)
    problem = problem_of(draft)
    if problem is not None:
        raise InvalidInput(_(problem))
    for name, list_name in _CODES.items():
        code = getattr(draft, name)
        if code is not None and code not in lists.keys(list_name):
            raise InvalidInput(_("Bitte wählen Sie aus der Liste."))
    if not set(draft.agencies) <= set(lists.keys("agency_types")):
        raise InvalidInput(_("Bitte wählen Sie aus der Liste."))
    return replace(draft, assessment=StationAssessment(draft.assessment))


def _next_key(session: Session, case: Case, keys: Collection[str]) -> str:
    """„B7“: the letters of the case and the first number that is free after the highest."""
    prefix = next((key.rstrip("0123456789") for key in keys), None)
    if not prefix:
        prefix = station_prefix(case.key, session.exec(select(Case.key)).all())
    numbers = [int(key.removeprefix(prefix)) for key in keys if key.removeprefix(prefix).isdecimal()]
    return f"{prefix}{max(numbers, default=0) + 1}"


def _write_agencies(session: Session, station: Station, agencies: Collection[str]) -> None:
    session.exec(delete(StationAgency).where(col(StationAgency.station_id) == station.id))
    session.add_all(
        StationAgency(station_id=station.id or 0, position=place, agency_type=each)
        for place, each in enumerate(agencies)
    )
    session.flush()
