"""The texts of a case in which passages are marked: the person's view, stations, what helped, open questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from app.core.i18n import _
from knowledge.cases.models import Case, OpenQuestion, Station
from knowledge.coding.anchoring import Anchor, Found, Quote, anchor, plain
from knowledge.coding.models import Passage
from knowledge.coding.states import SourceField


@dataclass(frozen=True)
class Source:
    """One text of a case. `row_id` is the station's or question's, 0 for the case's own text."""

    field: SourceField
    row_id: int
    title: str
    text: str

    @property
    def key(self) -> str:
        """How forms name it: "station_text-12"."""
        return f"{self.field.value}-{self.row_id}"


@dataclass(frozen=True)
class Placed:
    """A passage and where it is now; without a source it is lost."""

    passage: Passage
    source: Source | None
    anchor: Anchor

    @property
    def lost(self) -> bool:
        """Whether its words are in no text of the case any more."""
        return self.source is None or self.anchor.found == Found.LOST


def sources_of(session: Session, case: Case) -> list[Source]:
    """All texts that say something, in the order of the case's page. Two statements."""
    stations = session.exec(
        select(Station).where(col(Station.case_id) == case.id).order_by(col(Station.position), col(Station.month))
    )
    questions = session.exec(
        select(OpenQuestion)
        .where(col(OpenQuestion.case_id) == case.id)
        .order_by(col(OpenQuestion.position), col(OpenQuestion.id))
    )
    found = [Source(SourceField.CLIENT_VIEW, 0, _("Sicht der Person"), plain(case.client_view))]
    for station in stations:
        row_id, name = station.id or 0, f"{station.key} {station.title}"
        found.append(Source(SourceField.STATION_TEXT, row_id, name, plain(station.text)))
        helped = _("%(station)s: Was geholfen hat", station=station.key)
        found.append(Source(SourceField.STATION_HELP, row_id, helped, plain(station.what_helped)))
    for number, question in enumerate(questions, 1):
        name = _("Offene Frage %(number)s", number=number)
        found.append(Source(SourceField.QUESTION, question.id or 0, name, plain(question.text)))
    return [source for source in found if source.text.strip()]


def quote_in(passage: Passage) -> Quote:
    """The passage as the rules see it."""
    return Quote(passage.start_at, passage.end_at, passage.quote, passage.before, passage.after, passage.text_hash)


def place(passages: Sequence[Passage], sources: Sequence[Source]) -> list[Placed]:
    """Where each passage is now."""
    by_key = {source.key: source for source in sources}
    return [_placed(passage, by_key, sources) for passage in passages]


def key_of(passage: Passage) -> str:
    """The key of the source in which the passage was marked."""
    row_id = passage.question_id if passage.field == SourceField.QUESTION else passage.station_id
    return f"{passage.field.value}-{row_id or 0}"


def _placed(passage: Passage, by_key: Mapping[str, Source], sources: Sequence[Source]) -> Placed:
    quote, own = quote_in(passage), by_key.get(key_of(passage))
    if own is not None:
        here = anchor(own.text, quote)
        if here.found != Found.LOST:
            return Placed(passage, own, here)
    return _elsewhere(passage, quote, [source for source in sources if source is not own])


def _elsewhere(passage: Passage, quote: Quote, others: Sequence[Source]) -> Placed:
    """In exactly one other text of the case the very same words; a person then decides."""
    there = [source for source in others if quote.exact in source.text]
    if len(there) == 1 and len(quote.exact.split()) > 2:
        start = there[0].text.index(quote.exact)
        return Placed(passage, there[0], Anchor(Found.SIMILAR, start, start + len(quote.exact)))
    return Placed(passage, None, Anchor(Found.LOST))
