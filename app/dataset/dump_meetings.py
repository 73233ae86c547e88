"""A tenant's bodies, decisions and agenda as a demo file has them. The format has one agenda: the latest is written."""

from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from app.dataset.build_meetings import EXTRAS
from app.dataset.dump_knowledge import clocks
from app.dataset.dump_proceedings import amendments, answers, template, unusual
from app.dataset.schema_bodies import RulesGiven
from app.dataset.schema_meetings import ItemGiven
from app.dataset.schema_proceedings import TemplateItemGiven
from app.dataset.tables_read import facts, keys, owned, plain, rows, told
from app.people.models import Organisation, Person
from knowledge.gaps.models import Gap, Topic
from knowledge.solutions.models import Solution
from meetings.agenda.models import AgendaItem, AgendaItemSubject, AgendaVote, AgendaVoteCriterion, Meeting, MeetingGuest
from meetings.agreements.models import Agreement
from meetings.bodies.models import Body, BodyRules, Mandate, MandatePoint, Seat, SeatHolder, TopicMandate
from meetings.bodies.states import MandatePointKind
from meetings.decisions.models import Decision

RULES = (
    "vote_unit",
    "quorum",
    "decision",
    "consent_of_obligated",
    "secret_on_request_of",
    "invitation_days",
    "papers_days",
    "circular_decision",
    "minutes_objection_days",
    "public",
)
FINER_RULES = (
    "tie",
    "notice_unit",
    "counts_send_day",
    "counts_meeting_day",
    "urgent_days",
    "urgent_unit",
    "supplement_days",
    "part_numbering",
    "hidden_part",
    "minutes_adoption",
)
POINTS = {
    MandatePointKind.IN_SCOPE: "in_scope",
    MandatePointKind.OUT_OF_SCOPE: "out_of_scope",
    MandatePointKind.CONSTRAINT: "constraints",
}


def bodies(session: Session) -> list[dict[str, Any]]:
    """The bodies with rules, mandate and members."""
    people, organisations, topics = keys(session, Person), keys(session, Organisation), keys(session, Topic)
    named = keys(session, Body)
    rules = {
        row.body_id: {"rules": facts(row, *RULES) | unusual(row, FINER_RULES, RulesGiven)}
        for row in rows(session, BodyRules)
    }
    mandates, members = _mandates(session), _members(session)
    given = {row.body_id: topics[row.topic_id] for row in rows(session, TopicMandate)}
    return [
        {
            **facts(row, "key", "name", "kind", "established"),
            **told(row, "ends", "purpose", "rhythm"),
            **_if_known(
                parent=named[row.parent_id],
                topic=given.get(row.id or 0),
                chair=people[row.chair_id],
                office=organisations[row.office_id],
                lead=people[row.lead_id],
                moderation=people[row.moderation_id],
            ),
            **rules.get(row.id or 0, {}),
            **mandates.get(row.id or 0, {}),
            "members": members.get(row.id or 0, []),
            **_if_known(agenda_template=template(session, row.id or 0, TemplateItemGiven) or None),
        }
        for row in rows(session, Body)
    ]


def _if_known(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _mandates(session: Session) -> dict[int, dict[str, Any]]:
    points = owned(session, MandatePoint, "mandate_id")
    names = ("reference", "problem", "question", "expected_result", "resources", "reporting")
    return {
        row.body_id: {
            "mandate": {
                **told(row, *names),
                **{
                    name: [point.text for point in points(row.id) if point.kind == kind]
                    for kind, name in POINTS.items()
                },
            }
        }
        for row in rows(session, Mandate)
    }


def _members(session: Session) -> dict[int, list[dict[str, Any]]]:
    people, organisations = keys(session, Person), keys(session, Organisation)
    holders = owned(session, SeatHolder, "seat_id")
    found: dict[int, list[dict[str, Any]]] = {}
    for row in sorted(rows(session, Seat), key=lambda row: row.position):
        ranks = {holder.rank: people[holder.person_id] for holder in holders(row.id)}
        seat = {"org": organisations[row.organisation_id], "seat": plain(row.kind)}
        seat |= _if_known(person=ranks.get(0), deputy=ranks.get(1)) | told(row, "valid_from", "valid_to")
        further = [person for rank, person in sorted(ranks.items()) if rank > 1]
        found.setdefault(row.body_id, []).append(seat | _if_known(further_deputies=further or None))
    return found


def decisions(session: Session) -> list[dict[str, Any]]:
    """The decisions with their counts."""
    meetings = keys(session, Meeting)
    return [
        {
            **facts(row, "key", "date", "kind", "text"),
            "meeting": meetings[row.meeting_id],
            "votes": facts(row, "in_favour", "against", "abstained"),
        }
        for row in rows(session, Decision)
    ]


def agenda(session: Session, zone: ZoneInfo) -> dict[str, Any] | None:
    """The latest meeting that has an agenda."""
    items = owned(session, AgendaItem, "meeting_id")
    meeting = next((row for row in reversed(rows(session, Meeting)) if items(row.id)), None)
    if meeting is None:
        return None
    named, people = keys(session, Body), keys(session, Person)
    guests = owned(session, MeetingGuest, "meeting_id")
    return {
        **facts(meeting, "key", "title", "date", "place", "state"),
        **told(meeting, "invited_on", "papers_until", *EXTRAS),
        **clocks(meeting, zone),
        "body": named[meeting.body_id],
        "guests": [people[guest.person_id] for guest in guests(meeting.id)],
        "items": _items(session, items(meeting.id)),
        **_if_known(
            answers=answers(session, meeting.id or 0) or None,
            amendments=amendments(session, meeting.id or 0, items(meeting.id)) or None,
        ),
    }


def _items(session: Session, found: list[AgendaItem]) -> list[dict[str, Any]]:
    people = keys(session, Person)
    subjects = owned(session, AgendaItemSubject, "item_id")
    votes = _votes(session)
    columns: dict[str, tuple[str, dict[int | None, Any]]] = {
        "gaps": ("gap_id", keys(session, Gap)),
        "topics": ("topic_id", keys(session, Topic)),
        "solutions": ("solution_id", keys(session, Solution)),
    }
    agreements = keys(session, Agreement)
    return [
        {
            "number": _number(row.number),
            **facts(row, "title", "minutes", "kind"),
            **unusual(row, ("part", "supplement"), ItemGiven),
            **told(row, "decision_kind", "text", "proposal"),
            **_if_known(speaker=people[row.speaker_id]),
            **{
                name: said
                for name, (column, named) in columns.items()
                if (said := _said(subjects(row.id), column, named))
            },
            **_if_known(agreement=next(iter(_said(subjects(row.id), "agreement_id", agreements)), None)),
            **votes.get(row.id or 0, {}),
        }
        for row in found
    ]


def _number(printed: str | None) -> int | str:
    """A plain number as one, any other as it is printed."""
    return printed if printed and not printed.isdecimal() else int(printed or 0)


def _said(subjects: list[AgendaItemSubject], column: str, named: dict[int | None, Any]) -> list[str]:
    return [named[number] for each in subjects if (number := getattr(each, column))]


def _votes(session: Session) -> dict[int, dict[str, Any]]:
    criteria = owned(session, AgendaVoteCriterion, "vote_id")
    return {
        row.item_id: {
            "vote": {
                **facts(row, "method", "show_results"),
                **told(row, "dots_per_organisation", "max_dots_per_topic"),
                "criteria": [each.criterion for each in criteria(row.id)],
            }
        }
        for row in rows(session, AgendaVote)
    }
