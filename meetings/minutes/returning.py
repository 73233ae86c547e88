"""The extract of a decision goes back to where its paper came from, by itself, when the minutes are signed.

Those who wrote the paper need not sit in the body that decided: they get this one decision, nothing else of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, select

from app.core.errors import NotFound
from app.core.i18n import _, show_date
from app.core.mail import send_later
from app.core.permissions import Actor
from app.core.work import Work
from app.people import tasks
from app.people.models import Organisation, Person
from app.people.tasks import Task, TaskGroup
from knowledge.conversation.letters import absolute, in_language
from meetings.agenda.models import AgendaItem
from meetings.agenda.parts import is_public
from meetings.agenda.states import ItemPart
from meetings.decisions.models import Decision
from meetings.decisions.queries import FoundDecision, decision_by_key, decisions_with_bodies, found_decisions
from meetings.minutes import policy
from meetings.minutes.models import ExtractReturn
from meetings.minutes.policy import ExtractAccess
from meetings.minutes.queries import MinutesSheet
from meetings.papers.models import Paper
from meetings.papers.queries import papers_of_item, papers_of_meeting


@dataclass(frozen=True)
class ReturnedExtract:
    """An extract that went back, with its paper and organisation; also what the predicates ask for."""

    row: ExtractReturn
    paper: Paper
    organisation: str
    originator_id: int
    author_ids: frozenset[int]
    public: bool


@dataclass(frozen=True, kw_only=True)
class FoundExtract(ExtractAccess):
    """The extract of a decision; also what the predicates ask for."""

    found: FoundDecision
    returned: tuple[ReturnedExtract, ...] = ()

    @property
    def decision(self) -> Decision:
        """The decision that it is the extract of."""
        return self.found.decision


def register() -> None:
    """Tell the desk."""
    tasks.register(returned_extracts)


def extract_by_key(session: Session, key: str) -> FoundExtract | None:
    """The extract of the decision with this key. Two statements."""
    found = decision_by_key(session, key)
    return _extract(found, _returned(session, col(ExtractReturn.decision_id) == found.id)) if found else None


def _extract(found: FoundDecision, returned: Sequence[ReturnedExtract]) -> FoundExtract:
    mine = tuple(each for each in returned if each.row.decision_id == found.id)
    return FoundExtract(body=found.body, visibility=found.visibility, found=found, returned=mine)


def _returned(session: Session, *conditions: ColumnElement[bool]) -> list[ReturnedExtract]:
    rows = session.exec(
        select(ExtractReturn, Paper, Organisation.name, AgendaItem.part)
        .join(Paper, col(Paper.id) == col(ExtractReturn.paper_id))
        .join(Organisation, col(Organisation.id) == col(ExtractReturn.organisation_id))
        .join(Decision, col(Decision.id) == col(ExtractReturn.decision_id))
        .outerjoin(AgendaItem, col(AgendaItem.id) == col(Decision.item_id))
        .where(*conditions)
        .order_by(col(ExtractReturn.id))
    )
    return [
        ReturnedExtract(row, paper, name, paper.originator_id, _authors(paper), _is_open(paper, part))
        for row, paper, name, part in rows
    ]


def _is_open(paper: Paper, part: str | None) -> bool:
    """Whether the whole organisation may know: the paper and the item are both public."""
    return paper.public and part == ItemPart.PUBLIC


def _authors(paper: Paper) -> frozenset[int]:
    return frozenset(each for each in (paper.created_by_id, paper.lead_id) if each)


def send_back(work: Work, sheet: MinutesSheet) -> list[ExtractReturn]:
    """Give every decision of signed minutes back to where its papers came from, and write to those who wrote them."""
    made = []
    papers = papers_of_meeting(work.session, sheet.meeting.id or 0)
    decisions = {entry.item.id: entry.decisions for entry in sheet.items}
    for view in papers:
        for decision in decisions.get(view.item_id or 0, ()):
            if view.paper is not None:
                made.append(_send(work, decision, view.paper))
    return made


def _send(work: Work, decision: Decision, paper: Paper) -> ExtractReturn:
    row = ExtractReturn(
        decision_id=decision.id or 0,
        paper_id=paper.id or 0,
        organisation_id=paper.originator_id,
        at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    work.record("extract.returned", row, decision=decision.key)
    active = (col(Person.id).in_(_authors(paper)), col(Person.active).is_(True))
    for person in work.session.exec(select(Person).where(*active).order_by(col(Person.id))).all():
        with in_language(person.language):
            subject, text = _letter(decision, paper.reference or paper.title)
        once = f"extract:{row.id}:{person.id}"
        send_later(work.session, to=person.email, subject=subject, text=text, reference=f"extract:{row.id}", once=once)
    return row


def _letter(decision: Decision, reference: str) -> tuple[str, str]:
    """A letter names the paper and the decision by their numbers and links to the extract: no wording in a mail."""
    address = absolute(f"/beschluesse/{decision.key}/auszug")
    return _("Beschlussauszug zu Vorlage %(reference)s", reference=reference), "\n\n".join(
        (
            _("Guten Tag,"),
            _("über Ihre Vorlage %(reference)s ist beschlossen worden.", reference=reference),
            _("Die Niederschrift ist unterzeichnet; der Auszug liegt für Sie bereit:"),
            address,
        )
    )


def note(work: Work, key: str) -> Decision:
    """Those whom an extract went back to say that they have it."""
    extract = extract_by_key(work.session, key)
    if extract is None:
        raise NotFound(_("Diesen Beschluss gibt es nicht."))
    work.require(policy.may_note_extract(work.actor, extract))
    for each in extract.returned:
        if policy.came_from(work.actor, each) and each.row.noted_at is None:
            each.row.noted_at, each.row.noted_by_id = work.now, work.actor.person_id
            work.session.add(each.row)
            work.record("extract.noted", each.row, decision=key)
    return extract.decision


def returned_extracts(session: Session, actor: Actor, today: date) -> TaskGroup | None:
    """The extracts that went back to the person or their organisation and nobody there has noted. Two statements."""
    del today
    waiting = _returned(
        session,
        col(ExtractReturn.noted_at).is_(None),
        or_(
            col(ExtractReturn.organisation_id) == actor.organisation_id,
            col(Paper.created_by_id) == actor.person_id,
            col(Paper.lead_id) == actor.person_id,
        ),
    )
    mine = [each for each in waiting if policy.came_from(actor, each)]
    if not mine:
        return None
    ids = [each.row.decision_id for each in mine]
    rows = found_decisions(session, decisions_with_bodies(col(Decision.id).in_(ids)))
    decisions = {each.id: each.decision for each in rows}
    return TaskGroup(
        _("Beschlussauszüge"),
        tuple(_task(each, decisions[each.row.decision_id]) for each in mine if each.row.decision_id in decisions),
        "",
    )


def _task(each: ReturnedExtract, decision: Decision) -> Task:
    reference = each.paper.reference or each.paper.title
    detail = _("Beschluss %(key)s vom %(day)s", key=decision.key, day=show_date(decision.date))
    title = _("Beschlussauszug zu Vorlage %(reference)s", reference=reference)
    return Task(title, detail, url_for("extracts.show", key=decision.key), None, "info")


def origins_of(session: Session, item: AgendaItem | None) -> list[tuple[str, str]]:
    """Reference and organisation of the papers of an item: what an extract says of where it goes. A few statements.

    The extract of a public item names no paper that is not public: it also goes to those who must not know of it.
    """
    if item is None:
        return []
    views = papers_of_item(session, item.id or 0)
    told = [view for view in views if view.public or not is_public(item)]
    papers = [view.paper for view in told if view.paper is not None]
    ids = {paper.originator_id for paper in papers}
    names = dict(session.exec(select(Organisation.id, Organisation.name).where(col(Organisation.id).in_(ids))).all())
    return [(paper.reference or "", names.get(paper.originator_id, "")) for paper in papers]
