"""The comparison of cases as files: a sheet with the matrix, and a document that reads column by column.

Cases appear under their neutral names only, and only those that the reader may read; sums are told as on the page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.core.i18n import _, language, ngettext, show_datetime
from exports.document import Document, Entry, Fact, Section, Table
from exports.docx.wording import ENGLISH, GERMAN
from exports.sheets import Column, Listing, Value
from knowledge.cases.names import called
from knowledge.comparison import wording
from knowledge.comparison.queries import Choice, Comparison
from knowledge.comparison.rules import Mark
from knowledge.comparison.wording import AXES, SIGNS, WORDS, Eyes


@dataclass(frozen=True)
class Report:
    """What both files are made of: the comparison, its choice, whose it is, and the filters in words."""

    found: Comparison
    choice: Choice
    eyes: Eyes
    owner: str
    reader: str
    filters: tuple[str, ...]
    now: datetime
    fictional: bool = False

    @property
    def heads(self) -> list[tuple[str, str]]:
        """Every column with what stands above it, the empty ones last."""
        columns = (*self.found.matrix.columns, *self.found.matrix.empty)
        return [(column, wording.head_of(column, self.choice.axis, self.found)) for column in columns]

    @property
    def classification(self) -> str:
        """Who may have the file."""
        return _("Vertraulich. Enthält nur, was %(name)s lesen darf; nicht zur Weitergabe.", name=self.reader)


def as_listing(report: Report) -> Listing:
    """One row per case, one column per gap or domain, sums at the edges."""
    matrix, eyes = report.found.matrix, report.eyes
    columns = [Column("case", _("Fall"))]
    columns += [Column(column, head) for column, head in report.heads]
    columns.append(Column("sum", _("Spalten mit Befund")))
    rows: list[Sequence[Value]] = [
        [
            called(each.case.key),
            *(_word(matrix.marks[each.id].get(column)) for column, _head in report.heads),
            eyes.sum(matrix.of_case[each.id]),
        ]
        for each in report.found.cases
    ]
    sums = [eyes.sum(matrix.of_column[column]) if column in matrix.of_column else "" for column, _h in report.heads]
    rows.append([_("Fälle mit Befund"), *sums, ""])
    return Listing(_("Fallvergleich"), columns, rows, _about(report), "de-DE" if language() == "de" else "en-GB")


def _word(mark: Mark | None) -> str:
    return f"{SIGNS[mark]} {WORDS[mark]}" if mark else ""


def _about(report: Report) -> list[tuple[str, str]]:
    lines = [
        (_("Liste"), _("Fallvergleich")),
        (_("Quelle"), _("Lückenlos, %(tenant)s", tenant=report.owner)),
        (_("Stand"), show_datetime(report.now)),
        (_("Spalten"), str(AXES[report.choice.axis])),
        (_("Filter"), ", ".join(report.filters) or _("keiner")),
        (_("Einstufung"), report.classification),
    ]
    lines += [(head, told) for head, told in wording.transitions(report.found, report.eyes)]
    if report.fictional:
        lines.append((_("Hinweis"), _("Erfundene Daten zur Vorführung.")))
    return lines


def as_document(report: Report) -> Document:
    """Column by column which cases broke there and which found a bridge; then the transitions and what is missing."""
    return Document(
        owner=report.owner,
        programme=_("Kommunales Integrationsmanagement"),
        kind=_("Fallvergleich"),
        number="",
        title=_("Fälle und %(columns)s", columns=AXES[report.choice.axis]),
        classification=report.classification,
        date=_("Stand: %(date)s", date=show_datetime(report.now)),
        sections=tuple(_sections(report)),
        issued_at=report.now,
        facts=tuple(_facts(report)),
        language="en-GB" if language() == "en" else "de-DE",
        wording=ENGLISH if language() == "en" else GERMAN,
    )


def _facts(report: Report) -> list[Fact]:
    facts = [
        Fact(_("Verglichen"), ngettext("%(num)s Fall", "%(num)s Fälle", len(report.found.cases))),
        Fact(_("Filter"), ", ".join(report.filters) or _("keiner")),
    ]
    if report.fictional:
        facts.append(Fact(_("Hinweis"), _("Erfundene Daten zur Vorführung.")))
    return facts


def _sections(report: Report) -> list[Section]:
    found, sections = report.found, []
    if found.matrix.columns:
        sections.append(Section(_("Was die Fälle zeigen"), table=_table(report)))
    told = wording.transitions(found, report.eyes)
    if told:
        facts = tuple(Fact(head, words) for head, words in told)
        sections.append(Section(_("Wechsel des Rechtskreises"), facts=facts))
    if found.matrix.empty:
        entries = tuple(Entry(wording.head_of(column, report.choice.axis, found)) for column in found.matrix.empty)
        sections.append(Section(_("Wurde hier nicht gefragt?"), entries=entries))
    return sections


def _table(report: Report) -> Table:
    found = report.found
    rows = tuple(
        (
            wording.head_of(column, report.choice.axis, found),
            _names(found, column, Mark.BREAK),
            _names(found, column, Mark.BRIDGE),
            report.eyes.sum(found.matrix.of_column[column]),
        )
        for column in found.matrix.columns
    )
    heads = (str(AXES[report.choice.axis]), _("Bruch bei"), _("Brücke bei"), _("Fälle"))
    return Table(_("Brüche und Brücken"), heads, rows)


def _names(found: Comparison, column: str, kind: Mark) -> str:
    """The cases that show this in a column; one that shows both stands in both."""
    names = [
        called(each.case.key) for each in found.cases if found.matrix.marks[each.id].get(column) in (kind, Mark.BOTH)
    ]
    return ", ".join(names) or "–"
