"""The minutes of a workshop: who was there, which groups of cards were named, which gaps they feed; never a narrative.

Cases appear under their neutral key only, and no sentence of theirs is in it (DP-13). Where the person agreed that the
result may be used in reports, a table tells month, legal domain and kind of each station, and nothing of what happened.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from sqlmodel import Session, col, func, select

from app.core.i18n import _, language, ngettext, show_date, show_datetime, show_time_span
from app.people.models import Organisation, Tenant
from exports.case_lanes import lanes, legend
from exports.document import Document, Entry, Fact, Section, Table
from exports.docx.wording import ENGLISH, GERMAN
from knowledge.aftermath.queries import CaseReview, Review
from knowledge.cases.models import Station
from knowledge.cases.names import called
from knowledge.cases.states import ConsentScopeName
from knowledge.cases.wording import SYMBOLS, assessment_word, days_without
from knowledge.gaps.models import Gap
from knowledge.reconstruction.card_states import ClusterDecision
from knowledge.reconstruction.card_wording import DECISIONS
from knowledge.reconstruction.models import WorkshopParticipant
from knowledge.reconstruction.states import Entry as Admission
from knowledge.reconstruction.states import MemberRole
from knowledge.taxonomy.terms import label
from knowledge.workshops.models import Workshop
from knowledge.workshops.states import WorkshopState

Stations = Mapping[int, Sequence[Station]]


@dataclass(frozen=True)
class Presence:
    """How many people of an organisation were there, and how many promised to keep it to themselves."""

    organisation: str
    people: int
    confirmed: int


def presence_of(session: Session, workshop_id: int) -> tuple[Presence, ...]:
    """By organisation, never by name; a screen on the wall is nobody. One statement."""
    rows = session.exec(
        select(
            Organisation.name,
            func.count(col(WorkshopParticipant.id)),
            func.count(col(WorkshopParticipant.confirmed_at)),
        )
        .select_from(WorkshopParticipant)
        .outerjoin(Organisation, col(Organisation.id) == col(WorkshopParticipant.organisation_id))
        .where(
            col(WorkshopParticipant.workshop_id) == workshop_id,
            col(WorkshopParticipant.state).in_((Admission.ADMITTED, Admission.LEFT)),
            col(WorkshopParticipant.role) != MemberRole.PROJECTOR,
        )
        .group_by(col(Organisation.name))
        .order_by(col(Organisation.name))
    )
    return tuple(Presence(name or _("ohne Organisation"), people, confirmed) for name, people, confirmed in rows)


def stations_of(session: Session, review: Review) -> Stations:
    """The stations that participants saw of cases whose person agreed to their use in reports. One statement."""
    agreed = [case.found.id for case in review.cases if ConsentScopeName.REPORT in case.found.scopes]
    statement = (
        select(Station)
        .where(col(Station.case_id).in_(agreed), col(Station.hidden).is_(False))
        .order_by(col(Station.month), col(Station.position), col(Station.id))
    )
    found: dict[int, list[Station]] = {}
    for station in session.exec(statement):
        found.setdefault(station.case_id, []).append(station)
    return found


def minutes_document(
    workshop: Workshop,
    review: Review,
    presence: tuple[Presence, ...],
    tenant: Tenant,
    now: datetime,
    stations: Stations = MappingProxyType({}),
) -> Document:
    """The whole document; a draft until the workshop is released. `stations` by case, as `stations_of` reads them."""
    return Document(
        owner=tenant.name,
        programme=_("Kommunales Integrationsmanagement"),
        kind=_("Ergebnisniederschrift"),
        number=workshop.key,
        title=workshop.title,
        classification=_("Vertraulich – nur für Moderation, Protokoll und Koordination"),
        date=_("Stand: %(date)s", date=show_datetime(now)),
        sections=tuple(_sections(workshop, review, presence, stations)),
        issued_at=now,
        lead=Fact(_("Fragestellung"), workshop.question) if workshop.question else None,
        facts=(
            Fact(_("Vorgelegt von"), review.presenter or _("keine Angabe")),
            Fact(_("Freigegeben am"), show_date(workshop.released_on) if workshop.released_on else _("noch nicht")),
        ),
        is_draft=workshop.state != WorkshopState.RELEASED,
        language="en-GB" if language() == "en" else "de-DE",
        wording=ENGLISH if language() == "en" else GERMAN,
    )


def _sections(
    workshop: Workshop, review: Review, presence: tuple[Presence, ...], stations: Stations
) -> Iterable[Section]:
    yield Section(_("Termin und Anwesenheit"), facts=_date(workshop), table=_present(presence))
    for case in review.cases:
        yield _case(case, review)
        if ConsentScopeName.REPORT in case.found.scopes and (told := stations.get(case.found.id)):
            yield from _timeline(case, told)
    if review.hidden:
        yield Section(
            _("Weitere Fälle"),
            ngettext(
                "%(num)s weiterer Fall steht nicht in dieser Fassung.",
                "%(num)s weitere Fälle stehen nicht in dieser Fassung.",
                review.hidden,
            ),
        )
    yield Section(
        _("Nächste Schritte"),
        _(
            "Die Koordination führt die Fehlstellen im Katalog fort. Die fallgebenden Personen geben den Menschen, um"
            " deren Weg es ging, eine Rückmeldung. Teilnehmende lesen die Fälle bis zwei Wochen nach der Freigabe."
        ),
    )


def _date(workshop: Workshop) -> tuple[Fact, ...]:
    when = f"{show_date(workshop.date, 'long')}, {show_time_span(workshop.starts_at, workshop.ends_at)}"
    confirmed = workshop.confidentiality_confirmed
    promised = ngettext("%(num)s Person", "%(num)s Personen", confirmed)
    return (
        Fact(_("Termin"), when),
        Fact(_("Ort"), workshop.place or _("keine Angabe")),
        Fact(_("Vertraulichkeit bestätigt"), promised),
    )


def _present(presence: tuple[Presence, ...]) -> Table | None:
    if not presence:
        return None
    rows = tuple((each.organisation, str(each.people), str(each.confirmed)) for each in presence)
    columns = (_("Organisation"), _("Personen"), _("davon Vertraulichkeit bestätigt"))
    return Table(_("Anwesende Organisationen"), columns, rows, frozenset({1, 2}))


def _case(case: CaseReview, review: Review) -> Section:
    rows = tuple(
        (
            each.name or _("ohne Namen"),
            str(DECISIONS[ClusterDecision(each.decision)]) if each.decision else _("noch nicht entschieden"),
            _gap(review.gaps.get(each.gap_id or 0)),
            "–" if each.dots is None else str(each.dots),
        )
        for each in case.clusters
    )
    columns = (_("Gruppe von Karten"), _("Was daraus wird"), _("Fehlstelle"), _("Punkte"))
    caption = _("Gruppen von Karten zu %(case)s", case=called(case.found.case.key))
    return Section(
        _("Fall %(name)s", name=called(case.found.case.key)),
        facts=_counted(case),
        table=Table(caption, columns, rows, frozenset({3})) if rows else None,
        entries=(*_fed(case), *_questions(case)),
    )


def _timeline(case: CaseReview, stations: Sequence[Station]) -> Iterable[Section]:
    """As lanes, then station by station."""
    name = called(case.found.case.key)
    rows = tuple(
        (
            str(each.month),
            label("legal_domains", each.legal_domain),
            f"{SYMBOLS[each.assessment.value]} {assessment_word(each.assessment.value)}",
            label("transitions", each.transition) if each.transition else "–",
            days_without(each.days_without_benefits, each.days_without_insurance) or "–",
        )
        for each in stations
    )
    columns = (_("Monat"), _("Rechtskreis"), _("Einschätzung"), _("Wechsel der Zuständigkeit"), _("Lücke"))
    title = _("Zeitstrahl %(name)s", name=name)
    note = _("Ohne Titel und Texte der Stationen. Monate zählen vom Ankerereignis.")
    first, *more = lanes(name, stations)
    yield Section(title, f"{note} {legend(stations)}.", table=first)
    for table in more:
        yield Section(_("%(timeline)s, Fortsetzung", timeline=title), table=table)
    yield Section(
        _("Stationen %(name)s", name=name),
        table=Table(_("Stationen von %(case)s", case=name), columns, rows, frozenset({0})),
    )


def _gap(gap: Gap | None) -> str:
    return gap.key if gap else "–"


def _counted(case: CaseReview) -> tuple[Fact, ...]:
    linked = sum(line.finding.gap_id is not None for line in case.findings)
    return (
        Fact(_("Befunde"), str(len(case.findings))),
        Fact(_("davon zu Fehlstellen"), str(linked)),
        Fact(_("davon Einzelfall"), str(len(case.findings) - linked)),
    )


def _fed(case: CaseReview) -> Iterable[Entry]:
    """The gaps that the case feeds, in the gaps' own words."""
    gaps = {line.gap.key: line.gap for line in case.findings if line.gap}
    counted = Counter(line.gap.key for line in case.findings if line.gap)
    for key in sorted(gaps):
        words = ngettext("%(num)s Befund", "%(num)s Befunde", counted[key])
        yield Entry(f"{key} {gaps[key].title}", words)


def _questions(case: CaseReview) -> Iterable[Entry]:
    for line in case.questions:
        owner = line.owner or _("noch niemand")
        due = _("bis %(day)s", day=show_date(line.question.due_on)) if line.question.due_on else _("ohne Frist")
        yield Entry(_("Offene Frage: %(question)s", question=line.question.text), f"{owner}, {due}")
