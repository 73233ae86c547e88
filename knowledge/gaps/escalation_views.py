"""What was reported to the state or the federation: the open ones, and the form of one."""

from flask import Response, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock
from app.core.errors import InvalidInput, NotFound
from app.core.i18n import _
from app.core.web import page, perform_once, reading, requires, signed_in
from knowledge.gaps import actions_escalation, policy, queries
from knowledge.gaps.blueprint import blueprint
from knowledge.gaps.escalation import escalation_of, open_escalations
from knowledge.gaps.forms import EscalationForm
from knowledge.gaps.models import Gap


@blueprint.get("/fehlstellen/eskalationen")
@requires(policy.may_read_catalogue)
def escalations() -> Response:
    """The open escalations, those that wait longest first."""
    actor = signed_in()
    return page(
        "gaps/escalations.html",
        rows=open_escalations(reading(), actor, clock.today()),
        may_edit=bool(policy.may_edit_gap(actor)),
    )


@blueprint.get("/fehlstellen/<key>/eskalation")
@requires(policy.may_change_gap, load=queries.gap_by_key)
def escalation(gap: Gap, key: str) -> Response:
    """The form of one escalation."""
    del key
    row = escalation_of(reading(), gap)
    if row is None:
        raise NotFound(_("Diese Seite gibt es nicht."))
    names = ("addressee", "via", "sent_on", "answer", "answered_on")
    return _form_page(gap, EscalationForm(formdata=None, **{name: getattr(row, name) for name in names}))


@blueprint.post("/fehlstellen/<key>/eskalation")
@requires(policy.may_change_gap, load=queries.gap_by_key)
def save_escalation(gap: Gap, key: str) -> AnyResponse:
    """Write down when it was sent and what was answered."""
    form = EscalationForm()
    if not form.validate_on_submit():
        return _form_page(gap, form, 422)
    try:
        return perform_once(
            actions_escalation.save_escalation,
            key,
            form.text(),
            then=lambda saved: url_for("gaps.show", key=saved.key),
        )
    except InvalidInput as error:
        form.answered_on.errors = [error.message]
        return _form_page(gap, form, 422)


def _form_page(gap: Gap, form: EscalationForm, status: int = 200) -> Response:
    return page("gaps/escalation.html", status=status, gap=gap, form=form)
