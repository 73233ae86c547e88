"""The report of a gap to the state or the federation: to whom, how, when, and what came back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from app.core.clock import LOCAL
from app.core.errors import ChangedMeanwhile, InvalidInput
from app.core.i18n import _
from app.core.work import Work
from knowledge.gaps.actions import locked
from knowledge.gaps.actions_text import require_confirmed
from knowledge.gaps.escalation import escalation_of, said_in
from knowledge.gaps.models import Gap
from knowledge.gaps.policy import may_edit_gap


@dataclass(frozen=True)
class EscalationText:
    """An escalation as typed. An answer has its day."""

    addressee: str
    via: str = ""
    sent_on: date | None = None
    answer: str = ""
    answered_on: date | None = None

    def texts(self) -> tuple[str, ...]:
        """What everybody reads who may read the gap."""
        return (self.addressee, self.via, self.answer)


class WrongDay(InvalidInput):
    """A day that cannot be; `field` is the one to correct."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def save_escalation(work: Work, key: str, text: EscalationText, version: int, confirmed: Collection[str] = ()) -> Gap:
    """Write down to whom the gap was reported and what they answered; the body decides that it is reported at all.

    Raises ChangedMeanwhile unless it is still as the form showed it, and Unchecked for hits of the privacy check
    that are not among `confirmed` where more than the coordination read the gap (DP-10).
    """
    work.require(may_edit_gap(work.actor))
    gap = locked(work, key)
    row = escalation_of(work.session, gap)
    if row is None:
        raise InvalidInput(_("Diese Fehlstelle ist nicht an Land oder Bund gemeldet. Das beschließt das Gremium."))
    if row.version != version:
        raise ChangedMeanwhile(_("Diese Meldung wurde inzwischen von jemand anderem geändert."))
    _require_days(text, work.now.astimezone(LOCAL).date())
    require_confirmed(work.session, gap.visibility, text.texts(), said_in(row), confirmed)
    row.addressee, row.via, row.sent_on = text.addressee, text.via or None, text.sent_on
    row.answer, row.answered_on, row.version = text.answer or None, text.answered_on, row.version + 1
    work.session.add(row)
    work.record("gap.escalation_saved", gap, sent=text.sent_on is not None, answered=bool(text.answer))
    work.announce(f"gap:{gap.id}", "escalation")
    return gap


def _require_days(text: EscalationText, today: date) -> None:
    """Nothing was sent or answered tomorrow, and no answer came before its question."""
    if text.sent_on and text.sent_on > today:
        raise WrongDay("sent_on", _("Dieser Tag liegt in der Zukunft. Bitte geben Sie an, wann gesendet wurde."))
    if text.answered_on and text.answered_on > today:
        raise WrongDay("answered_on", _("Dieser Tag liegt in der Zukunft. Bitte geben Sie den Tag der Antwort an."))
    if text.sent_on and text.answered_on and text.answered_on < text.sent_on:
        raise WrongDay("answered_on", _("Die Antwort kann nicht vor der Meldung liegen."))
