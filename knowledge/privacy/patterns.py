"""The patterns of structured identifiers, with their check digits. Pure.

Order matters: the more specific pattern stands first and keeps the passage. A number with a wrong check digit is
still reported where a word in front of it says what it is meant to be: a mistyped number can point at a person too.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

MONTHS = "Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
_IBAN_LENGTHS = {
    "DE": 22, "AT": 20, "CH": 21, "NL": 18, "BE": 16, "LU": 20, "FR": 27, "PL": 28, "IT": 27, "ES": 24,
    "RO": 24, "BG": 22, "GR": 27, "HR": 21, "CZ": 24, "TR": 26, "UA": 29, "LT": 20, "LV": 21, "GB": 22,
}  # fmt: skip
_IBAN_START = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?=[ ]?[A-Za-z0-9])")
_NO_PLACE = (
    "Euro|EUR|Einwohner|Menschen|Personen|Fälle|Fällen|Kinder|Kindern|Haushalte|Haushalten|Stück|Mal|Jahre|Stunden"
    "|Tage|Anträge|Plätze|Bescheide|Zugewanderte|Geflüchtete|Ausländer"
)
_NO_STREET = "Arbeits|Kita|Kinder|Schul|Studien|Listen|Betreuungs|Kurs|Ausbildungs|Rechts|Dienst|Um|Aus|Praktikums|Bolz"
_STREET = (
    r"(?:straße|strasse|str\.|weg|gasse|allee|platz|ring|damm|ufer|stieg|pfad|chaussee|promenade|kamp|wall|graben)"
)
_FILE_WORDS = (
    r"Az\.?|Akt(?:en)?z(?:eichen)?\.?|Gesch\.?-?Z(?:eichen)?\.?|Geschäftszeichen|Fall-?(?:nummer|Nr\.?)"
    r"|Vorgangs-?(?:nummer|Nr\.?)"
    r"|Aktennummer|Akten-Nr\.?|Kunden-?(?:nummer|Nr\.?)|(?:Reise)?pass-?(?:nummer|Nr\.?)|Ausweis-?(?:nummer|Nr\.?)"
    r"|Versicherten-?(?:nummer|Nr\.?)|Kindergeld-?(?:nummer|Nr\.?)|Mitglieds-?(?:nummer|Nr\.?)"
    r"|Personal-?(?:nummer|Nr\.?)|(?:Sozial)?versicherungs-?(?:nummer|Nr\.?)"
)
_NO_PLATE = frozenset({"EU", "KIM", "DIN", "EN", "ISO", "AG", "UN", "SGB", "DP", "BG", "US", "VO", "AZ"})


class Kind(StrEnum):
    """What a hit looks like."""

    EMAIL = "email"
    PHONE = "phone"
    IBAN = "iban"
    DATE = "date"
    ADDRESS = "address"
    AZR = "azr"
    BENEFIT_UNIT = "benefit_unit"
    FILE_NUMBER = "file_number"
    SOCIAL_INSURANCE = "social_insurance"
    TAX_ID = "tax_id"
    PLATE = "plate"
    LONG_NUMBER = "long_number"
    NAME = "name"
    PLACE = "place"
    ORIGIN = "origin"
    AGE = "age"


@dataclass(frozen=True)
class Pattern:
    """An expression for a kind of identifier; `accepts` looks closer at a match, `group` is what is marked."""

    kind: Kind
    expression: re.Pattern[str]
    accepts: Callable[[re.Match[str]], bool] = lambda _match: True
    group: int = 0


def iban_is_valid(iban: str) -> bool:
    """ISO 13616: letters become numbers, the first four characters go to the end, the rest by 97 is 1."""
    compact = iban.replace(" ", "").upper()
    if len(compact) != _IBAN_LENGTHS.get(compact[:2], -1) or not (compact.isascii() and compact.isalnum()):
        return False
    return int("".join(str(int(letter, 36)) for letter in compact[4:] + compact[:4])) % 97 == 1


def ibans(text: str) -> Iterator[tuple[int, int]]:
    """Where IBANs with a right checksum stand, written with or without blanks."""
    for match in _IBAN_START.finditer(text):
        length = _IBAN_LENGTHS.get(match.group()[:2].upper())
        end = _end_of(text, match.start(), length) if length else None
        if end and iban_is_valid(text[match.start() : end]):
            yield match.start(), end


def _end_of(text: str, start: int, letters: int) -> int | None:
    """Where `letters` letters and digits, blanks between them, end."""
    for place in range(start, min(len(text), start + letters * 2)):
        if text[place].isalnum():
            letters -= 1
            if letters == 0:
                return place + 1
        elif text[place] != " ":
            return None
    return None


def tax_id_is_valid(number: str) -> bool:
    """§ 139b AO, ISO 7064 MOD 11,10 over eleven digits, the first of them not 0."""
    digits = [int(letter) for letter in number if letter.isdigit()]
    if len(digits) != 11 or digits[0] == 0 or not _repeats_like_a_tax_id(digits[:10]):
        return False
    product = 10
    for digit in digits[:10]:
        total = (digit + product) % 10 or 10
        product = total * 2 % 11
    return (11 - product) % 10 == digits[10]


def _repeats_like_a_tax_id(first_ten: list[int]) -> bool:
    """Among the first ten digits one stands two or three times and no other more than once."""
    repeated = [first_ten.count(digit) for digit in set(first_ten) if first_ten.count(digit) > 1]
    return repeated in ([2], [3])


def _is_day(match: re.Match[str]) -> bool:
    return 1 <= int(match["day"]) <= 31 and 1 <= int(match["month"]) <= 12


def _is_tax_id(match: re.Match[str]) -> bool:
    return tax_id_is_valid(match.group())


def _has_birthday_inside(match: re.Match[str]) -> bool:
    """§ 2 VKVV: area, then day, month and year of birth; people without a known day get more than 31."""
    digits = re.sub(r"\D", "", match.group())
    return int(digits[2:4]) <= 99 and 0 <= int(digits[4:6]) <= 12


def _is_plate(match: re.Match[str]) -> bool:
    return match["area"] not in _NO_PLATE


def _is_phone(match: re.Match[str]) -> bool:
    return 7 <= sum(letter.isdigit() for letter in match.group()) <= 15


def _pattern(kind: Kind, expression: str, accepts: Callable[[re.Match[str]], bool] = lambda _match: True) -> Pattern:
    return Pattern(kind, re.compile(expression), accepts)


PATTERNS: tuple[Pattern, ...] = (
    _pattern(
        Kind.EMAIL,
        r"(?i)(?<!\w)[\w.+-]{1,64} ?(?:@|\(at\)|\[at\]) ?[\w-]{1,63}(?: ?(?:\.|\(dot\)|\(punkt\)) ?[\w-]{2,63}){1,5}",
    ),
    _pattern(Kind.EMAIL, r"(?<![\w.])@[A-Za-z_][\w.]{2,40}"),
    _pattern(Kind.BENEFIT_UNIT, r"(?<!\w)\d{5} ?(?:BG|//) ?\d{7}(?!\d)"),
    _pattern(
        Kind.BENEFIT_UNIT,
        r"(?i)\b(?:BG|Bedarfsgemeinschaft)s?[- ]?(?:Nr\.?|Nummer|nummer)?:? ?\d[\d/ ]{3,30}\d(?!\w)",
    ),
    _pattern(Kind.BENEFIT_UNIT, r"(?<!\w)\d{3}[A-Z]\d{6}(?!\w)"),
    _pattern(Kind.AZR, r"(?i)\bAZR[- ]?(?:Nr\.?|Nummer|Zahl)?:? ?(?:lautet |ist )?\d[\d ]{6,30}\d(?!\w)"),
    _pattern(Kind.SOCIAL_INSURANCE, r"(?<!\w)\d{2} ?\d{6} ?[A-Z] ?\d{3}(?!\w)", _has_birthday_inside),
    _pattern(Kind.SOCIAL_INSURANCE, r"(?<!\w)[A-Z]\d{9}(?!\w)"),
    _pattern(Kind.TAX_ID, r"(?<![\w/])[1-9]\d ?\d{3} ?\d{3} ?\d{3}(?!\w)", _is_tax_id),
    _pattern(
        Kind.TAX_ID, r"(?i)\b(?:Steuer-?ID|Steuer-?Ident\w*|IdNr\.?|Steuernummer):? ?(?:lautet |ist )?\d[\d /]{6,30}\d"
    ),
    _pattern(
        Kind.FILE_NUMBER,
        rf"\b(?i:{_FILE_WORDS}):? ?(?:lautet |ist )?"
        r"(?=[\w./-]{0,40}\d)[A-Z0-9][\w./-]{0,40}\w(?: ?[/-] ?\d{1,8}){0,4}",
    ),
    _pattern(Kind.FILE_NUMBER, r"(?<!\w)(?:[A-Z] )?\d{1,3} [A-Z][A-Za-z]{0,2} \d{1,5}/\d{2}(?:\.[A-Z])?(?!\w)"),
    _pattern(Kind.DATE, r"(?<![\d.])(?P<day>\d{1,2})\. ?(?P<month>\d{1,2})\. ?(?:\d{4}|\d{2})(?!\d)", _is_day),
    _pattern(Kind.DATE, r"(?<!\d)(?:19|20)\d{2}-(?P<month>\d{2})-(?P<day>\d{2})(?!\d)", _is_day),
    _pattern(Kind.DATE, r"(?<!\d)(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?:19|20)\d{2}(?!\d)", _is_day),
    _pattern(Kind.DATE, rf"(?<!\d)\d{{1,2}}\. ?(?:{MONTHS})(?: (?:19|20)\d{{2}})?(?!\w)"),
    _pattern(
        Kind.DATE,
        r"(?<=[a-z] )(?<!Nr )(?P<day>\d{1,2})\. ?(?P<month>\d{1,2})\.(?! ?\d)",
        lambda match: (
            _is_day(match) and bool(re.search(r"\b(?:am|vom|zum|bis|ab|seit|dem|den) $", match.string[: match.start()]))
        ),
    ),
    _pattern(Kind.DATE, r"(?i)\b(?:geb\.?|geboren|Jahrgang|Geburtsjahr)(?: am| im Jahr| in)?:? (?:19|20)\d{2}(?!\d)"),
    _pattern(Kind.PLATE, r"(?<![\w-])(?P<area>[A-ZÄÖÜ]{1,3})-[A-Z]{1,2}[ -]?\d{1,4}[EH]?(?![\w-])", _is_plate),
    _pattern(Kind.PLATE, r"(?i:\bKennzeichen):? (?P<area>[A-ZÄÖÜ]{1,3}) [A-Z]{1,2} ?\d{1,4}[EH]?(?!\w)", _is_plate),
    _pattern(Kind.PHONE, r"(?<![\w/.,-])(?:\+|00)\d{1,3}[ /()-]{0,3}\d(?:[ /()-]{0,3}\d){5,12}(?!\w)", _is_phone),
    _pattern(Kind.PHONE, r"(?<![\w/.,-])\(?0\d{1,5}\)?[ /-]{0,3}\d(?:[ /-]{0,3}\d){3,10}(?![\w/])", _is_phone),
    _pattern(
        Kind.PHONE,
        r"\b(?i:Tel(?:efon)?(?:nummer|nr)?|Handy(?:nummer|nr)?|Mobil(?:nummer)?|Fax|Durchwahl|Rufnummer)[.:]{0,2}"
        r" ?(?:ist |lautet )?[\d(+][\d /()-]{2,30}\d(?!\w)",
    ),
    _pattern(
        Kind.ADDRESS,
        rf"\b(?!(?:{_NO_STREET})(?:platz|weg|ring)\b)[A-ZÄÖÜ][A-Za-zäöüßÄÖÜ-]{{2,40}}{_STREET}"
        r" ?\d{1,4} ?[a-h]?(?!\w)",
    ),
    _pattern(
        Kind.ADDRESS,
        r"\b(?:[A-ZÄÖÜ][a-zäöüß]{1,30}er? |[A-ZÄÖÜ][a-zäöüß]{1,30}[- ])"
        r"(?:Straße|Strasse|Str\.|Weg|Gasse|Allee|Platz|Ring|Damm) \d{1,4} ?[a-h]?(?!\w)",
    ),
    _pattern(
        Kind.ADDRESS,
        r"\b(?:Am|An der|An den|Im|In der|Auf dem|Auf der|Zum|Zur) [A-ZÄÖÜ][a-zäöüß]{2,30} \d{1,3} ?[a-h]?\b"
        r"(?=[,;.]| in | wohn)",
    ),
    _pattern(Kind.ADDRESS, rf"(?<![\w.,-])(?:D-)?(?!00)\d{{5}} (?!(?:{_NO_PLACE})\b)[A-ZÄÖÜ][a-zäöüß]{{2,30}}"),
    _pattern(Kind.LONG_NUMBER, r"(?<![\w.,/-])\d{9,}(?![\w,])"),
)
