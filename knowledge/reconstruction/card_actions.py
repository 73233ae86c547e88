"""Writing cards, taking them back, uncovering them, and typing in those that were written on paper.

Posting and taking back run as nobody (`unseen`): the log of acts and the used one-time keys must not say who wrote.
"""

import secrets
from collections.abc import Collection
from dataclasses import dataclass, replace

from sqlmodel import Session, col, delete, func, select

from app.core.database import SCOPE
from app.core.errors import DomainError, InvalidInput, NotFound
from app.core.i18n import _, ngettext
from app.core.permissions import Actor
from app.core.work import Work
from app.people.models import Tenant
from app.people.states import CardAuthorRetention
from knowledge.privacy.confirming import hits_in, names_for
from knowledge.privacy.rules import Hit
from knowledge.reconstruction.access import RoomView, fresh
from knowledge.reconstruction.card_models import CardAuthor, CardBoard, CardMove, DotBallot, WorkshopCard
from knowledge.reconstruction.card_places import Place, place_at
from knowledge.reconstruction.card_policy import may_enter_later, may_uncover
from knowledge.reconstruction.card_rules import (
    LONGEST_CARD,
    MOST_CARDS_EACH,
    MOST_LINES,
    cards_left,
    length,
    lines_of,
    one_line,
)
from knowledge.reconstruction.card_states import CardKind
from knowledge.reconstruction.models import WorkshopParticipant, WorkshopRoom
from knowledge.reconstruction.policy import may_write_card
from knowledge.workshops.models import WorkshopCase

ARRIVALS, CARDS, LIMITS = "arrivals", "cards", "limits"
"""Live signals: a covered card came or went (only who leads listens); what everybody may see changed; so many each."""


class Doubtful(InvalidInput):
    """The card may point at a person. Its author may send it anyway, once they have looked."""

    def __init__(self, hits: Collection[Hit]) -> None:
        super().__init__(_("Bitte sehen Sie die markierten Stellen an. Erkennt jemand daran die Person?"))
        self.hits = tuple(hits)


@dataclass(frozen=True)
class CardDraft:
    """A card as typed. `client_key` is the browser's own: the same card sent twice arrives once.

    `at` is the case that the form stood at; a card that waited for a network must not land on another one.
    """

    kind: CardKind
    text: str
    client_key: str
    place: str = ""
    looked_at: bool = False
    at: int | None = None


@dataclass(frozen=True)
class Posted:
    """What the author is told: how many cards are left, None without a limit; whether lines were joined."""

    left: int | None
    joined: bool = False


def unseen(actor: Actor) -> Actor:
    """Nobody of the same county, so that what they write cannot be traced in the log."""
    return replace(actor, person_id=0, organisation_id=0, name="", organisation_name="")


def post_card(work: Work, room: RoomView, draft: CardDraft) -> Posted:
    """Put a covered card on the board, once."""
    room = fresh(work, room)
    work.require(may_write_card(room))
    _in_turn(work, room)
    known = work.session.exec(select(CardAuthor.id).where(col(CardAuthor.client_key) == draft.client_key)).first()
    if known is not None:
        work.record("card.posted_again", room.workshop)
        return Posted(left_for(work.session, room))
    if draft.at is not None and draft.at != room.workshop_case_id:
        raise DomainError(_("Inzwischen ist ein anderer Fall dran. Die Karte wurde nicht gesendet."))
    left = left_for(work.session, room)
    if left == 0:
        raise DomainError(
            _("Sie haben alle Ihre Karten geschrieben. Nehmen Sie eine zurück, um eine neue zu schreiben.")
        )
    tidy = one_line(draft.text)
    _check_text(work.session, tidy.text, draft.looked_at)
    card = new_card(room, draft.kind, place_at(work.session, room, draft.place), tidy.text)
    work.session.add(card)
    work.session.flush()
    work.session.add(
        CardAuthor(
            card_id=card.id or 0,
            workshop_case_id=card.workshop_case_id,
            participant_id=room.member.participant_id if keeps_authors(work.session) else None,
            client_key=draft.client_key,
        )
    )
    work.record("card.posted", room.workshop)
    work.announce(room.channel, ARRIVALS)
    return Posted(None if left is None else left - 1, tidy.joined)


