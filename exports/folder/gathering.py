"""From a meeting to the plan of its folder, for one reader. A fixed number of statements."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col

from app.core.i18n import _, show_date, show_datetime
from app.core.permissions import Actor
from exports.folder.plan import Enclosure, FolderItem, FolderPaper, FolderPlan, Text
from exports.invitation import InvitationSheet, closing_facts, item_detail, item_title, when_and_where
from exports.minutes_files import tenant_of
from meetings.agenda.queries import FoundMeeting, agenda_of
from meetings.bodies.queries import leading_people
from meetings.invitations.parts import for_everybody
from meetings.invitations.policy import may_see_whole_agenda
from meetings.papers import wording
from meetings.papers.models import Paper
from meetings.papers.queries import FoundPaper, PaperView, Stop, found_papers, papers_of_meeting


def gather(session: Session, meeting: FoundMeeting, reader: Actor, now: datetime) -> FolderPlan:
    """What this reader may see of the meeting: guests the public part, and of papers what each one's policy says."""
    whole = bool(may_see_whole_agenda(reader, meeting))
    return _plan(session, meeting, papers_of_meeting(session, meeting.id, reader), whole, now)


def gather_for_office(session: Session, meeting: FoundMeeting, now: datetime, *, public: bool) -> FolderPlan:
    """Everything, or everything public, for the operator of the machine."""
    papers = [each for each in papers_of_meeting(session, meeting.id) if each.public or not public]
    return _plan(session, meeting, papers, not public, now)


def _plan(
    session: Session, meeting: FoundMeeting, papers: Sequence[PaperView], whole: bool, now: datetime
) -> FolderPlan:
    lines = agenda_of(session, meeting.id)
    public = {line.item.id for line in for_everybody(lines, meeting.rules)}
    shown = [line for line in lines if whole or line.item.id in public]
    found = {each.id: each for each in found_papers(session, col(Paper.id).in_([each.key for each in papers]))}
    people = leading_people(session, meeting.body_row)
    sheet = InvitationSheet(meeting, (), (), people.chair or people.lead or "")
    by_item: dict[int, list[FolderPaper]] = {}
    for view in papers:
        by_item.setdefault(view.item_id or 0, []).append(_paper(found[view.key], view))
    items = tuple(
        FolderItem(
            line.item.number or "–",
            item_title(line),
            item_detail(line),
            line.item.id in public,
            tuple(by_item.get(line.item.id or 0, ())),
            line.item.id or 0,
        )
        for line in shown
    )
    return FolderPlan(
        meeting_key=meeting.meeting.key,
        owner=tenant_of(session).name,
        title=meeting.meeting.title,
        when=when_and_where(sheet),
        closing=tuple((fact.label, fact.text) for fact in closing_facts(sheet)),
        classification=_("Nur für Mitglieder des Gremiums – keine Einzelfälle")
        if whole
        else _("Nur für Mitglieder und Gäste des Gremiums – keine Einzelfälle"),
        items=items,
        as_of=now,
        whole=whole,
        body_id=meeting.body.body_id,
    )


def _paper(found: FoundPaper, view: PaperView) -> FolderPaper:
    paper = found.paper
    return FolderPaper(
        found.id,
        paper.version,
        paper.reference or "",
        paper.title,
        str(wording.KINDS[paper.kind]),
        tuple(_facts(found)),
        tuple(_texts(paper)),
        tuple(
            Enclosure(file.id, file.name, file.media, file.size, file.sha256, file.stored) for file in view.attachments
        ),
    )


def _facts(found: FoundPaper) -> list[tuple[str, str]]:
    paper = found.paper
    facts = [(_("Vorgelegt von"), found.originator)]
    if found.lead:
        facts.append((_("Federführung"), found.lead))
    if paper.submitted_at:
        facts.append((_("Eingereicht"), show_date(paper.submitted_at)))
    for stop in found.stops:
        facts.append((f"{wording.ROLES[stop.station.role]}, {stop.body.name}", _stop_words(stop)))
    return facts


def _stop_words(stop: Stop) -> str:
    words = [wording.outcome_words(stop)]
    if stop.meeting is not None and stop.meeting.date is not None:
        words.append(_("Sitzung am %(day)s", day=show_date(stop.meeting.date)))
    if stop.station.recommendation is not None:
        words.append(str(wording.ADVICE[stop.station.recommendation]))
    return "; ".join(words)


def _texts(paper: Paper) -> list[Text]:
    """The texts in the order of the paper's page; the proposal first says what was submitted, then what was decided."""
    proposal = _("Eingereichter Beschlussvorschlag") if paper.final_text else str(wording.TEXTS["proposal"])
    told = (
        (str(wording.TEXTS["situation"]), paper.situation),
        (proposal, paper.proposal),
        (_("Beschlossener Wortlaut"), paper.final_text or ""),
        (str(wording.TEXTS["legal_basis"]), paper.legal_basis),
        (str(wording.TEXTS["effects"]), paper.effects),
        (str(wording.TEXTS["costs"]), paper.costs),
    )
    return [Text(title, text) for title, text in told if text.strip()]


def as_of_words(plan: FolderPlan) -> str:
    """The moment that the folder shows."""
    return _("Stand: %(moment)s", moment=show_datetime(plan.as_of))
