"""Planning as pages: a new meeting, its head, its agenda item by item, calling it off."""

from typing import Any

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core.clock import LOCAL
from app.core.errors import ChangedMeanwhile, DomainError, InvalidInput
from app.core.forms import BaseForm, ConfirmForm, small_number
from app.core.i18n import _
from app.core.permissions import ALLOWED, Actor, Verdict, allowed_if
from app.core.web import enforce, page, perform_once, reading, requires, signed_in
from knowledge.workshops.inviting_views import sender
from meetings.agenda import choices, drafting, pages, planning, policy, queries
from meetings.agenda.placing import usual_place
from meetings.agenda.plan_forms import CancelForm, ItemForm, MeetingForm, PlanForm, filled
from meetings.agenda.planning import PLANNED
from meetings.agenda.queries import FoundItem, FoundMeeting
from meetings.agenda.rules import CANCELLABLE
from meetings.bodies.policy import BodyAccess
from meetings.invitations.sending import call_off_and_tell

blueprint = Blueprint("planning", __name__, template_folder="templates")


def may_plan_somewhere(actor: Actor) -> Verdict:
    """Whoever is signed in may ask; the list of bodies decides."""
    return allowed_if(actor.tenant_id > 0, "Bitte melden Sie sich an.")


def may_cancel(actor: Actor, meeting: FoundMeeting) -> Verdict:
    """Whoever plans the body's meetings; the lifecycle decides the rest."""
    verdict = policy.may_read_meeting(actor, meeting)
    return policy.may_plan_meeting(actor, meeting.body) if verdict else verdict


@blueprint.get("/sitzungen/neu")
@requires(may_plan_somewhere)
def new() -> Response:
    """An empty form, with the body that the address names."""
    form = _plan_form()
    form.body.data = request.args.get("gremium", form.body.data)
    form.standing.data = form.carry_over.data = True
    return page("agenda/plan.html", form=form)


def _plan_form() -> PlanForm:
    form = PlanForm()
    form.body.choices = [(body.key, body.name) for body in choices.bodies_to_plan(reading(), signed_in())]
    enforce(ALLOWED if form.body.choices else policy.may_plan_meeting(signed_in(), _no_body()))
    return form


def _no_body() -> BodyAccess:
    return BodyAccess(0)


@blueprint.post("/sitzungen/neu")
@requires(may_plan_somewhere)
def plan() -> AnyResponse:
    """Plan the meeting and go on to its agenda."""
    form = _plan_form()
    if not form.validate_on_submit():
        return page("agenda/plan.html", form=form, status=422)
    return perform_once(
        planning.plan_meeting,
        form.body.data,
        form.draft(),
        standing=bool(form.standing.data),
        carry_over=bool(form.carry_over.data),
        then=lambda meeting: url_for("planning.agenda", key=meeting.key),
    )


@blueprint.get("/sitzungen/<key>/bearbeiten")
@requires(policy.may_edit_agenda, load=queries.meeting_by_key)
def edit(meeting: FoundMeeting, key: str) -> Response:
    """The head of the meeting as a form."""
    del key
    return _head_page(meeting, MeetingForm.of(meeting, lambda at: at.astimezone(LOCAL)))


def _head_page(meeting: FoundMeeting, form: MeetingForm, problem: str = "", status: int = 200) -> Response:
    return page(
        "agenda/head.html",
        status=status,
        meeting=meeting.meeting,
        form=form,
        problem=problem,
        fixed=meeting.state not in PLANNED,
    )


@blueprint.post("/sitzungen/<key>/bearbeiten")
@requires(policy.may_edit_agenda, load=queries.meeting_by_key)
def change(meeting: FoundMeeting, key: str) -> AnyResponse:
    """Save the head."""
    form = MeetingForm()
    if not form.validate_on_submit():
        return _head_page(meeting, form, status=422)
    try:
        return perform_once(
            planning.change_meeting,
            key,
            form.draft(),
            form.shown_version(),
            then=lambda _row: url_for("meetings.show", key=key),
        )
    except (ChangedMeanwhile, InvalidInput) as error:
        form.version.data = str(meeting.meeting.version)
        return _head_page(meeting, form, error.message, error.status)


@blueprint.get("/sitzungen/<key>/tagesordnung/bearbeiten")
@requires(policy.may_edit_agenda, load=queries.meeting_by_key)
def agenda(meeting: FoundMeeting, key: str) -> Response:
    """The agenda with a button for every change, and its time."""
    del key
    return page("agenda/edit.html", view=pages.agenda_editor(reading(), meeting), planned=meeting.state in PLANNED)


@blueprint.get("/sitzungen/<key>/tagesordnung/neu")
@requires(policy.may_edit_agenda, load=queries.meeting_by_key)
def new_item(meeting: FoundMeeting, key: str) -> Response:
    """An empty item; a supplement is offered in front of what closes the meeting."""
    del key
    form = _item_form(meeting)
    if meeting.state not in PLANNED:
        form.after.data = usual_place(
            reading(), meeting, [line.item for line in queries.agenda_of(reading(), meeting.id)]
        )
    return _item_page(meeting, form)


def _item_form(meeting: FoundMeeting, found: FoundItem | None = None, form: ItemForm | None = None) -> ItemForm:
    rows = [line.item for line in queries.agenda_of(reading(), meeting.id)]
    return (form or ItemForm()).offer(choices.item_choices(reading(), signed_in(), meeting, rows, found))