def new_card(room: RoomView, kind: CardKind, place: Place, text: str) -> WorkshopCard:
    """A card of the present case, covered."""
    return WorkshopCard(
        workshop_case_id=room.workshop_case_id or 0,
        key=secrets.token_hex(8),
        kind=kind,
        station_id=place.station_id,
        transition=place.transition,
        text=text,
    )


def _in_turn(work: Work, room: RoomView) -> None:
    """Let the posts of one author wait for each other, so that no two count the same cards."""
    mine = col(WorkshopParticipant.id) == room.member.participant_id
    if room.member.participant_id is not None:
        work.session.exec(select(WorkshopParticipant.id).where(mine).with_for_update()).first()
    else:
        lock_board(work, room)


def lock_board(work: Work, room: RoomView) -> None:
    """Let those who lead wait for each other."""
    statement = select(WorkshopRoom.id).where(col(WorkshopRoom.workshop_id) == room.workshop_id)
    work.session.exec(statement.with_for_update()).first()


def board_row(session: Session, workshop_case_id: int | None) -> CardBoard:
    """The rules of the case's card query; the usual ones, not stored yet, where nobody changed them."""
    found = session.exec(select(CardBoard).where(col(CardBoard.workshop_case_id) == workshop_case_id)).first()
    return found or CardBoard(workshop_case_id=workshop_case_id or 0)


def keeps_authors(session: Session) -> bool:
    """Whether the county keeps who wrote a card until the close (DP-8); if not, nobody has a limit or takes back."""
    kept = session.exec(select(Tenant.card_author_retention).where(col(Tenant.id) == session.info.get(SCOPE))).first()
    return kept != CardAuthorRetention.NONE


def left_for(session: Session, room: RoomView) -> int | None:
    """How many cards this member may still write; None without a limit. Three statements."""
    if room.member.participant_id is None or not keeps_authors(session):
        return None
    written = session.exec(
        select(func.count(col(CardAuthor.id))).where(
            col(CardAuthor.workshop_case_id) == room.workshop_case_id,
            col(CardAuthor.participant_id) == room.member.participant_id,
        )
    ).one()
    return cards_left(board_row(session, room.workshop_case_id).cards_each, written)


def _check_text(session: Session, text: str, looked_at: bool) -> None:
    if not text:
        raise InvalidInput(_("Bitte schreiben Sie etwas auf die Karte."))
    if (seen := length(text)) > LONGEST_CARD:
        raise InvalidInput(
            _(
                "Die Karte hat %(seen)s Zeichen, höchstens %(most)s passen darauf. Bitte kürzen Sie sie.",
                seen=seen,
                most=LONGEST_CARD,
            )
        )
    if not looked_at and (hits := hits_in([text], names_for(session))):
        raise Doubtful(hits)


def withdraw_card(work: Work, room: RoomView, key: str) -> None:
    """Take one's own card back while it is covered; nothing of it stays."""
    room = fresh(work, room)
    work.require(may_write_card(room))
    mine = col(CardAuthor.participant_id) == room.member.participant_id
    card = work.session.exec(
        select(WorkshopCard)
        .join(CardAuthor, col(CardAuthor.card_id) == col(WorkshopCard.id))
        .where(col(WorkshopCard.key) == key, col(WorkshopCard.workshop_case_id) == room.workshop_case_id, mine)
        .with_for_update()
    ).first()
    if card is None or room.member.participant_id is None:
        raise NotFound(_("Diese Karte gibt es nicht mehr."))
    if card.shown_as is not None:
        raise DomainError(_("Die Karte ist schon aufgedeckt und gehört jetzt der Gruppe."))
    work.session.delete(card)
    work.record("card.withdrawn", room.workshop)
    work.announce(room.channel, ARRIVALS)


