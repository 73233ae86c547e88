"""An organisation's own consent. Nobody consents for another."""

from sqlmodel import col, select

from app.core.clock import LOCAL
from app.core.errors import InvalidInput, NotFound
from app.core.i18n import _
from app.core.work import Work
from meetings.agreements.models import OrgConsent
from meetings.agreements.policy import may_give_consent
from meetings.agreements.queries import sheet_by_key
from meetings.agreements.rules import answer_problem
from meetings.agreements.states import ConsentState


def answer(work: Work, key: str, answer_given: str, reservation: str) -> OrgConsent:
    """Record the answer of the actor's organisation; it may change it as long as the agreement is open."""
    sheet = sheet_by_key(work.session, key)
    row = sheet.obligation_of(work.actor.organisation_id) if sheet else None
    if sheet is None or row is None:
        raise NotFound(_("Ihre Organisation ist in dieser Zielvereinbarung nicht verpflichtet."))
    work.require(may_give_consent(work.actor, sheet.access, work.actor.organisation_id))
    problem = answer_problem(answer_given, reservation)
    if problem:
        raise InvalidInput(_(problem))
    consent = work.session.exec(
        select(OrgConsent).where(col(OrgConsent.obligation_id) == row.obligation.id).with_for_update()
    ).one()
    before = consent.state
    consent.state = ConsentState(answer_given)
    consent.reservation = reservation.strip() or None
    consent.given_on, consent.given_by_id = work.now.astimezone(LOCAL).date(), work.actor.person_id
    work.session.add(consent)
    work.record("consent.answered", consent, agreement=key, source=before.value, target=consent.state.value)
    work.record("agreement.answered", sheet.agreement, target=consent.state.value)
    return consent
