"""What can be said about an import without reading it: kinds of files, titles, days, columns and fields. Pure."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

PAPERS = frozenset({"docx", "odt", "pdf", "md", "txt"})
"""One file is one text."""

TABLES = frozenset({"xlsx", "csv", "jsonl"})
"""Each row is one text."""

SUFFIXES = PAPERS | TABLES
MACROS = frozenset({"docm", "dotm", "xlsm", "xltm", "pptm"})
OLD_OFFICE = frozenset({"doc", "xls", "ppt", "rtf"})
LARGEST_UPLOAD = 15 * 1024 * 1024
MOST_FILES = 20
LONGEST_TITLE = 200

FIELDS: Mapping[str, tuple[str, ...]] = {
    "document": ("key", "title", "text", "dated", "paper"),
    "solution": ("key", "title", "text", "result", "transfer", "lesson", "effect", "kind", "begun", "ended"),
    "gap": ("key", "title", "text", "solvable_at", "severity", "frequency"),
}
"""Which fields a column may fill, by what the row becomes."""

_SPELLINGS: Mapping[str, tuple[str, ...]] = {
    "key": ("id", "key", "kennung", "nr", "nummer", "schlüssel"),
    "title": (
        "title",
        "titel",
        "bezeichnung",
        "überschrift",
        "name",
        "thema",
        "betreff",
        "kurztitel",
        "vorhaben",
        "projekt",
        "lösung",
        "fehlstelle",
    ),
    "text": ("text", "beschreibung", "inhalt", "description", "body", "zusammenfassung", "summary", "problem"),
    "dated": ("date", "datum", "dated", "vom", "sitzungsdatum", "tag"),
    "paper": ("paper", "art", "papierart", "dokumentart"),
    "result": ("result", "ergebnis", "wirkung in worten"),
    "transfer": ("transfer", "übertragbarkeit"),
    "lesson": ("lesson", "lessons", "lehre", "lehren", "erkenntnis", "gelernt"),
    "effect": ("effect", "wirkung", "wirksamkeit"),
    "kind": ("kind", "art", "lösungsart"),
    "begun": ("period_start", "beginn", "start", "von"),
    "ended": ("period_end", "ende", "bis"),
    "solvable_at": ("solvable_at", "ebene", "lösbar auf"),
    "severity": ("severity", "schwere", "tragweite"),
    "frequency": ("frequency", "häufigkeit"),
}

_MONTHS = (
    "januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober", "november",
    "dezember",
)  # fmt: skip
_ISO_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)-(\d\d)-(\d\d)(?!\d)")
_GERMAN_DAY = re.compile(r"(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?((?:19|20)\d\d)(?!\d)")
_WRITTEN_DAY = re.compile(rf"(?<!\d)(\d{{1,2}})\.\s+({'|'.join(_MONTHS)})\s+((?:19|20)\d\d)(?!\d)", re.IGNORECASE)

_PAPER_WORDS = (
    ("minutes", ("niederschrift", "protokoll", "sitzung")),
    ("topic_paper", ("themenblatt", "themenpapier", "themensteckbrief")),
    ("concept", ("konzept", "strategie", "rahmenplan")),
    ("report", ("bericht", "auswertung", "evaluation")),
    ("guideline", ("leitfaden", "handreichung", "merkblatt", "checkliste")),
)


def suffix_of(name: str) -> str:
    """The end of a file's name in small letters, "" if there is none; `.markdown` is `md`."""
    end = name.rpartition(".")[2].lower() if "." in name else ""
    return {"markdown": "md", "text": "txt", "ndjson": "jsonl"}.get(end, end)


def refusal(name: str) -> str | None:
    """Why a file of this name is not taken, as a code of `wording.PROBLEMS`; None if it may be read."""
    suffix = suffix_of(name)
    if suffix in MACROS:
        return "macros"
    if suffix in OLD_OFFICE:
        return "old_office"
    return None if suffix in SUFFIXES else "unknown_kind"


def day_in(text: str) -> date | None:
    """The first day that a text names: 2019-03-12, 12.03.2019 or 12. März 2019; None if none is a real day."""
    found = [(m.start(), int(m[1]), int(m[2]), int(m[3])) for m in _ISO_DAY.finditer(text)]
    found += [(m.start(), int(m[3]), int(m[2]), int(m[1])) for m in _GERMAN_DAY.finditer(text)]
    found += [(m.start(), int(m[3]), _MONTHS.index(m[2].lower()) + 1, int(m[1])) for m in _WRITTEN_DAY.finditer(text)]
    return next((day for _place, *parts in sorted(found) if (day := _day(*parts))), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def paper_of(words: str) -> str:
    """What kind of paper a title or a file's name speaks of."""
    low = words.lower()
    return next((kind for kind, parts in _PAPER_WORDS if any(part in low for part in parts)), "other")


def title_of_name(name: str) -> str:
    """A file's name as a title: without its end, underscores as spaces."""
    stem = name.rpartition("/")[2].rpartition("\\")[2]
    stem = stem.rpartition(".")[0] or stem
    return shortened(" ".join(stem.replace("_", " ").split()))


def shortened(title: str) -> str:
    """A title in one line of at most 200 characters."""
    line = " ".join(title.split())
    return line if len(line) <= LONGEST_TITLE else line[: LONGEST_TITLE - 1].rstrip() + "…"


def guess_mapping(columns: Sequence[str], target: str) -> dict[str, str]:
    """Field → column, by how columns are commonly called; each column fills one field."""
    free = {column.strip().lower(): column for column in reversed(columns)}
    found: dict[str, str] = {}
    for name in FIELDS[target]:
        spelling = next((each for each in _SPELLINGS[name] if each in free), None)
        if spelling is not None:
            found[name] = free.pop(spelling)
    return found


def fields_of(given: Mapping[str, str], mapping: Mapping[str, str]) -> dict[str, str]:
    """What a row says for each field. Without a column for the text, all that is left over is its text."""
    found = {name: given.get(column, "").strip() for name, column in mapping.items()}
    if "text" not in mapping:
        used = set(mapping.values())
        found["text"] = "\n".join(
            f"{column}: {value}" for column, value in given.items() if value and column not in used
        )
    if not found.get("title"):
        found["title"] = found.get("text", "").strip().partition("\n")[0]
    found["title"] = shortened(found["title"])
    return found


def is_address(key: str, *, with_slash: bool) -> bool:
    """Whether a key can stand in the address of a page: nothing invisible, no „..“ that leads elsewhere."""
    parts = re.split(r"[/\\]", key)
    return key.isprintable() and not ({".", ".."} & set(parts)) and (with_slash or len(parts) == 1)


def plain(text: str) -> str:
    """A title for comparing: small letters and digits only."""
    return "".join(each for each in text.casefold() if each.isalnum())


def month_in(text: str) -> str | None:
    """A month as YYYY-MM from 2024-03, 2024-03-01, 03/2024 or 3.2024; None if it is none."""
    found = re.fullmatch(r"((?:19|20)\d\d)-(\d\d)(?:-\d\d)?", text) or None
    if found:
        year, month = int(found[1]), int(found[2])
    else:
        turned = re.fullmatch(r"(?:\d{1,2}\.)?(\d{1,2})[./]((?:19|20)\d\d)", text)
        if turned is None:
            return None
        year, month = int(turned[2]), int(turned[1])
    return f"{year}-{month:02d}" if 1 <= month <= 12 else None
