"""The dot query: opened, answered, closed. Until its end nobody sees a sum, after it nobody knows whose they are."""

import json
from collections.abc import Mapping

from sqlmodel import Session, col, delete, select, update

from app.core.errors import DomainError, InvalidInput
from app.core.i18n import _
from app.core.work import Work
from knowledge.reconstruction.access import RoomView, fresh
from knowledge.reconstruction.card_actions import ARRIVALS, board_row, lock_board
from knowledge.reconstruction.card_models import CardBoard, CardCluster, DotBallot
from knowledge.reconstruction.card_policy import may_give_dots, may_uncover
from knowledge.reconstruction.card_rules import MOST_DOTS, DotRule, ballot_counts, counted
from knowledge.reconstruction.models import WorkshopParticipant

DOTS = "dots"


def is_open(board: CardBoard) -> bool:
    """Whether dots may be given."""
    return board.dots_opened_at is not None and board.dots_closed_at is None


def rule_of(board: CardBoard) -> DotRule:
    """How this query counts."""
    return DotRule(board.dots_each, board.dots_per_cluster)


def cluster_keys(session: Session, workshop_case_id: int | None) -> tuple[str, ...]:
    """The keys of the clusters in their order."""
    statement = select(CardCluster.key).where(col(CardCluster.workshop_case_id) == workshop_case_id)
    return tuple(session.exec(statement.order_by(col(CardCluster.position), col(CardCluster.id))))


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
    if not cluster_keys(work.session, room.workshop_case_id):
        raise DomainError(_("Es gibt noch keine Gruppe, die Punkte bekommen könnte."))
    board.dots_each, board.dots_per_cluster = rule.each, rule.per_cluster
    board.dots_opened_at, board.dots_closed_at, board.voters = work.now, None, 0
    work.session.add(board)
    mine = col(CardCluster.workshop_case_id) == room.workshop_case_id
    work.session.exec(update(CardCluster).where(mine).values(dots=0))
    work.record("dots.opened", room.workshop, each=rule.each, per_cluster=rule.per_cluster)
    work.announce(room.channel, DOTS)
    return board


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


def close_dots(work: Work, room: RoomView) -> CardBoard:
    """Count, keep the sums, and erase who gave what."""
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
    sums = counted((each.key for each in clusters), (json.loads(row.points) for row in rows))
    for cluster in clusters:
        cluster.dots = sums[cluster.key]
        work.session.add(cluster)
    board.dots_closed_at, board.voters = work.now, len(rows)
    work.session.add(board)
    work.session.exec(delete(DotBallot).where(col(DotBallot.board_id) == board.id))
    work.record("dots.closed", room.workshop, voters=len(rows))
    work.announce(room.channel, DOTS)
    return board
