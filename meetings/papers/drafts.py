"""A paper as it is typed, as plain values, and the agenda item that is made of it. Pure."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from meetings.agenda.drafts import ItemDraft
from meetings.agenda.states import DecisionKind, ItemKind, ItemPart
from meetings.papers.states import PaperKind, StationRole

TEXTS = ("title", "legal_basis", "situation", "proposal", "effects", "costs")
"""The fields whose versions are kept."""

LONGEST_ITEM_TITLE, PLANNED_MINUTES = 160, 10
_ITEM_KINDS = {
    StationRole.DECISION: ItemKind.DECISION,
    StationRole.NOTING: ItemKind.REPORT,
    StationRole.HEARING: ItemKind.DISCUSSION,
    StationRole.PRELIMINARY: ItemKind.DISCUSSION,
}


@dataclass(frozen=True)
class StationDraft:
    """A step of the route."""

    body_id: int
    role: StationRole
    target_date: dt.date | None = None


@dataclass(frozen=True)
class PaperDraft:
    """A paper. `subjects` are (kind, id) of gaps, topics, solutions and agreements."""

    title: str
    kind: PaperKind = PaperKind.DECISION
    public: bool = True
    lead_id: int | None = None
    legal_basis: str = ""
    situation: str = ""
    proposal: str = ""
    effects: str = ""
    costs: str = ""
    subjects: tuple[tuple[str, int], ...] = ()
    route: tuple[StationDraft, ...] = ()

    def texts(self) -> Mapping[str, str]:
        """What is written, field by field."""
        return {name: getattr(self, name) for name in TEXTS}


def item_draft(draft: PaperDraft, role: StationRole) -> ItemDraft:
    """The agenda item for a step of the route. Of a paper for the non-public part only the title goes along."""
    shown = draft.public and role in (StationRole.DECISION, StationRole.PRELIMINARY)
    title = draft.title if len(draft.title) <= LONGEST_ITEM_TITLE else f"{draft.title[: LONGEST_ITEM_TITLE - 2]} …"
    return ItemDraft(
        title=title,
        kind=_ITEM_KINDS[role],
        minutes=PLANNED_MINUTES,
        proposal=draft.proposal if shown else "",
        decision_kind=_decision_kind(draft) if role == StationRole.DECISION else None,
        subjects=draft.subjects,
        part=ItemPart.PUBLIC if draft.public else ItemPart.NON_PUBLIC,
    )


def _decision_kind(draft: PaperDraft) -> DecisionKind:
    """A kind that is voted on and by itself moves no gap and no topic; the office may choose another at the item."""
    about_agreement = any(kind == "agreement" for kind, _id in draft.subjects)
    return DecisionKind.APPROVE_AGREEMENT if about_agreement else DecisionKind.CONCEPT
