"""A new case and its frame: what it is called, whom it concerns, when it begins. And the consent of the person."""

from collections.abc import Sequence

from sqlmodel import Session, col, delete, select

from app.core.clock import LOCAL
from app.core.errors import DomainError, InvalidInput
from app.core.i18n import DEFAULT_LANGUAGE, _
from app.core.permissions import Actor
from app.core.work import Work
from app.people.models import Municipality, Tenant
from knowledge.cases.drafts import ConsentDraft, FrameDraft, mark_of
from knowledge.cases.editing import locked_case, same_or_changed
from knowledge.cases.household import ADULT_AGES, ADULTS, CHILD_AGES, CHILDREN, household_words
from knowledge.cases.models import Case, CaseFacet, ClientConsent, ConsentScope
from knowledge.cases.names import free_words, key_of
from knowledge.cases.policy import may_read_municipality, may_write_case
from knowledge.cases.rules import MODERATING_TYPES
from knowledge.cases.states import CaseFacetName, ConsentScopeName
from knowledge.conversation.letters import in_language
from knowledge.taxonomy import lists

FACETS = {CaseFacetName.AFFECTED_GROUP: "affected_groups", CaseFacetName.SENSITIVE: "life_domains"}


def used_keys(session: Session) -> list[str]:
    """The keys of all cases of the county, erased ones included."""
    return list(session.exec(select(Case.key)))


def create_case(work: Work, word: str, draft: FrameDraft) -> Case:
    """A new draft under a neutral word that is free; who writes it is its case giver."""
    work.require(may_write_case(work.actor))
    work.session.exec(select(Tenant).where(col(Tenant.id) == work.tenant_id).with_for_update()).one()
    if word not in free_words(used_keys(work.session)):
        raise DomainError(_("Dieses Wort ist inzwischen vergeben. Bitte wählen Sie ein anderes."))
    case = Case(
        key=key_of(word),
        title=_title(f"Fall {word}", draft.subtitle),
        case_giver_type=_giver_type(work.actor),
        case_giver_id=work.actor.person_id,
        household="",
        anchor=draft.anchor,
        span_months=draft.span_months,
        timing=draft.timing,
        created_on=work.now.astimezone(LOCAL).date(),
    )
    _write(work, case, draft)
    work.record("case.created", case)
    return case


def _giver_type(actor: Actor) -> str:
    """The type of the giver's organisation; where the coordination's house does case management, that is meant."""
    manages = actor.has_role("casemgmt") and actor.organisation_type in MODERATING_TYPES
    return "kim_casemgmt" if manages else actor.organisation_type


def change_frame(work: Work, case_id: int, draft: FrameDraft, shown: str) -> Case:
    """Write a change of the frame down if it is still as the form showed it."""
    found = locked_case(work, case_id)
    case = found.case
    same_or_changed(shown, mark_of_frame(work.session, case))
    case.title = _title(case.title.split(": ", 1)[0], draft.subtitle)
    _write(work, case, draft)
    work.record("case.changed", case)
    return case


def frame_of(session: Session, case: Case) -> FrameDraft:
    """The frame as a form shows it. One statement."""
    rows = session.exec(
        select(CaseFacet.facet, CaseFacet.key)
        .where(col(CaseFacet.case_id) == case.id)
        .order_by(col(CaseFacet.position))
    ).all()
    codes = {facet: tuple(key for name, key in rows if name == facet) for facet in FACETS}
    _prefix, _colon, subtitle = case.title.partition(": ")
    return FrameDraft(
        subtitle=subtitle,
        anchor=case.anchor,
        span_months=case.span_months,
        timing=case.timing,
        adults=case.adults,
        adult_age=case.adult_age,
        children=case.children,
        child_age=case.child_age,
        groups=codes[CaseFacetName.AFFECTED_GROUP],
        sensitive=codes[CaseFacetName.SENSITIVE],
        municipality_id=case.municipality_id,
        client_view=case.client_view or "",
    )


def mark_of_frame(session: Session, case: Case) -> str:
    """The mark of everything that the form of the frame shows."""
    return mark_of(frame_of(session, case))


def _title(name: str, subtitle: str) -> str:
    tidy = " ".join(subtitle.split())
    return f"{name}: {tidy}" if tidy else name


