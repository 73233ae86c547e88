"""What was reported to the state or the federation: the open ones, and the form of one."""

from datetime import date
from typing import Any

from flask import Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock
from app.core.errors import ChangedMeanwhile, NotFound
from app.core.i18n import _, show_date
from app.core.web import page, perform_once, reading, requires, signed_in
from knowledge.gaps import actions_escalation, policy, queries
from knowledge.gaps.actions_escalation import WrongDay
from knowledge.gaps.blueprint import blueprint
from knowledge.gaps.escalation import escalation_of, open_escalations
from knowledge.gaps.forms import EscalationForm
from knowledge.gaps.models import Gap
from knowledge.gaps.text_views import confirmed_hits, shown_version
from knowledge.privacy.confirming import Unchecked
from knowledge.privacy.wording import KIND_LABELS

FIELDS = ("addressee", "via", "sent_on", "answer", "answered_on")


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
    saved = {name: getattr(row, name) for name in FIELDS}
    return _form_page(gap, EscalationForm(formdata=None, **saved, version=str(row.version)))


@blueprint.post("/fehlstellen/<key>/eskalation")
@requires(policy.may_change_gap, load=queries.gap_by_key)
def save_escalation(gap: Gap, key: str) -> AnyResponse:
    """Write down when it was sent and what was answered; what somebody else saved meanwhile is not overwritten."""
    form = EscalationForm()
    if not form.validate_on_submit():
        return _form_page(gap, form, 422)
    try:
        return perform_once(
            actions_escalation.save_escalation,
            key,
            form.text(),
            shown_version(form),
            confirmed_hits(),
            then=lambda saved: url_for("gaps.show", key=saved.key),
        )
    except WrongDay as error:
        form[error.field].errors = [error.message]
        return _form_page(gap, form, error.status)
    except Unchecked as error:
        return _form_page(gap, form, error.status, hits=error.hits, problem=error.message)
    except ChangedMeanwhile as error:
        return _conflict_page(gap, form, error)


def _conflict_page(gap: Gap, form: EscalationForm, error: ChangedMeanwhile) -> Response:
    """The typed text in the form, the saved one beside it; sending the form again is then a decision."""
    row = escalation_of(reading(), gap)
    if row is None:
        raise error
    differing = [
        (form[name].label.text, show_date(saved) if isinstance(saved, date) else saved)
        for name in FIELDS
        if ((saved := getattr(row, name)) or "") != (getattr(form.text(), name) or "")
    ]
    form.version.data = str(row.version)
    return _form_page(gap, form, error.status, conflict=error.message, differing=differing)


def _form_page(gap: Gap, form: EscalationForm, status: int = 200, **more: Any) -> Response:
    return page(
        "gaps/escalation.html",
        status=status,
        gap=gap,
        form=form,
        confirmed=confirmed_hits() if request.method == "POST" else frozenset(),
        kind_words=KIND_LABELS,
        **more,
    )
