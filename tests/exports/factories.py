"""A whole set of minutes to test writers with: the ninth steering meeting of the invented county Sonderau."""

from dataclasses import replace

from exports.docx.content import (
    AgendaItem,
    AttendanceGroup,
    Attendee,
    DecisionBox,
    Facts,
    ItemRecord,
    MinutesDocument,
    MinutesStatus,
    Motion,
    Signature,
    Statement,
    Task,
    VoteTable,
)


def count(yes: int, no: int, abstained: int, present: int, recused: int = 0) -> str:
    """The tally line as the county words it; votes and recused seats add up to the seats present."""
    missing = present - recused - yes - no - abstained
    return (
        f"Ja {yes}, Nein {no}, Enthaltung {abstained}, ungültig 0, nicht abgegeben {missing}; "
        f"stimmberechtigt anwesend {present}, befangen {recused}"
    )


VOTING = (
    Attendee("Kreisverwaltung Sonderau, Dezernat Soziales und Integration", "Annegret Wieland", remark="Vorsitz"),
    Attendee("Stadt Sonderau", "Ulrich Hartung"),
    Attendee("Stadt Brückfeld", "Mariama Diallo"),
    Attendee("Stadt Hallenbeck", "Bernd Kessler"),
    Attendee("Gemeinde Mühlenrode", "Ilka Sander"),
    Attendee("Gemeinde Ostervelde", "Jörg Wessel", remark="ab 14:20 Uhr (TOP 3)"),
    Attendee("Gemeinde Quellenrade", "Claudia Pohl", remark="zugeschaltet"),
    Attendee("AWO Kreisverband Sonderau", "Regina Marx"),
    Attendee("Caritasverband für den Kreis Sonderau", "Thomas Steffens"),
    Attendee("Diakonie Sonderau", "Grace Okafor"),
    Attendee("DRK-Kreisverband Sonderau", "Heike Bruns"),
    Attendee("Jobcenter Kreis Sonderau", "Holger Brandes", remark="bis 15:20 Uhr (TOP 5)"),
    Attendee("Jobcenter Kreis Sonderau", "Simone Vogt", "Holger Brandes", "ab 15:20 Uhr (TOP 5)"),
    Attendee("Agentur für Arbeit, Geschäftsstelle Sonderau", "Katrin Rehm"),
    Attendee("Ausländerbehörde des Kreises", "Murat Özer"),
    Attendee("Einbürgerungsbehörde des Kreises", "Petra Lindqvist"),
)
ADVISORY = (
    Attendee("Kreisjugendamt", "Silke Jansen"),
    Attendee("Schulamt für den Kreis", "Matthias Roth"),
    Attendee("Kreisgesundheitsamt", "Dr. Nina Ebert", remark="zugeschaltet"),
    Attendee("Integrationsrat der Stadt Sonderau", "Samir Haddad"),
)
OFFICE_AND_GUESTS = (
    Attendee("Koordinierende Stelle KIM", "Svenja Albers"),
    Attendee("Koordinierende Stelle KIM", "Deniz Kaya-Brandt", remark="Schriftführung"),
    Attendee("Volkshochschule Sonderau-Land", "Julia Fricke", remark="zu TOP 3 und 5"),
    Attendee("Gesetzliche Krankenkasse, Servicestelle Sonderau", "Kai Lohmann", remark="zu TOP 4"),
)
EXCUSED = (Attendee("BAMF, Regionalkoordination", "Tobias Naumann", remark="ohne Vertretung"),)

AGREEMENT = "Zielvereinbarung ZV-2026-01 „Nahtloser Übergang vom AsylbLG in das SGB II“"
AGENDA = (
    AgendaItem("1", "Eröffnung, Feststellung der Beschlussfähigkeit und der Tagesordnung", "Regularien"),
    AgendaItem("2", "Genehmigung der Niederschrift der 8. Sitzung vom 02.07.2026", "Beschluss"),
    AgendaItem("3", "Bericht der Koordinierenden Stelle", "Bericht"),
    AgendaItem("4", AGREEMENT, "Beschluss"),
    AgendaItem("5", "Neue Themen aus den Fallrekonstruktionen", "Beratung"),
    AgendaItem("6", "Priorisierung der Themen für 2027", "Abstimmung"),
    AgendaItem("7", "Einsetzung einer Projektgruppe zum erstplatzierten Thema", "Beschluss"),
    AgendaItem("8", "Überregionaler Änderungsbedarf: Sachstand zur Wohnsitzregelung", "Bericht"),
    AgendaItem("9", "Zurückgestellte Themen und Wiedervorlagen", "Bericht"),
    AgendaItem("10", "Termine und Verschiedenes", "Regularien"),
)

