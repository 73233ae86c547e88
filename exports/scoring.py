"""A scoring on paper and as a list: the sheet that an organisation fills in by hand, the result for a spreadsheet."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from app.core.i18n import _, language, show_date, show_datetime
from app.people.models import Tenant
from exports.document import Document, Fact, Section, Table
from exports.docx.wording import ENGLISH, GERMAN
from exports.sheets import Column, Listing, Value
from meetings.scoring.pages import ScoringResult, as_percent
from meetings.scoring.queries import FoundScoring
from meetings.scoring.rules import HIGHEST, ScoredTopic, ScoringRule
from meetings.scoring.wording import mark_words, rule_sentences

BOX = "□"


def sheet_document(found: FoundScoring, tenant: Tenant, now: datetime) -> Document:
    """The sheet: one table for each topic, a box for each answer."""
    meeting, item = found.meeting.meeting, found.meeting.item
    scale = ", ".join(f"{mark} {mark_words(mark)}" for mark in range(HIGHEST + 1))
    filled = Section(
        _("Ausgefüllt von"),
        facts=(Fact(_("Organisation"), "…" * 20), Fact(_("Name"), "…" * 20), Fact(_("Datum"), "…" * 10)),
    )
    return Document(
        owner=tenant.name,
        programme=_("Kommunales Integrationsmanagement"),
        kind=_("Bewertungsbogen"),
        number=meeting.key,
        title=item.title,
        classification=_("Nur für Mitglieder des Gremiums – keine Einzelfälle"),
        date=_("Stand: %(date)s", date=show_date(now)),
        sections=(
            Section(_("So wird bewertet"), text=_scale_words(found.rule, scale)),
            *(
                Section(f"{topic.key} {topic.title}", table=_questions(found.rule, topic))
                for topic in found.rule.topics
            ),
            filled,
        ),
        issued_at=now,
        lead=Fact(_("Abgeben bis"), show_datetime(found.row.deadline)),
        language="en-GB" if language() == "en" else "de-DE",
        wording=ENGLISH if language() == "en" else GERMAN,
    )


def _scale_words(rule: ScoringRule, scale: str) -> str:
    lines = [_("Wie sehr trifft das auf das Thema zu? %(scale)s.", scale=scale), *rule_sentences(rule)[:1]]
    return "\n\n".join(lines)


def _questions(rule: ScoringRule, topic: ScoredTopic) -> Table:
    columns = (_("Kriterium"), *(str(mark) for mark in range(rule.highest + 1)), _("können wir nicht sagen"))
    boxes = (BOX,) * (rule.highest + 2)
    return Table(topic.title, columns, tuple((each.label, *boxes) for each in rule.criteria))


def result_listing(found: FoundScoring, result: ScoringResult, tenant: Tenant, now: datetime) -> Listing:
    """A row for each topic and criterion, and one for each topic's score."""
    marks = [Column(f"marks_{mark}", _("Angaben %(mark)s", mark=mark)) for mark in range(found.rule.highest + 1)]
    columns = [
        Column("topic", _("Thema")),
        Column("title", _("Titel")),
        Column("criterion", _("Kriterium")),
        Column("weight", _("Gewicht")),
        Column("rank", _("Rang")),
        Column("value", _("Wert")),
        Column("answers", _("Angaben")),
        Column("lowest", _("niedrigster")),
        Column("highest", _("höchster")),
        Column("far", _("weit entfernt (Prozent)")),
        Column("unknown", _("ohne Angabe")),
        *marks,
    ]
    about = {
        _("Sitzung"): found.meeting.meeting.title,
        _("Bewertet"): found.meeting.item.title,
        _("Geantwortet"): f"{len(found.answered)} / {len(found.organisations)}",
        _("Weit entfernt"): _("zwei Stufen oder mehr von der mittleren Angabe (Median)"),
        _("Regel (SHA-256)"): found.row.rule_sha256,
        _("Kreis"): tenant.name,
        _("Stand"): show_datetime(now),
    }
    title = _("Bewertung %(key)s", key=found.meeting.meeting.key)
    return Listing(
        title, columns, list(_rows(found.rule, result)), _pairs(about), "en-GB" if language() == "en" else "de-DE"
    )


def _pairs(about: Mapping[str, str]) -> list[tuple[str, str]]:
    return list(about.items())


def _rows(rule: ScoringRule, result: ScoringResult) -> Iterable[list[Value]]:
    for row in result.rows:
        empty: list[Value] = [None] * (6 + rule.highest)
        whole = _("Gesamtwert (0 bis 100)")
        yield [row.topic.key, row.topic.title, whole, None, row.rank, row.score, *empty]
        for each in row.cells:
            cell = each.cell
            yield [
                row.topic.key, row.topic.title, each.criterion.label, each.criterion.weight, None, each.mean,
                cell.number, cell.lowest if cell.number else None, cell.highest if cell.number else None,
                as_percent(cell.share), cell.unknown, *cell.counts(rule.highest),
            ]  # fmt: skip
