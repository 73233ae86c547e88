"""The dot query: opened, answered, closed. Until its end nobody sees a sum, after it nobody knows whose they are."""

import json
from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, col, delete, distinct, func, or_, select, update

from app.core.database import SCOPE
from app.core.errors import DomainError, InvalidInput
from app.core.i18n import _, ngettext
from app.core.work import Work
from app.people.models import Tenant
from knowledge.gaps.suppression import LEAST_CELL, smallest_cell
from knowledge.reconstruction.access import RoomView, fresh
from knowledge.reconstruction.card_actions import ARRIVALS, board_row, lock_board
from knowledge.reconstruction.card_models import CardBoard, CardCluster, DotBallot, WorkshopCard
from knowledge.reconstruction.card_policy import may_enter_dots, may_give_dots, may_uncover
from knowledge.reconstruction.card_rules import (
    MOST_DOTS,
    DotRule,
    ballot_counts,
    counted,
    sums_count,
    told_of_nobody,
)
from knowledge.reconstruction.models import WorkshopParticipant

DOTS = "dots"


def is_open(board: CardBoard) -> bool:
    """Whether dots may be given."""
    return board.dots_opened_at is not None and board.dots_closed_at is None


def rule_of(board: CardBoard) -> DotRule:
    """How this query counts."""
    return DotRule(board.dots_each, board.dots_per_cluster)


def cluster_keys(session: Session, workshop_case_id: int | None) -> tuple[str, ...]:
    """The keys of the clusters that can get dots, those with a name, in their order."""
    statement = select(CardCluster.key).where(col(CardCluster.workshop_case_id) == workshop_case_id, _named())
    return tuple(session.exec(statement.order_by(col(CardCluster.position), col(CardCluster.id))))


def _named() -> Any:
    return or_(*(col(part) != "" for part in (CardCluster.when_text, CardCluster.then_text, CardCluster.because_text)))


def cell_of(session: Session) -> int:
    """Of fewer people no sums are shown."""
    found = session.exec(select(Tenant.min_cell).where(col(Tenant.id) == session.info.get(SCOPE))).first()
    return smallest_cell(found or LEAST_CELL)


def open_dots(work: Work, room: RoomView, rule: DotRule) -> CardBoard:
    """Open the query, or open it again: then all dots are given anew."""
    room = fresh(work, room)
    work.require(may_uncover(room))
    lock_board(work, room)
    board = board_row(work.session, room.workshop_case_id)
    if is_open(board):
        raise DomainError(_("Die Punktabfrage ist schon geöffnet."))
    if not 1 <= rule.per_cluster <= rule.each <= MOST_DOTS:
        raise InvalidInput(_("Möglich sind 1 bis %(most)s Punkte, je Gruppe höchstens so viele.", most=MOST_DOTS))
    _all_named(work.session, room)
    if not cluster_keys(work.session, room.workshop_case_id):
        raise DomainError(_("Es gibt noch keine Gruppe, die Punkte bekommen könnte."))
    board.dots_each, board.dots_per_cluster = rule.each, rule.per_cluster
    board.dots_opened_at, board.dots_closed_at, board.voters, board.dots_withheld = work.now, None, 0, False
    work.session.add(board)
    mine = col(CardCluster.workshop_case_id) == room.workshop_case_id
    work.session.exec(update(CardCluster).where(mine).values(dots=0))
    work.record("dots.opened", room.workshop, each=rule.each, per_cluster=rule.per_cluster)
    work.announce(room.channel, DOTS)
    return board


def _all_named(session: Session, room: RoomView) -> None:
    """A group without a name cannot be weighed: everybody would mean something else by it."""
    unnamed = session.exec(
        select(func.count(distinct(col(CardCluster.id))))
        .join(WorkshopCard, col(WorkshopCard.cluster_id) == col(CardCluster.id))
        .where(col(CardCluster.workshop_case_id) == room.workshop_case_id, ~_named())
    ).one()
    if unnamed:
        raise DomainError(
            ngettext(
                "%(num)s Gruppe hat noch keinen Namen. Benennen Sie sie zuerst, damit alle dasselbe meinen.",
                "%(num)s Gruppen haben noch keinen Namen. Benennen Sie sie zuerst, damit alle dasselbe meinen.",
                unnamed,
            )
        )


