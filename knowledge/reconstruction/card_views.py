"""Cards over HTTP: writing, taking back, uncovering, typing in from paper, and the live parts of the board."""

from typing import Any

from flask import Blueprint, Response, current_app, flash, jsonify, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core.errors import DomainError
from app.core.htmx import go_to
from app.core.i18n import _, language, ngettext
from app.core.web import page, perform_once, reading
from knowledge.privacy.wording import HONEST, KIND_LABELS
from knowledge.reconstruction import card_actions, panels, question_actions, staging
from knowledge.reconstruction.access import RoomView
from knowledge.reconstruction.board_cache import Boards, board_key, may_share
from knowledge.reconstruction.card_actions import Doubtful, Posted, unseen
from knowledge.reconstruction.card_forms import BulkForm, CardForm, CardsEachForm, PressForm, QuestionForm
from knowledge.reconstruction.card_places import all_places, chosen, places
from knowledge.reconstruction.card_policy import may_arrange, may_enter_later, may_look_at_board, may_uncover
from knowledge.reconstruction.card_rules import LONGEST_CARD
from knowledge.reconstruction.card_states import CardKind
from knowledge.reconstruction.door import in_room, perform_in
from knowledge.reconstruction.policy import may_write_card
from knowledge.reconstruction.states import Screen

blueprint = Blueprint("live_cards", __name__, template_folder="templates")
_ROOM = "/workshops/<key>/raum"


def phone(key: str, tab: str = "karten") -> str:
    """The phone's view with this tab."""
    return url_for("live_room.show", key=key, ansicht=tab)


def desk(key: str, place: str = "room-panel") -> str:
    """The screen of those who lead, at its middle."""
    return url_for("live_room.moderation", key=key, _anchor=place)


def home(room: RoomView) -> str:
    """Where the reader came from."""
    return desk(room.key) if room.member.leads else phone(room.key)


@blueprint.route(f"{_ROOM}/karten/neu", methods=["GET", "POST"])
@in_room(may_write_card)
def write(room: RoomView, key: str) -> Response | AnyResponse:
    """Write a card. A browser that keeps cards until it is back asks for JSON."""
    del key
    form = CardForm().offering(places(reading(), room))
    if request.method == "GET":
        return _card_page(room, form)
    if not form.validate_on_submit():
        return _not_sent(room, form, 422, _first_error(form))
    by = unseen(room.member.actor)
    try:
        answer = perform_once(card_actions.post_card, room, form.draft(), then=lambda p: _posted(room, p), by=by)
    except Doubtful as error:
        return _not_sent(room, form, error.status, error.message, error.hits)
    except DomainError as error:
        return _not_sent(room, form, error.status, error.message)
    return jsonify(sent=True) if _wants_json() else answer


def _posted(room: RoomView, posted: Posted) -> str:
    if not _wants_json():
        said = [_("Ihre Karte liegt verdeckt auf dem Tisch.")]
        if posted.left is not None:
            said.append(ngettext("Noch %(num)s Karte.", "Noch %(num)s Karten.", posted.left))
        if posted.joined:
            said.append(_("Mehrere Zeilen wurden zu einer verbunden."))
        flash(" ".join(said), "success")
    return home(room)


def _wants_json() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _first_error(form: CardForm) -> str:
    for field in form:
        if field.errors:
            return str(field.errors[0])
    return _("Bitte prüfen Sie Ihre Angaben.")


def _not_sent(room: RoomView, form: CardForm, status: int, message: str, hits: Any = ()) -> Response:
    """Nothing was put on the board: the words for it, and the card as it was typed."""
    if _wants_json():
        marked = [{"text": hit.text, "kind": str(KIND_LABELS[hit.kind])} for hit in hits]
        answer = jsonify(sent=False, message=message, hits=marked)
        answer.status_code = status
        return answer
    return _card_page(room, form, status=status, problem=message, hits=hits)


def _card_page(room: RoomView, form: CardForm, status: int = 200, **more: Any) -> Response:
    return page(
        "reconstruction/cards/write.html",
        status=status,
        room=room,
        card_form=form,
        longest_card=LONGEST_CARD,
        kind_words=KIND_LABELS,
        honest=HONEST,
        back=home(room),
        **more,
    )


@blueprint.get(f"{_ROOM}/karten/meine")
@in_room(may_look_at_board)
def mine(room: RoomView, key: str) -> Response:
    """One's own cards, live."""
    del key
    return page("reconstruction/cards/_mine.html", room=room, **panels.writing(reading(), room))


@blueprint.get(f"{_ROOM}/karten/tafel")
@in_room(may_look_at_board)
def board(room: RoomView, key: str) -> Response:
    """The board, live. When it changes, every phone of the room asks for it in the same second."""
    del key

    def draw() -> str:
        return render_template("reconstruction/cards/_board.html", room=room, **panels.looking(reading(), room))

    if not may_share(room):
        return Response(draw())
    boards: Boards = current_app.extensions.setdefault("lueckenlos.boards", Boards())
    return Response(boards.drawn(board_key(reading(), room, language()), draw))


