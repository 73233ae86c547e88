"""The minutes as a page, and the desk of the minute-taker."""

from itertools import chain
from typing import Any

from flask import Blueprint, Response, jsonify, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core.errors import NotFound
from app.core.forms import ConfirmForm, small_number
from app.core.i18n import _
from app.core.permissions import Actor, Verdict
from app.core.web import page, perform, perform_once, reading, requires, signed_in
from meetings.minutes import actions, policy, queries
from meetings.minutes.forms import BlockForm, DescriptionForm
from meetings.minutes.joining import joined
from meetings.minutes.modules import modules_of
from meetings.minutes.queries import ItemSheet, MinutesSheet
from meetings.minutes.revisions import changes, revisions_of
from meetings.minutes.rules import StaleRevision, attended, excused
from meetings.minutes.signing import files_of
from meetings.minutes.states import SigningRole
from meetings.minutes.steps import next_steps
from meetings.minutes.wording import (
    first_item,
    kinds,
    purpose_words,
    role_words,
    seat_heads,
    seat_rows,
    state_tone,
    state_words,
    step_words,
    time_words,
    treatments,
)

blueprint = Blueprint("minutes", __name__, template_folder="templates")


def may_read(actor: Actor, sheet: MinutesSheet) -> Verdict:
    """The policy over a loaded sheet."""
    return policy.may_read_minutes(actor, sheet.access)


def may_write(actor: Actor, sheet: MinutesSheet) -> Verdict:
    """The policy over a loaded sheet."""
    return policy.may_write_minutes(actor, sheet.access)


@blueprint.get("/sitzungen/<key>/niederschrift")
@requires(may_read, load=queries.sheet_by_key)
def show(sheet: MinutesSheet, key: str) -> Response:
    """The whole minutes as they stand."""
    del key
    actor, access = signed_in(), sheet.access
    return page(
        "minutes/show.html",
        sheet=sheet,
        **_attendance(sheet),
        times=" – ".join(filter(None, time_words(sheet))),
        absent=excused(sheet.seats),
        writable=may_write(actor, sheet).allowed,
        steps=next_steps(actor, sheet),
        signing=_signing(actor, sheet),
        signatures=[(role_words(role), _signature(sheet, role)) for role in SigningRole],
        files=files_of(reading(), sheet.id),
        may_object=policy.may_object(actor, access).allowed,
        may_treat=policy.may_treat_objections(actor, access).allowed,
        may_set_tasks=policy.may_keep_modules(actor, access.body).allowed,
        may_compare=policy.may_steer_minutes(actor, access).allowed,
        may_keep_scan=policy.may_keep_scan(actor, access).allowed,
        form=ConfirmForm(),
        state=(state_words(sheet.state), state_tone(sheet.state)),
        words={"step": step_words, "purpose": purpose_words, "treatment": treatments(), "kinds": kinds()},
    )


def _attendance(sheet: MinutesSheet) -> dict[str, Any]:
    """Who was there: the tables of those with a vote and of the others, with as many columns as are needed."""
    first = first_item(sheet)
    voting = seat_rows(attended(sheet.seats, "voting"), first)
    further = (attended(sheet.seats, kind) for kind in ("advisory", "office", "guest"))
    others = seat_rows(chain.from_iterable(further), first)
    heads = seat_heads(voting, others)
    cut = [[row[: len(heads)] for row in rows] for rows in (voting, others)]
    return {"heads": heads, "voting": cut[0], "others": cut[1]}


def _signing(actor: Actor, sheet: MinutesSheet) -> str:
    """As what the person may sign now; empty if not."""
    role = policy.signing_role(actor, sheet.access)
    done = role in [str(each.role) for each in sheet.signatures]
    return role_words(role) if role and not done and policy.may_sign_minutes(actor, sheet.access) else ""


def _signature(sheet: MinutesSheet, role: SigningRole) -> Any:
    return next((each for each in sheet.signatures if each.role == role), None)


@blueprint.route("/sitzungen/<key>/niederschrift/top/<number>", methods=["GET", "POST"])
@requires(may_write, load=queries.sheet_by_key)
def edit(sheet: MinutesSheet, key: str, number: str) -> Response | AnyResponse:
    """Write on one item; a script that saves while one types is answered in JSON."""
    item = _item_of(sheet, number)
    form = BlockForm(text=item.written, revision=item.revision)
    if request.method == "GET":
        return _first_desk(sheet, item, form)
    if not form.validate_on_submit():
        return _desk(sheet, item, form, 422)
    typed, seen = (form.text.data or "").replace("\r\n", "\n"), form.revision.data or 0
    if request.accept_mimetypes.best == "application/json":
        return _saved_while_typing(key, number, typed, seen, item)
    try:
        return perform_once(
            actions.save_block,
            key,
            number,
            typed,
            seen,
            then=lambda _block: url_for("minutes.show", key=key, _anchor=f"top-{number}"),
        )
    except StaleRevision as conflict:
        return _conflict(sheet, item, form, conflict)


def _item_of(sheet: MinutesSheet, number: str) -> ItemSheet:
    item = sheet.item(number)
    if item is None:
        raise NotFound(_("Diesen Tagesordnungspunkt gibt es nicht."))
    return item


