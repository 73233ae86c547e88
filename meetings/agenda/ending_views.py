"""How items and meetings end, as pages: what came of an item without a decision, and the steps not taken back."""

from collections.abc import Callable

from flask import Blueprint, Response, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response as AnyResponse

from app.core.errors import DomainError
from app.core.forms import ConfirmForm
from app.core.i18n import _
from app.core.web import page, perform_once, reading, requires
from meetings.agenda import outcomes, pages, policy, queries
from meetings.agenda.choices import other_bodies
from meetings.agenda.plan_forms import ResultForm
from meetings.agenda.queries import FoundItem, FoundMeeting
from meetings.agenda.rules import FROZEN
from meetings.agenda.states import ItemResult, MeetingState

blueprint = Blueprint("endings", __name__, template_folder="templates")

ENDINGS: dict[str, Callable[[], tuple[str, str, str]]] = {
    MeetingState.HELD: lambda: (
        _("Sitzung schließen"),
        _("Anwesenheit, Tagesordnung und Abstimmungen sind danach fest; Änderungen sind nur noch Berichtigungen."),
        _("Sitzung schließen"),
    ),
    MeetingState.CLOSED: lambda: (
        _("Sitzung abschließen"),
        _("Alle Ergebnisse liegen vor; die Sitzung geht in die Ablage."),
        _("Sitzung abschließen"),
    ),
}
"""Steps that cannot be taken back: title, consequences, button."""


def _meeting_of_step(session: Session, key: str, target: str) -> FoundMeeting | None:
    return queries.meeting_by_key(session, key) if target in ENDINGS else None


@blueprint.get("/sitzungen/<key>/schritt/<target>")
@requires(policy.may_conduct_meeting, load=_meeting_of_step)
def ask_step(meeting: FoundMeeting, key: str, target: str) -> Response:
    """What a step that cannot be taken back means, and which items nothing came of."""
    title, text, label = ENDINGS[target]()
    return page(
        "agenda/end.html",
        title=title,
        text=text,
        label=label,
        form=ConfirmForm(),
        target=target,
        meeting=meeting.meeting,
        undecided=pages.without_result(reading(), meeting),
        back=url_for("meetings.show", key=key),
    )


@blueprint.get("/sitzungen/<key>/top/<number>/ergebnis")
@requires(policy.may_conduct_meeting, load=queries.item_by_number)
def result(found: FoundItem, key: str, number: str) -> Response:
    """What came of the item, without a decision."""
    del key, number
    item = found.item
    bodies = other_bodies(reading(), found)
    to = next((body.key for body in bodies if body.id == item.referred_to_id), "")
    given = {"result": item.result, "note": item.result_note or "", "body": to} if item.result else {}
    return _result_page(found, _offered(ResultForm(**given), found))


def _offered(form: ResultForm, found: FoundItem) -> ResultForm:
    return form.offer(found.item.kind, [(body.key, body.name) for body in other_bodies(reading(), found)])


def _result_page(found: FoundItem, form: ResultForm, problem: str = "", status: int = 200) -> Response:
    return page("agenda/result.html", status=status, meeting=found.meeting, item=found.item, form=form, problem=problem)


@blueprint.post("/sitzungen/<key>/top/<number>/ergebnis")
@requires(policy.may_conduct_meeting, load=queries.item_by_number)
def record_result(found: FoundItem, key: str, number: str) -> AnyResponse:
    """Record it."""
    form = _offered(ResultForm(), found)
    if found.state in FROZEN and found.state != MeetingState.HELD:
        return _result_page(found, form, _("Die Sitzung ist abgeschlossen."), 409)
    if not form.validate_on_submit():
        return _result_page(found, form, status=422)
    try:
        return perform_once(
            outcomes.record_result,
            key,
            number,
            ItemResult(form.result.data),
            form.note.data or "",
            form.body.data or "",
            then=lambda _found: url_for("meetings.item", key=key, number=number),
        )
    except DomainError as error:
        return _result_page(found, form, error.message, error.status)
