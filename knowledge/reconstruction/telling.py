"""The timeline as the room sees it now: only the stations that were shown, until the case has been told."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import Session, col, select

from app.core.errors import DomainError
from app.core.i18n import _
from app.core.work import Work
from knowledge.cases.actions_stations import add_live_station
from knowledge.cases.drafts import StationDraft
from knowledge.cases.models import Station, StationAgency
from knowledge.cases.timeline import StationView
from knowledge.cases.wording import TimelinePicture, timeline_picture
from knowledge.reconstruction.access import RoomView, fresh
from knowledge.reconstruction.models import WorkshopPhase
from knowledge.reconstruction.policy import may_add_station
from knowledge.reconstruction.rules import TOLD_STEP_BY_STEP, stations_seen
from knowledge.reconstruction.states import PhaseKind, Screen
from knowledge.taxonomy.terms import label


@dataclass(frozen=True)
class ToldStation:
    """A station on a screen of the room, with the types of agencies in it."""

    station: Station
    agencies: tuple[str, ...]


@dataclass(frozen=True)
class Telling:
    """What of the timeline is to be seen. `total` and `shown` count stations that are not hidden."""

    stations: tuple[ToldStation, ...]
    shown: int
    total: int
    picture: TimelinePicture | None

    @property
    def more(self) -> bool:
        """Whether a station is still to come."""
        return self.shown < self.total

    @property
    def newest(self) -> ToldStation | None:
        """The station that was shown last."""
        return self.stations[-1] if self.stations else None


def telling(session: Session, room: RoomView) -> Telling:
    """The timeline for this member and screen. Two statements; nothing for who may not see the case."""
    found = room.found
    if found is None:
        return Telling((), 0, 0, None)
    rows = [
        station
        for station in session.exec(
            select(Station)
            .where(col(Station.case_id) == found.id)
            .order_by(col(Station.month), col(Station.position), col(Station.id))
        )
        if not station.hidden
    ]
    told = next((each.stations_shown for each in room.phases if each.kind == PhaseKind.PRESENTATION), 0)
    kind = room.phase.kind if room.phase else None
    seen = stations_seen(kind, told, len(rows))
    if room.screen == Screen.MODERATOR and kind is None:
        seen = 0
    agencies = _agencies(session, [station.id or 0 for station in rows[:seen]])
    stations = tuple(ToldStation(each, tuple(agencies.get(each.id or 0, ()))) for each in rows[:seen])
    picture = None
    if stations:
        case = found.case
        picture = timeline_picture(case.title, case.anchor, case.span_months, [_view(each) for each in rows[:seen]])
    return Telling(stations, seen, len(rows), picture)


def _agencies(session: Session, station_ids: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    statement = (
        select(StationAgency.station_id, StationAgency.agency_type)
        .where(col(StationAgency.station_id).in_(station_ids))
        .order_by(col(StationAgency.position))
    )
    for station_id, agency in session.exec(statement):
        found.setdefault(station_id, []).append(agency)
    return found


def _view(station: Station) -> StationView:
    return StationView(
        key=station.key,
        month=station.month,
        title=station.title,
        legal_domain=station.legal_domain,
        legal_domain_label=label("legal_domains", station.legal_domain),
        assessment=station.assessment.value,
        transition=station.transition,
        transition_label=label("transitions", station.transition) if station.transition else "",
    )


def add_station(work: Work, room: RoomView, at: str, draft: StationDraft, confirmed: Collection[str] = ()) -> Station:
    """Write down what the round adds. A form that stood at another case is refused: it is not that case's station."""
    room = fresh(work, room)
    work.require(may_add_station(room))
    if room.case_id is None or at.partition(":")[0] != room.at.partition(":")[0]:
        raise DomainError(_("Inzwischen ist ein anderer Fall dran. Die Station wurde nicht eingetragen."))
    station = add_live_station(work, room.case_id, draft, confirmed)
    if room.phase is not None and room.phase.kind in TOLD_STEP_BY_STEP:
        _show_one_more(work, room)
    work.announce(room.channel, "timeline")
    return station


def _show_one_more(work: Work, room: RoomView) -> None:
    statement = select(WorkshopPhase).where(
        col(WorkshopPhase.workshop_case_id) == room.workshop_case_id,
        col(WorkshopPhase.kind) == PhaseKind.PRESENTATION,
    )
    told = work.session.exec(statement).first()
    if told is not None:
        told.stations_shown += 1
        work.session.add(told)
