"""The minutes as a page, and the desk of the minute-taker."""

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core.errors import NotFound
from app.core.i18n import _
from app.core.permissions import Actor, Verdict
from app.core.web import page, perform_once, requires, signed_in
from meetings.minutes import actions, policy, queries
from meetings.minutes.forms import BlockForm
from meetings.minutes.queries import ItemSheet, MinutesSheet
from meetings.minutes.rules import StaleRevision, attended, excused
from meetings.minutes.wording import seat_rows

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
    return page(
        "minutes/show.html",
        sheet=sheet,
        voting=seat_rows(attended(sheet.seats, "voting")),
        others=seat_rows(attended(sheet.seats, "advisory") + attended(sheet.seats, "office")),
        absent=excused(sheet.seats),
        writable=may_write(signed_in(), sheet).allowed,
    )


@blueprint.route("/sitzungen/<key>/niederschrift/top/<number>", methods=["GET", "POST"])
@requires(may_write, load=queries.sheet_by_key)
def edit(sheet: MinutesSheet, key: str, number: str) -> Response | AnyResponse:
    """Write on one item."""
    item = sheet.item(number)
    if item is None:
        raise NotFound(_("Diesen Tagesordnungspunkt gibt es nicht."))
    form = BlockForm(text=item.text, revision=item.revision)
    if request.method == "GET":
        return _desk(sheet, item, form)
    if not form.validate_on_submit():
        return _desk(sheet, item, form, 422)
    try:
        return perform_once(
            actions.save_block,
            key,
            number,
            form.text.data or "",
            form.revision.data or 0,
            then=lambda _block: url_for("minutes.show", key=key, _anchor=f"top-{number}"),
        )
    except StaleRevision as conflict:
        return _conflict(sheet, item, form, conflict)


def _conflict(sheet: MinutesSheet, item: ItemSheet, form: BlockForm, conflict: StaleRevision) -> Response:
    """Both texts on one page; saving again goes over the one that is shown as stored."""
    form.revision.data = item.revision
    form.revision.raw_data = None
    return _desk(sheet, item, form, conflict.status, stored=item.text, message=conflict.message)


def _desk(
    sheet: MinutesSheet,
    item: ItemSheet,
    form: BlockForm,
    status: int = 200,
    stored: str | None = None,
    message: str = "",
) -> Response:
    return page("minutes/edit.html", status=status, sheet=sheet, entry=item, form=form, stored=stored, message=message)
