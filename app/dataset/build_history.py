"""Rows of gap history that a demo file implies: the step that a decision names and that ends in the present state.

Nothing is guessed: only decisions that cause exactly one step count, and only for gaps that stand where it leads.
"""

from collections.abc import Iterator
from datetime import time

from app.core.i18n import _
from app.dataset.build_subjects import escalated_by, named_in
from app.dataset.building import Building
from app.dataset.schema_demo import DemoFile
from app.dataset.schema_meetings import DecisionGiven
from knowledge.gaps.models import GapHistory
from knowledge.gaps.states import GapStatus
from meetings.decisions.rules import GAP_STEPS

NOON = time(12)
"""A decision has a day and no clock time."""


def build_history(build: Building, demo: DemoFile) -> None:
    """The steps that the decisions caused, the earliest first."""
    for decision in sorted(demo.decisions, key=lambda each: each.date):
        build.add(_steps(build, demo, decision))


def _steps(build: Building, demo: DemoFile, decision: DecisionGiven) -> Iterator[GapHistory]:
    states = {gap.key: gap.status for gap in demo.gaps}
    steps = GAP_STEPS.get(decision.kind, {})
    for key in _gaps_of(demo, decision):
        for source, target in steps.items():
            if states[key] == target:
                yield GapHistory(
                    gap_id=build.id("gaps", key),
                    at=build.moment(decision.date, f"{NOON:%H:%M}"),
                    source=GapStatus(source),
                    target=GapStatus(target),
                    reason=_("Beschluss %(key)s", key=decision.key),
                    cause_kind="decision",
                    cause_id=build.id("decisions", decision.key),
                )


def _gaps_of(demo: DemoFile, decision: DecisionGiven) -> list[str]:
    """The gaps that the decision names itself, or through a topic whose gaps it moves."""
    named = [*named_in(demo, decision), *escalated_by(demo, decision)]
    topics = {key for section, key in named if section == "topics"}
    bundled = [gap.key for gap in demo.gaps if gap.topic in topics]
    return list(dict.fromkeys([key for section, key in named if section == "gaps"] + bundled))
