"""The whole life of a gap for its page: each step with who, when, why and by what, and its lineage in between."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from app.core.i18n import _
from app.core.permissions import Actor
from knowledge.gaps.lineage import Relation, relations
from knowledge.gaps.models import Gap
from knowledge.gaps.policy import may_read_evidence
from knowledge.gaps.queries import HistoryLine, history
from knowledge.taxonomy.terms import label
from knowledge.trace.queries import load
from knowledge.trace.rules import Node, NodeId

SHOWN_KINDS = ("decision",)
"""Causes that have a page; a merging tells its other end itself."""


@dataclass(frozen=True)
class Moment:
    """One entry; person and reason are for the coordination, the cause for those who may open it."""

    at: datetime
    title: str
    person: str | None = None
    reason: str | None = None
    url: str | None = None
    url_label: str | None = None


def moments(session: Session, actor: Actor, gap: Gap) -> list[Moment]:
    """Steps and lineage, the latest first. A fixed number of statements and what loading the causes costs."""
    insider = bool(may_read_evidence(actor))
    lines = history(session, gap.id or 0)
    causes = _causes(session, actor, lines)
    entries = [
        *(_step(line, causes, insider) for line in lines),
        *(each for relation in relations(session, actor, gap) for each in _of_relation(relation, insider)),
    ]
    return sorted(entries, key=lambda each: each.at, reverse=True)


def _causes(session: Session, actor: Actor, lines: tuple[HistoryLine, ...]) -> dict[NodeId, Node]:
    wanted = {
        NodeId(line.step.cause_kind, line.step.cause_id or 0) for line in lines if line.step.cause_kind in SHOWN_KINDS
    }
    return {node.id: node for node in load(session, actor, wanted)} if wanted else {}


def _step(line: HistoryLine, causes: dict[NodeId, Node], insider: bool) -> Moment:
    step = line.step
    cause = causes.get(NodeId(step.cause_kind or "", step.cause_id or 0))
    return Moment(
        step.at,
        _way(step.source, step.target),
        (line.person or _("ohne Zutun einer Person")) if insider else None,
        step.reason if insider else None,
        cause.url if cause else None,
        cause.title if cause else None,
    )


def _way(source: str | None, target: str) -> str:
    if source is None:
        return _("angelegt: %(target)s", target=label("gap_states", target))
    return f"{label('gap_states', source)} → {label('gap_states', target)}"


def _of_relation(relation: Relation, insider: bool) -> list[Moment]:
    """Merging and splitting as the other gap's page has no step of it; and that it was taken back."""
    words = {
        "merged_into": _("aufgegangen in %(key)s", key=relation.other.key),
        "took_in": _("%(key)s ist hierin aufgegangen", key=relation.other.key),
        "split_into": _("%(key)s wurde abgetrennt", key=relation.other.key),
        "split_from": _("abgetrennt von %(key)s", key=relation.other.key),
    }
    person, reason = (relation.person, relation.row.reason) if insider else (None, None)
    found = [Moment(relation.at, words[relation.kind], person, reason)]
    if relation.row.undone_at is not None:
        found.append(Moment(relation.row.undone_at, _("Zusammenführung mit %(key)s getrennt", key=relation.other.key)))
    return found
