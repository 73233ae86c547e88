"""The shape of a demo file's bodies: rules, seats, mandate."""

import datetime as dt
from typing import Annotated

from pydantic import AfterValidator, Field

from app.core.i18n import _
from app.dataset.problems import quoted
from app.dataset.schema_proceedings import TemplateItemGiven
from app.dataset.values import (
    BodyKey,
    Count,
    Distinct,
    Key,
    Lax,
    OrganisationKey,
    PersonKey,
    Strictly,
    Text,
    TopicKey,
    refuse,
)
from meetings.bodies.states import (
    BodyKind,
    CircularRule,
    HiddenPart,
    MinutesAdoption,
    NoticeUnit,
    ObligationConsent,
    PartNumbering,
    SeatKind,
    TieRule,
    VoteUnit,
)
from meetings.room.rules import QUORUM_RULES
from meetings.voting.majority import rule_for


def _quorum(name: str) -> str:
    if name not in QUORUM_RULES:
        raise refuse(_("steht %(name)s, das keine bekannte Regel der Beschlussfähigkeit ist", name=quoted(name)))
    return name


def _decision(name: str) -> str:
    try:
        rule_for(name)
    except KeyError:
        raise refuse(
            _("steht %(name)s, das keine bekannte Regel der Beschlussfassung ist", name=quoted(name))
        ) from None
    return name


class RulesGiven(Strictly):
    """The rules of procedure; periods in calendar days, where no unit is given."""

    vote_unit: Annotated[VoteUnit, Lax] = VoteUnit.ORGANISATION
    quorum: Annotated[str, AfterValidator(_quorum)]
    decision: Annotated[str, AfterValidator(_decision)]
    consent_of_obligated: Annotated[ObligationConsent, Lax] = ObligationConsent.REQUIRED
    secret_on_request_of: Annotated[int, Field(ge=1, le=10_000)] | None = None
    invitation_days: Count
    papers_days: Count
    circular_decision: Annotated[CircularRule, Lax]
    minutes_objection_days: Count | None = None
    public: bool = False
    tie: Annotated[TieRule, Lax] = TieRule.REJECTED
    notice_unit: Annotated[NoticeUnit, Lax] = NoticeUnit.CALENDAR
    counts_send_day: bool = False
    counts_meeting_day: bool = True
    urgent_days: Count | None = None
    urgent_unit: Annotated[NoticeUnit, Lax] | None = None
    supplement_days: Count | None = None
    part_numbering: Annotated[PartNumbering, Lax] = PartNumbering.THROUGH
    hidden_part: Annotated[HiddenPart, Lax] = HiddenPart.HEADINGS
    minutes_adoption: Annotated[MinutesAdoption, Lax] = MinutesAdoption.NEXT_MEETING


class SeatGiven(Strictly):
    """A seat with its holder and deputies in their order."""

    org: OrganisationKey
    seat: Annotated[SeatKind, Lax]
    person: PersonKey | None = None
    deputy: PersonKey | None = None
    further_deputies: Distinct[PersonKey] = []
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None


class MandateGiven(Strictly):
    """What a project group is asked to do."""

    reference: Text | None = None
    problem: Text
    question: Text
    in_scope: list[Text] = []
    out_of_scope: list[Text] = []
    expected_result: Text
    resources: Text | None = None
    reporting: Text | None = None
    constraints: list[Text] = []


class BodyGiven(Strictly):
    """A body."""

    key: Key
    name: Text
    kind: Annotated[BodyKind, Lax]
    parent: BodyKey | None = None
    established: dt.date | None = None
    ends: dt.date | None = None
    topic: TopicKey | None = None
    purpose: Text | None = None
    rhythm: Text | None = None
    chair: PersonKey | None = None
    office: OrganisationKey | None = None
    lead: PersonKey | None = None
    moderation: PersonKey | None = None
    rules: RulesGiven | None = None
    mandate: MandateGiven | None = None
    members: list[SeatGiven] = []
    agenda_template: list[TemplateItemGiven] = []
