"""Target agreements in the thread: who took on what, by which measures, and what shows whether it works."""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from flask import url_for
from sqlmodel import Session, col, select

from app.core.i18n import _, show_number
from app.core.permissions import Actor
from app.people.models import Organisation
from knowledge.taxonomy.terms import label
from knowledge.trace.registry import registry
from knowledge.trace.rules import Node, NodeId
from meetings.agenda.models import Meeting
from meetings.agreements.models import Agreement, Goal, GoalIndicator, Measure, Obligation, OrgConsent
from meetings.agreements.policy import AgreementAccess, may_read_agreement
from meetings.agreements.states import ConsentState
from meetings.edges import register_pairs


def register() -> None:
    """Topic → agreement → obligation and measure; agreement and measure → the indicators of their goals."""
    register_pairs("topic", "agreement", select(col(Agreement.topic_id), col(Agreement.id)))
    register_pairs("agreement", "measure", select(col(Measure.agreement_id), col(Measure.id)))
    register_pairs("agreement", "obligation", select(col(Obligation.agreement_id), col(Obligation.id)))
    measured = select(col(Goal.agreement_id), col(GoalIndicator.id))
    register_pairs("agreement", "indicator", measured.join(GoalIndicator, col(GoalIndicator.goal_id) == col(Goal.id)))
    served = select(col(Measure.id), col(GoalIndicator.id))
    register_pairs(
        "measure", "indicator", served.join(GoalIndicator, col(GoalIndicator.goal_id) == col(Measure.goal_id))
    )
    registry.register_nodes("obligation", obligation_nodes)
    registry.register_nodes("indicator", indicator_nodes)
    registry.register_nodes("agreement", agreement_nodes)
    registry.register_nodes("measure", measure_nodes)


def agreement_nodes(session: Session, actor: Actor, ids: Collection[int]) -> list[Node]:
    """The agreements that the reader may open. One statement."""
    statement = _with_rights(select(Agreement, col(Meeting.body_id), _obligated(actor)))
    return [
        _agreement_node(agreement)
        for agreement, deciding, is_obligated in session.exec(statement.where(col(Agreement.id).in_(ids)))
        if may_read_agreement(actor, _access(actor, agreement, deciding, is_obligated))
    ]


def measure_nodes(session: Session, actor: Actor, ids: Collection[int]) -> list[Node]:
    """The measures of agreements that the reader may open. One statement."""
    statement = _with_rights(select(Agreement, col(Meeting.body_id), _obligated(actor), Measure)).join(
        Measure, col(Measure.agreement_id) == col(Agreement.id)
    )
    return [
        _measure_node(agreement, measure)
        for agreement, deciding, is_obligated, measure in session.exec(statement.where(col(Measure.id).in_(ids)))
        if may_read_agreement(actor, _access(actor, agreement, deciding, is_obligated))
    ]


def obligation_nodes(session: Session, actor: Actor, ids: Collection[int]) -> list[Node]:
    """What organisations take on in agreements that the reader may open, with their answer. One statement."""
    columns = sa.select(
        Agreement, col(Meeting.body_id), _obligated(actor), Obligation, col(Organisation.name), OrgConsent
    )
    statement = (
        _with_rights(columns)
        .join(Obligation, col(Obligation.agreement_id) == col(Agreement.id))
        .join(Organisation, col(Organisation.id) == col(Obligation.organisation_id))
        .outerjoin(OrgConsent, col(OrgConsent.obligation_id) == col(Obligation.id))
    )
    return [
        _obligation_node(agreement, obligation, organisation, consent)
        for agreement, deciding, is_obligated, obligation, organisation, consent in session.exec(
            statement.where(col(Obligation.id).in_(ids))
        )
        if may_read_agreement(actor, _access(actor, agreement, deciding, is_obligated))
    ]


def indicator_nodes(session: Session, actor: Actor, ids: Collection[int]) -> list[Node]:
    """The indicators of agreements that the reader may open, with what is aimed at. One statement."""
    columns = sa.select(Agreement, col(Meeting.body_id), _obligated(actor), Goal, GoalIndicator)
    statement = (
        _with_rights(columns)
        .join(Goal, col(Goal.agreement_id) == col(Agreement.id))
        .join(GoalIndicator, col(GoalIndicator.goal_id) == col(Goal.id))
    )
    return [
        _indicator_node(agreement, goal, indicator)
        for agreement, deciding, is_obligated, goal, indicator in session.exec(
            statement.where(col(GoalIndicator.id).in_(ids))
        )
        if may_read_agreement(actor, _access(actor, agreement, deciding, is_obligated))
    ]


def _with_rights(statement: Any) -> Any:
    return statement.select_from(Agreement).outerjoin(Meeting, col(Meeting.id) == col(Agreement.meeting_id))


def _obligated(actor: Actor) -> Any:
    """Whether the reader's organisation takes on an obligation, in a statement over agreements."""
    ours = col(Obligation.organisation_id) == actor.organisation_id
    of_agreement = select(Obligation.id).where(col(Obligation.agreement_id) == col(Agreement.id), ours)
    return of_agreement.correlate(Agreement).exists()


def _access(actor: Actor, agreement: Agreement, deciding: int | None, is_obligated: bool) -> AgreementAccess:
    """What the right to read asks of an agreement, as far as it concerns this one reader."""
    return AgreementAccess(
        agreement.body_id,
        frozenset({deciding} if deciding is not None else ()),
        frozenset({actor.organisation_id} if is_obligated else ()),
        agreement.state,
    )


def _agreement_node(row: Agreement) -> Node:
    url = url_for("agreements.show", key=row.key)
    return Node(
        NodeId("agreement", row.id or 0),
        row.title,
        url,
        row.valid_from,
        f"{row.key} · {label('agreement_states', row.state.value)}",
        row.key,
    )


def _obligation_node(
    agreement: Agreement, obligation: Obligation, organisation: str, consent: OrgConsent | None
) -> Node:
    state = consent.state if consent else ConsentState.PENDING
    return Node(
        NodeId("obligation", obligation.id or 0),
        organisation,
        url_for("agreements.show", key=agreement.key, _anchor="verpflichtungen"),
        consent.given_on if consent else None,
        _("Zustimmung %(state)s", state=label("consent_states", state.value)),
    )


def _indicator_node(agreement: Agreement, goal: Goal, indicator: GoalIndicator) -> Node:
    return Node(
        NodeId("indicator", indicator.id or 0),
        indicator.label,
        url_for("agreements.show", key=agreement.key, _anchor=f"ziel-{goal.key}"),
        indicator.due,
        _("Ziel: %(target)s %(unit)s", target=show_number(indicator.target), unit=indicator.unit),
        indicator.key,
    )


def _measure_node(agreement: Agreement, measure: Measure) -> Node:
    url = url_for("agreements.show", key=agreement.key, _anchor=f"massnahme-{measure.key}")
    return Node(
        NodeId("measure", measure.id or 0),
        measure.title,
        url,
        measure.due,
        f"{measure.key} · {label('measure_states', measure.status.value)}",
        measure.key,
    )
