"""The two tellers of an urn: chosen by the office, each locks a half of the key and gives it free after the close."""

from dataclasses import dataclass
from functools import partial

from sqlmodel import Session, col, select

from app.core.errors import DomainError, InvalidInput, NotFound
from app.core.i18n import _
from app.core.work import Work
from app.core.writer import offload
from app.people.models import Person
from meetings.agenda.locking import locked_item
from meetings.agenda.models import AgendaItem
from meetings.agenda.queries import FoundMeeting, found_item, meeting_by_id
from meetings.voting.models import Poll
from meetings.voting.sealed import keys, policy
from meetings.voting.sealed.models import Urn, UrnTeller
from meetings.voting.sealed.policy import UrnAccess
from meetings.voting.sealed.states import UrnState
from meetings.voting.sealed.urns import add_urn, destroy, prepared_urn, ring, tellers_of

TELLERS = 2
SHORTEST = 12
"""Letters of a passphrase: a sentence is easier to keep than a password."""


@dataclass(frozen=True, kw_only=True)
class FoundUrn(UrnAccess):
    """An urn with its item, its meeting and its tellers; also what the predicates ask for."""

    urn: Urn
    item: AgendaItem
    where: FoundMeeting
    halves: tuple[UrnTeller, ...]
    names: tuple[str, ...]

    @property
    def id(self) -> int:
        """The urn's id."""
        return self.urn.id or 0

    @property
    def is_locked(self) -> bool:
        """Whether every teller has locked their half."""
        return all(half.locked for half in self.halves)

    @property
    def is_free(self) -> bool:
        """Whether every teller has given it free."""
        return all(half.released for half in self.halves)

    def half_of(self, person_id: int) -> UrnTeller | None:
        """The half that a person keeps."""
        return next((half for half in self.halves if half.person_id == person_id), None)


def urn_by_id(session: Session, urn_id: int) -> FoundUrn | None:
    """The urn with this id. Six statements."""
    row = session.exec(
        select(Urn, AgendaItem, Poll)
        .join(AgendaItem, col(AgendaItem.id) == col(Urn.item_id))
        .outerjoin(Poll, col(Poll.id) == col(Urn.poll_id))
        .where(col(Urn.id) == urn_id)
    ).first()
    meeting = meeting_by_id(session, row[1].meeting_id) if row else None
    if row is None or meeting is None:
        return None
    urn, item, poll = row
    halves = tuple(tellers_of(session, urn_id))
    return FoundUrn(
        meeting=found_item(meeting, item),
        tellers=tuple(half.person_id for half in halves),
        urn_state=urn.state,
        poll_state=poll.state if poll else "",
        urn=urn,
        item=item,
        where=meeting,
        halves=halves,
        names=_names(session, halves),
    )


def _names(session: Session, halves: tuple[UrnTeller, ...]) -> tuple[str, ...]:
    ids = [half.person_id for half in halves]
    names = dict(session.exec(select(col(Person.id), col(Person.name)).where(col(Person.id).in_(ids))).all())
    return tuple(names.get(each, "?") for each in ids)


def prepare_urn(work: Work, key: str, number: str, person_ids: tuple[int, ...]) -> Urn:
    """Prepare the urn for the next secret poll of an item; an urn that was prepared before is given up."""
    item = locked_item(work, key, number)
    work.require(policy.may_prepare_urn(work.actor, item))
    if len(set(person_ids)) != TELLERS:
        raise InvalidInput(_("Bitte wählen Sie zwei verschiedene Personen."))
    before = prepared_urn(work.session, item.item.id or 0)
    if before is not None:
        before.state = UrnState.GIVEN_UP
        work.session.add(before)
        destroy(ring(), before.key_name)
    urn = add_urn(work, item.item.id or 0, person_ids)
    work.record("urn.prepared", urn, tellers=TELLERS)
    return urn


def lock_half(work: Work, urn_id: int, passphrase: str) -> Urn:
    """Lock the teller's half of the key with a passphrase that only the teller knows."""
    found = held_urn(work, urn_id)
    work.require(policy.may_lock(work.actor, found))
    if len(" ".join(passphrase.split())) < SHORTEST:
        raise InvalidInput(_("Der Kennsatz braucht mindestens %(least)s Zeichen.", least=SHORTEST))
    half = _half(found, work)
    kept = list(ring().read(found.urn.key_name))
    if kept[half.position].is_locked:
        _unlocked(kept[half.position], passphrase)
    else:
        kept[half.position] = offload(partial(keys.lock, kept[half.position], passphrase))
        ring().keep(found.urn.key_name, tuple(kept))
    half.locked = True
    work.session.add(half)
    work.record("urn.locked", found.urn, position=half.position)
    return found.urn


def release_half(work: Work, found: FoundUrn, passphrase: str) -> bool:
    """Give the teller's half free; whether the urn can be counted now."""
    work.require(policy.may_release(work.actor, found))
    half = _half(found, work)
    kept = list(ring().read(found.urn.key_name))
    if kept[half.position].is_locked:
        kept[half.position] = _unlocked(kept[half.position], passphrase)
        ring().keep(found.urn.key_name, tuple(kept))
    half.released = True
    work.session.add(half)
    work.record("urn.released", found.urn, position=half.position)
    return all(each.released for each in found.halves)


def _unlocked(half: keys.Half, passphrase: str) -> keys.Half:
    try:
        return offload(partial(keys.unlock, half, passphrase))
    except keys.WrongPassphrase:
        raise InvalidInput(_("Dieser Kennsatz ist es nicht.")) from None


def _half(found: FoundUrn, work: Work) -> UrnTeller:
    half = found.half_of(work.actor.person_id)
    if half is None:
        raise DomainError(_("Sie sind für diese Urne nicht als Wahlhelfende eingetragen."))
    return half


def held_urn(work: Work, urn_id: int) -> FoundUrn:
    """The urn, held until the transaction ends."""
    work.session.exec(select(col(Urn.id)).where(col(Urn.id) == urn_id).with_for_update()).first()
    found = urn_by_id(work.session, urn_id)
    if found is None:
        raise NotFound(_("Diese Urne gibt es nicht."))
    return found
