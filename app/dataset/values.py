"""The kinds of values that data files may hold: texts, codes of the taxonomy, references, times, distinct lists.

A reference is checked against the keys that the same file gives (`Pools`, handed in as pydantic's context).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, Strict, ValidationInfo
from pydantic_core import PydanticCustomError

from app.core.i18n import _
from app.dataset.problems import Problem, quoted
from knowledge.taxonomy import lists

T = TypeVar("T")
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
LARGEST = 2_000_000_000

Pools = Mapping[str, frozenset[str]]


class Strictly(BaseModel):
    """A group of facts: no unknown key, no wrong type, no change."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


def refuse(reason: str) -> PydanticCustomError:
    """A refusal whose reason is already a German clause: „steht …“."""
    return PydanticCustomError("refused", "{reason}", {"reason": reason})


def refuse_reference(reason: str) -> PydanticCustomError:
    """A refusal of a reference; said only when nothing simpler is wrong, as that may be why the reference fails."""
    return PydanticCustomError("reference", "{reason}", {"reason": reason})


def _clean(text: str) -> str:
    if not text.strip():
        raise refuse(_("steht ein leerer Text"))
    if CONTROLS.search(text):
        raise refuse(_("steht ein Zeichen, das in Texten nicht erlaubt ist"))
    return text


def _distinct(values: list[T]) -> list[T]:
    for index, value in enumerate(values):
        if value in values[:index]:
            raise refuse(_("steht %(value)s doppelt", value=quoted(value)))
    return values


def _month(text: str) -> str:
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text):
        raise refuse(_("steht %(value)s, erwartet wird ein Monat wie 2026-02", value=quoted(text)))
    return text


def _clock(text: str) -> str:
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text):
        raise refuse(_("steht %(value)s, erwartet wird eine Uhrzeit wie 14:00", value=quoted(text)))
    return text


def _key(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", text):
        raise refuse(_("steht %(value)s, erwartet wird ein Schlüssel ohne Leerzeichen und Umlaute", value=quoted(text)))
    return text


def _email(text: str) -> str:
    if not re.fullmatch(r"[^@\s]{1,64}@[^@\s]+\.[^@\s.]+", text) or len(text) > 254:
        raise refuse(_("steht %(value)s, erwartet wird eine E-Mail-Adresse", value=quoted(text)))
    return text


@dataclass(frozen=True)
class _Known:
    """The value is a key of a shipped list."""

    list_name: str

    def __call__(self, key: str) -> str:
        if key not in lists.keys(self.list_name):
            raise refuse(
                _("steht %(key)s, das in der Liste %(list)s nicht vorkommt", key=quoted(key), list=self.list_name)
            )
        return key


@dataclass(frozen=True)
class _Given:
    """The value is a key that the same file gives in this section."""

    section: str

    def __call__(self, key: str, info: ValidationInfo) -> str:
        pools: Pools = info.context or {}
        if key not in pools.get(self.section, frozenset()):
            raise refuse_reference(
                _(
                    "steht der Verweis %(key)s, den es unter %(section)s nicht gibt",
                    key=quoted(key),
                    section=self.section,
                )
            )
        return key


def code(list_name: str) -> AfterValidator:
    """Marks a text as a code of this list."""
    return AfterValidator(_Known(list_name))


def given(section: str) -> AfterValidator:
    """Marks a text as the key of something in this section of the file."""
    return AfterValidator(_Given(section))


Text = Annotated[str, AfterValidator(_clean)]
Key = Annotated[str, AfterValidator(_key)]
Term = Annotated[str, AfterValidator(_clean), Field(max_length=64)]
ShortKey = Annotated[str, AfterValidator(_key), Field(max_length=16)]
Month = Annotated[str, AfterValidator(_month)]
Clock = Annotated[str, AfterValidator(_clock)]
Email = Annotated[str, AfterValidator(_email)]
Count = Annotated[int, Field(ge=0, le=LARGEST)]
Scale = Annotated[int, Field(ge=1, le=4)]
Figure = Annotated[float, Field(ge=-1e15, le=1e15)]
Distinct = Annotated[list[T], AfterValidator(_distinct)]
Lax = Strict(False)
"""For enumerations: their value may be given as the text it is in YAML."""

LifeDomain = Annotated[str, code("life_domains")]
LegalDomain = Annotated[str, code("legal_domains")]
AgencyType = Annotated[str, code("agency_types")]
TransitionCode = Annotated[str, code("transitions")]
AffectedGroup = Annotated[str, code("affected_groups")]
GapKind = Annotated[str, code("gap_kinds")]
SolutionKind = Annotated[str, code("solution_kinds")]
Criterion = Annotated[str, code("priority_criteria")]

OrganisationKey = Annotated[str, given("organisations")]
PersonKey = Annotated[str, given("people")]
MunicipalityKey = Annotated[str, given("municipalities")]
BodyKey = Annotated[str, given("bodies")]
WorkshopKey = Annotated[str, given("workshops")]
CaseKey = Annotated[str, given("cases")]
GapKey = Annotated[str, given("gaps")]
CategoryKey = Annotated[str, given("codebook")]
TopicKey = Annotated[str, given("topics")]
SolutionKey = Annotated[str, given("past_solutions")]
DecisionKey = Annotated[str, given("decisions")]
MeetingKey = Annotated[str, given("meetings")]
AgreementKey = Annotated[str, given("agreements")]

SECTIONS = (
    "municipalities",
    "organisations",
    "people",
    "bodies",
    "workshops",
    "cases",
    "gaps",
    "topics",
    "past_solutions",
    "decisions",
    "codebook",
)


def pools_of(raw: Mapping[str, Any]) -> Pools:
    """The keys that a file gives, by section; meetings are named by the agenda and by decisions."""
    pools = {section: frozenset(_keys(raw.get(section), "key")) for section in SECTIONS}
    pools["meetings"] = frozenset(_keys([raw.get("agenda")], "key")) | frozenset(_keys(raw.get("decisions"), "meeting"))
    pools["agreements"] = frozenset(_keys([raw.get("agreement")], "key"))
    return pools


def said_twice(raw: Mapping[str, Any], sections: Sequence[str] = SECTIONS) -> Iterator[Problem]:
    """Keys that an earlier entry of the same section already has. Said first: it breaks references elsewhere."""
    for section in sections:
        seen: set[str] = set()
        for index, key in _places(raw.get(section)):
            if key in seen:
                yield Problem(
                    f"{section}[{index}].key", _("steht der Schlüssel %(key)s zum zweiten Mal", key=quoted(key))
                )
            seen.add(key)


def _places(entries: Any) -> Iterator[tuple[int, str]]:
    for index, row in enumerate(entries if isinstance(entries, list) else []):
        if isinstance(row, dict) and isinstance(row.get("key"), str):
            yield index, row["key"]


def _keys(entries: Any, name: str) -> list[str]:
    rows = entries if isinstance(entries, list) else []
    return [row[name] for row in rows if isinstance(row, dict) and isinstance(row.get(name), str)]
