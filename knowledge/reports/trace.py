"""Reports in the thread: a report led to a gap. Only the coordination sees the node; it has a number and a day."""

from collections.abc import Collection

from flask import url_for
from sqlmodel import Session, col, select

from app.core.clock import LOCAL
from app.core.i18n import _
from app.core.permissions import Actor
from knowledge.reports.models import Report
from knowledge.reports.policy import may_judge_reports
from knowledge.reports.states import ReportState
from knowledge.reports.wording import STATES
from knowledge.trace.registry import registry
from knowledge.trace.rules import Node, NodeId


def register() -> None:
    """Report → gap."""
    registry.register_pairs("report", "gap", select(Report.id, Report.gap_id))
    registry.register_nodes("report", nodes)


def nodes(session: Session, actor: Actor, ids: Collection[int]) -> list[Node]:
    """The reports, for the coordination."""
    if not may_judge_reports(actor):
        return []
    rows = session.exec(select(Report.id, Report.key, Report.state, Report.received_at).where(col(Report.id).in_(ids)))
    return [
        Node(
            NodeId("report", report_id or 0),
            _("Meldung %(key)s", key=key),
            url_for("reports.show", key=key),
            at.astimezone(LOCAL).date(),
            str(STATES[ReportState(state)]),
        )
        for report_id, key, state, at in rows
    ]
