"""Rows of a demo file's bodies, meetings, agenda and decisions."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator

from app.core.i18n import _
from app.dataset.build_proceedings import build_amendments, build_answers, build_template
from app.dataset.building import Building
from app.dataset.schema_bodies import BodyGiven, MandateGiven, SeatGiven
from app.dataset.schema_demo import DemoFile
from app.dataset.schema_meetings import AgendaGiven, DecisionGiven, ItemGiven
from meetings.agenda.models import AgendaItem, AgendaItemSubject, AgendaVote, AgendaVoteCriterion, Meeting, MeetingGuest
from meetings.agenda.states import MeetingState
from meetings.bodies.models import Body, BodyRules, Mandate, MandatePoint, Seat, SeatHolder, TopicMandate
from meetings.bodies.states import BodyKind, MandatePointKind
from meetings.decisions.models import Decision, TopicDecision
from meetings.decisions.states import DecisionMode

EXTRAS = ("dial_in_url", "dial_in_phone", "urgency", "reason")
"""What few files say of a meeting."""


def build_bodies(build: Building, demo: DemoFile) -> None:
    """Bodies with rules, mandates, seats and the topics they were given. Parents follow once all are there."""
    bodies = {given.key: _body(build, given) for given in demo.bodies}
    build.add_keyed("bodies", bodies)
    for given in demo.bodies:
        bodies[given.key].parent_id = build.id_or_none("bodies", given.parent)
        body_id = build.id("bodies", given.key)
        if given.rules:
            build.add([BodyRules(body_id=body_id, **given.rules.model_dump())])
        if given.mandate:
            _build_mandate(build, body_id, given.mandate)
        if given.topic:
            build.add([TopicMandate(topic_id=build.id("topics", given.topic), body_id=body_id)])
        for index, seat in enumerate(given.members):
            _build_seat(build, body_id, index, seat)
        build_template(build, body_id, given.agenda_template)


def _body(build: Building, given: BodyGiven) -> Body:
    return Body(
        chair_id=build.id_or_none("people", given.chair),
        office_id=build.id_or_none("organisations", given.office),
        lead_id=build.id_or_none("people", given.lead),
        moderation_id=build.id_or_none("people", given.moderation),
        **given.model_dump(include={"key", "name", "kind", "established", "ends", "purpose", "rhythm"}),
    )


def _build_mandate(build: Building, body_id: int, given: MandateGiven) -> None:
    facts = {"reference", "problem", "question", "expected_result", "resources", "reporting"}
    mandate_id = build.add_one(Mandate(body_id=body_id, **given.model_dump(include=facts)))
    lists = {
        MandatePointKind.IN_SCOPE: given.in_scope,
        MandatePointKind.OUT_OF_SCOPE: given.out_of_scope,
        MandatePointKind.CONSTRAINT: given.constraints,
    }
    build.add(
        MandatePoint(mandate_id=mandate_id, kind=kind, position=index, text=text)
        for kind, texts in lists.items()
        for index, text in enumerate(texts)
    )


def _build_seat(build: Building, body_id: int, position: int, given: SeatGiven) -> None:
    seat = Seat(
        body_id=body_id,
        organisation_id=build.id("organisations", given.org),
        kind=given.seat,
        position=position,
        valid_from=given.valid_from,
        valid_to=given.valid_to,
    )
    seat_id = build.add_one(seat)
    holders = dict(enumerate([given.person, given.deputy, *given.further_deputies]))
    build.add(
        SeatHolder(seat_id=seat_id, person_id=build.id("people", key), rank=rank)
        for rank, key in holders.items()
        if key
    )


def build_meetings(build: Building, demo: DemoFile) -> None:
    """The meeting with an agenda, and those that decisions name: held, on the day of their decisions."""
    meetings = {key: _held(build, demo, key, day) for key, day in _named_meetings(demo).items()}
    if demo.agenda:
        meetings[demo.agenda.key] = _meeting(build, demo.agenda)
    _count(meetings.values())
    build.add_keyed("meetings", meetings)
    build.add(
        TopicDecision(topic_id=build.id("topics", topic.key), meeting_id=build.id("meetings", topic.decided_in))
        for topic in demo.topics
        if topic.decided_in
    )
    if demo.agenda:
        meeting_id = build.id("meetings", demo.agenda.key)
        build.add(
            MeetingGuest(meeting_id=meeting_id, person_id=build.id("people", key), position=index)
            for index, key in enumerate(demo.agenda.guests)
        )


def _count(meetings: Iterable[Meeting]) -> None:
    """Give the meetings that took place the number that their key names, each number of a body once."""
    given: set[tuple[int, int | None]] = set()
    for meeting in meetings:
        counted = (meeting.body_id, meeting.number)
        if meeting.state in (MeetingState.HELD, MeetingState.CLOSED) and counted not in given:
            meeting.held_number = meeting.number
            given.add(counted)


def _named_meetings(demo: DemoFile) -> dict[str, dt.date]:
    """Meetings without an agenda of their own, by the day of their decisions, the earliest first."""
    agenda = demo.agenda.key if demo.agenda else None
    named = {row.meeting: row.date for row in demo.decisions if row.meeting and row.meeting != agenda}
    return dict(sorted(named.items(), key=lambda pair: pair[1]))


def number_of(key: str) -> int | None:
    """The number at the end of a meeting's key: LG-08 → 8."""
    found = re.search(r"(\d{1,6})$", key)
    return int(found[1]) if found else None


