"""Where a report stands, as steps and as a dated story; the same for the reporter's page and the coordination's."""

from typing import Any

from app.core.i18n import _, show_date
from knowledge.reports.queries import ReportSheet
from knowledge.reports.rules import ACCEPTED, DECLINED, IN_REVIEW, RECEIVED, WITHDRAWN, told_as
from knowledge.reports.states import ReportState
from knowledge.reports.wording import STATES

_ENDS = (ACCEPTED, DECLINED, WITHDRAWN)


def follow_steps(sheet: ReportSheet) -> list[dict[str, Any]]:
    """Received, looked at, decided: what is done, where it stands, what comes, each with its day."""
    now = told_as(sheet.report.state)
    days = {told_as(step.target): show_date(step.at) for step in sheet.steps}
    last = now if now in _ENDS else None
    order = [RECEIVED, IN_REVIEW, last or "open"]
    place = order.index(now) if now in order else 0
    return [
        {
            "label": STATES[ReportState(name)] if name != "open" else _("Entscheidung der Koordination"),
            "state": "current" if at == place else "done" if at < place else "todo",
            "detail": days.get(name) if at <= place else None,
        }
        for at, name in enumerate(order)
    ]
