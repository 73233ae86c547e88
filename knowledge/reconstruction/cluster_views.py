"""Clusters and dots over HTTP. Naming and deciding have pages of their own: no live update touches typed text."""

from typing import Any

from flask import Blueprint, Response, flash, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core.errors import ChangedMeanwhile, DomainError, NotFound
from app.core.htmx import go_to
from app.core.i18n import _
from app.core.web import house, page, perform_once, reading
from knowledge.gaps.nearest import nearest
from knowledge.gaps.policy import may_edit_gap
from knowledge.gaps.states import GapFacetName, SolvableAt
from knowledge.privacy.confirming import Unchecked
from knowledge.privacy.wording import KIND_LABELS
from knowledge.reconstruction import card_queries, cluster_actions, dot_actions, panels
from knowledge.reconstruction.access import RoomView
from knowledge.reconstruction.card_actions import unseen
from knowledge.reconstruction.card_forms import (
    DotsForm,
    MoveForm,
    OutcomeForm,
    PaperDotsForm,
    PressForm,
    SentenceForm,
    points_from,
)
from knowledge.reconstruction.card_policy import (
    may_arrange,
    may_enter_dots,
    may_give_dots,
    may_look_at_board,
    may_uncover,
)
from knowledge.reconstruction.card_rules import DotRule
from knowledge.reconstruction.card_states import ClusterDecision
from knowledge.reconstruction.card_views import desk, phone
from knowledge.reconstruction.card_wording import CARD_KINDS, CARD_SYMBOLS, DECISIONS
from knowledge.reconstruction.cluster_actions import LOOSE, NEW_CLUSTER, Outcome, Sentence
from knowledge.reconstruction.door import in_room, perform_in
from knowledge.reconstruction.states import Screen

blueprint = Blueprint("live_clusters", __name__, template_folder="templates")
_ROOM = "/workshops/<key>/raum"


@blueprint.post(f"{_ROOM}/gruppen/legen")
@in_room(may_arrange, Screen.MODERATOR)
def put(room: RoomView, key: str) -> AnyResponse:
    """Put a card somewhere by dragging it."""
    form = PressForm()
    given = ((form.card.data or "")[:16], (form.target.data or "")[:16])
    return perform_in(room, cluster_actions.move_card, *given, then=lambda _c: desk(key, "board"))


@blueprint.route(f"{_ROOM}/karten/<card>/legen", methods=["GET", "POST"])
@in_room(may_arrange, Screen.MODERATOR)
def move(room: RoomView, key: str, card: str) -> Response | AnyResponse:
    """Put a card somewhere by choosing from a list."""
    form = MoveForm()
    lying = card_queries.card_by_key(reading(), room, card)
    if lying is None:
        raise NotFound(_("Diese Karte gibt es nicht mehr."))
    board = card_queries.board(reading(), room)
    form.target.choices = [
        *((each.key, each.sentence or _nameless(place)) for place, each in enumerate(board.clusters, start=1)),
        (NEW_CLUSTER, _("neue Gruppe")),
        (LOOSE, _("in keine Gruppe")),
    ]
    if request.method == "POST" and form.validate_on_submit():
        given = (card, (form.target.data or "")[:16])
        return perform_in(room, cluster_actions.move_card, *given, then=lambda _c: desk(key, f"card-{card}"))
    at = next((each.key for each in board.clusters if each.row.id == lying.cluster_id), LOOSE)
    form.target.data = at
    return page(
        "reconstruction/cards/move.html",
        room=room,
        card=lying,
        form=form,
        back=desk(key, "board"),
        card_kinds=CARD_KINDS,
        card_symbols=CARD_SYMBOLS,
    )


def _nameless(place: int) -> str:
    return _("Gruppe %(place)s (noch ohne Namen)", place=place)


@blueprint.post(f"{_ROOM}/gruppen/zurueck")
@in_room(may_arrange, Screen.MODERATOR)
def undo(room: RoomView, key: str) -> AnyResponse:
    """Take one's own last move back."""
    try:
        return perform_in(room, cluster_actions.undo_move, then=lambda _n: desk(key, "board"))
    except DomainError as error:
        flash(error.message, "warning")
        return go_to(desk(key, "board"))


