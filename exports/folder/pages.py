"""The pages of a folder that are ours: from the plan, and from what came of its attachments, to the values that the
template reads, to bookmarks, and to the order in which attachments are put between the pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from app.core.i18n import _, language, ngettext
from exports.docx.letterhead import HOUSE, Letterhead
from exports.docx.wording import ENGLISH, GERMAN
from exports.folder.binder import Cleaned
from exports.folder.gathering import as_of_words
from exports.folder.plan import Enclosure, FolderItem, FolderPaper, FolderPlan
from exports.folder.wording import left_out_words
from exports.pdf.glyphs import showable
from exports.pdf.head import head_values
from exports.pdf.markdown import blocks
from exports.pdf.typesetting import typeset

TEMPLATE = "folder.typ"
TEXT_LEVEL = 3
COVER = "cover"
GONE = Cleaned(problem="missing")
Found = Mapping[int, Cleaned]
"""What came of each attachment, by its id."""


@dataclass(frozen=True)
class Insert:
    """An attachment that goes between our pages: before the page of the place `before`, or at the end."""

    enclosure: Enclosure
    before: str | None
    pages: int
    path: Path
    words: str


def inserts(plan: FolderPlan, found: Found) -> list[Insert]:
    """The attachments with pages in the order of the folder, each behind the text of its paper."""
    papers = plan.papers
    made = []
    for place, (_item, paper) in enumerate(papers):
        after = _label(papers[place + 1][1]) if place + 1 < len(papers) else None
        for number, enclosure in enumerate(paper.enclosures, 1):
            what = found.get(enclosure.id, Cleaned())
            if what.path is not None:
                words = _("%(paper)s, Anlage %(number)s", paper=paper.reference, number=number)
                made.append(Insert(enclosure, after, what.pages, what.path, words))
    return made


def write_own_pages(plan: FolderPlan, found: Found, target: BinaryIO, look: Letterhead = HOUSE) -> None:
    """Our pages in the look of the county; without attachments among them they are PDF/UA-1 and PDF/A-2a."""
    mixed = any(what.path is not None for what in found.values())
    typeset(TEMPLATE, content_of(plan, found, look), plan.as_of, target, archival=not mixed)


def content_of(plan: FolderPlan, found: Found, look: Letterhead = HOUSE) -> dict[str, Any]:
    """Everything that the template reads."""
    wording = ENGLISH if language() == "en" else GERMAN
    return {
        "owner": showable(plan.owner),
        "programme": _("Kommunales Integrationsmanagement"),
        "kind": _("Sitzungsmappe"),
        "number": showable(plan.meeting_key),
        "title": showable(plan.title),
        "classification": plan.classification,
        "date": as_of_words(plan),
        "lead": {"label": _("Wann und wo"), "text": showable(plan.when)},
        "agenda": _agenda(plan, found),
        "heads": [_("TOP"), _("Gegenstand und Unterlagen"), wording.page],
        "behind": _behind(plan, found),
        "empty": _("Die Tagesordnung ist noch leer."),
        "facts": [{"label": label, "text": showable(text)} for label, text in plan.closing],
        "notes": _notes(found),
        "papers": _papers(plan, found),
        "enclosures": _("Anlagen"),
        "draft": None,
        "head": head_values(look),
        "language": language(),
        "region": "GB" if language() == "en" else "DE",
        "page": wording.page,
        "of": wording.page_of,
    }


def _agenda(plan: FolderPlan, found: Found) -> list[dict[str, Any]]:
    public = [item for item in plan.items if item.public]
    rest = [item for item in plan.items if not item.public]
    if not (public and rest):
        return [{"title": _("Tagesordnung"), "rows": _rows([*public, *rest], found)}]
    return [
        {"title": _("Tagesordnung, Teil A: öffentlich"), "rows": _rows(public, found)},
        {"title": _("Tagesordnung, Teil B: nicht öffentlich"), "rows": _rows(rest, found)},
    ]


def _behind(plan: FolderPlan, found: Found) -> int:
    """How many pages of attachments stand behind the last of ours."""
    return sum(found.get(each.id, Cleaned()).pages for _item, paper in plan.papers[-1:] for each in paper.enclosures)


def _rows(items: Sequence[FolderItem], found: Found) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for item in items:
        rows.append(_row("item", item.title, number=item.number, detail=item.detail))
        for paper in item.papers:
            words = _("Vorlage %(reference)s: %(title)s", reference=paper.reference, title=paper.title)
            rows.append(_row("paper", words, target=_label(paper)))
            rows.extend(_enclosure_rows(paper, found))
    return rows


def _row(kind: str, title: str, **more: Any) -> dict[str, Any]:
    row = {
        "kind": kind,
        "title": showable(title),
        "number": "",
        "detail": "",
        "target": None,
        "offset": 0,
        "without": "",
    }
    return {**row, **{name: showable(value) if isinstance(value, str) else value for name, value in more.items()}}


def _enclosure_rows(paper: FolderPaper, found: Found) -> list[dict[str, Any]]:
    rows, before = [], 0
    for number, enclosure in enumerate(paper.enclosures, 1):
        what = found.get(enclosure.id, GONE)
        name = _("Anlage %(number)s: %(name)s", number=number, name=enclosure.name)
        words = left_out_words(what.problem, enclosure.size) if what.problem else _pages(what.pages)
        where = {} if what.problem else {"target": _end(paper), "offset": before + 1}
        rows.append(_row("enclosure", f"{name} – {words}", **where))
        before += what.pages
    return rows


def _end(paper: FolderPaper) -> str:
    return f"end-{paper.id}"


def _pages(number: int) -> str:
    return ngettext("%(num)s Seite", "%(num)s Seiten", number)


def _notes(found: Found) -> list[str]:
    left = sum(1 for what in found.values() if what.problem)
    if not left:
        return []
    return [
        ngettext(
            "%(num)s Anlage steht nicht zwischen diesen Seiten; warum, steht bei ihrer Vorlage.",
            "%(num)s Anlagen stehen nicht zwischen diesen Seiten; warum, steht bei ihrer Vorlage.",
            left,
        )
    ]


def _papers(plan: FolderPlan, found: Found) -> list[dict[str, Any]]:
    told: set[str] = set()
    made, skip = [], 0
    for item, paper in plan.papers:
        first = item_label(plan, item) not in told
        told.add(item_label(plan, item))
        heading = _("TOP %(number)s", number=item.number) + f" {item.title}"
        made.append(
            {
                "item": showable(heading) if first else None,
                "item-label": item_label(plan, item),
                "label": _label(paper),
                "end": _end(paper),
                "skip": skip,
                "title": showable(f"{paper.kind} {paper.reference}: {paper.title}"),
                "facts": [{"label": showable(label), "text": showable(text)} for label, text in paper.facts],
                "texts": [
                    {"title": showable(part.title), "blocks": blocks(part.text, below=TEXT_LEVEL)}
                    for part in paper.texts
                ],
                "enclosures": _enclosures(paper, found),
            }
        )
        skip = sum(found.get(each.id, GONE).pages for each in paper.enclosures)
    return made


def _enclosures(paper: FolderPaper, found: Found) -> list[dict[str, Any]]:
    """The list of a paper's attachments with the page at which each begins, counted from the paper's own last one."""
    before, lines = 0, []
    for enclosure in paper.enclosures:
        what = found.get(enclosure.id, GONE)
        words = left_out_words(what.problem, enclosure.size) if what.problem else _pages(what.pages)
        after = None if what.problem else before + 1
        lines.append({"name": showable(enclosure.name), "words": words, "after": after})
        before += what.pages
    return lines


def _label(paper: FolderPaper) -> str:
    return f"paper-{paper.id}"


def item_label(plan: FolderPlan, item: FolderItem) -> str:
    """The name of the place where an item's papers begin."""
    return f"item-{plan.items.index(item)}"


def outline(plan: FolderPlan, put_in: Sequence[Insert]) -> list[dict[str, Any]]:
    """Bookmarks: the agenda, then every item, its papers below it, their attachments below them.

    An item without papers leads to the agenda.
    """
    places = {insert.enclosure.id: place for place, insert in enumerate(put_in)}
    first_at = {paper.id: item for item, paper in plan.papers}
    entries: list[dict[str, Any]] = [{"title": _("Tagesordnung"), "place": COVER}]
    for item in plan.items:
        papers = [paper for paper in item.papers if first_at[paper.id] is item]
        entries.append(
            {
                "title": _("TOP %(number)s", number=item.number) + f" {item.title}",
                "place": item_label(plan, item) if papers else COVER,
                "children": [_bookmark(paper, places) for paper in papers],
            }
        )
    return entries


def _bookmark(paper: FolderPaper, places: Mapping[int, int]) -> dict[str, Any]:
    children = [
        {"title": _("Anlage %(number)s: %(name)s", number=number, name=each.name), "insert": places[each.id]}
        for number, each in enumerate(paper.enclosures, 1)
        if each.id in places
    ]
    return {"title": f"{paper.reference} {paper.title}", "place": _label(paper), "children": children}
