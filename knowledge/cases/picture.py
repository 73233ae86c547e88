"""From the rows of a case to the picture of its timeline: labels are looked up here, the layout is in `timeline.py`."""

from collections.abc import Mapping

from knowledge.cases.queries import CaseSheet, StationRow
from knowledge.cases.rules import TransitionNumbers
from knowledge.cases.timeline import StationView
from knowledge.cases.wording import TimelinePicture, days_without, timeline_picture, transition_sentence
from knowledge.taxonomy.terms import label


def picture_of(sheet: CaseSheet) -> TimelinePicture:
    """The picture of the stations that this reader sees."""
    case = sheet.found.case
    return timeline_picture(case.title, case.anchor, case.span_months, [_view(row) for row in sheet.stations])


def spoken(numbers: Mapping[str, TransitionNumbers]) -> list[tuple[str, str]]:
    """Each transition with its bridges and breaks in words, as a page lists them."""
    return [(label("transitions", transition), transition_sentence(each)) for transition, each in numbers.items()]


def _view(row: StationRow) -> StationView:
    station = row.station
    return StationView(
        key=station.key,
        month=station.month,
        title=station.title,
        legal_domain=station.legal_domain,
        legal_domain_label=label("legal_domains", station.legal_domain),
        assessment=station.assessment.value,
        transition=station.transition,
        transition_label=label("transitions", station.transition) if station.transition else "",
        without=days_without(station.days_without_benefits, station.days_without_insurance),
    )
