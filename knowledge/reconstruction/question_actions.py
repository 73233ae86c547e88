"""The questions that a reconstruction leaves open, each with whoever takes it and until when."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from app.core.errors import InvalidInput, NotFound
from app.core.i18n import _
from app.core.work import Work
from app.people.models import Organisation, Person
from knowledge.reconstruction.access import RoomView, fresh
from knowledge.reconstruction.card_models import WorkshopQuestion
from knowledge.reconstruction.card_policy import may_arrange
from knowledge.reconstruction.card_rules import LONGEST_QUESTION
from knowledge.reconstruction.models import WorkshopParticipant
from knowledge.reconstruction.states import Entry
from knowledge.workshops.models import WorkshopCaseOrganisation

QUESTIONS = "questions"
PERSON, ORGANISATION = "p", "o"


@dataclass(frozen=True)
class Owner:
    """Somebody who may take a question: `value` is what a form sends."""

    value: str
    name: str


@dataclass(frozen=True)
class OpenQuestion:
    """A question as screens show it."""

    id: int
    text: str
    owner: str
    due_on: date | None


def owners(session: Session, room: RoomView) -> tuple[Owner, ...]:
    """The organisations at this case, then the people with an account who are in the room. Two statements."""
    organisations = session.exec(
        select(Organisation.id, Organisation.name)
        .join(WorkshopCaseOrganisation, col(WorkshopCaseOrganisation.organisation_id) == col(Organisation.id))
        .where(col(WorkshopCaseOrganisation.workshop_case_id) == room.workshop_case_id)
        .order_by(col(WorkshopCaseOrganisation.position), col(Organisation.name))
    ).all()
    people = session.exec(
        select(Person.id, Person.name)
        .join(WorkshopParticipant, col(WorkshopParticipant.person_id) == col(Person.id))
        .where(
            col(WorkshopParticipant.workshop_id) == room.workshop_id,
            col(WorkshopParticipant.state) == Entry.ADMITTED,
        )
        .order_by(col(Person.name))
    ).all()
    return (
        *(Owner(f"{ORGANISATION}{id_}", name) for id_, name in organisations),
        *(Owner(f"{PERSON}{id_}", name) for id_, name in people),
    )


def add_question(work: Work, room: RoomView, text: str, owner: str, due_on: date | None) -> WorkshopQuestion:
    """Keep a question."""
    room = fresh(work, room)
    work.require(may_arrange(room))
    tidy = " ".join(text.split())
    if not tidy or len(tidy) > LONGEST_QUESTION:
        raise InvalidInput(_("Eine Frage hat mindestens ein und höchstens %(most)s Zeichen.", most=LONGEST_QUESTION))
    if owner and owner not in {each.value for each in owners(work.session, room)}:
        raise InvalidInput(_("Bitte wählen Sie aus der Liste, wer die Frage klärt."))
    question = WorkshopQuestion(
        workshop_case_id=room.workshop_case_id or 0,
        text=tidy,
        person_id=int(owner[1:]) if owner.startswith(PERSON) else None,
        organisation_id=int(owner[1:]) if owner.startswith(ORGANISATION) else None,
        due_on=due_on,
    )
    work.session.add(question)
    work.record("question.added", room.workshop)
    work.announce(room.channel, QUESTIONS)
    return question


def remove_question(work: Work, room: RoomView, question_id: int) -> None:
    """Take a question away that is answered or was a slip."""
    room = fresh(work, room)
    work.require(may_arrange(room))
    question = work.session.exec(
        select(WorkshopQuestion).where(
            col(WorkshopQuestion.id) == question_id,
            col(WorkshopQuestion.workshop_case_id) == room.workshop_case_id,
        )
    ).first()
    if question is None:
        raise NotFound(_("Diese Frage gibt es nicht mehr."))
    work.session.delete(question)
    work.record("question.removed", room.workshop)
    work.announce(room.channel, QUESTIONS)


def questions(session: Session, workshop_case_id: int | None) -> tuple[OpenQuestion, ...]:
    """The open questions of a case with their owners. One statement."""
    rows = session.exec(
        select(WorkshopQuestion, Person.name, Organisation.name)
        .outerjoin(Person, col(Person.id) == col(WorkshopQuestion.person_id))
        .outerjoin(Organisation, col(Organisation.id) == col(WorkshopQuestion.organisation_id))
        .where(col(WorkshopQuestion.workshop_case_id) == workshop_case_id)
        .order_by(col(WorkshopQuestion.id))
    )
    return tuple(OpenQuestion(row.id or 0, row.text, person or org or "", row.due_on) for row, person, org in rows)