OPENING = """\
Die Vorsitzende eröffnet die Sitzung und stellt die ordnungsgemäße Ladung sowie die Beschlussfähigkeit fest. Auf
Nachfrage erklärt sich Frau Okafor zu TOP 7 für befangen. Die Tagesordnung wird in der versandten Fassung festgestellt.
"""
REPORT = """\
Frau Albers berichtet über die Fallrekonstruktionen im Frühjahr und im Herbst 2026: sechs Fälle, 30 bestätigte
Teilnahmen. Der Stand der laufenden Vereinbarungen:

| Kennzahl | vorher | jetzt | Zeitraum |
|---|--:|--:|---|
| Unvollständige Erstanträge beim Jobcenter (Stichprobe) | 41 % | 19 % | 2024 zu 2026 |
| Tage von der Meldung bis zum Schulbeginn, Sekundarstufe I (Median) | 58 | 23 | 1. Hj. 2025 zu 1. Hj. 2026 |
| Berechtigte Eltern auf Wartelisten wegen fehlender Betreuung | 64 | 49 | 01/2025 zu 06/2026 |

Zur Fehlstelle F-2024-03 sind nach der Feststellung ihrer Behebung zwei Belege hinzugekommen.[^1] Die Koordinierende
Stelle prüft, ob die Fehlstelle wieder zu öffnen ist. Frau Fricke ergänzt, dass der Pilot zur kursbegleitenden
Kinderbetreuung ohne kommunalen Zuschuss nicht fortgeführt werden kann.

Die Lenkungsgruppe nimmt den Bericht zur Kenntnis.

[^1]: Beide Belege betreffen Stellen oder Zeiten, die von der Ankommensmappe noch nicht erfasst waren.
"""
DEBATE = """\
Herr Brandes stellt den Entwurf der Projektgruppe vor. Im Median lagen in der Stichprobe 34 Tage zwischen der letzten
Leistung nach dem AsylbLG und der ersten Zahlung nach dem SGB II. Die Vereinbarung setzt drei Ziele:

1. Bis zum 30.09.2027 dauern mindestens 90 Prozent der Wechsel höchstens fünf Kalendertage.
2. Ab dem 01.04.2027 erhält jede Person im Wechsel am Tag der Antragstellung einen vorläufigen Nachweis ihrer
   Krankenversicherung.
3. Bis zum 30.06.2027 mahnt keine Kommune Nutzungsgebühren an, die in der Übergangszeit entstanden sind.

Von elf verpflichteten Organisationen haben sieben zugestimmt, davon eine mit Vorbehalt. In der Aussprache wird betont:

- Die Weiterzahlung bis zur Bewilligung muss rechtlich geklärt sein, bevor sie eingeführt wird (Stadt Hallenbeck).
- Der Übergabebogen bleibt bei der Person; weitergegeben wird nur mit Einwilligung (Caritasverband).
- Die Kasse kann vorläufige Bescheinigungen zunächst nur für eigene Versicherte ausstellen (Herr Lohmann).
"""
TOPICS = """\
Frau Albers stellt vier Themen anhand der Steckbriefe vor. Einzelfälle werden nicht besprochen.

### Rückfragen

Herr Haddad fragt, ob Sprachmittlung auch für Elternabende vorgesehen ist. Frau Albers verweist auf den
[Katalog der strukturellen Fehlstellen](https://kim.kreis-sonderau.example/fehlstellen); Schulen sind dort noch nicht
genannt. Frau Jansen weist darauf hin, dass 2027 nach Schätzung der Jugendämter **31 junge Menschen** volljährig werden.
"""
RANKING = VoteTable(
    caption="Punktabfrage: drei Punkte je Organisation, höchstens zwei je Thema",
    columns=("Rang", "Thema", "Punkte", "Organisationen dahinter"),
    rows=(
        ("1", "T-03  Bleiberecht sichern: von § 104c zu §§ 25a und 25b", "17", "11"),
        ("2", "T-04  Erwachsen werden zwischen Jugendhilfe und Jobcenter", "13", "9"),
        ("3", "T-05  Verständigung sichern – Sprachmittlung im Kreis", "10", "8"),
        ("4", "T-07  EU-Zugewanderte: Ansprüche klären, bevor die Krise kommt", "5", "4"),
    ),
    tally_line="15 von 15 anwesenden Organisationen haben abgestimmt; 45 von 45 Punkten vergeben, 0 ungültig.",
)
AGREEMENT_DECISION = DecisionBox(
    key="LG-09/2",
    text=(
        "Die Lenkungsgruppe stimmt der Zielvereinbarung ZV-2026-01 zu. Sie tritt für jede verpflichtete Organisation "
        "mit deren Zustimmung, frühestens am 01.01.2027, in Kraft.\n"
        "Die Koordinierende Stelle berichtet halbjährlich."
    ),
    result_line="mehrheitlich angenommen (13 Ja, 1 Nein, 1 Enthaltung)",
    tally_line=count(yes=13, no=1, abstained=1, present=15),
)
RANKING_DECISION = DecisionBox(
    key="LG-09/3",
    text=(
        "Die Themen werden 2027 in der Rangfolge der Punktabfrage bearbeitet: „Bleiberecht sichern“ (Rang 1), "
        "„Erwachsen werden zwischen Jugendhilfe und Jobcenter“ (Rang 2), „Verständigung sichern“ (Rang 3), "
        "„EU-Zugewanderte“ (Rang 4)."
    ),
    result_line="einstimmig angenommen (15 Ja)",
    tally_line=count(yes=15, no=0, abstained=0, present=15),
)
RECORDS = (
    ItemRecord("1", AGENDA[0].title, called_at="14:00 Uhr", reporter="Annegret Wieland", text=OPENING),
    ItemRecord(
        "2",
        AGENDA[1].title,
        called_at="14:08 Uhr",
        reporter="Annegret Wieland",
        text="Die Niederschrift wurde am 16.07.2026 versandt. Einwendungen sind nicht eingegangen.",
        decisions=(
            DecisionBox(
                key="LG-09/1",
                text="Die Niederschrift der 8. Sitzung wird genehmigt.",
                result_line="einstimmig bei 1 Enthaltung (13 Ja)",
                tally_line=count(yes=13, no=0, abstained=1, present=14),
            ),
        ),
    ),
    ItemRecord("3", AGENDA[2].title, called_at="14:12 Uhr", reporter="Svenja Albers", text=REPORT),
    ItemRecord(
        "4",
        AGENDA[3].title,
        paper="ZV-2026-01, Fassung 4",
        called_at="14:31 Uhr",
        reporter="Holger Brandes",
        text=DEBATE,
        motions=(
            Motion(
                "In Satz 2 werden nach „Zustimmung“ die Wörter „und nach dem Vermerk zu Maßnahme M1“ eingefügt.",
                "Bernd Kessler (Stadt Hallenbeck)",
                "mehrheitlich abgelehnt (4 Ja, 9 Nein, 2 Enthaltungen)",
            ),
        ),
        decisions=(AGREEMENT_DECISION,),
        statements=(
            Statement(
                "Bernd Kessler (Stadt Hallenbeck)",
                "Die Stadt Hallenbeck trägt das Ziel mit. Ihre Zusage hängt vom Ergebnis der rechtlichen Prüfung ab.",
            ),
        ),
        tasks=(Task("Ausstehende vier Zustimmungen einholen", "Koordinierende Stelle", "29.01.2027"),),
    ),
    ItemRecord("5", AGENDA[4].title, called_at="15:04 Uhr", reporter="Svenja Albers", text=TOPICS),
    ItemRecord(
        "6",
        AGENDA[5].title,
        paper="Themensteckbriefe T-03, T-04, T-05, T-07",
        called_at="15:30 Uhr",
        reporter="Annegret Wieland",
        text=(
            "Die Bewertung nach Kriterien lag bis zum 04.12.2026 von 14 Organisationen vor. Die Punktabfrage wird "
            "offen geführt."
        ),
        ranking=RANKING,
        decisions=(RANKING_DECISION,),
    ),
    ItemRecord(
        "7",
        AGENDA[6].title,
        called_at="15:52 Uhr",
        reporter="Svenja Albers",
        recusals=("Grace Okafor (Diakonie Sonderau) hat an Beratung und Abstimmung nicht mitgewirkt.",),
        text="Die Ausländerbehörde des Kreises bietet die Leitung an. Der Auftrag folgt dem Muster der 8. Sitzung.",
        decisions=(
            DecisionBox(
                key="LG-09/4",
                text=(
                    "Zum Thema „Bleiberecht sichern“ wird eine Projektgruppe unter Leitung der Ausländerbehörde des "
                    "Kreises eingesetzt. Die beteiligten Häuser melden ihre Mitglieder bis zum 08.01.2027."
                ),
                result_line="einstimmig bei 1 Enthaltung (13 Ja); 1 Mitglied hat wegen Befangenheit nicht mitgewirkt",
                tally_line=count(yes=13, no=0, abstained=1, present=15, recused=1),
            ),
        ),
        tasks=(Task("Mitglieder der Projektgruppe melden", "alle beteiligten Häuser", "08.01.2027"),),
    ),
    ItemRecord(
        "8",
        AGENDA[7].title,
        called_at="16:05 Uhr",
        reporter="Murat Özer",
        text=(
            "Eine Antwort des Ministeriums auf das Schreiben vom 20.10.2026 liegt nicht vor. Die Lenkungsgruppe nimmt "
            "den Sachstand zur Kenntnis und bittet um Wiedervorlage nach Eingang der Antwort."
        ),
    ),
    ItemRecord(
        "9",
        AGENDA[8].title,
        called_at="16:12 Uhr",
        reporter="Deniz Kaya-Brandt",
        text="Die Wiedervorlage von F-2026-10 zum 31.03.2027 bleibt bestehen.",
    ),
    ItemRecord(
        "10",
        AGENDA[9].title,
        called_at="16:18 Uhr",
        reporter="Annegret Wieland",
        text="Herr Roth lädt zum Fachtag „Ankommen in Schule“ am 11.02.2027 ein. Weitere Wortmeldungen gibt es nicht.",
    ),
)


