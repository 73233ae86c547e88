"""Making a folder: look at the attachments, typeset our pages, bind, pack. No database."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from app.core.i18n import _
from exports.docx.letterhead import HOUSE, Letterhead
from exports.folder.archive import write_archive
from exports.folder.binder import Cleaned, bound, cleaned
from exports.folder.pages import COVER, Insert, inserts, outline, write_own_pages
from exports.folder.paper_document import paper_document
from exports.folder.plan import Enclosure, FolderPlan
from exports.letterhead.dressing import wearing
from exports.pdf.document import write_document

MOST_PAGES, MOST_ALTOGETHER = 300, 3000
PDF = "application/pdf"
Say = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Made:
    """The files of a folder, the number of its pages, and how many attachments are not among them."""

    pdf: Path
    zip: Path
    pages: int
    left_out: int


def make(plan: FolderPlan, attachments: Path, scratch: Path, say: Say, look: Letterhead = HOUSE) -> Made:
    """Make both files in `scratch`, a folder of one's own, in the county's look. CannotBind if it does not go."""
    enclosures = [each for _item, paper in plan.papers for each in paper.enclosures]
    steps = len(enclosures) + len(plan.papers) + 2
    found: dict[int, Cleaned] = {}
    for number, enclosure in enumerate(enclosures):
        say(number, steps, _("Anlagen werden gelesen"))
        found[enclosure.id] = _looked_at(enclosure, attachments, scratch, sum(each.pages for each in found.values()))
    say(len(enclosures), steps, _("Die Seiten werden gesetzt"))
    pdf, pages = _bound(plan, found, scratch, look)
    single = {}
    for number, (_item, paper) in enumerate(plan.papers, len(enclosures) + 1):
        say(number, steps, _("Die Vorlagen werden gesetzt"))
        stream = BytesIO()
        document = paper_document(paper, plan.owner, plan.classification, plan.as_of)
        write_document(wearing(document, look), stream)
        single[paper.id] = stream.getvalue()
    say(steps - 1, steps, _("Die Dateien werden gepackt"))
    archive = scratch / "folder.zip"
    write_archive(plan, pdf, attachments, single, archive)
    return Made(pdf, archive, pages, sum(1 for each in found.values() if each.problem))


def _looked_at(enclosure: Enclosure, attachments: Path, scratch: Path, so_far: int) -> Cleaned:
    path = attachments / enclosure.stored
    if not path.is_file():
        return Cleaned(problem="missing")
    if enclosure.media != PDF:
        return Cleaned(problem="not_pdf")
    what = cleaned(path, scratch / f"{enclosure.id}.pdf", MOST_PAGES)
    if so_far + what.pages > MOST_ALTOGETHER:
        return Cleaned(problem="too_many")
    return what


def _bound(plan: FolderPlan, found: dict[int, Cleaned], scratch: Path, look: Letterhead) -> tuple[Path, int]:
    own, target = scratch / "own.pdf", scratch / "folder.pdf"
    with own.open("wb") as file:
        write_own_pages(plan, found, file, look)
    put_in = inserts(plan, found)
    order = {
        "own": str(own),
        "target": str(target),
        "inserts": [_order(insert) for insert in put_in],
        "outline": outline(plan, put_in),
        "cover": COVER,
        "foot": _("Seite {page} von {pages}"),
    }
    return target, bound(order, scratch)


def _order(insert: Insert) -> dict[str, object]:
    return {"before": insert.before, "path": str(insert.path), "pages": insert.pages, "words": insert.words}