def _write(work: Work, case: Case, draft: FrameDraft) -> None:
    _check_bands(draft)
    case.anchor, case.span_months, case.timing = " ".join(draft.anchor.split()), draft.span_months, draft.timing
    case.adults, case.adult_age = draft.adults, draft.adult_age if draft.adults else None
    case.children, case.child_age = draft.children, draft.child_age if draft.children else None
    case.client_view = draft.client_view.strip().replace("\r\n", "\n") or None
    if draft.adults is not None and draft.children is not None:
        with in_language(DEFAULT_LANGUAGE):
            case.household = household_words(case.adults or 0, case.adult_age, case.children or 0, case.child_age)
    if may_read_municipality(work.actor):
        case.municipality_id = _municipality(work.session, draft.municipality_id)
    work.session.add(case)
    work.session.flush()
    _write_facets(work.session, case, CaseFacetName.AFFECTED_GROUP, draft.groups)
    _write_facets(work.session, case, CaseFacetName.SENSITIVE, draft.sensitive)


def _check_bands(draft: FrameDraft) -> None:
    known = (
        draft.adults in (None, *ADULTS)
        and draft.children in (None, *CHILDREN)
        and draft.adult_age in (None, *ADULT_AGES)
        and draft.child_age in (None, *CHILD_AGES)
    )
    if not known:
        raise InvalidInput(_("Bitte wählen Sie aus der Liste."))


def _municipality(session: Session, municipality_id: int | None) -> int | None:
    if municipality_id is None:
        return None
    found = session.exec(select(Municipality.id).where(col(Municipality.id) == municipality_id)).first()
    if found is None:
        raise InvalidInput(_("Bitte wählen Sie aus der Liste."))
    return found


def _write_facets(session: Session, case: Case, facet: CaseFacetName, keys: Sequence[str]) -> None:
    if not set(keys) <= set(lists.keys(FACETS[facet])):
        raise InvalidInput(_("Bitte wählen Sie aus der Liste."))
    session.exec(delete(CaseFacet).where(col(CaseFacet.case_id) == case.id, col(CaseFacet.facet) == facet))
    session.add_all(
        CaseFacet(case_id=case.id or 0, facet=facet, key=key, position=place)
        for place, key in enumerate(dict.fromkeys(keys))
    )
    session.flush()


def write_consent(work: Work, case_id: int, draft: ConsentDraft, shown: str) -> ClientConsent:
    """Note that the person consented, to what and how; `shown` is "" where nothing was noted yet."""
    found = locked_case(work, case_id)
    consent = work.session.exec(select(ClientConsent).where(col(ClientConsent.case_id) == case_id)).first()
    written = consent_of(work.session, consent)
    same_or_changed(shown, written.mark if written else "")
    if draft.obtained_month > work.now.astimezone(LOCAL).strftime("%Y-%m"):
        raise InvalidInput(_("Der Monat der Einwilligung liegt in der Zukunft."))
    if consent is not None and consent.withdrawn:
        raise DomainError(_("Die Einwilligung ist widerrufen."))
    consent = consent or ClientConsent(case_id=case_id, form=draft.form, obtained_month="", language_supported=False)
    consent.form, consent.obtained_month = draft.form, draft.obtained_month
    consent.language_supported = draft.language_supported
    work.session.add(consent)
    work.session.flush()
    work.session.exec(delete(ConsentScope).where(col(ConsentScope.consent_id) == consent.id))
    work.session.add_all(
        ConsentScope(consent_id=consent.id or 0, scope=scope, position=place)
        for place, scope in enumerate(dict.fromkeys(draft.scopes))
    )
    work.record("case.consent", found.case, scopes=len(draft.scopes))
    return consent


def consent_of(session: Session, consent: ClientConsent | None) -> ConsentDraft | None:
    """The consent as a form shows it."""
    if consent is None:
        return None
    scopes = session.exec(
        select(ConsentScope.scope)
        .where(col(ConsentScope.consent_id) == consent.id)
        .order_by(col(ConsentScope.position))
    ).all()
    return ConsentDraft(
        consent.form, consent.obtained_month, consent.language_supported, tuple(map(ConsentScopeName, scopes))
    )


def consent_by_case(session: Session, case_id: int) -> ClientConsent | None:
    """What is noted about the consent of a case."""
    return session.exec(select(ClientConsent).where(col(ClientConsent.case_id) == case_id)).first()
