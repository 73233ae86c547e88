"""What the three screens show around the phase: agenda of cases, people, buttons, address and QR code. Reads only."""

import io
from dataclasses import dataclass

import segno
from sqlmodel import Session, col, select

from app.core.i18n import _
from app.people.models import Organisation
from knowledge.cases.access import FoundCase, found_cases
from knowledge.cases.policy import may_read_case
from knowledge.cases.rules import is_locked
from knowledge.reconstruction.access import RoomView
from knowledge.reconstruction.models import WorkshopParticipant
from knowledge.reconstruction.states import Entry, MemberRole
from knowledge.workshops.models import WorkshopCase


@dataclass(frozen=True)
class CaseStep:
    """A case on the agenda, for those who lead and may read it."""

    workshop_case_id: int
    title: str
    position: int
    current: bool
    found: FoundCase


@dataclass(frozen=True)
class PersonRow:
    """Somebody at the door or in the room. `outside`: the present case is not for them."""

    row: WorkshopParticipant
    organisation: str
    outside: bool

    @property
    def waits(self) -> bool:
        """Whether they wait to be let in."""
        return self.row.state == Entry.WAITING


@dataclass(frozen=True)
class People:
    """All who came, with the numbers that the moderation looks at."""

    rows: tuple[PersonRow, ...]

    def of(self, *states: Entry) -> list[PersonRow]:
        """Those in one of the states; raised hands first, in the order in which they went up."""
        found = [each for each in self.rows if each.row.state in states]
        return sorted(found, key=lambda each: (each.row.hand_at is None, each.row.hand_at or each.row.joined_at))

    @property
    def waiting(self) -> list[PersonRow]:
        """Those at the door."""
        return self.of(Entry.WAITING)

    @property
    def here(self) -> list[PersonRow]:
        """Those in the room, screens not counted."""
        return [each for each in self.of(Entry.ADMITTED) if each.row.role != MemberRole.PROJECTOR]

    @property
    def working(self) -> list[PersonRow]:
        """Those of whom „fertig“ is expected: in the room, at this case, not leading."""
        return [each for each in self.here if not each.outside and each.row.role != MemberRole.MODERATOR]

    @property
    def ready(self) -> int:
        """How many of them said „fertig“."""
        return sum(each.row.ready for each in self.working)


def agenda(session: Session, room: RoomView) -> tuple[CaseStep, ...]:
    """The cases of the workshop that this leader may read, in order; withdrawn and erased ones are gone."""
    if not room.member.leads:
        return ()
    entries = session.exec(
        select(WorkshopCase)
        .where(col(WorkshopCase.workshop_id) == room.workshop_id)
        .order_by(col(WorkshopCase.position))
    ).all()
    known = {each.id: each for each in found_cases(session, room.now.date(), [each.case_id for each in entries])}
    current = room.room.workshop_case_id if room.room else None
    return tuple(
        CaseStep(
            entry.id or 0, known[entry.case_id].case.title, entry.position, entry.id == current, known[entry.case_id]
        )
        for entry in entries
        if entry.case_id in known
        and known[entry.case_id].state == "released"
        and may_read_case(room.member.actor, known[entry.case_id])
    )


def people(session: Session, room: RoomView) -> People:
    """Everybody who came to the door, for those who lead. One statement."""
    if not room.member.leads:
        return People(())
    rows = session.exec(
        select(WorkshopParticipant, Organisation)
        .outerjoin(Organisation, col(Organisation.id) == col(WorkshopParticipant.organisation_id))
        .where(col(WorkshopParticipant.workshop_id) == room.workshop_id)
        .order_by(col(WorkshopParticipant.id))
    )
    return People(
        tuple(PersonRow(row, org.name if org else "", stays_outside(row, org, room.found)) for row, org in rows)
    )


def stays_outside(row: WorkshopParticipant, organisation: Organisation | None, found: FoundCase | None) -> bool:
    """Whether the case is not for this participant, as far as their organisation decides it."""
    if found is None or row.role in (MemberRole.MODERATOR, MemberRole.PROJECTOR, MemberRole.OWN_EXPERIENCE):
        return False
    if row.person_id is not None and row.person_id in (found.giver_id, found.moderator_id):
        return False
    if organisation is None:
        return True
    attends = organisation.id in found.attending_organisation_ids
    return not attends or is_locked(organisation.type, found.scopes)


def outside_of(session: Session, room: RoomView, found: FoundCase) -> list[PersonRow]:
    """Who is in the room and must go out for this case: the moderation reads it before the case begins."""
    return [
        PersonRow(each.row, each.organisation, outside=True)
        for each in people(session, room).here
        if stays_outside(each.row, _organisation(session, each.row), found)
    ]


def _organisation(session: Session, row: WorkshopParticipant) -> Organisation | None:
    return session.exec(select(Organisation).where(col(Organisation.id) == row.organisation_id)).first()


def qr_code(address: str) -> str:
    """The address as an SVG of black squares, with its title for those who do not see it."""
    out = io.BytesIO()
    segno.make(address, error="m").save(
        out,
        kind="svg",
        xmldecl=False,
        svgns=True,
        border=2,
        svgclass="ll-qr",
        lineclass=None,
        omitsize=True,
        title=_("QR-Code: %(address)s", address=address),
        dark="#000",
        light="#fff",
    )
    return out.getvalue().decode("utf-8")
