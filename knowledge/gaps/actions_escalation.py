"""The report of a gap to the state or the federation: to whom, how, when, and what came back."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from app.core.errors import InvalidInput
from app.core.i18n import _
from app.core.work import Work
from knowledge.gaps.actions import locked
from knowledge.gaps.models import Escalation, Gap
from knowledge.gaps.policy import may_edit_gap


@dataclass(frozen=True)
class EscalationText:
    """An escalation as typed. An answer has its day."""

    addressee: str
    via: str = ""
    sent_on: date | None = None
    answer: str = ""
    answered_on: date | None = None


def save_escalation(work: Work, key: str, text: EscalationText) -> Gap:
    """Write down to whom the gap was reported and what they answered; the body decides that it is reported at all."""
    work.require(may_edit_gap(work.actor))
    gap = locked(work, key)
    row = work.session.exec(select(Escalation).where(col(Escalation.gap_id) == gap.id)).first()
    if row is None:
        raise InvalidInput(_("Diese Fehlstelle ist nicht an Land oder Bund gemeldet. Das beschließt das Gremium."))
    if text.sent_on and text.answered_on and text.answered_on < text.sent_on:
        raise InvalidInput(_("Die Antwort kann nicht vor der Meldung liegen."))
    row.addressee, row.via, row.sent_on = text.addressee, text.via or None, text.sent_on
    row.answer, row.answered_on = text.answer or None, text.answered_on
    work.session.add(row)
    work.record("gap.escalation_saved", gap, sent=text.sent_on is not None, answered=bool(text.answer))
    work.announce(f"gap:{gap.id}", "escalation")
    return gap
