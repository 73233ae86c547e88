"""Sealing a number when a poll opens, and drawing the lot after it. What was drawn stays."""

import json
from collections.abc import Sequence

from app.core.errors import DomainError, InvalidInput
from app.core.i18n import _
from app.core.work import Work
from meetings.decisions.queries import of_items
from meetings.voting import policy
from meetings.voting.actions import announce, held_poll
from meetings.voting.lots.models import PollLot
from meetings.voting.lots.queries import draw_in, lot_of
from meetings.voting.lots.rules import Draw, LotKind, drawn, name_of
from meetings.voting.lots.sealing import seal


def draw_sealed(work: Work, poll_id: int) -> PollLot:
    """Let the sealed number decide."""
    lot, draw, file_hash = _ready(work, poll_id)
    return _keep(work, poll_id, lot, LotKind.SEED, drawn(lot.seed, file_hash, draw))


def record_draw(work: Work, poll_id: int, drawn_by: str, names: Sequence[str]) -> PollLot:
    """Keep what somebody drew in the room; `names` are those that won."""
    lot, draw, _file = _ready(work, poll_id)
    won = tuple(each for each in draw.candidates if name_of(each) in names)
    if len(won) != draw.places or len(set(names)) != draw.places:
        raise InvalidInput(_("Bitte wählen Sie genau so viele aus, wie das Los entscheidet."))
    if not drawn_by.strip():
        raise InvalidInput(_("Bitte geben Sie an, wer das Los gezogen hat."))
    lot.drawn_by = drawn_by.strip()
    return _keep(work, poll_id, lot, LotKind.HAND, won)


def _ready(work: Work, poll_id: int) -> tuple[PollLot, Draw, str]:
    found = held_poll(work, poll_id)
    work.require(policy.may_read_poll(work.actor, found))
    work.require(policy.may_close_poll(work.actor, found.meeting))
    draw = draw_in(found.poll)
    lot = lot_of(work.session, poll_id)
    if draw is None:
        raise DomainError(_("In dieser Abstimmung gibt es nichts auszulosen."))
    if of_items(work.session, [found.poll.item_id]):
        raise DomainError(_("Über diesen Punkt ist schon ein Beschluss festgehalten."))
    if lot and lot.drawn:
        raise DomainError(_("Das Los ist schon gezogen."))
    return lot or seal(work, poll_id), draw, found.poll.file_sha256 or ""


def _keep(work: Work, poll_id: int, lot: PollLot, kind: LotKind, won: Sequence[Sequence[str]]) -> PollLot:
    found = held_poll(work, poll_id)
    lot.kind, lot.drawn = kind, json.dumps([list(each) for each in won])
    lot.drawn_at, lot.recorded_by_id = work.now, work.actor.person_id
    work.session.add(lot)
    work.record("poll.lot_drawn", found.poll, kind=str(kind), places=len(won))
    announce(work, found.where.channel, poll_id)
    return lot
