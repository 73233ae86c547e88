"""Paper for the workshop, as pages to print: cards, the list of attendance, the timeline of a case for the wall."""

from flask import Response, request
from sqlmodel import Session

from app.core import clock
from app.core.i18n import _, lazy
from app.core.permissions import Actor, Verdict
from app.core.web import page, perform, reading, requires, signed_in
from app.ui.shell import has_room
from knowledge.cases import access, wording
from knowledge.cases.access import FoundCase
from knowledge.cases.actions import note_reading
from knowledge.cases.picture import picture_of
from knowledge.cases.policy import may_read_case
from knowledge.cases.queries import sheet as case_sheet
from knowledge.workshops import policy, queries
from knowledge.workshops.blueprint import blueprint, may_read
from knowledge.workshops.queries import WorkshopSheet
from knowledge.workshops.wording import confidentiality_statement

KINDS = (("✕", lazy("Bruch")), ("⌒", lazy("Brücke")), ("?", lazy("Frage")), ("!", lazy("Idee")))
SHEETS, MOST_SHEETS = 3, 20
SPARE_LINES = 6


def may_see_attendance(actor: Actor, sheet: WorkshopSheet) -> Verdict:
    """Names of people who are expected: those who plan, lead or take the minutes."""
    return policy.may_see_attendance(actor, sheet.access)


def case_by_key(session: Session, key: str) -> FoundCase | None:
    """The case as it may be read today."""
    return access.case_by_key(session, key, clock.today())


@blueprint.get("/workshops/<key>/papier/karten")
@requires(may_read, load=queries.sheet_by_key)
def cards(sheet: WorkshopSheet, key: str) -> Response:
    """Empty cards, eight on a sheet."""
    del key
    wanted = request.args.get("blaetter", SHEETS, int)
    return page("workshops/cards.html", sheet=sheet, kinds=KINDS, sheets=min(max(wanted, 1), MOST_SHEETS))


@blueprint.get("/workshops/<key>/papier/anwesenheit")
@requires(may_see_attendance, load=queries.sheet_by_key)
def attendance_sheet(sheet: WorkshopSheet, key: str) -> Response:
    """The list to sign: everybody who is expected, and empty lines for whoever comes besides."""
    del key
    return page(
        "workshops/attendance_sheet.html",
        sheet=sheet,
        rows=expected(reading(), sheet),
        statement=confidentiality_statement(),
        has_files=has_room("workshop_paper.pdf"),
    )


def expected(session: Session, sheet: WorkshopSheet) -> list[tuple[str, str]]:
    """Name and agency of everybody who is expected, then empty lines."""
    people = queries.people_of(session, [each.id or 0 for each in sheet.organisations])
    leaders = ((sheet.moderator, _("Moderation")), (sheet.minute_taker, _("Protokoll")))
    rows = [(name, role) for name, role in leaders if name]
    known = {name for name, _organisation in rows}
    for organisation in sheet.organisations:
        names = [name for name in people.get(organisation.id or 0, ()) if name not in known]
        rows += [(name, organisation.name) for name in names] or [("", organisation.name)]
    return [*rows, *[("", "")] * SPARE_LINES]


@blueprint.get("/faelle/<key>/zeitstrahl-papier")
@requires(may_read_case, load=case_by_key)
def timeline(found: FoundCase, key: str) -> Response:
    """The timeline of a case on A3; that it was opened is written down."""
    del key
    perform(note_reading, found.id)
    sheet = case_sheet(reading(), signed_in(), found)
    return page(
        "workshops/timeline.html",
        sheet=sheet,
        timeline=picture_of(sheet),
        month=wording.month_words,
        word=wording.assessment_word,
        symbols=wording.SYMBOLS,
    )
