"""The urn of a secret poll: made with its key, filled by seats, opened once, and its key destroyed.

Everything happens inside the transaction of an action of `meetings.voting`; only the key lies outside the database. It
is on the disk before the urn is committed, and goes after the count is: a crash in between leaves a key too many,
which `sweeping` removes, never one too few.
"""

import json
import logging
import secrets
from collections.abc import Collection
from enum import Enum
from typing import Any

from sqlalchemy import Insert, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, delete, select

from app.core.errors import DomainError
from app.core.i18n import _
from app.core.web import house
from app.core.work import AFTER_COMMIT, Work
from meetings.voting.models import Poll
from meetings.voting.sealed import envelopes, keys
from meetings.voting.sealed.codes import code_of, receipt_of
from meetings.voting.sealed.keys import KeyLost, KeyRing
from meetings.voting.sealed.models import Envelope, Paper, Urn, UrnTeller
from meetings.voting.sealed.rules import Obstacle, may_open, obstacle
from meetings.voting.sealed.states import UrnState
from meetings.voting.sealed.wording import obstacle_words, too_few_words

log = logging.getLogger("lueckenlos.sealed")
ENVELOPES: Table = Envelope.__table__  # type: ignore[attr-defined]


class NotSecret(DomainError):
    """The poll cannot be secret as it is set up."""


class UrnLocked(DomainError):
    """A teller has not given the urn free yet."""


class UrnUnreadable(DomainError):
    """Nobody can open the envelopes any more: the poll must be repeated."""


class TooFewEnvelopes(DomainError):
    """So few ballots that opening them would tell who voted how."""


class Put(Enum):
    """What became of a ballot that was put into the urn."""

    NEW = "new"
    REPEATED = "repeated"
    CHANGED = "changed"
    REFUSED = "refused"


def ring() -> KeyRing:
    """The keys of this house."""
    return KeyRing(house().settings.data_dir)


def add_urn(work: Work, item_id: int, tellers: Collection[int] = ()) -> Urn:
    """A new urn for an item; with tellers the key is halved at once, one half for each."""
    pair, name = envelopes.new_key(), secrets.token_hex(16)
    ring().keep(name, keys.split(pair.private) if tellers else keys.whole(pair.private))
    urn = Urn(item_id=item_id, key_name=name, public_key=pair.public.hex())
    work.session.add(urn)
    work.session.flush()
    work.session.add_all(
        UrnTeller(urn_id=urn.id or 0, person_id=person_id, position=place) for place, person_id in enumerate(tellers)
    )
    return urn


def open_urn(work: Work, poll: Poll, weights: Collection[int]) -> Urn:
    """Take the urn that is prepared for the poll's item, or a new one without tellers, and let ballots in."""
    urn = prepared_urn(work.session, poll.item_id) or add_urn(work, poll.item_id)
    teller_rows = tellers_of(work.session, urn.id or 0)
    _require_secret(obstacle(weights, len(teller_rows), sum(each.locked for each in teller_rows)))
    urn.poll_id, urn.state = poll.id, UrnState.OPEN
    urn.paper_size = envelopes.paper_size(len(poll.rule.encode()))
    _require_working(urn)
    work.session.add(urn)
    return urn


def _require_secret(found: Obstacle | None) -> None:
    if found is not None:
        raise NotSecret(obstacle_words(found))


def _require_working(urn: Urn) -> None:
    """Seal something and, where no teller has locked the key, open it again, before the first voter relies on it."""
    public, poll_id = bytes.fromhex(urn.public_key), urn.poll_id or 0
    probe = envelopes.seal(public, envelopes.Paper("", None), urn.paper_size, poll_id, 0)
    try:
        private = keys.join(ring().read(urn.key_name))
        if private is not None:
            envelopes.open_envelope(private, probe, poll_id, 0)
    except (KeyLost, envelopes.CannotOpen):
        raise UrnUnreadable(_("Der Schlüssel der Urne fehlt. Bitte bereiten Sie die Urne neu vor.")) from None


def prepared_urn(session: Session, item_id: int) -> Urn | None:
    """The urn that waits for the next secret poll of an item. One statement."""
    statement = select(Urn).where(col(Urn.item_id) == item_id, col(Urn.state) == UrnState.PREPARED)
    return session.exec(statement.order_by(col(Urn.id).desc())).first()


def urn_of(session: Session, poll_id: int) -> Urn | None:
    """The urn of a poll, None if the poll is not secret. One statement."""
    return session.exec(select(Urn).where(col(Urn.poll_id) == poll_id)).first()


def tellers_of(session: Session, urn_id: int) -> list[UrnTeller]:
    """Who locks the urn, in the order of the halves. One statement."""
    return list(
        session.exec(select(UrnTeller).where(col(UrnTeller.urn_id) == urn_id).order_by(col(UrnTeller.position)))
    )


