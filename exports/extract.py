"""The extract of a decision (Beschlussauszug): goes back to where the paper came from."""

from dataclasses import dataclass
from datetime import datetime

from app.core.i18n import _, language, show_date
from app.people.models import Tenant
from exports.document import Document, Entry, Fact, Section
from exports.docx.wording import ENGLISH, GERMAN
from meetings.agenda.models import AgendaItem, Meeting
from meetings.bodies.models import Body
from meetings.decisions.models import Decision


@dataclass(frozen=True)
class Attested:
    """What stands around the wording: where it came from, to whom it goes, and who answers for the extract.

    `papers`: reference and organisation. `receivers`: organisations. `checksum` is that of the signed minutes.
    """

    signed: bool
    now: datetime
    place: str = ""
    office: str = ""
    clerk: str = ""
    signatures: tuple[str, ...] = ()
    checksum: str = ""
    papers: tuple[tuple[str, str], ...] = ()
    receivers: tuple[str, ...] = ()


def extract_document(
    decision: Decision, body: Body, meeting: Meeting | None, item: AgendaItem | None, tenant: Tenant, attested: Attested
) -> Document:
    """The extract; before the minutes are signed it says that it is provisional."""
    decided = Section(_("Abstimmungsergebnis"), facts=_vote(decision))
    receivers = tuple(Entry(each) for each in attested.receivers)
    sections = [Section(_("Gegenstand"), facts=_origin(decision, body, meeting, item, attested))]
    sections += [decided] if decided.facts else []
    sections += [Section(_("Zur Kenntnis und weiteren Veranlassung"), entries=receivers)] if receivers else []
    sections += [_attestation(attested, tenant)] if attested.signed else []
    provisional = Fact(_("Hinweis"), _("Vorläufig: Die Niederschrift ist noch nicht unterzeichnet."))
    return Document(
        owner=tenant.name,
        programme=_("Kommunales Integrationsmanagement"),
        kind=_("Beschlussauszug"),
        number=decision.key,
        title=_("Auszug aus der Niederschrift über die %(title)s", title=meeting.title)
        if meeting
        else _("Auszug: Beschluss im Umlaufverfahren"),
        classification=_("Nur für die Stellen, die der Beschluss betrifft"),
        date=show_date(decision.date),
        lead=Fact(_("Beschluss %(key)s", key=decision.key), decision.text),
        sections=tuple(sections),
        issued_at=meeting.starts_at if meeting and meeting.starts_at else attested.now,
        facts=() if attested.signed else (provisional,),
        is_draft=not attested.signed,
        language="en-GB" if language() == "en" else "de-DE",
        wording=ENGLISH if language() == "en" else GERMAN,
    )


def _vote(decision: Decision) -> tuple[Fact, ...]:
    tally = _(
        "Ja: %(yes)s, Nein: %(no)s, Enthaltungen: %(abstained)s",
        yes=decision.in_favour,
        no=decision.against,
        abstained=decision.abstained,
    )
    facts = [Fact(_("Ergebnis"), decision.result_text)] if decision.result_text else []
    return (*facts, *((Fact(_("Stimmen"), tally),) if decision.accepted is not None else ()))


def _origin(
    decision: Decision, body: Body, meeting: Meeting | None, item: AgendaItem | None, attested: Attested
) -> tuple[Fact, ...]:
    facts = [Fact(_("Gremium"), body.name)]
    if meeting is not None:
        facts.append(Fact(_("Sitzung"), f"{meeting.title}, {show_date(meeting.date, 'long')}"))
    if meeting is not None and meeting.place:
        facts.append(Fact(_("Ort"), meeting.place))
    if item is not None:
        facts.append(Fact(_("Tagesordnungspunkt"), f"TOP {item.number or '–'} {item.title}"))
    for reference, organisation in attested.papers:
        facts.append(Fact(_("Vorlage"), ", ".join(part for part in (reference, organisation) if part)))
    return (*facts, Fact(_("Beschlossen am"), show_date(decision.date)))


def _attestation(attested: Attested, tenant: Tenant) -> Section:
    """Who answers for it: place and day, the office, the signatures of the minutes; room for the minute-taker's own."""
    rows = (
        (_("Ort und Datum"), f"{attested.place or tenant.name}, {show_date(attested.now)}"),
        (_("Geschäftsstelle"), attested.office),
        (_("Unterzeichnet"), "; ".join(attested.signatures)),
        (_("Prüfsumme"), _("SHA-256 %(sha256)s", sha256=attested.checksum) if attested.checksum else ""),
    )
    agrees = _("Der Auszug stimmt mit der unterzeichneten Niederschrift überein.") if attested.signatures else ""
    facts = tuple(Fact(label, text) for label, text in rows if text)
    clerk = (attested.clerk, _("Schriftführung")) if attested.clerk else ()
    return Section(_("Für die Richtigkeit des Auszugs"), text=agrees, facts=facts, signed_by=clerk)
