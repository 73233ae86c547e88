"""Putting cards together: clusters, their names, what becomes of them. Each move changes one card and nothing else."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import col, delete, func, select

from app.core.errors import ChangedMeanwhile, DomainError, InvalidInput, NotFound
from app.core.i18n import _
from app.core.work import Work
from app.people.states import Visibility
from knowledge.gaps.actions_text import GapText, create_gap
from knowledge.gaps.models import Gap
from knowledge.gaps.states import SolvableAt
from knowledge.gaps.visibility import readable_gaps
from knowledge.privacy.confirming import names_for, refuse_unconfirmed
from knowledge.reconstruction.access import RoomView, fresh
from knowledge.reconstruction.card_actions import board_row, lock_board
from knowledge.reconstruction.card_models import CardCluster, CardMove, WorkshopCard
from knowledge.reconstruction.card_policy import may_arrange
from knowledge.reconstruction.card_rules import LONGEST_SENTENCE_PART, cluster_sentence
from knowledge.reconstruction.card_states import ClusterDecision

CLUSTERS = "clusters"
NEW_CLUSTER = "neu"
LOOSE = ""
"""Where a card may go besides a cluster's key: into a new cluster, or back to those in none."""
USUAL_SCALE = 2
"""Severity and frequency of a gap that a workshop asks for, until the coordination looks at it."""


@dataclass(frozen=True)
class Sentence:
    """The name of a cluster as typed."""

    when: str = ""
    then: str = ""
    because: str = ""


@dataclass(frozen=True)
class Outcome:
    """What becomes of a cluster. LINK names a gap's key; NEW may carry the title of the gap to be written down."""

    decision: ClusterDecision
    solvable_at: SolvableAt | None = None
    gap_key: str = ""
    title: str = ""
    confirmed: tuple[str, ...] = ()


def move_card(work: Work, room: RoomView, card_key: str, target: str) -> CardCluster | None:
    """Put an uncovered card into a cluster, a new one, or back to the others; where it lies now."""
    room = _room(work, room)
    card = _card(work, room, card_key)
    cluster = _target(work, room, target)
    to_id = cluster.id if cluster else None
    if card.cluster_id != to_id:
        work.session.add(
            CardMove(
                card_id=card.id or 0,
                workshop_case_id=card.workshop_case_id,
                person_id=work.actor.person_id or None,
                from_id=card.cluster_id,
                to_id=to_id,
            )
        )
        card.cluster_id = to_id
        work.session.add(card)
    work.record("card.moved", room.workshop)
    work.announce(room.channel, CLUSTERS)
    return cluster


def undo_move(work: Work, room: RoomView) -> None:
    """Take one's own last move back, unless somebody has put the card elsewhere since."""
    room = _room(work, room)
    last = work.session.exec(
        select(CardMove, WorkshopCard)
        .join(WorkshopCard, col(WorkshopCard.id) == col(CardMove.card_id))
        .where(
            col(CardMove.workshop_case_id) == room.workshop_case_id,
            col(CardMove.person_id) == (work.actor.person_id or None),
        )
        .order_by(col(CardMove.id).desc())
    ).first()
    if last is None:
        raise DomainError(_("Es gibt keinen Zug von Ihnen, der sich zurücknehmen ließe."))
    move, card = last
    if card.cluster_id != move.to_id:
        raise DomainError(
            _("Diese Karte hat inzwischen jemand anderes verschoben. Ihr Zug lässt sich nicht zurücknehmen.")
        )
    back = work.session.exec(select(CardCluster.id).where(col(CardCluster.id) == move.from_id)).first()
    card.cluster_id = back
    work.session.add(card)
    work.session.delete(move)
    work.record("card.moved_back", room.workshop)
    work.announce(room.channel, CLUSTERS)


def name_cluster(
    work: Work, room: RoomView, key: str, sentence: Sentence, version: int, confirmed: Collection[str] = ()
) -> CardCluster:
    """Name a cluster if its name is still the one that the form showed; otherwise ChangedMeanwhile.

    Everybody reads the name on the wall: what could point at a person is confirmed first, unless it stood there before.
    """
    room = _room(work, room)
    cluster = _cluster(work, room, key)
    if cluster.version != version:
        raise ChangedMeanwhile(
            _("Diese Gruppe hat inzwischen jemand anderes benannt."),
            cluster_sentence(cluster.when_text, cluster.then_text, cluster.because_text),
        )
    parts = [" ".join(part.split()) for part in (sentence.when, sentence.then, sentence.because)]
    if any(len(part) > LONGEST_SENTENCE_PART for part in parts):
        raise InvalidInput(_("Bitte kürzen Sie jeden Teil auf höchstens %(most)s Zeichen.", most=LONGEST_SENTENCE_PART))
    before = (cluster.when_text, cluster.then_text, cluster.because_text)
    refuse_unconfirmed(parts, confirmed, names_for(work.session), before)
    cluster.when_text, cluster.then_text, cluster.because_text = parts
    cluster.version += 1
    work.session.add(cluster)
    work.record("cluster.named", room.workshop)
    work.announce(room.channel, CLUSTERS)
    return cluster


