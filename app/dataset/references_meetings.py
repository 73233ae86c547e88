"""What must hold between bodies, decisions, agenda and agreement of a demo file."""

from collections.abc import Iterator
from itertools import chain

from app.core.i18n import _
from app.dataset.build_meetings import parent_number
from app.dataset.problems import Problem, quoted
from app.dataset.schema_demo import DemoFile
from app.dataset.schema_meetings import AgendaGiven, AgreementGiven, ObligationGiven
from app.dataset.values import said_twice
from meetings.agreements.states import ConsentState
from meetings.bodies.states import BodyKind, SeatKind


def problems(demo: DemoFile) -> Iterator[Problem]:
    """Every contradiction in this part of the file."""
    yield from chain(_bodies(demo), _decisions(demo), _agenda(demo))
    if demo.agreement:
        yield from chain(
            _obligations(demo, demo.agreement),
            _goals(demo.agreement),
            _measures(demo.agreement),
            _history(demo.agreement),
        )


def _bodies(demo: DemoFile) -> Iterator[Problem]:
    homes = {person.key: person.org for person in demo.people}
    topics = {topic.key: topic for topic in demo.topics}
    for b, body in enumerate(demo.bodies):
        for m, seat in enumerate(body.members):
            if seat.person and homes[seat.person] != seat.org:
                reason = _(
                    "steht %(person)s, die nicht zu %(org)s gehört", person=quoted(seat.person), org=quoted(seat.org)
                )
                yield Problem(f"bodies[{b}].members[{m}].person", reason)
            if seat.deputy and seat.deputy == seat.person:
                yield Problem(f"bodies[{b}].members[{m}].deputy", _("steht dieselbe Person wie auf dem Sitz"))
        if body.topic and topics[body.topic].body != body.key:
            yield Problem(f"bodies[{b}].topic", _("steht %(key)s, das nicht zurückverweist", key=quoted(body.topic)))
    yield from _parents(demo)


def _parents(demo: DemoFile) -> Iterator[Problem]:
    parents = {body.key: body.parent for body in demo.bodies}
    for b, body in enumerate(demo.bodies):
        above, seen = body.parent, {body.key}
        while above and above not in seen:
            seen.add(above)
            above = parents[above]
        if above:
            yield Problem(f"bodies[{b}].parent", _("steht ein Gremium, das diesem selbst untersteht"))


def _decisions(demo: DemoFile) -> Iterator[Problem]:
    dates = {demo.agenda.key: demo.agenda.date} if demo.agenda else {}
    steering = [body for body in demo.bodies if body.kind == BodyKind.STEERING]
    seats = sum(seat.seat == SeatKind.VOTING for body in steering for seat in body.members)
    for d, decision in enumerate(demo.decisions):
        votes = decision.votes.in_favour + decision.votes.against + decision.votes.abstained
        if seats and votes > seats:
            reason = _("stehen %(votes)s Stimmen bei %(seats)s stimmberechtigten Sitzen", votes=votes, seats=seats)
            yield Problem(f"decisions[{d}].votes", reason)
        if decision.meeting is None:
            continue
        if not demo.bodies:
            yield Problem(f"decisions[{d}].meeting", _("steht eine Sitzung, zu der es kein Gremium gibt"))
        if dates.setdefault(decision.meeting, decision.date) != decision.date:
            reason = _("steht ein anderer Tag als der der Sitzung %(meeting)s", meeting=quoted(decision.meeting))
            yield Problem(f"decisions[{d}].date", reason)


def _agenda(demo: DemoFile) -> Iterator[Problem]:
    if demo.agenda is None:
        return
    if demo.agenda.end <= demo.agenda.start:
        yield Problem("agenda.end", _("steht eine Uhrzeit, die nicht nach dem Beginn liegt"))
    yield from _numbers(demo.agenda)
    yield from _proceedings(demo, demo.agenda)


def _numbers(agenda: AgendaGiven) -> Iterator[Problem]:
    """Plain numbers go on without a gap; printed ones („6.1“, „4a“) come once, below an item that is there."""
    plain = all(isinstance(item.number, int) for item in agenda.items)
    seen: set[str] = set()
    for i, item in enumerate(agenda.items):
        path, number = f"agenda.items[{i}].number", str(item.number)
        above = parent_number(number)
        if plain and item.number != i + 1:
            reason = _("steht die Nummer %(number)s, erwartet wird %(expected)s", number=item.number, expected=i + 1)
            yield Problem(path, reason)
        elif number in seen:
            yield Problem(path, _("steht die Nummer %(number)s zum zweiten Mal", number=quoted(number)))
        elif above and above not in seen:
            yield Problem(path, _("steht %(number)s ohne einen Punkt darüber", number=quoted(number)))
        seen.add(number)


