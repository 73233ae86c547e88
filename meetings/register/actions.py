"""Noting that a decision takes the place of an earlier one. Neither is edited."""

from app.core.errors import InvalidInput, NotFound
from app.core.i18n import _
from app.core.work import Work
from meetings.decisions.queries import FoundDecision, decision_by_key
from meetings.register import policy
from meetings.register.models import DecisionReplacement
from meetings.register.queries import links, placed
from meetings.register.rules import may_replace


def replace(work: Work, key: str, older_key: str, note: str) -> DecisionReplacement:
    """Note that the decision with this key takes the place of the older one."""
    newer, older = _decision(work, key), _decision(work, older_key)
    work.require(policy.may_note_replacement(work.actor, newer))
    work.require(policy.may_note_replacement(work.actor, older))
    verdict = may_replace(placed(newer), placed(older), links(work.session))
    if not verdict:
        raise InvalidInput(_(verdict.reason))
    row = DecisionReplacement(
        newer_id=newer.id, older_id=older.id, note=note.strip(), at=work.now, by_id=work.actor.person_id
    )
    work.session.add(row)
    work.record("decision.replaced", older.decision, newer=key)
    return row


def _decision(work: Work, key: str) -> FoundDecision:
    found = decision_by_key(work.session, key)
    if found is None:
        raise NotFound(_("Diesen Beschluss gibt es nicht."))
    return found