def uncover(work: Work, room: RoomView, key: str | None = None) -> int:
    """Show one covered card to everybody, or all of them in an order that says nothing; how many were shown."""
    room = fresh(work, room)
    work.require(may_uncover(room))
    lock_board(work, room)
    covered = _covered(work.session, room.workshop_case_id, key)
    place = _next_place(work.session, room.workshop_case_id)
    for card in covered:
        card.shown_as, place = place, place + 1
        work.session.add(card)
    work.record("cards.uncovered", room.workshop, number=len(covered))
    work.announce(room.channel, ARRIVALS)
    work.announce(room.channel, CARDS)
    return len(covered)


def _covered(session: Session, workshop_case_id: int | None, key: str | None = None) -> list[WorkshopCard]:
    statement = select(WorkshopCard).where(
        col(WorkshopCard.workshop_case_id) == workshop_case_id, col(WorkshopCard.shown_as).is_(None)
    )
    if key is not None:
        statement = statement.where(col(WorkshopCard.key) == key)
    return list(session.exec(statement.order_by(col(WorkshopCard.key)).with_for_update()))


def _next_place(session: Session, workshop_case_id: int | None) -> int:
    shown = select(func.max(WorkshopCard.shown_as)).where(col(WorkshopCard.workshop_case_id) == workshop_case_id)
    highest = session.exec(shown).one()
    return 1 if highest is None else highest + 1


def set_cards_each(work: Work, room: RoomView, number: int) -> CardBoard:
    """How many cards one person may write about this case."""
    room = fresh(work, room)
    work.require(may_uncover(room))
    if not 1 <= number <= MOST_CARDS_EACH:
        raise InvalidInput(_("Möglich sind 1 bis %(most)s Karten je Person.", most=MOST_CARDS_EACH))
    lock_board(work, room)
    board = board_row(work.session, room.workshop_case_id)
    board.cards_each = number
    work.session.add(board)
    work.record("cards.limit", room.workshop, number=number)
    work.announce(room.channel, LIMITS)
    return board


def enter_cards(work: Work, room: RoomView, kind: CardKind, place: Place, text: str, at: int) -> int:
    """Type in cards from paper for a case of the workshop, one a line, uncovered at once; how many.

    The caller has checked that this leader sees the case of `at`.
    """
    work.require(may_enter_later(fresh(work, room)))
    lines = lines_of(text)
    if not lines:
        raise InvalidInput(_("Bitte schreiben Sie mindestens eine Zeile."))
    if len(lines) > MOST_LINES:
        raise InvalidInput(_("Bitte tragen Sie höchstens %(most)s Karten auf einmal ein.", most=MOST_LINES))
    _check_lines(lines)
    lock_board(work, room)
    first = _next_place(work.session, at)
    for number, line in enumerate(lines):
        card = new_card(room, kind, place, line)
        card.workshop_case_id, card.shown_as = at, first + number
        work.session.add(card)
    work.record("cards.entered", room.workshop, number=len(lines))
    work.announce(room.channel, CARDS)
    return len(lines)


def _check_lines(lines: list[str]) -> None:
    long = [str(number) for number, line in enumerate(lines, start=1) if length(line) > LONGEST_CARD]
    if long:
        words = ngettext(
            "Zeile %(lines)s ist länger als %(most)s Zeichen.",
            "Die Zeilen %(lines)s sind länger als %(most)s Zeichen.",
            len(long),
            lines=", ".join(long[:10]),
            most=LONGEST_CARD,
        )
        raise InvalidInput(words)


def erase_authors(work: Work, workshop_id: int) -> int:
    """Forget who wrote which card, who moved it, and open ballots (DP-8); how many rows. The caller records it."""
    entries = select(WorkshopCase.id).where(col(WorkshopCase.workshop_id) == workshop_id)
    boards = select(CardBoard.id).where(col(CardBoard.workshop_case_id).in_(entries))
    gone = 0
    for table, condition in (
        (CardAuthor, col(CardAuthor.workshop_case_id).in_(entries)),
        (CardMove, col(CardMove.workshop_case_id).in_(entries)),
        (DotBallot, col(DotBallot.board_id).in_(boards)),
    ):
        gone += int(work.session.exec(delete(table).where(condition)).rowcount)
    return gone
