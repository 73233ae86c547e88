"""What the present phase puts into the middle of each screen: cards, board, dots, questions.

Forms stand outside of what is live; live parts are fragments of their own that each screen fetches anew.
"""

from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session

from knowledge.gaps.policy import may_edit_gap
from knowledge.reconstruction import card_queries, dot_actions, policy, question_actions
from knowledge.reconstruction.access import RoomView
from knowledge.reconstruction.card_forms import CardForm, CardsEachForm, DotsForm, PressForm, QuestionForm
from knowledge.reconstruction.card_places import places
from knowledge.reconstruction.card_policy import may_arrange, may_give_dots, may_uncover
from knowledge.reconstruction.card_rules import LONGEST_CARD
from knowledge.reconstruction.card_wording import CARD_KINDS, CARD_SYMBOLS, DECISIONS
from knowledge.reconstruction.states import MemberRole, PhaseKind, Screen, Tab

BOARD_PHASES = (PhaseKind.CARDS, PhaseKind.RESONANCE, PhaseKind.CLUSTERS, PhaseKind.CHECK)


@dataclass(frozen=True)
class Panel:
    """A template and what it draws; an empty template puts nothing there."""

    template: str = ""
    context: dict[str, Any] = field(default_factory=dict)


def panel(session: Session, room: RoomView) -> Panel:
    """The panel of the present phase for this member and screen."""
    if not policy.may_see_case(room) or room.phase is None:
        return Panel()
    if room.screen == Screen.MODERATOR and room.member.leads:
        return Panel("reconstruction/cards/panel_led.html", led(session, room))
    if room.screen == Screen.PROJECTOR or room.member.role == MemberRole.PROJECTOR:
        return _wall(session, room)
    if room.tab == Tab.CARDS:
        return Panel("reconstruction/cards/panel_cards.html", composing(session, room))
    if room.tab == Tab.DOTS:
        return Panel("reconstruction/cards/panel_dots.html", dotting(session, room))
    return Panel()


def _wall(session: Session, room: RoomView) -> Panel:
    kind = room.phase.kind if room.phase else None
    if kind in BOARD_PHASES:
        return Panel("reconstruction/cards/panel_wall.html", {**looking(session, room), **_arriving(session, room)})
    if kind == PhaseKind.DOTS:
        return Panel("reconstruction/cards/panel_wall_dots.html", standing(session, room))
    if kind == PhaseKind.CLOSING:
        return Panel(
            "reconstruction/cards/panel_wall_closing.html", {**standing(session, room), **asking(session, room)}
        )
    return Panel()


def looking(session: Session, room: RoomView) -> dict[str, Any]:
    """The board, live."""
    return {
        "board": card_queries.board(session, room),
        "arranges": room.screen == Screen.MODERATOR and bool(may_arrange(room)),
        "card_kinds": CARD_KINDS,
        "card_symbols": CARD_SYMBOLS,
        "decisions": DECISIONS,
    }


def _arriving(session: Session, room: RoomView) -> dict[str, Any]:
    """Covered cards: their texts for who uncovers them, their number for the wall."""
    if room.screen == Screen.MODERATOR and may_uncover(room):
        waiting = card_queries.covered(session, room)
        return {"covered": waiting, "covered_count": len(waiting), "uncovers": True}
    return {"covered": (), "covered_count": card_queries.count_covered(session, room), "uncovers": False}


def arriving(session: Session, room: RoomView) -> dict[str, Any]:
    """The same with what a fragment needs to draw it."""
    return {**_arriving(session, room), "card_kinds": CARD_KINDS, "card_symbols": CARD_SYMBOLS}


def writing(session: Session, room: RoomView) -> dict[str, Any]:
    """One's own cards, live."""
    return {"mine": card_queries.mine(session, room), "card_kinds": CARD_KINDS, "card_symbols": CARD_SYMBOLS}


def composing(session: Session, room: RoomView) -> dict[str, Any]:
    """The form for a card, one's own cards, and the board."""
    return {
        **looking(session, room),
        **writing(session, room),
        "card_form": CardForm(formdata=None).offering(places(session, room)),
        "press_form": PressForm(formdata=None),
        "writes": policy.may_write_card(room),
        "longest_card": LONGEST_CARD,
    }


def standing(session: Session, room: RoomView) -> dict[str, Any]:
    """How the dots stand: nothing but a turnout before the end, all sums after it."""
    board = card_queries.board(session, room)
    told = room.member.leads or room.screen == Screen.PROJECTOR
    return {
        "board": board,
        "turnout": card_queries.turnout(session, room, board.rules) if told and board.dots_open else None,
        "card_kinds": CARD_KINDS,
        "card_symbols": CARD_SYMBOLS,
    }


def dotting(session: Session, room: RoomView) -> dict[str, Any]:
    """One's own dots, and how the query stands."""
    shown = standing(session, room)
    rules = shown["board"].rules
    return {
        **shown,
        "own_dots": card_queries.own_dots(session, room, rules) if shown["board"].dots_open else None,
        "gives": may_give_dots(room),
        "press_form": PressForm(formdata=None),
    }


def asking(session: Session, room: RoomView) -> dict[str, Any]:
    """The open questions, live."""
    return {
        "questions": question_actions.questions(session, room.workshop_case_id),
        "asks": room.screen == Screen.MODERATOR and bool(may_arrange(room)),
    }


def led(session: Session, room: RoomView) -> dict[str, Any]:
    """Everything that who leads works with; the template brings what the phase needs to the front."""
    dots = standing(session, room)
    rules = dots["board"].rules
    return {
        **looking(session, room),
        **_arriving(session, room),
        **dots,
        **asking(session, room),
        "press_form": PressForm(formdata=None),
        "cards_each_form": CardsEachForm(formdata=None, number=rules.cards_each),
        "dots_form": DotsForm(formdata=None, each=rules.dots_each, per_cluster=rules.dots_per_cluster),
        "question_form": QuestionForm(formdata=None).offering(question_actions.owners(session, room)),
        "makes_gaps": bool(may_edit_gap(room.member.actor)),
        "dots_cell": dot_actions.cell_of(session),
    }
