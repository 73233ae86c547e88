"""Coding a case: the page with its marked texts, attaching, changing, removing, a second person's look, rounds."""

from collections.abc import Callable
from typing import Any

from flask import Response, flash, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core.errors import DomainError, InvalidInput, NotFound
from app.core.i18n import _
from app.core.web import page, perform, perform_once, reading, requires, signed_in
from knowledge.cases.access import FoundCase
from knowledge.cases.actions import note_reading
from knowledge.coding import actions, actions_review, policy, queries, wording
from knowledge.coding.actions import LONGEST_MEMO
from knowledge.coding.blueprint import blueprint
from knowledge.coding.comparison import compare
from knowledge.coding.forms import CodingForm, RoundForm, TargetForm
from knowledge.coding.models import Coding
from knowledge.coding.rows import CodingRow, coding_rows, of_case

__all__ = ["blueprint"]
ONLY_MINE = "meine"


@blueprint.get("/faelle/<key>/auswertung")
@requires(policy.may_code_case, load=queries.case_by_key)
def show(found: FoundCase, key: str) -> Response:
    """The case with its codings; that it was opened is written down."""
    del key
    perform(note_reading, found.id)
    form = CodingForm(formdata=None, category=request.args.get("kategorie", ""))
    return _page(found, form)


@blueprint.post("/faelle/<key>/auswertung")
@requires(policy.may_code_case, load=queries.case_by_key)
def attach(found: FoundCase, key: str) -> AnyResponse:
    """Attach a passage."""
    form = CodingForm()
    shown = queries.sheet(reading(), signed_in(), found)
    form.over(shown).offer(reading(), signed_in(), found.id)
    if not form.validate_on_submit():
        return _page(found, form, 422)
    try:
        targets = form.targets(reading(), signed_in())
        return perform_once(
            actions.attach, key, form.marked(), targets, form.memo.data or "", then=lambda made: _at(key, made[0])
        )
    except InvalidInput as error:
        return _page(found, form, error.status, error.message)


@blueprint.get("/faelle/<key>/auswertung/<int:coding_id>")
@requires(policy.may_code_case, load=queries.case_by_key)
def edit(found: FoundCase, key: str, coding_id: int) -> Response:
    """One coding: its memo for whoever made it, confirming or changing for a second person."""
    del key
    row = _row(found, coding_id)
    return _coding_page(found, row, TargetForm(formdata=None, memo=row.coding.memo if _mine(row) else ""))


@blueprint.post("/faelle/<key>/auswertung/<int:coding_id>")
@requires(policy.may_code_case, load=queries.case_by_key)
def change(found: FoundCase, key: str, coding_id: int) -> AnyResponse:
    """Save the memo of one's own, or see somebody else's differently."""
    row, form = _row(found, coding_id), TargetForm()
    form.offer(reading(), signed_in(), found.id)
    if not form.validate_on_submit():
        return _coding_page(found, row, form, 422)
    memo = form.memo.data or ""
    if _mine(row):
        return perform_once(actions.change_memo, key, coding_id, memo, then=lambda coding: _at(key, coding))
    try:
        targets = form.targets(reading(), signed_in())
        if len(targets) != 1:
            raise InvalidInput(_("Bitte wählen Sie eine Zuordnung: Kategorie, Fehlstelle oder Befund."))
        return perform_once(
            actions_review.change, key, coding_id, targets[0], memo, then=lambda coding: _at(key, coding)
        )
    except DomainError as error:
        return _coding_page(found, row, form, error.status, error.message)


@blueprint.post("/faelle/<key>/auswertung/<int:coding_id>/entfernen")
@requires(policy.may_code_case, load=queries.case_by_key)
def remove(found: FoundCase, key: str, coding_id: int) -> AnyResponse:
    """Take one's own coding away."""
    del found

    def done(_coding: Coding) -> str:
        flash(_("Die Kodierung ist entfernt. Unten auf der Seite holen Sie sie zurück."), "success")
        return url_for("coding.show", key=key, _anchor="entfernt")

    return perform_once(actions.remove, key, coding_id, then=done)


@blueprint.post("/faelle/<key>/auswertung/<int:coding_id>/zurueckholen")
@requires(policy.may_code_case, load=queries.case_by_key)
def restore(found: FoundCase, key: str, coding_id: int) -> AnyResponse:
    """Bring one's own coding back."""
    del found
    return _done(actions.restore, key, coding_id)


def _done(action: Callable[..., Coding], key: str, coding_id: int) -> AnyResponse:
    return perform_once(action, key, coding_id, then=lambda coding: _at(key, coding))


@blueprint.post("/faelle/<key>/auswertung/<int:coding_id>/bestaetigen")
@requires(policy.may_code_case, load=queries.case_by_key)
def confirm(found: FoundCase, key: str, coding_id: int) -> AnyResponse:
    """A second person sees it the same way."""
    del found
    return _done(actions_review.confirm, key, coding_id)


