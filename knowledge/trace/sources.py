"""The nodes and edges of the knowledge side: cases, workshops, findings, gaps, topics, solutions.

Cases and findings are nodes only for readers of that very case; for everybody else the thread begins at the gap.
A node carries names, states and days, never what a case says.
"""

from collections.abc import Collection
from typing import Any

from flask import url_for
from sqlmodel import Session, col, select

from app.core import clock
from app.core.i18n import _
from app.core.permissions import Actor
from knowledge.cases.access import FoundCase, readable_cases
from knowledge.cases.models import Finding, Station
from knowledge.cases.wording import station_caption
from knowledge.gaps.models import Gap, Topic
from knowledge.gaps.visibility import readable_gaps, readable_topics, visible_levels
from knowledge.solutions.models import Solution, SolutionGap
from knowledge.taxonomy.terms import label
from knowledge.trace.registry import EdgeKind, EdgeSource, registry
from knowledge.trace.rules import Node, NodeId
from knowledge.workshops.models import Workshop, WorkshopCase
from knowledge.workshops.policy import WorkshopAccess, may_see_attendance


def register() -> None:
    """Case and workshop → finding → gap → topic and solution; a merged gap → the one that took it in."""
    _edges("case", "finding", select(Station.case_id, Finding.id).join(Finding, _of(Finding.station_id, Station.id)))
    _edges("workshop", "finding", _findings_of_workshops())
    _edges("finding", "gap", select(Finding.id, Finding.gap_id))
    _edges("gap", "gap", select(Gap.id, Gap.merged_into_id))
    _edges("gap", "topic", select(Gap.id, Gap.topic_id))
    _edges("gap", "solution", select(SolutionGap.gap_id, SolutionGap.solution_id))
    registry.register_nodes("case", case_nodes)
    registry.register_nodes("workshop", workshop_nodes)
    registry.register_nodes("finding", finding_nodes)
    registry.register_nodes("gap", gap_nodes)
    registry.register_nodes("topic", topic_nodes)
    registry.register_nodes("solution", solution_nodes)


def _of(foreign_key: Any, key: Any) -> Any:
    return col(foreign_key) == col(key)


def _findings_of_workshops() -> Any:
    return (
        select(WorkshopCase.workshop_id, Finding.id)
        .join(Station, _of(Station.case_id, WorkshopCase.case_id))
        .join(Finding, _of(Finding.station_id, Station.id))
    )


def _edges(source: str, target: str, pairs: Any) -> None:
    """Register the edges that `pairs`, a statement with two columns, gives."""
    from_column, to_column = pairs.selected_columns
    registry.register_edges(EdgeKind(source, target, _loader(pairs, from_column), _loader(pairs, to_column)))


def _loader(pairs: Any, column: Any) -> EdgeSource:
    def load(session: Session, ids: Collection[int]) -> list[tuple[int, int]]:
        found = session.exec(pairs.where(column.in_(ids)))
        return [(source, target) for source, target in found if source is not None and target is not None]

    return load


def case_nodes(session: Session, actor: Actor, ids: Collection[int]) -> list[Node]:
    """The cases that the reader may read, by their neutral word."""
    return [
        Node(NodeId("case", found.id), _case_name(found), url_for("cases.show", key=found.case.key))
        for found in readable_cases(session, actor, clock.today(), ids)
    ]


def _case_name(found: FoundCase) -> str:
    return _("Fall %(name)s", name=found.case.key.capitalize())


def workshop_nodes(session: Session, actor: Actor, ids: Collection[int]) -> list[Node]:
    """The workshops, for those who plan them: whoever only attended must not learn which gap their workshop fed."""
    rows = session.exec(select(Workshop).where(col(Workshop.id).in_(ids)))
    return [
        Node(NodeId("workshop", row.id or 0), row.title, url_for("workshops.show", key=row.key), row.date)
        for row in rows
        if may_see_attendance(actor, WorkshopAccess(row.moderation_id, row.minute_taker_id, frozenset()))
    ]


def finding_nodes(session: Session, actor: Actor, ids: Collection[int]) -> list[Node]:
    """The findings in cases that the reader may read: their place, not their text."""
    rows = session.exec(
        select(Finding.id, Station)
        .join(Station, _of(Station.id, Finding.station_id))
        .where(col(Finding.id).in_(ids))
        .order_by(col(Station.case_id), col(Station.position), col(Finding.position))
    ).all()
    cases = {
        found.id: found for found in readable_cases(session, actor, clock.today(), {row.case_id for _id, row in rows})
    }
    return [
        _finding_node(finding_id or 0, station, cases[station.case_id])
        for finding_id, station in rows
        if station.case_id in cases
    ]


def _finding_node(finding_id: int, station: Station, found: FoundCase) -> Node:
    return Node(
        NodeId("finding", finding_id),
        _("%(case)s, Station %(station)s", case=_case_name(found), station=station.key),
        url_for("cases.show", key=found.case.key, _anchor=f"befund-{finding_id}"),
        detail=station_caption(station.assessment, station.month),
    )


def gap_nodes(session: Session, actor: Actor, ids: Collection[int]) -> list[Node]:
    """The gaps that the reader may read."""
    rows = session.exec(select(Gap).where(col(Gap.id).in_(ids), readable_gaps(actor)))
    return [
        Node(
            NodeId("gap", row.id or 0),
            row.title,
            url_for("gaps.show", key=row.key),
            row.first_reported,
            f"{row.key} · {label('gap_states', row.status.value)}",
        )
        for row in rows
    ]


def topic_nodes(session: Session, actor: Actor, ids: Collection[int]) -> list[Node]:
    """The topics that the reader may read."""
    rows = session.exec(select(Topic).where(col(Topic.id).in_(ids), readable_topics(actor)))
    return [
        Node(
            NodeId("topic", row.id or 0),
            row.title,
            url_for("topics.show", key=row.key),
            detail=f"{row.key} · {label('topic_states', row.state.value)}",
        )
        for row in rows
    ]


def solution_nodes(session: Session, actor: Actor, ids: Collection[int]) -> list[Node]:
    """The solutions that the reader may read, failed ones included."""
    rows = session.exec(
        select(Solution).where(col(Solution.id).in_(ids), col(Solution.visibility).in_(visible_levels(actor)))
    )
    return [
        Node(
            NodeId("solution", row.id or 0),
            row.title,
            url_for("solutions.show", key=row.key),
            detail=f"{row.key} · {label('effect_ratings', row.effect.value)}",
        )
        for row in rows
    ]