def _first_desk(sheet: MinutesSheet, item: ItemSheet, form: BlockForm) -> Response:
    """The desk as it opens; with the room's later notes joined in where the writer asked for them."""
    if request.args.get("notizen") == "dazu" and item.has_news:
        form.text.data = joined(item.drawn_from or "", item.recorded.notes, item.text)
    module = request.args.get("baustein", "")
    chosen = next((each for each in modules_of(reading(), sheet, item) if each.name == module), None)
    if chosen:
        form.text.data = "\n\n".join(part for part in (form.text.data, chosen.text) if part)
    return _desk(sheet, item, form)


def _saved_while_typing(key: str, number: str, typed: str, seen: int, item: ItemSheet) -> Response:
    try:
        block = perform(actions.save_block, key, number, typed, seen)
    except StaleRevision:
        both = _joined(item, typed, seen)
        answer = jsonify(
            message=_("Jemand hat diesen Abschnitt gespeichert, während Sie geschrieben haben."),
            revision=item.revision,
            saved=item.text,
            joined=both,
        )
        answer.status_code = 409
        return answer
    return jsonify(revision=block.revision)


def _joined(item: ItemSheet, typed: str, seen: int) -> str:
    base = next((each.text for each in revisions_of(reading(), item.item.id) if each.number == seen), "")
    return joined(base or ("" if seen else item.recorded.notes), item.text, typed)


def _conflict(sheet: MinutesSheet, item: ItemSheet, form: BlockForm, conflict: StaleRevision) -> Response:
    """Both texts joined in the field, and each for itself; saving again goes over the one that is stored."""
    typed = form.text.data or ""
    form.text.data = _joined(item, typed.replace("\r\n", "\n"), form.revision.data or 0)
    form.text.raw_data = form.revision.raw_data = None
    form.revision.data = item.revision
    return _desk(sheet, item, form, conflict.status, typed=typed, message=conflict.message)


def _desk(
    sheet: MinutesSheet,
    item: ItemSheet,
    form: BlockForm,
    status: int = 200,
    typed: str | None = None,
    message: str = "",
) -> Response:
    return page(
        "minutes/edit.html",
        status=status,
        sheet=sheet,
        entry=item,
        form=form,
        typed=typed,
        stored=item.text,
        compared=changes(item.text, typed) if typed is not None else (),
        news=changes(item.drawn_from or "", item.recorded.notes) if item.has_news else (),
        modules=modules_of(reading(), sheet, item),
        message=message,
        may_keep_modules=policy.may_keep_modules(signed_in(), sheet.access.body).allowed,
    )


@blueprint.post("/sitzungen/<key>/niederschrift/top/<number>/notizen")
@requires(may_write, load=queries.sheet_by_key)
def leave_news(sheet: MinutesSheet, key: str, number: str) -> AnyResponse:
    """The later notes of the room are not taken over."""
    del sheet
    return perform_once(
        actions.leave_news, key, number, then=lambda _block: url_for("minutes.edit", key=key, number=number)
    )


@blueprint.get("/sitzungen/<key>/niederschrift/top/<number>/fassungen")
@requires(may_write, load=queries.sheet_by_key)
def revisions(sheet: MinutesSheet, key: str, number: str) -> Response:
    """Every text that was saved for an item, and what changed."""
    del key
    item = _item_of(sheet, number)
    found = revisions_of(reading(), item.item.id)
    wanted = small_number(request.args.get("fassung"))
    place = next((at for at, each in enumerate(found) if each.number == wanted), 0)
    chosen = found[place] if found else None
    before = found[place + 1].text if place + 1 < len(found) else ""
    return page(
        "minutes/revisions.html",
        sheet=sheet,
        item=item.item,
        found=found,
        chosen=chosen,
        compared=changes(before, chosen.text) if chosen else (),
        form=ConfirmForm(),
    )


@blueprint.post("/sitzungen/<key>/niederschrift/top/<number>/fassungen/<int:revision>")
@requires(may_write, load=queries.sheet_by_key)
def put_back(sheet: MinutesSheet, key: str, number: str, revision: int) -> AnyResponse:
    """Make an earlier text the present one."""
    del sheet
    return perform_once(
        actions.put_back,
        key,
        number,
        revision,
        then=lambda _block: url_for("minutes.revisions", key=key, number=number),
    )


@blueprint.route("/sitzungen/<key>/niederschrift/angaben", methods=["GET", "POST"])
@requires(may_write, load=queries.sheet_by_key)
def describe(sheet: MinutesSheet, key: str) -> Response | AnyResponse:
    """Kind, receivers and annexes."""
    given = {"kind": sheet.kind, "distribution": "\n".join(sheet.distribution), "annexes": "\n".join(sheet.annexes)}
    form = DescriptionForm(**given).offer()
    if request.method == "GET":
        return page("minutes/describe.html", sheet=sheet, form=form)
    if not form.validate_on_submit():
        return page("minutes/describe.html", status=422, sheet=sheet, form=form)
    texts = (form.distribution.data or "", form.annexes.data or "")
    return perform_once(
        actions.describe, key, form.kind.data, *texts, then=lambda _minutes: url_for("minutes.show", key=key)
    )
