"""Who may read and draft a target agreement, and who may bind an organisation to it. Pure predicates."""

from dataclasses import dataclass

from app.core.permissions import ADVISORY, GUEST, OFFICE, VOTING, Actor, Verdict, all_of, allowed_if, shown_if

EDITABLE = ("draft", "returned", "consultation")
CONSENTABLE = ("consultation", "submitted", "approved", "in_force")


@dataclass(frozen=True)
class AgreementAccess:
    """What the predicates need to know of an agreement: the project group that drafts it, the bodies that see it
    (the project group and the body that decides), and the organisations that take on an obligation."""

    drafting_body_id: int | None
    body_ids: frozenset[int]
    obligated_organisation_ids: frozenset[int]
    state: str
    lead_person_id: int | None = None


def _bodies(agreement: AgreementAccess) -> frozenset[int]:
    group = agreement.drafting_body_id
    return agreement.body_ids if group is None else agreement.body_ids | {group}


def _sits_in_one(actor: Actor, agreement: AgreementAccess) -> bool:
    return any(actor.holds_seat(body_id, VOTING, ADVISORY, OFFICE) for body_id in _bodies(agreement))


def may_read_agreement(actor: Actor, agreement: AgreementAccess) -> Verdict:
    """The bodies' seats, every person of an obligated organisation, and the coordination."""
    obligated = actor.organisation_id in agreement.obligated_organisation_ids
    return shown_if(obligated or _sits_in_one(actor, agreement) or actor.has_role("coordination"))


def may_edit_agreement(actor: Actor, agreement: AgreementAccess) -> Verdict:
    """Coordination, project lead and the voting members of the project group, until it is submitted."""
    drafts = actor.has_role("coordination") or actor.person_id == agreement.lead_person_id
    group = agreement.drafting_body_id
    drafts = drafts or (group is not None and actor.holds_seat(group, VOTING, OFFICE))
    return all_of(
        may_read_agreement(actor, agreement),
        allowed_if(drafts, "Den Entwurf bearbeiten Projektgruppe und Koordination."),
        allowed_if(agreement.state in EDITABLE, "Die Zielvereinbarung liegt zur Entscheidung vor oder gilt bereits."),
    )


def may_give_consent(actor: Actor, agreement: AgreementAccess, organisation_id: int) -> Verdict:
    """Only for one's own obligated organisation, and only who holds its seat: a deputy votes but does not bind."""
    own = [seat for seat in actor.seats if seat.body_id in _bodies(agreement)]
    holds = any(not seat.deputy and seat.kind != GUEST for seat in own)
    return all_of(
        may_read_agreement(actor, agreement),
        allowed_if(
            actor.organisation_id == organisation_id and organisation_id in agreement.obligated_organisation_ids,
            "Zustimmen kann jede verpflichtete Stelle nur für sich selbst.",
        ),
        allowed_if(holds, "Ihre Stelle bindet, wer ihren Sitz im Gremium innehat."),
        allowed_if(agreement.state in CONSENTABLE, "Zugestimmt wird, sobald der Entwurf zur Abstimmung vorliegt."),
    )


def may_report_reading(actor: Actor, agreement: AgreementAccess, owner_organisation_id: int) -> Verdict:
    """A reading of an indicator: the organisation that owns it, and the coordination."""
    return all_of(
        may_read_agreement(actor, agreement),
        allowed_if(
            actor.has_role("coordination") or actor.organisation_id == owner_organisation_id,
            "Messwerte trägt die Stelle ein, die die Kennzahl führt.",
        ),
    )


def may_list_agreements(actor: Actor) -> Verdict:
    """Everybody who is signed in has a list; each agreement on it asks `may_read_agreement`."""
    return allowed_if(actor.tenant_id > 0, "Bitte melden Sie sich an.")