@blueprint.get(f"{_ROOM}/karten/verdeckt")
@in_room(may_look_at_board)
def covered(room: RoomView, key: str) -> Response:
    """The covered cards for who uncovers them; everybody else learns how many there are."""
    del key
    return page("reconstruction/cards/_covered.html", room=room, **panels.arriving(reading(), room))


@blueprint.post(f"{_ROOM}/karten/zuruecknehmen")
@in_room(may_write_card)
def withdraw(room: RoomView, key: str) -> AnyResponse:
    """Take one's own card back."""
    card = PressForm().card.data or ""
    by = unseen(room.member.actor)
    return perform_once(card_actions.withdraw_card, room, card[:16], then=lambda _n: phone(key), by=by)


@blueprint.post(f"{_ROOM}/karten/aufdecken")
@in_room(may_uncover)
def uncover(room: RoomView, key: str) -> AnyResponse:
    """Uncover one card, or all."""
    card = (PressForm().card.data or "")[:16]
    return perform_in(room, card_actions.uncover, card or None, then=lambda _n: desk(key, "covered"))


@blueprint.post(f"{_ROOM}/karten/anzahl")
@in_room(may_uncover)
def set_number(room: RoomView, key: str) -> AnyResponse:
    """How many cards one person may write."""
    form = CardsEachForm()
    if not form.validate_on_submit() or form.number.data is None:
        flash(_("Möglich sind 1 bis 20 Karten je Person."), "warning")
        return go_to(desk(key))
    return perform_in(room, card_actions.set_cards_each, form.number.data, then=lambda _b: desk(key))


@blueprint.route(f"{_ROOM}/karten/nachtrag", methods=["GET", "POST"])
@in_room(may_enter_later, Screen.MODERATOR)
def enter(room: RoomView, key: str) -> Response | AnyResponse:
    """Type in what was written on paper, during the workshop or afterwards."""
    steps = {str(step.workshop_case_id): step for step in staging.agenda(reading(), room)}
    form = BulkForm()
    form.at.choices = [(value, step.title) for value, step in steps.items()]
    wanted = form.at.data or request.args.get("fall", "") or next((v for v, s in steps.items() if s.current), "")
    step = steps.get(wanted) or next(iter(steps.values()), None)
    if step is None:
        flash(_("Dieser Workshop hat keinen Fall, zu dem Sie Karten nachtragen könnten."), "warning")
        return go_to(url_for("workshops.show", key=key))
    form.at.data = str(step.workshop_case_id)
    on_offer = all_places(reading(), step.found.id)
    form.place.choices = [("", _("zum ganzen Fall")), *((each.value, each.label) for each in on_offer)]
    if request.method == "GET" or not form.validate_on_submit():
        return _bulk_page(room, form, 200 if request.method == "GET" else 422)
    try:
        place = chosen(on_offer, form.place.data or "")
        given = (CardKind(form.kind.data), place, form.text.data or "", step.workshop_case_id)
        return perform_in(room, card_actions.enter_cards, *given, then=lambda n: _entered(room, n))
    except DomainError as error:
        form.text.errors = [error.message]
        return _bulk_page(room, form, error.status)


def _entered(room: RoomView, number: int) -> str:
    flash(ngettext("%(num)s Karte eingetragen.", "%(num)s Karten eingetragen.", number), "success")
    return url_for("live_cards.enter", key=room.key)


def _bulk_page(room: RoomView, form: BulkForm, status: int) -> Response:
    live = room.state in ("running", "paused")
    back = desk(room.key) if live else url_for("workshops.show", key=room.key)
    return page("reconstruction/cards/enter.html", status=status, room=room, form=form, back=back)


@blueprint.get(f"{_ROOM}/fragen")
@in_room(may_look_at_board)
def questions(room: RoomView, key: str) -> Response:
    """The open questions, live."""
    del key
    return page("reconstruction/cards/_questions.html", room=room, **panels.asking(reading(), room))


@blueprint.route(f"{_ROOM}/fragen/neu", methods=["GET", "POST"])
@in_room(may_arrange, Screen.MODERATOR)
def ask(room: RoomView, key: str) -> Response | AnyResponse:
    """Keep an open question."""
    form = QuestionForm().offering(question_actions.owners(reading(), room))
    status = 200
    if request.method == "POST":
        status = 422
        if form.validate_on_submit():
            given = (form.question.data or "", form.owner.data or "", form.due_on.data)
            try:
                return perform_in(room, question_actions.add_question, *given, then=lambda _q: desk(key, "questions"))
            except DomainError as error:
                form.question.errors, status = [error.message], error.status
    return page("reconstruction/cards/ask.html", status=status, room=room, question_form=form, back=desk(key))


@blueprint.post(f"{_ROOM}/fragen/<int:question_id>/entfernen")
@in_room(may_arrange, Screen.MODERATOR)
def drop_question(room: RoomView, key: str, question_id: int) -> AnyResponse:
    """Take a question away."""
    return perform_in(room, question_actions.remove_question, question_id, then=lambda _n: desk(key, "questions"))