def _item_page(
    meeting: FoundMeeting, form: ItemForm, found: FoundItem | None = None, problem: str = "", status: int = 200
) -> Response:
    return page(
        "agenda/item_form.html",
        status=status,
        meeting=meeting.meeting,
        form=form,
        item=found.item if found else None,
        problem=problem,
        planned=meeting.state in PLANNED,
    )


@blueprint.post("/sitzungen/<key>/tagesordnung/neu")
@requires(policy.may_edit_agenda, load=queries.meeting_by_key)
def add_item(meeting: FoundMeeting, key: str) -> AnyResponse:
    """Add the item."""
    form = _item_form(meeting)
    if not form.validate_on_submit():
        return _item_page(meeting, form, status=422)
    try:
        return perform_once(
            drafting.add_item,
            key,
            form.draft(),
            form.after.data or "",
            then=lambda _item: url_for("planning.agenda", key=key),
        )
    except InvalidInput as error:
        return _item_page(meeting, form, problem=error.message, status=error.status)


@blueprint.get("/sitzungen/<key>/top/<number>/bearbeiten")
@requires(policy.may_edit_agenda, load=queries.item_by_number)
def edit_item(found: FoundItem, key: str, number: str) -> Response:
    """The item as a form."""
    del key, number
    item_id = found.item.id or 0
    form = filled(found, choices.subjects_of(reading(), item_id), choices.vote_of(reading(), item_id))
    return _item_page(found, _item_form(found, found, form), found)


@blueprint.post("/sitzungen/<key>/top/<number>/bearbeiten")
@requires(policy.may_edit_agenda, load=queries.item_by_number)
def change_item(found: FoundItem, key: str, number: str) -> AnyResponse:
    """Save the item."""
    form = _item_form(found, found)
    if not form.validate_on_submit():
        return _item_page(found, form, found, status=422)
    try:
        return perform_once(
            drafting.change_item,
            key,
            number,
            form.draft(),
            form.shown_version(),
            then=lambda _found: url_for("planning.agenda", key=key),
        )
    except ChangedMeanwhile as error:
        form.version.data = str(found.item.version)
        return _item_page(found, form, found, error.message, error.status)


@blueprint.post("/sitzungen/<key>/top/<number>/verschieben")
@requires(policy.may_edit_agenda, load=queries.item_by_number)
def move_item(found: FoundItem, key: str, number: str) -> AnyResponse:
    """One place up or down, or as many as it was dragged; the item keeps the focus at its new place."""
    steps = min(small_number(request.form.get("schritte")) or 1, drafting.MOST_ITEMS)
    steps = -steps if request.form.get("richtung") == "hoch" else steps
    place = url_for("planning.agenda", key=key, _anchor=f"top-{found.item.id}")
    return perform_once(drafting.move_item, key, number, steps, then=lambda _found: place)


@blueprint.get("/sitzungen/<key>/top/<number>/entfernen")
@requires(policy.may_edit_agenda, load=queries.item_by_number)
def ask_removal(found: FoundItem, key: str, number: str) -> Response:
    """What taking the item out means."""
    return _confirm(
        _("Punkt aus der Tagesordnung nehmen"),
        _("Der Punkt mit seinem Text und seinen Unterpunkten ist danach weg; die folgenden rücken auf."),
        [(_("Punkt"), f"{number} {found.item.title}")],
        ConfirmForm(),
        url_for("planning.remove_item", key=key, number=number),
        _("Aus der Tagesordnung nehmen"),
        url_for("planning.agenda", key=key),
    )


def _confirm(
    title: str, text: str, facts: list[tuple[str, str]], form: BaseForm, action: str, label: str, back: str, **more: Any
) -> Response:
    return page(
        "ui/confirm.html",
        title=title,
        text=text,
        facts=facts,
        form=form,
        action_url=action,
        confirm_label=label,
        back_url=back,
        **more,
    )


@blueprint.post("/sitzungen/<key>/top/<number>/entfernen")
@requires(policy.may_edit_agenda, load=queries.item_by_number)
def remove_item(found: FoundItem, key: str, number: str) -> AnyResponse:
    """Take the item out."""
    del found
    return perform_once(drafting.remove_item, key, number, then=lambda _found: url_for("planning.agenda", key=key))


@blueprint.get("/sitzungen/<key>/absagen")
@requires(may_cancel, load=queries.meeting_by_key)
def ask_cancellation(meeting: FoundMeeting, key: str) -> Response:
    """What calling the meeting off means, with the reason to type."""
    del key
    return _cancellation(meeting, CancelForm())


def _cancellation(meeting: FoundMeeting, form: CancelForm, status: int = 200) -> Response:
    if meeting.state not in CANCELLABLE:
        raise DomainError(_("Eine begonnene oder beendete Sitzung wird nicht mehr abgesagt."))
    back = url_for("meetings.show", key=meeting.meeting.key)
    return _confirm(
        _("Sitzung absagen"),
        _("Die Sitzung findet dann nicht statt; ihre Tagesordnung bleibt lesbar. Eine Absage nimmt man nicht zurück."),
        [(_("Sitzung"), meeting.meeting.title)],
        form,
        url_for("planning.cancel", key=meeting.meeting.key),
        _("Sitzung absagen"),
        back,
        status=status,
    )


@blueprint.post("/sitzungen/<key>/absagen")
@requires(may_cancel, load=queries.meeting_by_key)
def cancel(meeting: FoundMeeting, key: str) -> AnyResponse:
    """Call it off."""
    form = CancelForm()
    if not form.validate_on_submit():
        return _cancellation(meeting, form, 422)
    return perform_once(
        call_off_and_tell,
        key,
        form.reason.data or "",
        sender(),
        then=lambda _row: url_for("meetings.show", key=key),
    )
