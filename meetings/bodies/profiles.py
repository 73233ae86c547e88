"""The rules of procedure that ship, to begin from. Taking them over fills the form; saving makes them the body's.

Both are models, no law: no statute fixes the procedure of a steering group (meetings.md 5.1).
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from meetings.bodies.states import (
    CircularRule,
    HiddenPart,
    MinutesAdoption,
    NoticeUnit,
    ObligationConsent,
    PartNumbering,
    TieRule,
    VoteUnit,
)

_COMMON: dict[str, Any] = {
    "notice_unit": NoticeUnit.CALENDAR,
    "counts_send_day": False,
    "counts_meeting_day": True,
    "urgent_unit": None,
    "part_numbering": PartNumbering.THROUGH,
    "hidden_part": HiddenPart.HEADINGS,
    "vote_unit": VoteUnit.ORGANISATION,
    "consent_of_obligated": ObligationConsent.REQUIRED,
    "circular_decision": CircularRule.ALLOWED_UNLESS_OBJECTION,
    "public": False,
}

VWVFG: Mapping[str, Any] = MappingProxyType(
    _COMMON
    | {
        "invitation_days": 7,
        "urgent_days": 3,
        "supplement_days": 3,
        "papers_days": 7,
        "quorum": "more_than_half_min_three",
        "decision": "simple_of_cast",
        "tie": TieRule.CHAIR_DECIDES,
        "secret_on_request_of": 1,
        "minutes_adoption": MinutesAdoption.SIGNATURES,
        "minutes_objection_days": 14,
    }
)
"""After VwVfG §§ 88-93: all invited, more than half and at least three present; majority; on a tie the chair decides if
entitled to vote, else rejected; elections by secret ballot if one member asks; minutes signed by chair and clerk."""

CONSENSUS: Mapping[str, Any] = MappingProxyType(
    _COMMON
    | {
        "invitation_days": 14,
        "urgent_days": 7,
        "supplement_days": 3,
        "papers_days": 10,
        "quorum": "half_of_voting_members",
        "decision": "consensus_then_majority",
        "tie": TieRule.REJECTED,
        "secret_on_request_of": 3,
        "minutes_adoption": MinutesAdoption.NEXT_MEETING,
        "minutes_objection_days": 14,
    }
)
"""Agreement is sought; after two attempts the simple majority decides, as steering committees in federal law do."""

PROFILES: Mapping[str, Mapping[str, Any]] = MappingProxyType({"vwvfg": VWVFG, "konsens": CONSENSUS})
