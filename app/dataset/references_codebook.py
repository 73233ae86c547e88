"""What must hold between the codebook, its codings and the cases of a demo file."""

from collections.abc import Iterator
from itertools import chain

from app.core.i18n import _
from app.dataset.problems import Problem, quoted
from app.dataset.schema_codebook import PassageGiven
from app.dataset.schema_demo import DemoFile
from app.dataset.schema_knowledge import CaseGiven
from knowledge.coding.states import SourceField


def problems(demo: DemoFile) -> Iterator[Problem]:
    """Every contradiction in this part of the file."""
    yield from chain(_categories(demo), _codings(demo))


def _categories(demo: DemoFile) -> Iterator[Problem]:
    before: set[str] = set()
    for index, given in enumerate(demo.codebook):
        if given.parent is not None and given.parent not in before:
            reason = _("steht %(key)s, das nicht weiter oben steht", key=quoted(given.parent))
            yield Problem(f"codebook[{index}].parent", reason)
        before.add(given.key)


def _codings(demo: DemoFile) -> Iterator[Problem]:
    cases = {case.key: case for case in demo.cases}
    for index, given in enumerate(demo.codings):
        text = text_of(cases[given.case], given)
        if text is None:
            yield Problem(f"codings[{index}].station", _("fehlt oder gehört nicht zu diesem Fall"))
        elif text.count(given.quote) != 1:
            reason = _("steht %(quote)s, was im Text nicht genau einmal vorkommt", quote=quoted(given.quote))
            yield Problem(f"codings[{index}].quote", reason)


def text_of(case: CaseGiven, given: PassageGiven) -> str | None:
    """The text in which the passage stands; None where there is no such station. Open questions have no key."""
    if given.field == SourceField.CLIENT_VIEW:
        return (case.client_view or "") if given.station is None else None
    station = next((each for each in case.stations if each.key == given.station), None)
    if station is None or given.field == SourceField.QUESTION:
        return None
    return station.text if given.field == SourceField.STATION_TEXT else station.what_helped or ""
