"""A short document with everything in it, for the tests of its writers."""

from dataclasses import replace
from datetime import UTC, datetime

from exports.document import Document, Entry, Fact, Section, Table

TEXT = """Wenn der *Wechsel* des **Rechtskreises** kommt, fehlt die [Stelle](https://example.org/a?b=1),
die `zuständig` ist.

- Unterlagen
- Termine
   1. vereinbaren
   2. absagen

### Genauer

> Niemand weiß Bescheid.

| Stelle | Tage |
|---|--:|
| Jobcenter | 14 |

Siehe Anmerkung[^1].

[^1]: Gezählt im Frühjahr.
"""

SAMPLE = Document(
    owner="Kreis Sonderau",
    programme="Kommunales Integrationsmanagement",
    kind="Themensteckbrief",
    number="T-03",
    title="Bleiberecht sichern: von § 104c zu §§ 25a und 25b",
    classification="Intern – nur für Mitglieder der Gremien",
    date="Stand: 23.11.2026",
    sections=(
        Section("Problem", TEXT),
        Section(
            "Was gesehen wurde",
            facts=(Fact("Belege zusammen", "Belegt durch weniger als 3 Fallrekonstruktionen."),),
            table=Table(
                "Die Fehlstellen dieses Themas",
                ("Fehlstelle", "Gewicht", "Fälle"),
                (("F-2026-09 Bleiberechte ohne gemeinsame Fristen", "existenziell", "weniger als 3"),),
            ),
        ),
        Section(
            "Was schon versucht wurde", entries=(Entry("L-2023-01 Sprechstunde", "nicht wirksam."), Entry("Mappe"))
        ),
    ),
    issued_at=datetime(2026, 11, 23, 9, 0, tzinfo=UTC),
    lead=Fact("Leitfrage", "Wie bleibt der Aufenthalt gesichert?"),
    facts=(Fact("Auskunft", "Koordination"), Fact("Nächste Frist", "30.06.2027")),
)


def with_text(text: str) -> Document:
    """The sample with one section of this text."""
    return replace(SAMPLE, sections=(Section("Problem", text),))
