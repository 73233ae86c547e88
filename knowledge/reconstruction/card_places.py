"""What a card can hang on: a station that the room has seen, a transition of the case, or the case as a whole."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from app.core.errors import InvalidInput
from app.core.i18n import _
from knowledge.cases.models import Station
from knowledge.reconstruction.access import RoomView
from knowledge.reconstruction.rules import stations_seen
from knowledge.reconstruction.states import PhaseKind
from knowledge.taxonomy.terms import label

STATION, TRANSITION = "s", "t"


@dataclass(frozen=True)
class Place:
    """A station or a transition; `value` is what a form sends for it."""

    value: str
    station: Station | None = None
    transition: str | None = None

    @property
    def label(self) -> str:
        """What a list of choices calls it."""
        if self.station is not None:
            return station_words(self.station)
        return label("transitions", self.transition) if self.transition else ""

    @property
    def station_id(self) -> int | None:
        """The station's id."""
        return self.station.id if self.station else None


WHOLE_CASE = Place("")


def places(session: Session, room: RoomView) -> tuple[Place, ...]:
    """What this member may choose from: stations that were told already, then their transitions. One statement."""
    if room.case_id is None:
        return ()
    stations = _stations(session, room.case_id)
    return _of(stations[: _seen(room, len(stations))])


def _seen(room: RoomView, total: int) -> int:
    if room.phase is None:
        return total if room.member.leads else 0
    told = next((each.stations_shown for each in room.phases if each.kind == PhaseKind.PRESENTATION), 0)
    return stations_seen(room.phase.kind, told, total)


def all_places(session: Session, case_id: int) -> tuple[Place, ...]:
    """All of a case, for typing in what was written on paper. One statement."""
    return _of(_stations(session, case_id))


def _stations(session: Session, case_id: int) -> list[Station]:
    statement = select(Station).where(col(Station.case_id) == case_id, col(Station.hidden).is_(False))
    return list(session.exec(statement.order_by(col(Station.month), col(Station.position), col(Station.id))))


def _of(stations: list[Station]) -> tuple[Place, ...]:
    at = [Place(f"{STATION}{each.id}", station=each) for each in stations]
    codes = dict.fromkeys(each.transition for each in stations if each.transition)
    between = [Place(f"{TRANSITION}{code}", transition=code) for code in codes]
    return (*at, *between)


def station_words(station: Station) -> str:
    """A station as a choice names it."""
    return _("Monat %(month)s: %(title)s", month=station.month, title=station.title)


def chosen(on_offer: tuple[Place, ...], value: str) -> Place:
    """The place of this value; InvalidInput if it is not on offer."""
    if not value:
        return WHOLE_CASE
    found = next((each for each in on_offer if each.value == value), None)
    if found is None:
        raise InvalidInput(_("Diese Station gibt es nicht mehr. Bitte wählen Sie noch einmal."))
    return found


def place_at(session: Session, room: RoomView, value: str) -> Place:
    """The same among what this member may choose from now; a card to the whole case costs no look."""
    return chosen(places(session, room), value) if value else WHOLE_CASE