def body_of(demo: DemoFile, key: str) -> str:
    """The body whose meeting a key names: the agenda's if the keys begin alike, else the steering or the first body."""
    agenda = demo.agenda
    if agenda and agenda.key.rpartition("-")[0] == key.rpartition("-")[0]:
        return agenda.body
    steering = [body.key for body in demo.bodies if body.kind == BodyKind.STEERING]
    return (steering or [body.key for body in demo.bodies])[0]


def _held(build: Building, demo: DemoFile, key: str, day: dt.date) -> Meeting:
    number = number_of(key)
    title = _("%(number)s. Sitzung", number=number) if number else _("Sitzung %(key)s", key=key)
    if number and demo.agenda and demo.agenda.title.startswith(f"{number_of(demo.agenda.key)}. "):
        title = f"{number}. {demo.agenda.title.partition('. ')[2]}"
    body_id = build.id("bodies", body_of(demo, key))
    return Meeting(key=key, body_id=body_id, number=number, title=title, date=day, state=MeetingState.HELD)


def _meeting(build: Building, given: AgendaGiven) -> Meeting:
    return Meeting(
        body_id=build.id("bodies", given.body),
        number=number_of(given.key),
        starts_at=build.moment(given.date, given.start),
        ends_at=build.moment(given.date, given.end),
        **given.model_dump(include={"key", "title", "date", "place", "invited_on", "papers_until", "state", *EXTRAS}),
    )


def build_agenda(build: Building, given: AgendaGiven) -> None:
    """The items of the agenda; what they are about is already there."""
    meeting_id = build.id("meetings", given.key)
    items = [_item(build, meeting_id, index, row) for index, row in enumerate(given.items)]
    build.add(items)
    numbers = {item.number: item.id for item in items}
    for item in items:
        item.parent_id = numbers.get(parent_number(item.number or ""))
    for written, row in zip(items, given.items, strict=True):
        build.add(_subjects(build, written.id or 0, row))
        _build_vote(build, written.id or 0, row)
    build_answers(build, given)
    build_amendments(build, given)


def parent_number(number: str) -> str | None:
    """The number of the item that this one hangs on: „6“ for „6.1“."""
    return number.rpartition(".")[0] or None


def _item(build: Building, meeting_id: int, position: int, given: ItemGiven) -> AgendaItem:
    return AgendaItem(
        meeting_id=meeting_id,
        position=position,
        number=str(given.number),
        speaker_id=build.id_or_none("people", given.speaker),
        **given.model_dump(
            include={"title", "minutes", "kind", "decision_kind", "text", "proposal", "part", "supplement"}
        ),
    )


def _subjects(build: Building, item_id: int, given: ItemGiven) -> Iterator[AgendaItemSubject]:
    for index, key in enumerate(given.gaps):
        yield AgendaItemSubject(item_id=item_id, position=index, gap_id=build.id("gaps", key))
    for index, key in enumerate(given.topics):
        yield AgendaItemSubject(item_id=item_id, position=index, topic_id=build.id("topics", key))
    for index, key in enumerate(given.solutions):
        yield AgendaItemSubject(item_id=item_id, position=index, solution_id=build.id("past_solutions", key))
    if given.agreement:
        yield AgendaItemSubject(item_id=item_id, agreement_id=build.id("agreements", given.agreement))


def _build_vote(build: Building, item_id: int, given: ItemGiven) -> None:
    if given.vote is None:
        return
    vote_id = build.add_one(AgendaVote(item_id=item_id, **given.vote.model_dump(exclude={"criteria"})))
    build.add(
        AgendaVoteCriterion(vote_id=vote_id, position=index, criterion=key)
        for index, key in enumerate(given.vote.criteria)
    )


def build_decisions(build: Building, demo: DemoFile) -> None:
    """The decisions with their counts."""
    build.add_keyed("decisions", {given.key: _decision(build, given) for given in demo.decisions})


def _decision(build: Building, given: DecisionGiven) -> Decision:
    return Decision(
        meeting_id=build.id_or_none("meetings", given.meeting),
        mode=DecisionMode.MEETING if given.meeting else DecisionMode.CIRCULAR,
        accepted=given.votes.in_favour > given.votes.against,
        **given.model_dump(include={"key", "date", "kind", "text"}),
        **given.votes.model_dump(),
    )
