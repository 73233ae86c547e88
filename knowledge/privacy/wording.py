"""What the kinds of hits are called, and what the check says about itself."""

from app.core.i18n import lazy
from knowledge.privacy.patterns import Kind

KIND_LABELS = {
    Kind.EMAIL: lazy("E-Mail-Adresse"),
    Kind.PHONE: lazy("Telefonnummer"),
    Kind.IBAN: lazy("Kontonummer"),
    Kind.DATE: lazy("Datum"),
    Kind.ADDRESS: lazy("Anschrift"),
    Kind.AZR: lazy("AZR-Nummer"),
    Kind.BENEFIT_UNIT: lazy("Nummer beim Jobcenter"),
    Kind.FILE_NUMBER: lazy("Aktenzeichen"),
    Kind.SOCIAL_INSURANCE: lazy("Versicherungsnummer"),
    Kind.TAX_ID: lazy("Steuernummer"),
    Kind.PLATE: lazy("Kfz-Kennzeichen"),
    Kind.LONG_NUMBER: lazy("lange Nummer"),
    Kind.NAME: lazy("Name"),
    Kind.PLACE: lazy("Ort oder Stelle"),
    Kind.ORIGIN: lazy("Herkunft"),
    Kind.AGE: lazy("genaues Alter"),
}
"""What a hit looks like; also the word in brackets that takes its place."""

HONEST = lazy(
    "Die Prüfung sucht nach Mustern. Sie findet nicht alles und ersetzt nicht, dass ein Mensch den Text liest: "
    "Anonym wird ein Text durch sie nicht."
)

RARE = lazy(
    "Diese Kombination trifft auf wenige Menschen zu: Ort, Gruppe und Haushalt zusammen können jemanden "
    "erkennen lassen. Machen Sie eine Angabe gröber oder lassen Sie sie weg."
)
"""The warning about a rare combination of structured fields."""
