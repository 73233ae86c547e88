"""The office's page: what of a meeting would go out, what is out, and the switch of the body."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response as AnyResponse

from app.core.errors import DomainError
from app.core.forms import ConfirmForm
from app.core.permissions import Actor
from app.core.web import house, page, perform_once, reading, requires
from exports.oparl import actions, policy, queries
from exports.oparl.forms import PublishForm
from exports.oparl.rules import PUBLISHABLE
from knowledge.privacy.confirming import hits_in
from meetings.agenda.queries import FoundMeeting, meeting_by_key
from meetings.agenda.slots import Panel, register_panel

blueprint = Blueprint("publishing", __name__, template_folder="templates")


def register() -> None:
    """Put the way here on the pages of held meetings."""
    register_panel("oparl", order=70, meeting=_panel)


def _panel(_session: Session, actor: Actor, meeting: FoundMeeting, _now: datetime) -> Panel | None:
    shows = meeting.state in PUBLISHABLE and policy.may_publish(actor, meeting)
    return Panel("oparl/_panel.html", {"key": meeting.meeting.key}) if shows else None


@blueprint.get("/sitzungen/<key>/veroeffentlichen")
@requires(policy.may_publish, load=meeting_by_key)
def show(meeting: FoundMeeting, key: str) -> Response:
    """What would go out, and what is out."""
    del key
    return _page(meeting, PublishForm(formdata=None))


def _page(meeting: FoundMeeting, form: PublishForm, status: int = 200, problem: str = "") -> Response:
    session = reading()
    content = queries.publishable(session, meeting)
    row, switched = queries.published_row(session, meeting.id), queries.switch_of(session, meeting.body.body_id)
    return page(
        "oparl/publish.html",
        status=status,
        problem=problem,
        meeting=meeting.meeting,
        body=meeting.body_row,
        content=content,
        hits=hits_in(actions.texts_of(content)),
        row=row,
        is_on=switched is not None and switched.is_on,
        is_held=meeting.state in PUBLISHABLE,
        is_known=row is not None and row.content == actions.as_text(content),
        system=f"{house().settings.public_url or request.host_url.rstrip('/')}{url_for('oparl.system')}",
        form=form,
        confirm=ConfirmForm(formdata=None),
    )


def _do(meeting: FoundMeeting, form: PublishForm, action: Callable[..., Any], **wish: Any) -> AnyResponse:
    key = meeting.meeting.key
    if not form.validate_on_submit():
        return _page(meeting, form, 422)
    try:
        return perform_once(action, key, **wish, then=lambda _row: url_for("publishing.show", key=key))
    except DomainError as error:
        return _page(meeting, form, error.status, error.message)


@blueprint.post("/sitzungen/<key>/veroeffentlichen")
@requires(policy.may_publish, load=meeting_by_key)
def publish(meeting: FoundMeeting, key: str) -> AnyResponse:
    """Publish it."""
    del key
    form = PublishForm()
    return _do(meeting, form, actions.publish, read_through=bool(form.read_through.data))


@blueprint.post("/sitzungen/<key>/veroeffentlichen/zuruecknehmen")
@requires(policy.may_publish, load=meeting_by_key)
def withdraw(meeting: FoundMeeting, key: str) -> AnyResponse:
    """Take it back."""
    del key
    return _do(meeting, PublishForm(), actions.withdraw)


@blueprint.post("/sitzungen/<key>/veroeffentlichen/gremium")
@requires(policy.may_publish, load=meeting_by_key)
def switch(meeting: FoundMeeting, key: str) -> AnyResponse:
    """Switch the body on or off."""
    del key
    return _do(meeting, PublishForm(), actions.switch, on=request.form.get("on") == "1")
