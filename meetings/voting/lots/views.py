"""The lot as a page: drawing it from the sealed number, or recording what was drawn in the room."""

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse
from wtforms import SelectMultipleField, StringField
from wtforms.validators import DataRequired, Length

from app.core.errors import InvalidInput, NotFound
from app.core.forms import BaseForm, ConfirmForm
from app.core.i18n import _
from app.core.i18n import lazy as _l
from app.core.permissions import Actor, Verdict
from app.core.web import page, perform_once, reading, requires
from meetings.voting import policy, queries
from meetings.voting.lots import actions
from meetings.voting.lots.queries import candidate_words, lot_view
from meetings.voting.lots.rules import name_of
from meetings.voting.queries import FoundPoll

blueprint = Blueprint("lots", __name__, template_folder="templates")
POLL = "/abstimmungen/<int(max=2147483647):poll_id>"


class HandForm(BaseForm):
    """Who drew the lot in the room, and on whom it fell."""

    drawn_by = StringField(
        _l("Gezogen von"),
        validators=[DataRequired(_l("Bitte geben Sie an, wer das Los gezogen hat.")), Length(max=160)],
    )
    drawn = SelectMultipleField(
        _l("Das Los fiel auf"), validators=[DataRequired(_l("Bitte wählen Sie aus, worauf das Los fiel."))]
    )


def may_draw(actor: Actor, found: FoundPoll) -> Verdict:
    """The policy over a loaded poll: chair and office."""
    return policy.may_close_poll(actor, found.meeting)


@blueprint.route(f"{POLL}/los", methods=["GET", "POST"])
@requires(may_draw, load=queries.poll_by_id)
def draw(found: FoundPoll, poll_id: int) -> Response | AnyResponse:
    """What the lot decides and how it can be drawn; posting records what was drawn by hand."""
    view = lot_view(reading(), found.poll)
    if view is None or view.draw is None or view.drawn:
        raise NotFound(_("In dieser Abstimmung gibt es nichts auszulosen."))
    form = HandForm()
    form.drawn.choices = [(name_of(each), candidate_words(found.ruled, each)) for each in view.draw.candidates]
    form.drawn.flags.required = True
    if form.validate_on_submit():
        try:
            return perform_once(
                actions.record_draw,
                poll_id,
                form.drawn_by.data or "",
                tuple(form.drawn.data or ()),
                then=lambda _lot: url_for("voting.show", poll_id=poll_id),
            )
        except InvalidInput as error:
            form.form_errors.append(error.message)
    status = 422 if request.method == "POST" else 200
    return page("lots/draw.html", status=status, found=found, view=view, form=form, confirm=ConfirmForm(formdata=None))


@blueprint.post(f"{POLL}/los/ziehen")
@requires(may_draw, load=queries.poll_by_id)
def sealed(found: FoundPoll, poll_id: int) -> AnyResponse:
    """Let the sealed number decide."""
    del found
    return perform_once(actions.draw_sealed, poll_id, then=lambda _lot: url_for("voting.show", poll_id=poll_id))
