"""German sentences with and without hints at people, made from templates: what the privacy check should mark.

Everything is invented. `[[kind:text]]` is what should be marked. The same call gives the same sentences. Rules and
sentences have one author, so the figures flatter; names are drawn from lists that the check does not read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_MARK = re.compile(r"\[\[(\w+):(.*?)\]\]")
_HERE = Path(__file__).parent


def _lines(name: str) -> list[str]:
    lines = (_HERE / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _people() -> dict[str, tuple[list[str], list[str]]]:
    found = {}
    for line in _lines("privacy_names.txt"):
        origin, names = line.split(": ")
        firsts, lasts = (part.strip().split(", ") for part in names.split("|"))
        found[origin] = (firsts, lasts)
    return found


NAMES = _people()


@dataclass(frozen=True)
class Item:
    """A passage that should be marked: its kind, where it stands, and the class under which it is counted."""

    kind: str
    start: int
    end: int
    group: str


@dataclass(frozen=True)
class Sentence:
    """A sentence and what should be marked in it; `in_case` if it stands in the text of a case."""

    text: str
    items: tuple[Item, ...]
    in_case: bool = False


def marked(line: str, group: str, *, in_case: bool = False) -> Sentence:
    """The sentence of a marked line."""
    text, items, place = "", [], 0
    for match in _MARK.finditer(line):
        text += line[place : match.start()]
        items.append(Item(match[1], len(text), len(text) + len(match[2]), group))
        text += match[2]
        place = match.end()
    return Sentence(text + line[place:], tuple(items), in_case)


BARE = (
    "Gestern hat [[name:{f}]] zum ersten Mal allein beim Jobcenter angerufen.",
    "Der Antrag von [[name:{f} {l}]] lag drei Wochen im falschen Fach.",
    "Ohne [[name:{f}]] hätte die Familie den Termin nicht verstanden.",
    "[[name:{f}]] wartet seit März auf einen Sprachkurs.",
    "Danach ging [[name:{f}]] mit den Kindern zur Beratungsstelle.",
    "Die Beraterin [[name:{f} {l}]] schrieb eine zweite Mail.",
    "Später übernahm [[name:{l}]] den Fall und legte eine neue Akte an.",
    "Weil [[name:{l}]] krank war, fiel der Termin aus.",
    "[[name:{f} {l}]] lebt mit zwei Kindern in einer Unterkunft.",
    "Ihr Sohn [[name:{f}]] besucht die zweite Klasse.",
    "Der Nachbar [[name:{l}]] half beim Ausfüllen der Formulare.",
    "Das Kind heißt [[name:{f}]] und wartet auf einen Kitaplatz.",
    "Mit [[name:{f}]] und [[name:{f2}]] kamen auch die Großeltern.",
    "Auf dem Zettel stand nur: [[name:{l}]], Zimmer 12.",
    "Die Klassenlehrerin rief [[name:{f}]] an, aber niemand nahm ab.",
    "Laut [[name:{l}]] fehlte die Unterschrift des Vaters.",
    "Erst nach einem Jahr bekam [[name:{f} {l}]] die Fiktionsbescheinigung.",
    "Ob [[name:{f}]] arbeiten darf, wusste die Ausländerbehörde nicht.",
)
TITLED = (
    "[[name:Frau {l}]] wartet seit acht Wochen auf den Bescheid.",
    "Der Termin bei [[name:Herrn {f} {l}]] wurde dreimal verschoben.",
    "[[name:Familie {l}]] soll die Unterkunft bis Monatsende räumen.",
    "Die Kinderärztin [[name:Dr. {l}]] stellte das Attest aus.",
)
STRUCTURED = {
    "email": (
        ["m.beispiel@post-beispiel.de", "a_kern77@mail.example", "info+anna@beispiel.org", "k.l (at) beispiel.de"],
        ["Bitte an {} schreiben.", "Die Antwort kam von {} zurück.", "Als Kontakt steht nur {} im Antrag."],
    ),
    "phone": (
        ["0171 / 234 56 78", "+49 5241 123456", "05241/85-1234", "0049 171 2345678", "+380 67 123 45 67"],
        [
            "Sie ist unter {} zu erreichen.",
            "Der Rückruf an {} blieb ohne Antwort.",
            "Auf dem Zettel steht {} mit Bleistift.",
        ],
    ),
    "iban": (
        ["DE89 3704 0044 0532 0130 00", "DE02120300000000202051", "NL91 ABNA 0417 1643 00", "AT61 1904 3002 3457 3201"],
        ["Das Geld ging auf {} ein.", "Auf dem Bescheid steht {} als Konto.", "Die Kaution liegt auf {} fest."],
    ),
    "date": (
        ["12.03.2024", "3. Mai 2022", "01.07.15", "2026-11-30", "24. Dezember"],
        [
            "Der Bescheid trägt das Datum {} und kam zu spät.",
            "Am {} endete die Duldung.",
            "Vorgesprochen hat sie am {} zum ersten Mal.",
        ],
    ),
    "address": (
        ["Birkenweg 12", "Lange Straße 5a", "33330 Gütersloh", "Berliner Platz 4", "Rosenstr. 17"],
        [
            "Gemeldet ist die Familie unter {} seit dem Umzug.",
            "Die Post an {} kam zurück.",
            "Das Zimmer in {} war feucht.",
        ],
    ),
    "azr": (
        ["AZR-Nummer 123456789012", "AZR-Nr. 031 245 667 890", "AZR 987654321098"],
        ["Mit der {} fand niemand etwas.", "In der Akte steht {} falsch.", "Ohne {} ging nichts weiter."],
    ),
    "benefit_unit": (
        ["35502//0012345", "35502BG0012345", "BG-Nummer 12345/678", "123A456789"],
        ["Unter {} läuft noch ein alter Fall.", "Auf jedem Blatt steht {} oben rechts.", "Bitte {} angeben."],
    ),
    "file_number": (
        ["Aktenzeichen 50.2-12/2024", "Az. 33.1-4711/23", "Passnummer FA1234567", "Geschäftszeichen 7-AUF-2201"],
        ["Bitte {} nennen.", "Der Brief mit {} fehlte.", "Unter {} war nichts zu finden."],
    ),
    "social_insurance": (
        ["65 120387 M 013", "12 010190 K 507", "A123456780"],
        ["Die Krankenkasse fragte nach {} und wartete.", "Ohne {} kein Vertrag.", "Sie legte {} vor."],
    ),
    "tax_id": (
        ["86 095 742 719", "86095742719", "Steuer-ID 12 345 678 901"],
        [
            "Der Arbeitgeber brauchte {} sofort.",
            "Im Schreiben stand {} ohne Erklärung.",
            "Das Finanzamt vergab {} neu.",
        ],
    ),
    "plate": (
        ["GT-AB 123", "HSK-X 77", "BI-KL 4711"],
        ["Das Auto mit {} stand vor der Unterkunft.", "Vor dem Haus parkte {} jeden Tag."],
    ),
}
NARROWING = (
    "Sie kam über [[origin:Italien]] nach Deutschland.",
    "Der [[age:34-jährige]] Vater arbeitet nachts.",
    "Die Familie zog von [[place:Detmold]] in den Kreis.",
    "Im [[date:Mai 2024]] brach der Kontakt ab.",
    "Der Onkel ist [[origin:Afghane]] und hilft beim Übersetzen.",
    "Die [[origin:ukrainische]] Großmutter pflegt den Enkel.",
    "Seit [[date:2019]] lebt sie in der Gemeinde.",
    "Die Tochter ist [[age:16 Jahre alt]] und geht nicht zur Schule.",
    "Das Paar hat in [[place:Essen]] studiert.",
    "Die Urkunden liegen noch in [[origin:Syrien]] bei Verwandten.",
    "Die Ausbildung begann er in [[place:Gütersloh]] und brach sie ab.",
    "Sein [[age:12-jähriger]] Bruder dolmetscht für alle.",
    "Ihr Abschluss aus [[origin:Nigeria]] wurde nicht anerkannt.",
    "Im [[date:September 2023]] kam das dritte Kind.",
    "Als [[origin:Rumänin]] bekam sie zuerst keine Beratung.",
    "Er spricht [[origin:Kurdisch]] und etwas Deutsch.",
)


HARD = (
    "[[name:Sommer]] kam nicht zum Termin.",
    "Gestern rief [[name:Wolf]] noch einmal an.",
    "Mit [[name:König]] war das anders besprochen.",
    "Die Akte lag bei [[name:Vogel]] im Zimmer.",
    "Danach half [[name:Koch]] beim Antrag.",
    "Das weiß nur [[name:Blum]] im Bürgerbüro.",
    "gestern war [[name:amina]] wieder beim amt und keiner da",
    "hab [[name:kowalenko]] angerufen wegen dem bescheid",
    "Die Klientin [[name:A. M.]] bat um Rückruf.",
    "Ihr Kürzel [[name:S. K.]] steht am Rand.",
    "[[name:YILDIRIM]] wartet seit Mai.",
    "Das Blatt trägt den Vermerk [[name:KOWALENKO]] in Rot.",
)
"""What the check is known to be weak at: names that are words, lower case, initials, capitals."""


def people(group: str, templates: tuple[str, ...]) -> Iterator[Sentence]:
    """Each template with names of each origin, counted by origin."""
    for place, (origin, (firsts, lasts)) in enumerate(NAMES.items()):
        for number, template in enumerate([*templates, *templates]):
            first, other = firsts[(number + place) % len(firsts)], firsts[(number + place + 3) % len(firsts)]
            last = lasts[(number * 3 + place) % len(lasts)]
            yield marked(template.format(f=first, f2=other, l=last), f"{group}: {origin}")


def identifiers() -> Iterator[Sentence]:
    """Each structured identifier in each of its sentences."""
    for kind, (values, frames) in STRUCTURED.items():
        for value in values:
            for frame in frames:
                yield marked(frame.format(f"[[{kind}:{value}]]"), f"Kennung: {kind}")


def narrowing() -> Iterator[Sentence]:
    """What narrows a case down."""
    for line in NARROWING:
        yield marked(line, "Eingrenzung im Fall", in_case=True)


def hard() -> Iterator[Sentence]:
    """What the check is known to be weak at."""
    for line in HARD:
        yield marked(line, "Bekannte Schwächen")


def harmless() -> Iterator[Sentence]:
    """Sentences in which nothing should be marked."""
    for line in _lines("privacy_harmless.txt"):
        yield Sentence(line, ())


def sample() -> list[Sentence]:
    """All sentences."""
    parts = (
        people("Name allein", BARE),
        people("Name nach Anrede", TITLED),
        identifiers(),
        narrowing(),
        hard(),
        harmless(),
    )
    return [sentence for part in parts for sentence in part]