def steering_minutes(status: MinutesStatus = MinutesStatus.DRAFT) -> MinutesDocument:
    """The minutes of the ninth meeting: sixteen voting seats, ten items, a ranking and four decisions."""
    return MinutesDocument(
        county="Kreis Sonderau",
        programme="Kommunales Integrationsmanagement",
        body="Lenkungsgruppe KIM",
        number="LG-09",
        title="9. Sitzung der Lenkungsgruppe KIM",
        date="Donnerstag, 10. Dezember 2026",
        status=status,
        classification="Nicht öffentlich",
        version="1",
        facts=Facts(
            place="Kreishaus Sonderau, Raum 2.01; Zuschaltung möglich",
            begin="14:00 Uhr",
            end="16:25 Uhr",
            chair="Annegret Wieland, Kreisverwaltung Sonderau",
            minute_taker="Deniz Kaya-Brandt, Koordinierende Stelle KIM",
            invited_on="24.11.2026",
            notice="Frist von 14 Tagen gewahrt",
            quorum="Beschlussfähig: 14 von 16 stimmberechtigten Organisationen bei Eröffnung anwesend, 8 erforderlich.",
            breaks="15:20 bis 15:30 Uhr",
        ),
        attendance=(
            AttendanceGroup("Stimmberechtigte Mitglieder (15 von 16 Organisationen)", VOTING),
            AttendanceGroup("Beratende Mitglieder", ADVISORY),
            AttendanceGroup("Geschäftsstelle und Gäste", OFFICE_AND_GUESTS),
        ),
        excused=EXCUSED,
        agenda=AGENDA,
        records=RECORDS,
        tasks=(
            Task("Ausstehende vier Zustimmungen einholen", "Koordinierende Stelle", "29.01.2027", "LG-09/2"),
            Task("Vermerk zur Weiterzahlung (Maßnahme M1) vorlegen", "Kreisverwaltung", "31.01.2027", "LG-09/2"),
            Task("Mitglieder der Projektgruppe melden", "alle beteiligten Häuser", "08.01.2027", "LG-09/4"),
        ),
        next_meeting="10. Sitzung am Donnerstag, 24. Juni 2027, 14:00 Uhr, Kreishaus Sonderau, Raum 2.01.",
        closed_at="16:25 Uhr",
        signatures=(Signature("Vorsitz", "Annegret Wieland"), Signature("Schriftführung", "Deniz Kaya-Brandt")),
        distribution=(
            "Mitglieder der Lenkungsgruppe und ihre Vertretungen",
            "Beratende Mitglieder",
            "Landrat des Kreises Sonderau",
        ),
        annexes=(
            "Zielvereinbarung ZV-2026-01, Fassung 4 vom 18.11.2026",
            "Themensteckbriefe T-03, T-04, T-05 und T-07",
            "Auswertung der Kriterien, Stand 04.12.2026",
        ),
    )


def long_minutes(items: int) -> MinutesDocument:
    """Minutes with so many items, each with a text, a ranking and a decision."""
    records = tuple(
        ItemRecord(
            str(place), f"Gegenstand Nummer {place}", text=DEBATE, ranking=RANKING, decisions=(AGREEMENT_DECISION,)
        )
        for place in range(1, items + 1)
    )
    agenda = tuple(AgendaItem(record.number, record.title, "Beschluss") for record in records)
    return replace(steering_minutes(), agenda=agenda, records=records)
