"""The nodes and edges of the knowledge side: cases, workshops, findings, gaps, topics, solutions.

Cases and findings are nodes only for readers of that very case; for everybody else the thread begins at the gap.
A node carries names, states and days, never what a case says.
"""

from collections.abc import Collection, Mapping
from typing import Any

from flask import url_for
from sqlmodel import Session, col, select

from app.core import clock
from app.core.i18n import _
from app.core.permissions import Actor
from knowledge.cases.access import FoundCase, readable_cases
from knowledge.cases.models import Finding, Station
from knowledge.cases.names import called
from knowledge.cases.wording import station_caption
from knowledge.gaps.models import Gap, GapLineage, Topic
from knowledge.gaps.states import LineageKind
from knowledge.gaps.visibility import readable_gaps, readable_topics, visible_levels
from knowledge.solutions.models import Solution, SolutionGap
from knowledge.taxonomy.terms import label
from knowledge.trace.registry import registry
from knowledge.trace.rules import Node, NodeId
from knowledge.workshops.models import Workshop, WorkshopCase
from knowledge.workshops.policy import WorkshopAccess, may_see_attendance


def register() -> None:
    """Case and workshop → finding → gap → topic and solution; a gap → the one that took it in, or was split off."""
    pairs = registry.register_pairs
    pairs("case", "finding", select(Station.case_id, Finding.id).join(Finding, _of(Finding.station_id, Station.id)))
    pairs("workshop", "finding", _findings_of_workshops())
    pairs("finding", "gap", select(Finding.id, Finding.gap_id))
    pairs("gap", "gap", select(Gap.id, Gap.merged_into_id), "merged")
    split_off = (col(GapLineage.kind) == LineageKind.SPLIT, col(GapLineage.undone_at).is_(None))
    pairs("gap", "gap", select(GapLineage.source_id, GapLineage.target_id).where(*split_off), "split")
    pairs("gap", "topic", select(Gap.id, Gap.topic_id))
    pairs("gap", "solution", select(SolutionGap.gap_id, SolutionGap.solution_id))
    registry.register_nodes_together(("case", "finding"), case_and_finding_nodes)
    registry.register_nodes("workshop", workshop_nodes)
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


def case_and_finding_nodes(session: Session, actor: Actor, ids: Mapping[str, Collection[int]]) -> list[Node]:
    """The cases that the reader may read, by their neutral word, and findings in such cases: place, not text."""
    findings = _findings(session, ids["finding"]) if ids["finding"] else []
    wanted = {*ids["case"], *(station.case_id for _id, station in findings)}
    cases = {found.id: found for found in readable_cases(session, actor, clock.today(), wanted)}
    return [
        *(_case_node(cases[case_id]) for case_id in ids["case"] if case_id in cases),
        *(_finding_node(id_, station, cases[station.case_id]) for id_, station in findings if station.case_id in cases),
    ]


def _findings(session: Session, ids: Collection[int]) -> list[tuple[int, Station]]:
    rows = session.exec(
        select(Finding.id, Station)
        .join(Station, _of(Station.id, Finding.station_id))
        .where(col(Finding.id).in_(ids))
        .order_by(col(Station.case_id), col(Station.position), col(Finding.position))
    )
    return [(finding_id or 0, station) for finding_id, station in rows]


def _case_node(found: FoundCase) -> Node:
    return Node(NodeId("case", found.id), _case_name(found), url_for("cases.show", key=found.case.key))


def _case_name(found: FoundCase) -> str:
    return _("Fall %(name)s", name=called(found.case.key))


def workshop_nodes(session: Session, actor: Actor, ids: Collection[int]) -> list[Node]:
    """The workshops, for those who plan them: whoever only attended must not learn which gap their workshop fed."""
    rows = session.exec(select(Workshop).where(col(Workshop.id).in_(ids)))
    return [
        Node(NodeId("workshop", row.id or 0), row.title, url_for("workshops.show", key=row.key), row.date)
        for row in rows
        if may_see_attendance(actor, WorkshopAccess(row.moderation_id, row.minute_taker_id, frozenset()))
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
            row.key,
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
            key=row.key,
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
            key=row.key,
        )
        for row in rows
    ]
