"""What narrows down, in the text of a case, who it is about, though it names nobody: towns, origins, years, exact ages.

Elsewhere these words are harmless (a gap may speak of Ukraine or of 2024), so only the texts of cases are looked at
(domain.md DP-3: time is relative, ages come in bands, countries are „EU-Staat“ or „Drittstaat“). Pure.
"""

import re
from collections.abc import Iterator

from knowledge.privacy.patterns import MONTHS, Kind
from knowledge.privacy.words import AMBIGUOUS_TOWNS, COUNTRIES, TOWNS, word_list

_WORD = re.compile(r"(?<![\w-])[A-ZÄÖÜ][a-zäöüß]+(?:-[A-ZÄÖÜ][a-zäöüß]+)*(?![\w-])")
_WHERE = re.compile(r"(?:\b(?:in|aus|nach|bei|um|Stadt|Kreis|Landkreis|Gemeinde|Richtung) )$")
_TIMES = (
    re.compile(rf"\b(?:{MONTHS}) (?:19|20)\d{{2}}(?!\d)"),
    re.compile(
        r"(?<![\d.,/§-])(?<!§ )(?<!Nr\. )(?:19[3-9]\d|20[0-4]\d)(?![\d/]|[.,]\d| ?(?:Euro|EUR|€|Menschen|Einwohner))"
    ),
)
_AGES = (
    re.compile(r"\b\d{1,2}[- ]?[Jj]ährige[rnms]?\b|\b\d{1,2}[- ]?jährig\b"),
    re.compile(r"\b\d{1,2} (?:Jahre|Monate) (?:alt|jung)\b"),
    re.compile(r"(?<=, )\d{1,2} Jahre(?=[,.)])"),
    re.compile(r"(?<=\()\d{1,2}(?: Jahre)?(?=\))"),
)


_STEMS = tuple(sorted(word_list("origin_stems.txt"), key=lambda stem: (-len(stem), stem)))
_ORIGIN = re.compile(
    rf"\b(?:(?i:{'|'.join(_STEMS)}))(?:(?:isch|es(?:isch)?|anisch|enisch|inisch|ianisch|nisch)(?:e[rnms]?)?"
    r"|(?:an|en|ian)?er(?:in(?:nen)?|n|s)?|e|en|in(?:nen)?|ur|iner(?:in(?:nen)?)?)\b"
)


def narrowing(text: str) -> Iterator[tuple[Kind, int, int]]:
    """What narrows down, with its kind and where it stands."""
    for match in _WORD.finditer(text):
        kind = _kind_of(match, text)
        if kind is not None:
            yield kind, *match.span()
    for match in _ORIGIN.finditer(text):
        yield Kind.ORIGIN, *match.span()
    for kind, expressions in ((Kind.DATE, _TIMES), (Kind.AGE, _AGES)):
        for expression in expressions:
            for match in expression.finditer(text):
                yield kind, *match.span()


def _kind_of(match: re.Match[str], text: str) -> Kind | None:
    word = match.group()
    bare = word[:-1] if word.endswith("s") else word
    if word in COUNTRIES or bare in COUNTRIES:
        return Kind.ORIGIN
    if word in TOWNS or bare in TOWNS or word.removesuffix("er") in TOWNS:
        return Kind.PLACE
    if word in AMBIGUOUS_TOWNS and _WHERE.search(text, max(0, match.start() - 12), match.start()):
        return Kind.PLACE
    return None
