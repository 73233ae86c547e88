"""What the person who reads a case can do with it next: links and buttons, by the same predicates as the actions."""

from dataclasses import dataclass

from flask import url_for

from app.core.i18n import _
from app.core.permissions import Actor
from knowledge.cases import policy
from knowledge.cases.access import FoundCase
from knowledge.cases.states import CaseState


@dataclass(frozen=True)
class NextStep:
    """A link (`url`), or a button that sends `step` to the case; `primary` is what is expected now."""

    label: str
    url: str = ""
    step: str = ""
    primary: bool = False


def next_steps(actor: Actor, found: FoundCase) -> list[NextStep]:
    """In the order in which they stand on the page."""
    key, state = found.case.key, found.case.state
    keeps = bool(policy.may_keep_case(actor, found))
    steps = []
    if policy.may_edit_case(actor, found):
        steps.append(NextStep(_("Weiter vorbereiten"), url_for("cases.frame", key=key), primary=True))
    if found.submitted and state == CaseState.DRAFT:
        if policy.may_check_case(actor, found):
            steps.append(NextStep(_("Prüfen"), url_for("cases.second", key=key), primary=True))
        if keeps:
            steps.append(NextStep(_("Zum Ändern zurückholen"), step="zurueckholen"))
    if state == CaseState.CHECKED:
        if policy.may_release_case(actor, found):
            steps.append(NextStep(_("Für Workshops freigeben"), step="freigeben", primary=True))
        if keeps:
            steps.append(NextStep(_("Wieder zum Entwurf machen"), step="entwurf"))
    if state == CaseState.RELEASED and policy.may_close_case(actor, found):
        steps.append(NextStep(_("Abschließen"), step="abschliessen"))
    if policy.may_withdraw_case(actor, found):
        steps.append(NextStep(_("Einwilligung widerrufen …"), url_for("cases.withdrawing", key=key)))
    return steps