def give_dots(work: Work, room: RoomView, points: Mapping[str, int]) -> None:
    """Give one's dots; until the end they can be given differently. Runs as nobody (`unseen`).

    A ballot is one row that is valid in itself, so however many are sent at once, nobody has more dots than allowed.
    """
    room = fresh(work, room)
    work.require(may_give_dots(room))
    mine = room.member.participant_id or 0
    work.session.exec(select(WorkshopParticipant.id).where(col(WorkshopParticipant.id) == mine).with_for_update())
    board = work.session.exec(
        select(CardBoard).where(col(CardBoard.workshop_case_id) == room.workshop_case_id).with_for_update(read=True)
    ).first()
    if board is None or not is_open(board):
        raise DomainError(_("Die Punktabfrage ist nicht geöffnet."))
    given = {key: number for key, number in points.items() if number}
    verdict = ballot_counts(rule_of(board), given, cluster_keys(work.session, room.workshop_case_id))
    if not verdict:
        raise InvalidInput(_(verdict.reason))
    own = (col(DotBallot.board_id) == board.id, col(DotBallot.participant_id) == mine)
    ballot = work.session.exec(select(DotBallot).where(*own)).first()
    ballot = ballot or DotBallot(board_id=board.id or 0, participant_id=mine, points="")
    ballot.points = json.dumps(given, sort_keys=True)
    work.session.add(ballot)
    work.record("dots.given", room.workshop)
    work.announce(room.channel, ARRIVALS)


def enter_dots(work: Work, room: RoomView, people: int, points: Mapping[str, int]) -> None:
    """The dots that so many people stuck on a wall, added to those of the phones; not shown before the end either."""
    room = fresh(work, room)
    work.require(may_enter_dots(room))
    lock_board(work, room)
    board = board_row(work.session, room.workshop_case_id)
    if not is_open(board):
        raise DomainError(_("Die Punktabfrage ist nicht geöffnet."))
    if not set(points) <= set(cluster_keys(work.session, room.workshop_case_id)):
        raise InvalidInput(_("Die Gruppen haben sich geändert. Bitte verteilen Sie Ihre Punkte noch einmal."))
    verdict = sums_count(rule_of(board), people, points)
    if not verdict:
        raise InvalidInput(_(verdict.reason))
    given = {key: number for key, number in points.items() if number}
    work.session.exec(delete(DotBallot).where(*_on_paper(board)))
    work.session.add(DotBallot(board_id=board.id or 0, people=people, points=json.dumps(given, sort_keys=True)))
    work.record("dots.entered", room.workshop, people=people)
    work.announce(room.channel, ARRIVALS)


def _on_paper(board: CardBoard) -> tuple[Any, Any]:
    return col(DotBallot.board_id) == board.id, col(DotBallot.participant_id).is_(None)


def entered(session: Session, board: CardBoard) -> tuple[int, dict[str, int]]:
    """What was typed in from paper: of how many people, and their sums."""
    row = session.exec(select(DotBallot).where(*_on_paper(board))).first()
    return (row.people, dict(json.loads(row.points))) if row else (0, {})


def close_dots(work: Work, room: RoomView) -> CardBoard:
    """Count, keep the sums unless too few gave dots, and erase who gave what."""
    room = fresh(work, room)
    work.require(may_uncover(room))
    board = work.session.exec(
        select(CardBoard).where(col(CardBoard.workshop_case_id) == room.workshop_case_id).with_for_update()
    ).first()
    if board is None or not is_open(board):
        raise DomainError(_("Die Punktabfrage ist nicht geöffnet."))
    rows = work.session.exec(select(DotBallot).where(col(DotBallot.board_id) == board.id)).all()
    clusters = work.session.exec(
        select(CardCluster).where(col(CardCluster.workshop_case_id) == room.workshop_case_id)
    ).all()
    on_paper = [row.people for row in rows if row.participant_id is None]
    on_phones = len(rows) - len(on_paper)
    board.dots_withheld = not told_of_nobody(on_phones, on_paper, cell_of(work.session))
    sums = counted((each.key for each in clusters), (json.loads(row.points) for row in rows))
    for cluster in clusters:
        cluster.dots = 0 if board.dots_withheld else sums[cluster.key]
        work.session.add(cluster)
    board.dots_closed_at, board.voters = work.now, on_phones + sum(on_paper)
    work.session.add(board)
    work.session.exec(delete(DotBallot).where(col(DotBallot.board_id) == board.id))
    work.record("dots.closed", room.workshop, voters=board.voters)
    work.announce(room.channel, DOTS)
    return board