@blueprint.get(f"{_ROOM}/gruppen/<cluster>")
@in_room(may_arrange, Screen.MODERATOR)
def show(room: RoomView, key: str, cluster: str) -> Response:
    """One cluster: its cards, its name, gaps like it, and what becomes of it."""
    del key
    return _cluster_page(room, _found(room, cluster))


@blueprint.post(f"{_ROOM}/gruppen/<cluster>")
@in_room(may_arrange, Screen.MODERATOR)
def name(room: RoomView, key: str, cluster: str) -> Response | AnyResponse:
    """Name it."""
    found, form = _found(room, cluster), SentenceForm()
    here = url_for("live_clusters.show", key=key, cluster=cluster)
    if not form.validate_on_submit():
        return _cluster_page(room, found, form, status=422)
    sentence = Sentence(form.when.data or "", form.then.data or "", form.because.data or "")
    confirmed = tuple(each[:16] for each in request.form.getlist("harmless"))
    try:
        given = (cluster, sentence, form.shown, confirmed)
        return perform_in(room, cluster_actions.name_cluster, *given, then=lambda _c: here)
    except Unchecked as error:
        return _cluster_page(room, found, form, status=error.status, name_problem=error.message, name_hits=error.hits)
    except ChangedMeanwhile as error:
        form.version.data = str(found.row.version)
        return _cluster_page(room, found, form, status=error.status, conflict=error)
    except DomainError as error:
        form.when.errors = [error.message]
        return _cluster_page(room, found, form, status=error.status)


@blueprint.post(f"{_ROOM}/gruppen/<cluster>/ergebnis")
@in_room(may_arrange, Screen.MODERATOR)
def decide(room: RoomView, key: str, cluster: str) -> Response | AnyResponse:
    """Say what becomes of it."""
    found, form = _found(room, cluster), OutcomeForm()
    if not form.validate_on_submit():
        return _cluster_page(room, found, outcome_form=form, status=422)
    try:
        given = _outcome(form)
        return perform_in(room, cluster_actions.decide, cluster, given, then=lambda _c: desk(key, f"cluster-{cluster}"))
    except Unchecked as error:
        return _cluster_page(
            room, found, outcome_form=form, status=error.status, problem=error.message, hits=error.hits
        )
    except DomainError as error:
        form.decision.errors = [error.message]
        return _cluster_page(room, found, outcome_form=form, status=error.status)


def _outcome(form: OutcomeForm) -> Outcome:
    level = form.solvable_at.data or ""
    picked = request.form.get("pick", "")[:64]
    return Outcome(
        ClusterDecision(form.decision.data),
        SolvableAt(level) if level in set(SolvableAt) else None,
        (picked or form.gap.data or "").strip(),
        form.title.data or "",
        tuple(each[:16] for each in request.form.getlist("harmless")),
    )


@blueprint.post(f"{_ROOM}/gruppen/<cluster>/entfernen")
@in_room(may_arrange, Screen.MODERATOR)
def remove(room: RoomView, key: str, cluster: str) -> AnyResponse:
    """Take an empty cluster away."""
    try:
        return perform_in(room, cluster_actions.remove_cluster, cluster, then=lambda _n: desk(key, "board"))
    except DomainError as error:
        flash(error.message, "warning")
        return go_to(desk(key, "board"))


def _found(room: RoomView, key: str) -> card_queries.ClusterView:
    board = card_queries.board(reading(), room)
    found = next((each for each in board.clusters if each.key == key), None)
    if found is None:
        raise NotFound(_("Diese Gruppe gibt es nicht mehr."))
    return found


def _cluster_page(
    room: RoomView,
    found: card_queries.ClusterView,
    form: SentenceForm | None = None,
    outcome_form: OutcomeForm | None = None,
    status: int = 200,
    **more: Any,
) -> Response:
    row = found.row
    form = form or SentenceForm(
        formdata=None, version=row.version, when=row.when_text, then=row.then_text, because=row.because_text
    )
    text = found.sentence or "\n".join(card.text for card in found.cards)
    codes = {GapFacetName.TRANSITION: {card.transition for card in found.cards if card.transition}}
    chosen = {
        "decision": row.decision.value if row.decision else None,
        "solvable_at": row.solvable_at.value if row.solvable_at else "",
        "gap": found.gap.key if found.gap else "",
    }
    return page(
        "reconstruction/cards/cluster.html",
        status=status,
        room=room,
        cluster=found,
        form=form,
        outcome_form=outcome_form or OutcomeForm(formdata=None, **chosen),
        near=nearest(reading(), room.member.actor, house().search, text, codes),
        makes_gaps=bool(may_edit_gap(room.member.actor)),
        kind_words=KIND_LABELS,
        confirmed=frozenset(request.form.getlist("harmless")),
        card_kinds=CARD_KINDS,
        card_symbols=CARD_SYMBOLS,
        decisions=DECISIONS,
        back=desk(room.key, f"cluster-{found.key}"),
        **more,
    )