@blueprint.post("/faelle/<key>/auswertung/<int:coding_id>/pruefung-zuruecknehmen")
@requires(policy.may_code_case, load=queries.case_by_key)
def take_back(found: FoundCase, key: str, coding_id: int) -> AnyResponse:
    """Take one's own review back."""
    del found
    return _done(actions_review.take_back, key, coding_id)


@blueprint.post("/faelle/<key>/auswertung/stellen/<int:passage_id>")
@requires(policy.may_code_case, load=queries.case_by_key)
def take_place(found: FoundCase, key: str, passage_id: int) -> AnyResponse:
    """The place that was found again is right."""
    del found
    return perform_once(actions.take_place, key, passage_id, then=lambda _passage: url_for("coding.show", key=key))


@blueprint.post("/faelle/<key>/auswertung/runde")
@requires(policy.may_steer_rounds, load=queries.case_by_key)
def open_round(found: FoundCase, key: str) -> AnyResponse:
    """Begin the next round."""
    del found
    return perform_once(actions_review.open_round, key, bool(RoundForm().blind.data), then=lambda _round: _home(key))


@blueprint.post("/faelle/<key>/auswertung/runde/verdecken")
@requires(policy.may_steer_rounds, load=queries.case_by_key)
def blind_round(found: FoundCase, key: str) -> AnyResponse:
    """Hide everybody's codings from the others."""
    del found
    return perform_once(actions_review.blind_round, key, then=lambda _round: _home(key))


@blueprint.post("/faelle/<key>/auswertung/runde/abschliessen")
@requires(policy.may_steer_rounds, load=queries.case_by_key)
def close_round(found: FoundCase, key: str) -> AnyResponse:
    """Close the round."""
    del found
    return perform_once(actions_review.close_round, key, then=lambda _round: _home(key))


@blueprint.get("/faelle/<key>/auswertung/uebereinstimmung")
@requires(policy.may_code_case, load=queries.case_by_key)
def agreement(found: FoundCase, key: str) -> Response:
    """Where two people agree, category by category."""
    del key
    perform(note_reading, found.id)
    shown = queries.sheet(reading(), signed_in(), found)
    number = _number(request.args.get("runde")) or (shown.round.number if shown.round else 0)
    chosen = next((each for each in shown.rounds if each.number == number), shown.round)
    wanted = [person_id for name in ("a", "b") if (person_id := _number(request.args.get(name)))]
    return page(
        "coding/agreement.html",
        shown=shown,
        chosen=chosen,
        compared=compare(shown, chosen.number if chosen else 0, wanted),
        alpha_words=wording.alpha_words,
        is_open=wording.is_open,
    )


def _page(found: FoundCase, form: CodingForm, status: int = 200, problem: str = "") -> Response:
    actor, session = signed_in(), reading()
    only_mine = request.args.get("wer") == ONLY_MINE
    shown = queries.sheet(session, actor, found, only_mine)
    form.over(shown).offer(session, actor, found.id)
    return page(
        "coding/show.html",
        status=status,
        shown=shown,
        form=form,
        problem=problem,
        only_mine=only_mine,
        round_form=RoundForm(formdata=None),
        may_steer=bool(policy.may_steer_rounds(actor, found)),
        **_words(),
    )


def _coding_page(found: FoundCase, row: CodingRow, form: TargetForm, status: int = 200, problem: str = "") -> Response:
    actor = signed_in()
    form.offer(reading(), actor, found.id)
    return page(
        "coding/edit.html",
        status=status,
        found=found,
        row=row,
        form=form,
        problem=problem,
        mine=_mine(row),
        longest_memo=LONGEST_MEMO,
        **_words(),
    )


def _words() -> dict[str, Any]:
    """What the templates need to say things."""
    actor = signed_in()
    return {
        "states": wording.CODING_STATES,
        "places": wording.PLACES,
        "opening": wording.opening,
        "target_words": wording.target_words,
        "look": wording.look,
        "is_open": wording.is_open,
        "may_change": lambda row: bool(policy.may_change_coding(actor, row.facts)),
        "may_review": lambda row: bool(policy.may_review_coding(actor, row.facts)),
        "may_take_back": lambda row: row.coding.reviewer_id == actor.person_id,
        "is_mine": _mine,
    }


def _row(found: FoundCase, coding_id: int) -> CodingRow:
    """The coding for this reader, else 404."""
    rows = coding_rows(reading(), signed_in(), of_case(found.id))
    row = next((each for each in rows if each.id == coding_id and not each.removed), None)
    if row is None:
        raise NotFound(_("Diese Seite gibt es nicht."))
    return row


def _mine(row: CodingRow) -> bool:
    return row.coding.coder_id == signed_in().person_id


def _home(key: str) -> str:
    return url_for("coding.show", key=key, _anchor="runde")


def _at(key: str, coding: Coding) -> str:
    return url_for("coding.show", key=key, _anchor=f"kodierung-{coding.id}")


def _number(typed: str | None) -> int | None:
    return int(typed) if typed and typed.isascii() and typed.isdecimal() and len(typed) < 10 else None
