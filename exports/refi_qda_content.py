"""What of codebook and codings goes into REFI-QDA files, as this reader may see it. People get pseudonyms."""

import hashlib
import hmac
import uuid
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from app.core.i18n import _
from app.core.permissions import Actor
from exports.refi_qda import Attached, Case, Code, Note, Project, Selection, Source, User
from knowledge.cases.access import FoundCase
from knowledge.coding.models import Category
from knowledge.coding.queries import CodingSheet, Mark, categories, sheet
from knowledge.coding.states import CategoryState, Colour
from knowledge.coding.wording import opening, target_words

COLOURS = {
    Colour.BLUE: "#1F5FBF",
    Colour.GREEN: "#1D7A3C",
    Colour.ORANGE: "#B04A00",
    Colour.PURPLE: "#7A3FB5",
    Colour.RED: "#B3203A",
    Colour.TEAL: "#00707A",
    Colour.YELLOW: "#7D6200",
    Colour.GREY: "#55606B",
}
Naming = Callable[[str, int], str]
"""Gives a thing of ours, by kind and id, a GUID that is the same in every file and tells nothing."""


@dataclass(frozen=True)
class Holding:
    """What a file holds, in numbers, for whoever confirms it."""

    cases: int
    texts: int
    codings: int
    memos: int
    people: int
    lost: int


def naming(secret: bytes, tenant_id: int) -> Naming:
    """GUIDs from a secret of this installation, so that nobody outside can guess who is behind one."""

    def name(kind: str, thing_id: int) -> str:
        digest = hmac.new(secret, f"refi-qda:{tenant_id}:{kind}:{thing_id}".encode(), hashlib.sha256).digest()
        return str(uuid.UUID(bytes=digest[:16], version=4))

    return name


def codebook(session: Session) -> list[Code]:
    """All categories in use or at rest, as a tree; merged ones live on in others. One statement."""
    return _tree([each for each in categories(session) if each.state != CategoryState.MERGED])


def sheets(session: Session, actor: Actor, cases: Iterable[FoundCase]) -> list[CodingSheet]:
    """The cases with the codings that this person may see now."""
    return [sheet(session, actor, found) for found in cases]


def holding(shown: Sequence[CodingSheet]) -> Holding:
    """What would go into the file."""
    marks = [mark for each in shown for mark in each.marks]
    return Holding(
        cases=len(shown),
        texts=sum(len(each.sources) for each in shown),
        codings=len(marks),
        memos=sum(bool(mark.row.coding.memo) for mark in marks),
        people=len({mark.row.coding.coder_id for mark in marks}),
        lost=sum(len(each.lost) for each in shown),
    )


def project(
    codes: Sequence[Code], shown: Sequence[CodingSheet], actor: Actor, names: Naming, at: datetime, fictional: bool
) -> Project:
    """The project: codebook, gaps and findings as codes, each case with its texts. Lost passages are left out."""
    marks = [mark for each in shown for mark in each.marks]
    people = {mark.row.coding.coder_id for mark in marks} | {actor.person_id}
    warning = _("Pseudonymisierte Falltexte. Vertraulich; nicht zur Weitergabe. Nach der Auswertung löschen.")
    lines = [warning, *([_("Erfundene Daten zur Vorführung.")] if fictional else [])]
    return Project(
        name=_("Textauswertung"),
        description="\n".join(lines),
        user_guid=names("person", actor.person_id),
        at=at,
        users=tuple(_users(people, names)),
        codes=(*codes, *_other_codes(marks, names)),
        cases=tuple(_case(each, names) for each in shown),
        sources=tuple(source for each in shown for source in _sources(each, names)),
        notes=tuple(_note(mark, names) for mark in marks if mark.row.coding.memo),
    )


def _tree(book: Sequence[Category]) -> list[Code]:
    ids = {each.id for each in book}

    def under(parent_id: int | None) -> tuple[Code, ...]:
        return tuple(_code(each, under(each.id)) for each in book if _parent(each, ids) == parent_id)

    return list(under(None))