def remove_cluster(work: Work, room: RoomView, key: str) -> None:
    """Take an empty cluster away."""
    room = _room(work, room)
    cluster = _cluster(work, room, key)
    if work.session.exec(select(WorkshopCard.id).where(col(WorkshopCard.cluster_id) == cluster.id)).first():
        raise DomainError(_("In dieser Gruppe liegen noch Karten."))
    board = board_row(work.session, room.workshop_case_id)
    if board.dots_opened_at is not None and board.dots_closed_at is None:
        raise DomainError(_("Solange die Punktabfrage läuft, bleibt jede Gruppe."))
    work.session.exec(delete(CardCluster).where(col(CardCluster.id) == cluster.id))
    work.record("cluster.removed", room.workshop)
    work.announce(room.channel, CLUSTERS)


def decide(work: Work, room: RoomView, key: str, outcome: Outcome) -> CardCluster:
    """Say what becomes of a cluster: link it to a gap, write a new gap down for the coordination, or neither."""
    room = _room(work, room)
    cluster = _cluster(work, room, key)
    gap = _gap_for(work, cluster, outcome)
    cluster.decision, cluster.solvable_at = outcome.decision, outcome.solvable_at
    cluster.gap_id = gap.id if gap else None
    work.session.add(cluster)
    work.record("cluster.decided", room.workshop, decision=outcome.decision.value)
    work.announce(room.channel, CLUSTERS)
    return cluster


def _gap_for(work: Work, cluster: CardCluster, outcome: Outcome) -> Gap | None:
    if outcome.decision == ClusterDecision.LINK:
        return _known_gap(work, outcome.gap_key)
    if outcome.decision == ClusterDecision.NEW and outcome.title.strip():
        return _new_gap(work, cluster, outcome)
    return None


def _known_gap(work: Work, key: str) -> Gap:
    gap = work.session.exec(
        select(Gap).where(col(Gap.key) == key, readable_gaps(work.actor), col(Gap.merged_into_id).is_(None))
    ).first()
    if gap is None:
        raise InvalidInput(_("Diese Fehlstelle gibt es nicht. Bitte wählen Sie aus der Liste."))
    return gap


def _new_gap(work: Work, cluster: CardCluster, outcome: Outcome) -> Gap:
    """A gap for the coordination alone; its text passes the privacy check although few read it: it is made to rise."""
    summary = cluster_sentence(cluster.when_text, cluster.then_text, cluster.because_text)
    title = " ".join(outcome.title.split())
    if not summary:
        raise InvalidInput(_("Bitte benennen Sie zuerst die Gruppe: Wenn …, dann …, weil …"))
    if outcome.solvable_at is None:
        raise InvalidInput(_("Bitte wählen Sie, auf welcher Ebene sich die Fehlstelle beheben lässt."))
    if len(title) > 90:
        raise InvalidInput(_("Bitte kürzen Sie den Titel auf höchstens 90 Zeichen."))
    refuse_unconfirmed([title, summary], outcome.confirmed, names_for(work.session))
    text = GapText(
        title=title,
        summary=f"{summary}.",
        solvable_at=outcome.solvable_at,
        severity=USUAL_SCALE,
        frequency=USUAL_SCALE,
        visibility=Visibility.COORDINATION,
    )
    return create_gap(work, text, outcome.confirmed)


def _room(work: Work, room: RoomView) -> RoomView:
    room = fresh(work, room)
    work.require(may_arrange(room))
    lock_board(work, room)
    return room


def _card(work: Work, room: RoomView, key: str) -> WorkshopCard:
    card = work.session.exec(
        select(WorkshopCard)
        .where(
            col(WorkshopCard.key) == key,
            col(WorkshopCard.workshop_case_id) == room.workshop_case_id,
            col(WorkshopCard.shown_as).is_not(None),
        )
        .with_for_update()
    ).first()
    if card is None:
        raise NotFound(_("Diese Karte gibt es nicht mehr."))
    return card


def _cluster(work: Work, room: RoomView, key: str) -> CardCluster:
    cluster = work.session.exec(
        select(CardCluster)
        .where(col(CardCluster.key) == key, col(CardCluster.workshop_case_id) == room.workshop_case_id)
        .with_for_update()
    ).first()
    if cluster is None:
        raise NotFound(_("Diese Gruppe gibt es nicht mehr."))
    return cluster


def _target(work: Work, room: RoomView, target: str) -> CardCluster | None:
    if target == LOOSE:
        return None
    if target != NEW_CLUSTER:
        return _cluster(work, room, target)
    mine = col(CardCluster.workshop_case_id) == room.workshop_case_id
    highest = work.session.exec(select(func.max(CardCluster.position)).where(mine)).one()
    cluster = CardCluster(
        workshop_case_id=room.workshop_case_id or 0, key=secrets.token_hex(8), position=(highest or 0) + 1
    )
    work.session.add(cluster)
    work.session.flush()
    return cluster