def _proceedings(demo: DemoFile, agenda: AgendaGiven) -> Iterator[Problem]:
    """An answer is for a seat of the body, once; a correction is of an item that is there."""
    holders = {seat.person for body in demo.bodies if body.key == agenda.body for seat in body.members}
    answered: set[str | None] = set()
    for a, answer in enumerate(agenda.answers):
        if answer.seat and answer.seat not in holders:
            reason = _("steht %(person)s ohne Sitz in diesem Gremium", person=quoted(answer.seat))
            yield Problem(f"agenda.answers[{a}].seat", reason)
        elif answer.seat and answer.seat in answered:
            reason = _("steht die Antwort für den Sitz von %(person)s zum zweiten Mal", person=quoted(answer.seat))
            yield Problem(f"agenda.answers[{a}].seat", reason)
        answered.add(answer.seat)
    numbers = {str(item.number) for item in agenda.items}
    for a, amendment in enumerate(agenda.amendments):
        if amendment.item is not None and str(amendment.item) not in numbers:
            reason = _("steht der Punkt %(number)s, den es nicht gibt", number=quoted(str(amendment.item)))
            yield Problem(f"agenda.amendments[{a}].item", reason)


def _obligations(demo: DemoFile, agreement: AgreementGiven) -> Iterator[Problem]:
    homes = {person.key: person.org for person in demo.people}
    seen: set[str] = set()
    for o, obligation in enumerate(agreement.obligations):
        path = f"agreement.obligations[{o}]"
        if obligation.org in seen:
            yield Problem(f"{path}.org", _("steht %(org)s zum zweiten Mal", org=quoted(obligation.org)))
        seen.add(obligation.org)
        yield from _consent(obligation, homes, path)


def _consent(obligation: ObligationGiven, homes: dict[str, str], path: str) -> Iterator[Problem]:
    answered = obligation.consent != ConsentState.PENDING
    if answered and obligation.consent_on is None:
        yield Problem(f"{path}.consent_on", _("fehlt der Tag der Antwort"))
    if answered and obligation.by is None:
        yield Problem(f"{path}.by", _("fehlt, wer geantwortet hat"))
    if not answered and (obligation.consent_on or obligation.by or obligation.reservation):
        yield Problem(f"{path}.consent", _("steht „pending“, obwohl eine Antwort angegeben ist"))
    if obligation.by and homes[obligation.by] != obligation.org:
        reason = _(
            "steht %(person)s, die nicht zu %(org)s gehört", person=quoted(obligation.by), org=quoted(obligation.org)
        )
        yield Problem(f"{path}.by", reason)
    if obligation.consent == ConsentState.GIVEN_WITH_RESERVATION and not obligation.reservation:
        yield Problem(f"{path}.reservation", _("fehlt der Vorbehalt"))


def _goals(agreement: AgreementGiven) -> Iterator[Problem]:
    seen: set[str] = set()
    yield from said_twice({"agreement.goals": [{"key": goal.key} for goal in agreement.goals]}, ["agreement.goals"])
    for g, goal in enumerate(agreement.goals):
        for i, indicator in enumerate(goal.indicators):
            if indicator.key in seen:
                reason = _("steht der Schlüssel %(key)s zum zweiten Mal", key=quoted(indicator.key))
                yield Problem(f"agreement.goals[{g}].indicators[{i}].key", reason)
            seen.add(indicator.key)


def _measures(agreement: AgreementGiven) -> Iterator[Problem]:
    obligated = {obligation.org for obligation in agreement.obligations}
    goals = {goal.key for goal in agreement.goals}
    path = "agreement.measures"
    yield from said_twice({path: [{"key": measure.key} for measure in agreement.measures]}, [path])
    for m, measure in enumerate(agreement.measures):
        path = f"agreement.measures[{m}]"
        if measure.lead not in obligated:
            yield Problem(f"{path}.lead", _("steht %(org)s, das nicht verpflichtet ist", org=quoted(measure.lead)))
        if measure.goal not in goals:
            yield Problem(
                f"{path}.goal", _("steht der Verweis %(key)s, den es unter goals nicht gibt", key=quoted(measure.goal))
            )
        if measure.start > measure.due:
            yield Problem(f"{path}.start", _("steht ein Tag, der nach der Fälligkeit liegt"))


def _history(agreement: AgreementGiven) -> Iterator[Problem]:
    seen: set[int] = set()
    for h, row in enumerate(agreement.history):
        if row.version in seen:
            yield Problem(
                f"agreement.history[{h}].version",
                _("steht die Fassung %(version)s zum zweiten Mal", version=row.version),
            )
        seen.add(row.version)
    if agreement.valid_from and agreement.valid_until and agreement.valid_from > agreement.valid_until:
        yield Problem("agreement.valid_until", _("steht ein Tag, der vor dem Beginn liegt"))