def _parent(category: Category, ids: Collection[int | None]) -> int | None:
    return category.parent_id if category.parent_id in ids else None


def _code(category: Category, children: tuple[Code, ...]) -> Code:
    parts = [
        category.definition,
        _("Kodierregel: %(words)s", words=category.rule) if category.rule else "",
        _("Beispiel: %(words)s", words=category.example) if category.example else "",
    ]
    words = "\n\n".join(part for part in parts if part)
    return Code(category.guid, category.name, words, COLOURS[category.colour], True, children)


def _users(people: Collection[int], names: Naming) -> list[User]:
    """Person 1, 2, … in the order of their GUIDs, which says nothing about them."""
    guids = sorted(names("person", person_id) for person_id in people)
    return [User(guid, _("Person %(number)s", number=number)) for number, guid in enumerate(guids, 1)]


def _other_codes(marks: Sequence[Mark], names: Naming) -> list[Code]:
    """Gaps and findings that passages were attached to, each kind under a heading of its own."""
    found: dict[str, dict[str, Code]] = {"gap": {}, "finding": {}}
    for mark in marks:
        kind = mark.row.coding.target.partition(":")[0]
        if kind in found:
            guid = _code_guid(mark, names)
            more = mark.row.gap.title if mark.row.gap else mark.row.finding.text if mark.row.finding else ""
            found[kind][guid] = Code(guid, target_words(mark.row), more, COLOURS[Colour.GREY])
    headings = {"gap": _("Fehlstellen"), "finding": _("Befunde")}
    return [
        Code(names(f"{kind}-heading", 0), headings[kind], codable=False, children=tuple(codes.values()))
        for kind, codes in found.items()
        if codes
    ]


def _code_guid(mark: Mark, names: Naming) -> str:
    if mark.row.category is not None:
        return mark.row.category.guid
    coding = mark.row.coding
    return names("gap", coding.gap_id) if coding.gap_id else names("finding", coding.finding_id or 0)


def _case(shown: CodingSheet, names: Naming) -> Case:
    guids = tuple(_source_guid(shown, source.key, names) for source in shown.sources)
    return Case(names("case", shown.found.id), shown.found.case.title, guids)


def _source_guid(shown: CodingSheet, key: str, names: Naming) -> str:
    return names(f"text:{key}", shown.found.id)


def _sources(shown: CodingSheet, names: Naming) -> list[Source]:
    found = []
    for source in shown.sources:
        here = [mark for mark in shown.marks if mark.placed.source is source]
        name = f"{shown.found.case.title} – {source.title}"
        guid = _source_guid(shown, source.key, names)
        found.append(Source(guid, name, source.text, tuple(_selections(here, names))))
    return found


def _selections(marks: Sequence[Mark], names: Naming) -> list[Selection]:
    """One for each passage and person: what two people marked stands twice, each with its owner."""
    owned: dict[tuple[int, int], list[Mark]] = {}
    for mark in marks:
        owned.setdefault((mark.row.passage.id or 0, mark.row.coding.coder_id), []).append(mark)
    return [
        Selection(
            guid=names(f"selection:{passage_id}", person_id),
            name=opening(of_one[0].row.passage.quote),
            start=of_one[0].span.start,
            end=of_one[0].span.end,
            user_guid=names("person", person_id),
            at=of_one[0].row.coding.created_at,
            codings=tuple(_attached(mark, names) for mark in of_one),
            description="\n".join(mark.row.coding.memo for mark in of_one if mark.row.coding.memo),
        )
        for (passage_id, person_id), of_one in owned.items()
    ]


def _attached(mark: Mark, names: Naming) -> Attached:
    coding = mark.row.coding
    note = names("memo", coding.id or 0) if coding.memo else ""
    return Attached(coding.guid, _code_guid(mark, names), names("person", coding.coder_id), coding.created_at, note)


def _note(mark: Mark, names: Naming) -> Note:
    coding = mark.row.coding
    title = _("Memo zu: %(words)s", words=target_words(mark.row))
    return Note(
        names("memo", coding.id or 0), title, coding.memo or "", names("person", coding.coder_id), coding.changed_at
    )
