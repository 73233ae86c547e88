"""Reading lots: the sealed number of a poll, what is to be drawn, what was drawn."""

import json
from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import Session, col, select

from app.core.i18n import _
from meetings.voting.ballot_files import count_file
from meetings.voting.lots.models import PollLot
from meetings.voting.lots.rules import Draw, LotKind, draw_of, ticket
from meetings.voting.models import Poll
from meetings.voting.poll_counting import cut_of, outcome_of, thaw_poll_count
from meetings.voting.poll_rule import PROPORTIONAL, PollRule, thaw_rule
from meetings.voting.result import listed
from meetings.voting.states import PollState

Candidates = tuple[tuple[str, ...], ...]


def lot_of(session: Session, poll_id: int) -> PollLot | None:
    """The lot of a poll; polls of before there were lots have none. One statement."""
    return session.exec(select(PollLot).where(col(PollLot.poll_id) == poll_id)).first()


def drawn_in(lot: PollLot | None) -> Candidates:
    """What was drawn; nothing while nothing was."""
    return tuple(tuple(each) for each in json.loads(lot.drawn)) if lot and lot.drawn else ()


def draw_in(poll: Poll) -> Draw | None:
    """What a lot would decide in a counted poll."""
    if poll.state != PollState.PUBLISHED or not poll.file or not poll.tally:
        return None
    rule = thaw_rule(poll.rule)
    counted = count_file(poll.file, rule)
    outcome = outcome_of(rule, thaw_poll_count(poll.tally)) if rule.is_resolution else None
    return draw_of(counted, cut_of(rule, counted), outcome, shares=rule.method in PROPORTIONAL)


def candidate_words(rule: PollRule, candidate: tuple[str, ...]) -> str:
    """A candidate by its titles."""
    words = {"yes": _("Annahme"), "no": _("Ablehnung")} if rule.is_resolution else rule.titles
    return listed(words[option] for option in candidate) or _("nichts")


@dataclass(frozen=True)
class LotView:
    """A lot as its poll's page shows it."""

    lot: PollLot
    draw: Draw | None
    drawn: str
    protocol: str
    tickets: tuple[tuple[str, str], ...]


def lot_view(session: Session, poll: Poll) -> LotView | None:
    """The lot of a poll for its page. One statement."""
    lot = lot_of(session, poll.id or 0)
    if lot is None:
        return None
    rule, draw, won = thaw_rule(poll.rule), draw_in(poll), drawn_in(lot)
    if not won or draw is None:
        return LotView(lot, draw, "", "", ())
    words = ", ".join(candidate_words(rule, each) for each in won)
    rows = ((candidate_words(rule, each), ticket(lot.seed, poll.file_sha256 or "", each)) for each in draw.candidates)
    tickets = tuple(sorted(rows, key=lambda row: row[1])) if lot.kind == LotKind.SEED else ()
    return LotView(lot, draw, words, protocol_line(rule, draw, lot), tickets)


def protocol_line(rule: PollRule, draw: Draw, lot: PollLot, *, named: bool = True) -> str:
    """What the minutes say: between whom, who drew, on whom it fell; not `named`, nothing of who drew."""
    between = "; ".join(candidate_words(rule, each) for each in draw.candidates)
    words = "; ".join(candidate_words(rule, each) for each in drawn_in(lot))
    if lot.kind == LotKind.HAND and not named:
        return _(
            "Gleichstand zwischen %(between)s. Das in der Sitzung gezogene Los fiel auf %(drawn)s.",
            between=between,
            drawn=words,
        )
    if lot.kind == LotKind.HAND:
        return _(
            "Gleichstand zwischen %(between)s. Das Los, gezogen von %(person)s, fiel auf %(drawn)s.",
            between=between,
            person=lot.drawn_by or "",
            drawn=words,
        )
    return _(
        "Gleichstand zwischen %(between)s. Das Los aus der vor der Abstimmung hinterlegten Zahl fiel auf %(drawn)s.",
        between=between,
        drawn=words,
    )


def lot_lines(session: Session, poll_ids: Collection[int], *, named: bool = True) -> dict[int, str]:
    """What the minutes say of the lots that were drawn, by poll; the public ones not who drew. One statement."""
    statement = select(PollLot, Poll).join(Poll, col(Poll.id) == col(PollLot.poll_id))
    rows = session.exec(statement.where(col(PollLot.poll_id).in_(poll_ids), col(PollLot.drawn).is_not(None)))
    drawn = ((lot, poll, draw_in(poll)) for lot, poll in rows)
    return {
        lot.poll_id: protocol_line(thaw_rule(poll.rule), draw, lot, named=named) for lot, poll, draw in drawn if draw
    }