@blueprint.get(f"{_ROOM}/punkte")
@in_room(may_look_at_board)
def dots(room: RoomView, key: str) -> Response:
    """The dot query on a page of its own."""
    del key
    return _dots_page(room)


@blueprint.post(f"{_ROOM}/punkte")
@in_room(may_give_dots)
def give(room: RoomView, key: str) -> Response | AnyResponse:
    """Give one's dots."""
    keys = dot_actions.cluster_keys(reading(), room.workshop_case_id)
    points = points_from(keys, request.form)
    try:
        by = unseen(room.member.actor)
        return perform_once(dot_actions.give_dots, room, points, then=lambda _n: _given(key), by=by)
    except DomainError as error:
        return _dots_page(room, status=error.status, problem=error.message, typed=points)


def _given(key: str) -> str:
    flash(_("Ihre Punkte sind gespeichert. Bis zum Schluss der Abfrage können Sie sie ändern."), "success")
    return phone(key, "punkte")


def _dots_page(room: RoomView, status: int = 200, **more: Any) -> Response:
    return page(
        "reconstruction/cards/dots.html",
        status=status,
        room=room,
        back=desk(room.key) if room.member.leads else phone(room.key, "punkte"),
        **panels.dotting(reading(), room),
        **more,
    )


@blueprint.get(f"{_ROOM}/punkte/stand")
@in_room(may_look_at_board)
def standing(room: RoomView, key: str) -> Response:
    """How the query stands, live."""
    del key
    return page("reconstruction/cards/_standing.html", room=room, **panels.standing(reading(), room))


@blueprint.post(f"{_ROOM}/punkte/oeffnen")
@in_room(may_uncover, Screen.MODERATOR)
def open_query(room: RoomView, key: str) -> AnyResponse:
    """Open the dot query."""
    form = DotsForm()
    valid = form.validate_on_submit()
    if not valid or form.each.data is None or form.per_cluster.data is None:
        flash(
            _("Bitte geben Sie an, wie viele Punkte jede Person hat und wie viele davon eine Gruppe bekommen darf."),
            "warning",
        )
        return go_to(desk(key))
    rule = DotRule(form.each.data, form.per_cluster.data)
    try:
        return perform_in(room, dot_actions.open_dots, rule, then=lambda _b: desk(key))
    except DomainError as error:
        flash(error.message, "warning")
        return go_to(desk(key))


@blueprint.route(f"{_ROOM}/punkte/papier", methods=["GET", "POST"])
@in_room(may_enter_dots, Screen.MODERATOR)
def enter_dots(room: RoomView, key: str) -> Response | AnyResponse:
    """Type in the dots that people stuck on a wall."""
    board = card_queries.board(reading(), room)
    people, typed = dot_actions.entered(reading(), board.rules)
    form, status, problem = PaperDotsForm(people=people or None), 200, ""
    if request.method == "POST":
        typed, status = points_from([each.key for each in board.votable], request.form), 422
        if form.validate_on_submit() and form.people.data:
            try:
                given = (form.people.data, typed)
                return perform_in(room, dot_actions.enter_dots, *given, then=lambda _n: desk(key, "led-dots"))
            except DomainError as error:
                status, problem = error.status, error.message
    shown: dict[str, Any] = {"room": room, "board": board, "form": form, "typed": typed}
    shown |= {"problem": problem, "back": desk(key)}
    return page("reconstruction/cards/enter_dots.html", status=status, **shown)


@blueprint.post(f"{_ROOM}/punkte/schliessen")
@in_room(may_uncover, Screen.MODERATOR)
def close_query(room: RoomView, key: str) -> AnyResponse:
    """Count and show."""
    try:
        return perform_in(room, dot_actions.close_dots, then=lambda _b: desk(key))
    except DomainError as error:
        flash(error.message, "warning")
        return go_to(desk(key))