def put(work: Work, poll_id: int, seat_id: int, slip: str, answer: Any, *, may_change: bool = False) -> Put:
    """Seal the ballot of a seat and put it in: the first one stays, unless the rule lets it be changed.

    The same slip again is the same ballot, whatever it says now. A change leaves no trace of itself.
    """
    urn = urn_of(work.session, poll_id)
    if urn is None or urn.state != UrnState.OPEN:
        raise DomainError(_("Die Abstimmung ist nicht mehr geöffnet. Ihre Stimme wurde nicht gezählt."))
    paper = envelopes.Paper(code_of(slip, poll_id, seat_id), answer)
    sealed = envelopes.seal(bytes.fromhex(urn.public_key), paper, urn.paper_size, poll_id, seat_id)
    receipt = receipt_of(slip, poll_id, seat_id)
    values = {"tenant_id": work.tenant_id, "poll_id": poll_id, "seat_id": seat_id, "sealed": sealed, "receipt": receipt}
    connection = work.session.connection()
    if connection.execute(_insert_if_new(work.session).values(values)).rowcount:
        return Put.NEW
    if receipt_in(work.session, poll_id, seat_id) == receipt:
        return Put.REPEATED
    if not may_change:
        return Put.REFUSED
    mine = (ENVELOPES.c.poll_id == poll_id) & (ENVELOPES.c.seat_id == seat_id)
    connection.execute(ENVELOPES.update().where(mine).values(sealed=sealed, receipt=receipt))
    return Put.CHANGED


def _insert_if_new(session: Session) -> Insert:
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    insert: Insert = dialect.insert(ENVELOPES).on_conflict_do_nothing()
    return insert


def receipt_in(session: Session, poll_id: int, seat_id: int) -> str | None:
    """The receipt of the envelope that a seat has in the urn. One statement."""
    statement = select(col(Envelope.receipt)).where(col(Envelope.poll_id) == poll_id, col(Envelope.seat_id) == seat_id)
    return session.exec(statement).first()


def can_count(session: Session, poll_id: int) -> bool:
    """Whether nothing but the closing is missing: there are no tellers, or all have given the urn free."""
    urn = urn_of(session, poll_id)
    return urn is not None and all(each.released for each in tellers_of(session, urn.id or 0))


def open_all(session: Session, poll_id: int, ballots: int) -> list[envelopes.Paper]:
    """The papers of all envelopes in the order of their codes; in memory only, the urn stays as it is.

    `ballots` is how many seats have cast: an envelope too many or too few stops the count.
    """
    urn = urn_of(session, poll_id)
    if urn is None or urn.state != UrnState.OPEN:
        raise UrnUnreadable(_("Diese Urne ist schon geleert."))
    sealed = session.exec(select(Envelope).where(col(Envelope.poll_id) == poll_id)).all()
    if len(sealed) != ballots:
        message = _("In der Urne liegen mehr oder weniger Umschläge als Stimmen. Die Abstimmung ist zu wiederholen.")
        raise UrnUnreadable(message)
    if not may_open(len(sealed)):
        raise TooFewEnvelopes(too_few_words())
    private = _private_key(urn)
    try:
        papers = [envelopes.open_envelope(private, each.sealed, poll_id, each.seat_id) for each in sealed]
    except envelopes.CannotOpen:
        message = _("Ein Umschlag lässt sich nicht öffnen: Er wurde verändert. Die Abstimmung ist zu wiederholen.")
        raise UrnUnreadable(message) from None
    return sorted(papers, key=lambda paper: paper.code)


def publish(work: Work, poll_id: int, papers: Collection[envelopes.Paper]) -> None:
    """Keep the papers under their codes, let the envelopes go, and have the key destroyed once that is committed."""
    work.session.add_all(
        Paper(poll_id=poll_id, position=place, code=paper.code, answer=envelopes.answer_bytes(paper.answer).decode())
        for place, paper in enumerate(papers)
    )
    urn = urn_of(work.session, poll_id)
    if urn is not None:
        _finish(work, urn, UrnState.COUNTED)


def _private_key(urn: Urn) -> bytes:
    try:
        private = keys.join(ring().read(urn.key_name))
    except KeyLost:
        message = _(
            "Der Schlüssel der Urne ist verloren. Niemand kann die Stimmen lesen; die Abstimmung ist zu wiederholen."
        )
        raise UrnUnreadable(message) from None
    if private is None:
        raise UrnLocked(_("Die Urne ist noch verschlossen. Zuerst geben beide Wahlhelfenden sie frei."))
    return private


def give_up(work: Work, poll_id: int) -> None:
    """The poll is void: its envelopes go unopened, or its papers stay as they were published."""
    urn = urn_of(work.session, poll_id)
    if urn is not None and urn.state == UrnState.OPEN:
        _finish(work, urn, UrnState.GIVEN_UP)


def _finish(work: Work, urn: Urn, state: UrnState) -> None:
    """Empty the urn; its key goes as soon as that is committed."""
    work.session.exec(delete(Envelope).where(col(Envelope.poll_id) == urn.poll_id))
    urn.state = state
    work.session.add(urn)
    kept, name = ring(), urn.key_name
    work.session.info.setdefault(AFTER_COMMIT, []).append(lambda: destroy(kept, name))


def destroy(kept: KeyRing, name: str) -> None:
    """Destroy a key; if the disk refuses, the next sweep tries again."""
    try:
        kept.destroy(name)
    except OSError:
        log.exception("key of a counted poll could not be destroyed")


def papers_of(session: Session, poll_id: int) -> list[tuple[str, Any]]:
    """The published ballots with their codes, in the order of the codes. One statement."""
    statement = select(Paper).where(col(Paper.poll_id) == poll_id).order_by(col(Paper.position))
    return [(paper.code, json.loads(paper.answer)) for paper in session.exec(statement)]
